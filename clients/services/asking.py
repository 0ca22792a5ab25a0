"""Asking for a consent: in the pack's words, with everything that the pack requires (CONS-1, CONS-6)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import Authority, Decider
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ledger import record
from clients.consents.texts import About, Shown, compose
from clients.models import (
    DENYING,
    OPEN_STATES,
    THIRD_PARTIES,
    Client,
    Consent,
    ConsentKind,
    ConsentState,
    Effect,
    RecipientKind,
)
from clients.selectors.first_day import pack_here
from clients.services.change import Change, begin_change, clean_line, in_months
from clients.services.consent_moves import MOVED, move_offer
from clients.services.summary import refresh_summary

PURPOSES = {
    ConsentKind.BILLING: "So that they pay for the times we meet",
    ConsentKind.SELF_PAY: "Paying themself: nothing goes to the insurer",
}
ANYBODY = "anyone outside this practice"


@dataclass(frozen=True)
class ConsentAsk:
    """What is asked. `recipient` and `scope` for somebody outside; `what` and `purpose` for a release, in words."""

    kind: ConsentKind
    recipient: str = ""
    recipient_kind: RecipientKind = RecipientKind.ORGANISATION
    scope: Sequence[DataClass] = ()
    what: str = ""
    purpose: str = ""
    last_day: date | None = None
    explained: str = ""
    person_id: UUID | None = None


def offer_consent(*, client_id: UUID, ask: ConsentAsk, by: Actor) -> UUID:
    """The id of the consent that is now asked for: a fresh one, or the same question that is open already.

    Raises Refused when a required element is missing, or the recipient doesn't fit the kind.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    return offered(change, ask).id


def drop_offer(*, client_id: UUID, consent_id: UUID, by: Actor) -> None:
    """The question is taken back; the client isn't asked any more."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = open_one(client_id, consent_id)
    move_offer(row, "drop")
    tell(change, row, "consent.dropped")
    refresh_summary(client_id)


def offer_first_day(*, client_id: UUID, by: Actor, person_id: UUID | None = None) -> None:
    """Asks what the pack names for the first day and nobody has asked this person yet (CONS-11a)."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    decider = _decider(client_id, person_id)
    asked = set(asked_already(client_id, decider.person_id))
    for kind in pack_here(client_id).first_day:
        if kind not in asked and kind != ConsentKind.LIMITS:
            offered(change, ConsentAsk(kind=kind, person_id=decider.person_id))


def asked_already(client_id: UUID, person_id: UUID) -> list[str]:
    """The kinds that stand with this person in some way: asked, answered, given or stopped. One query."""
    rows = Consent.objects.filter(client_id=client_id, person_id=person_id)
    return list(
        rows.exclude(state__in=[ConsentState.LAPSED, ConsentState.ENTERED_IN_ERROR]).values_list("kind", flat=True)
    )


