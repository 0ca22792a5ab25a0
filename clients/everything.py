"""What this app has about a client, for the copy they take along (portal screen 20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship, Decider, Member
from careplan.everything import Line, Section, Table
from clients import models

ME = Section(
    key="me",
    label=_("About me"),
    classes=frozenset({DataClass.IDENTITY, DataClass.CONTACT}),
    order=10,
    page="my:more",
    tables=(
        Table(
            models.Client,
            _("My name and place"),
            {
                "name_used": _("Name I use"),
                "pronouns": _("Pronouns"),
                "say_it": _("How to say it"),
                "language": _("Language"),
                "country": _("Country"),
                "time_zone": _("My clock"),
                "status": _("How my record stands"),
            },
        ),
        Table(
            models.Identity,
            _("My legal name"),
            {
                "legal_name": _("Legal name"),
                "birth_date": _("Birthday"),
                "interpreter_needed": _("Interpreter"),
                "interpreter_mode": _("How the interpreter is there"),
            },
        ),
        Table(
            models.Contact,
            _("How to reach me"),
            {
                "phone": _("Phone"),
                "email": _("E-mail"),
                "address": _("Address"),
                "call_ok": _("Calls are fine"),
                "voicemail_ok": _("Voicemail is fine"),
                "text_ok": _("Texts are fine"),
                "email_ok": _("E-mail is fine"),
                "post_ok": _("Letters are fine"),
                "discreet": _("Nothing on the outside"),
                "shared_phone": _("Others use this phone"),
                "do_not_contact": _("Please don’t contact me"),
                "most_a_week": _("At most in a week"),
                "care_with": _("Take care with"),
            },
        ),
        Table(
            models.AboutLine,
            _("In my words"),
            {"topic": _("About"), "words": _("Words"), "how": _("How it was told"), "written_at": _("Written")},
            order=("topic", "written_at"),
        ),
        Table(
            models.PersonAround,
            _("People around me"),
            {
                "name": _("Name"),
                "relation": _("Who they are to me"),
                "may_know": _("What they may know"),
                "emergency_contact": _("To call in an emergency"),
                "phone": _("Phone"),
            },
        ),
    ),
)

CARE = Section(
    key="care",
    label=_("Who cares for me"),
    classes=frozenset({DataClass.IDENTITY, DataClass.PLAN, DataClass.NOTE}),
    order=20,
    page="my:more",
    tables=(
        Table(Member),
        Table(
            Decider,
            _("Who says yes to my plan"),
            {"person_id": _("Who"), "authority": _("On what authority"), "since": _("Since"), "until": _("Until")},
            order=("since",),
        ),
        Table(
            CareRelationship,
            _("My care team"),
            {"person_id": _("Who"), "role": _("As what"), "since": _("Since"), "until": _("Until")},
            order=("since",),
        ),
        Table(models.Diagnosis),
        Table(
            models.DiagnosisWording,
            _("What it has been called"),
            {
                "label": _("Name"),
                "code_system": _("List"),
                "code": _("Code"),
                "certainty": _("How sure"),
                "written_by": _("Written by"),
                "written_at": _("Written"),
            },
            order=("diagnosis_id", "number"),
        ),
        Table(
            models.DiagnosisView,
            _("How I see it"),
            {"words": _("My words"), "written_at": _("Written")},
            order=("written_at",),
        ),
    ),
)


def _shown_text(row: Any) -> Iterable[Line]:
    """The very text that was read, kept with the consent."""
    yield Line(_("What I read"), row.text_shown or "")


SHARING = Section(
    key="sharing",
    label=_("What I allowed, and what was passed on"),
    classes=frozenset({DataClass.CONSENT}),
    order=40,
    page="my:permissions",
    tables=(
        Table(
            models.Consent,
            _("What I was asked, and said"),
            {
                "kind": _("About"),
                "state": _("How it stands"),
                "recipient": _("For whom"),
                "purpose": _("What for"),
                "limits": _("Only this far"),
                "starts_at": _("From"),
                "until": _("Until"),
                "questions": _("What I asked"),
                "answers": _("What I was told"),
                "own_words": _("In my words"),
                "state_at": _("Since"),
            },
            order=("made_at",),
            tell=_shown_text,
            hidden_as=("organisation", "recipient"),
        ),
        Table(
            models.LimitsCardTold,
            _("When someone might have to be told"),
            {
                "card_text": _("What was said"),
                "told_first": _("Am I told first"),
                "said_back": _("In my words"),
                "question": _("What I asked"),
                "answer": _("What I was told"),
                "told_at": _("Told"),
            },
            order=("told_at",),
        ),
        Table(
            models.Disclosure,
            _("What was passed on"),
            {
                "what": _("What"),
                "recipient": _("To whom"),
                "why": _("Why"),
                "basis": _("On what ground"),
                "facts": _("What had happened"),
                "through": _("How"),
                "told_on": _("When"),
            },
            order=("told_on",),
            hidden_as=("organisation", "recipient"),
        ),
        Table(models.Mandate, hidden_as=("organisation", "recipient")),
    ),
)

ASKED = Section(
    key="asked",
    label=_("What I asked about who saw it"),
    classes=frozenset({DataClass.MESSAGE}),
    order=70,
    page="my:ledger",
    tables=(
        Table(
            models.LedgerQuestion,
            _("Questions"),
            {"asked_at": _("Asked"), "answered_by": _("Answered by"), "answered_at": _("Answered")},
            order=("asked_at",),
            hidden_as=("ledger", "key"),
        ),
    ),
)

SECTIONS = (ME, CARE, SHARING, ASKED)
