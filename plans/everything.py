"""What this app has about a client, for the copy they take along: the plan and all that was said around it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from careplan.access.classes import DataClass
from careplan.everything import KEPT_BACK, Line, Section, Table
from plans import models
from plans.content import content_of, lines_of, words_of

HASHED = KEPT_BACK | {"hashed"}  # the file with its proof has the hashed texts
READABLE = KEPT_BACK | {"manifest", "snapshot", "revision_ids"}


def _wording(row: models.ItemRevision) -> Iterable[Line]:
    """The words of a line and everything else it says."""
    if row.content is None:
        return
    content = content_of(row.item.kind, row.content, statement_type=row.item.statement_type)
    yield Line(_("Words"), words_of(content))
    yield from (Line(line.label, line.text) for line in lines_of(content))


PLAN = Section(
    key="plan",
    label=_("My plan"),
    classes=frozenset({DataClass.PLAN, DataClass.NOTE}),
    order=30,
    page="my_plan:plan",
    files=(
        (
            _("Download my plan with its proof"),
            _("One more file has your plan in a form that anyone can check: not a letter of it has changed."),
            "my_plan:proof",
        ),
    ),
    tables=(
        Table(
            models.Plan,
            _("My plans"),
            {"status": _("How it stands"), "started_at": _("Started"), "ended_at": _("Ended")},
            order=("started_at",),
        ),
        Table(models.Item, order=("position", "id"), hidden_as=("item", "id")),
        Table(
            models.ItemRevision,
            _("Every wording, in order"),
            {"number": _("Wording number"), "author": _("Written by"), "why": _("Why"), "at": _("Written")},
            order=("item__position", "item_id", "number"),
            tell=_wording,
            along=("item",),
            hidden_as=("item", "item_id"),
            kept_back=HASHED,
        ),
        Table(models.Party, hidden_as=("item", "revision__item_id")),
        Table(
            models.Answer,
            _("Every answer, in order"),
            {
                "choice": _("Answer"),
                "person": _("Given by"),
                "words": _("Words"),
                "until": _("Until"),
                "how": _("How"),
                "recorded_by": _("Written down by"),
                "at": _("When"),
            },
            order=("item__position", "item_id", "number"),
            hidden_as=("item", "item_id"),
            kept_back=HASHED,
        ),
        Table(
            models.Comment,
            _("Written beside the lines"),
            {"words": _("Words"), "says": _("As"), "author": _("Written by"), "at": _("When")},
            order=("at",),
            hidden_as=("item", "item_id"),
        ),
        Table(
            models.Ask,
            _("Lines I was sent to answer"),
            {
                "sent_by": _("Sent by"),
                "sent_at": _("Sent"),
                "way": _("How I like to answer"),
                "withdrawn_at": _("Taken back"),
            },
            order=("sent_at",),
        ),
        Table(models.AskLine, hidden_as=("item", "item_id")),
        Table(
            models.Pause,
            _("What rested"),
            {"scope": _("What"), "began_at": _("From"), "until": _("Until"), "ended_at": _("Ended")},
            order=("began_at",),
            hidden_as=("item", "item_id"),
        ),
        Table(models.PaceSaid, _("My pace"), {"pace": _("Pace"), "at": _("Since")}, order=("at",)),
        Table(
            models.Sheet,
            _("Sheets we talked through"),
            {"kind": _("Kind"), "opened_at": _("Opened"), "present": _("Who was there"), "copy": _("A printed copy")},
            order=("opened_at",),
        ),
        Table(models.SheetLine, hidden_as=("item", "item_id")),
        Table(models.Version, order=("plan_id", "sequence"), kept_back=READABLE),
        Table(
            models.VersionNumber,
            _("Versions with a number"),
            {"number": _("Number"), "why": _("Why it got one"), "at": _("When")},
            order=("at",),
        ),
        Table(
            models.PlanRead,
            _("Read by whoever took over"),
            {"person": _("Who"), "at": _("When")},
            order=("at",),
        ),
        Table(
            models.SignatureRequest,
            _("Asked to sign"),
            {"signer": _("Who"), "state": _("How it stands"), "asked_by": _("Asked by"), "asked_at": _("Asked")},
            order=("asked_at",),
        ),
        Table(
            models.Signature,
            _("Signatures"),
            {"name": _("Name"), "statement": _("What was said"), "notes": _("Notes"), "at": _("When")},
            order=("at",),
            kept_back=HASHED,
        ),
        Table(
            models.NotSignedNote,
            _("Notes of why it isn’t signed"),
            {"reason": _("Which"), "words": _("Words"), "by": _("Written by"), "at": _("When")},
            order=("at",),
        ),
        Table(
            models.SignAttempt,
            _("How somebody tried to reach a signer"),
            {"on": _("Day"), "how": _("How"), "by": _("By whom")},
            order=("at",),
        ),
        Table(
            models.Requirement,
            _("Set by others, not by me"),
            {
                "set_by": _("Set by"),
                "what": _("What is asked"),
                "until": _("Until"),
                "reported": _("What is passed on"),
                "reported_to": _("To whom"),
                "at": _("Written"),
                "ended_at": _("Ended"),
            },
            order=("at",),
        ),
        Table(
            models.RequirementView,
            _("How I see what others ask"),
            {"seen": _("What I said"), "words": _("My words"), "at": _("When")},
            order=("at",),
        ),
        Table(models.GoalDiagnosis, hidden_as=("item", "item_id")),
    ),
)

BILLING = Section(
    key="billing",
    label=_("Paying for it"),
    classes=frozenset({DataClass.BILLING}),
    order=80,
    page="my:billing",
    tables=(
        Table(models.BillingDetails, _("Where bills go"), {"address": _("Address")}),
        Table(
            models.Coverage,
            _("Who pays"),
            {
                "payer": _("Payer"),
                "member_id": _("My number there"),
                "subscriber": _("In whose name"),
                "relation": _("Who they are to me"),
                "starts_on": _("From"),
                "ends_on": _("Until"),
            },
            order=("rank", "made_at"),
        ),
        Table(
            models.Authorisation,
            _("What the payer allowed"),
            {"number": _("Number"), "units": _("Units"), "starts_on": _("From"), "ends_on": _("Until")},
            order=("made_at",),
        ),
        Table(
            models.Charge,
            _("Charges"),
            {
                "service_on": _("Day"),
                "service_code": _("Code"),
                "minutes": _("Minutes"),
                "fee": _("Fee"),
                "currency": _("Currency"),
                "state": _("How it stands"),
                "sent_to": _("Sent to"),
            },
            order=("service_on", "made_at"),
            kept_back=KEPT_BACK | {"diagnosis_codes"},  # told where it was talked over, not by a bill
        ),
        Table(
            models.ChargeResult,
            _("What the payer said"),
            {"outcome": _("Outcome"), "paid": _("Paid"), "client_owes": _("I owe"), "decided_on": _("Day")},
            order=("said_at",),
        ),
        Table(models.ExternalId),
    ),
)

SECTIONS = (PLAN, BILLING)