def ask_anew(*, client_id: UUID, consent_id: UUID, by: Actor, last_day: date | None = None) -> UUID:
    """The id of the same question asked once more, in today's words: to renew, or after a change of mind.

    A day on which it ends is asked for as far ahead as it was, unless one is given.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = one(client_id, consent_id)
    said = json.loads(row.text_shown) if row.text_shown else {}
    ask = ConsentAsk(
        kind=ConsentKind(row.kind),
        recipient=row.recipient,
        recipient_kind=RecipientKind(row.recipient_kind),
        scope=[DataClass(each) for each in row.scope],
        what=said.get("what", ""),
        purpose=row.purpose,
        last_day=last_day or _as_far_ahead(change, row),
        person_id=row.person_id,
    )
    return offered(change, ask).id


def _as_far_ahead(change: Change, row: Consent) -> date | None:
    return (change.at + (row.until - row.starts_at)).date() if row.until else None


def review_day(change: Change) -> date:
    """The day on which something without an end is talked over again, by the pack that counts here. One query."""
    return in_months(change.at.date(), pack_here(change.client_id).review_interval_months)


def end_of_day(client_id: UUID, day: date) -> datetime:
    """The instant at which a day ends where the client lives: `until` is half-open (CONS-3). One query."""
    zone = ZoneInfo(Client.objects.values_list("time_zone", flat=True).get(client_id=client_id))
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


def offered(change: Change, ask: ConsentAsk) -> Consent:
    """The question as it now stands open, in a change under way."""
    ask = _clean(ask)
    _ensure_fits(ask)
    decider = _decider(change.client_id, ask.person_id)
    until = end_of_day(change.client_id, ask.last_day) if ask.last_day else None
    if until is not None and until <= change.at:
        raise Refused(_("The day on which it ends has passed already."))
    _ensure_not_too_long(change, ask)
    shown = _words(change, ask, decider)
    there = _open_question(change, ask, decider)
    if there is not None and there.state == ConsentState.OFFERED and there.text_sha256 == shown.sha256:
        return there
    if there is not None:
        move_offer(there, "drop")
        tell(change, there, "consent.dropped")
    row = _write(change, ask, decider, until, shown)
    tell(change, row, "consent.offered")
    refresh_summary(change.client_id)
    return row


def _words(change: Change, ask: ConsentAsk, decider: Decider) -> Shown:
    recipient = ask.recipient or (ANYBODY if ask.kind in DENYING else "")
    scope = tuple(sorted(map(str, ask.scope)))
    about = About(recipient, ask.what, ask.purpose, ask.last_day, Authority(decider.authority).label, scope)
    return compose(pack_here(change.client_id), ask.kind, about)


def _write(change: Change, ask: ConsentAsk, decider: Decider, until: datetime | None, shown: Shown) -> Consent:
    return Consent.objects.create(
        **change.keys,
        person_id=decider.person_id,
        kind=ask.kind,
        effect=Effect.DENY if ask.kind in DENYING else Effect.PERMIT,
        scope=sorted(map(str, ask.scope)),
        recipient_kind=ask.recipient_kind,
        recipient=ask.recipient,
        purpose=ask.purpose,
        starts_at=change.at,
        until=until,
        text_version=shown.version,
        text_sha256=shown.sha256,
        text_shown=shown.text,
        pack=shown.pack,
        language=shown.language,
        explained_by=change.by,
        authority=decider.authority,
        state=ConsentState.OFFERED,
        made_at=change.at,
        made_by=change.by,
        state_at=change.at,
        state_by=change.by,
    )


def _clean(ask: ConsentAsk) -> ConsentAsk:
    recipient = clean_line(ask.recipient)
    outside = ask.kind in THIRD_PARTIES
    return ConsentAsk(
        kind=ask.kind,
        recipient=recipient,
        recipient_kind=ask.recipient_kind if outside and recipient else RecipientKind.PRACTICE,
        scope=tuple(ask.scope) or ((DataClass.BILLING,) if ask.kind == ConsentKind.BILLING else ()),
        what=clean_text(ask.what),
        purpose=clean_text(ask.purpose) or PURPOSES.get(ask.kind, ConsentKind(ask.kind).label),
        last_day=ask.last_day,
        person_id=ask.person_id,
    )


def _ensure_fits(ask: ConsentAsk) -> None:
    outside = ask.kind in THIRD_PARTIES
    if ask.kind == ConsentKind.LIMITS:
        raise Refused(_("The limits are told card by card, not asked."))
    if outside and not ask.recipient and ask.kind not in DENYING:
        raise Refused(_("Say who it is for."))
    if not outside and ask.recipient:
        raise Refused(_("This one is between the client and the practice: leave the recipient empty."))
    if outside and ask.kind not in DENYING and not ask.scope:
        raise Refused(_("Say which kinds of information."))


def _ensure_not_too_long(change: Change, ask: ConsentAsk) -> None:
    """A release ends when the pack says at the latest; the decision itself goes no further either (CONS-7)."""
    if ask.kind != ConsentKind.RELEASE or ask.last_day is None:
        return
    months = pack_here(change.client_id).longest_release_months
    if end_of_day(change.client_id, ask.last_day) > end_of_day(change.client_id, in_months(change.at.date(), months)):
        raise Refused(f"A release goes on for {months} months at most. Choose a nearer last day.")


def _open_question(change: Change, ask: ConsentAsk, decider: Decider) -> Consent | None:
    """The open question to the same person about the same thing; asked otherwise, it is taken back first."""
    asked = Consent.objects.filter(client_id=change.client_id, person_id=decider.person_id, state__in=OPEN_STATES)
    same = {"kind": ask.kind, "recipient_kind": ask.recipient_kind, "purpose": ask.purpose}
    return asked.filter(recipient__iexact=ask.recipient, **same).first()


def _decider(client_id: UUID, person_id: UUID | None) -> Decider:
    deciders = Decider.objects.filter(client_id=client_id, until=None).order_by("since", "id")
    asked = deciders.filter(person_id=person_id) if person_id else deciders
    found = asked.first()
    if found is None:
        raise NotYours
    return found


def one(client_id: UUID, consent_id: UUID) -> Consent:
    """The consent of this record. Raises NotYours."""
    row = Consent.objects.filter(client_id=client_id, id=consent_id).exclude(kind=ConsentKind.LIMITS).first()
    if row is None:
        raise NotYours
    return row


def open_one(client_id: UUID, consent_id: UUID) -> Consent:
    """The same, while it is still to be answered. Raises Conflict afterwards."""
    row = one(client_id, consent_id)
    if row.state not in OPEN_STATES:
        raise Conflict(MOVED)
    return row


def tell(change: Change, row: Consent, kind: str, **ids: UUID) -> None:
    """Leaves the event of a move."""
    record(
        kind=kind,
        client_id=change.client_id,
        object_type="consent",
        object_id=row.id,
        after=row.state,
        detail={"consent": str(row.kind), **{name: str(each) for name, each in ids.items()}},
    )
