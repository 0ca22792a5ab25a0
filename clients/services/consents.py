"""How a consent is answered, and how it goes on (CONS-2, CONS-4). The database makes every move (adr/0008)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan import hooks
from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import Refused
from clients.models import DENYING, Consent, ConsentState, Effect, How, TeachBack
from clients.services.asking import ConsentAsk, end_of_day, offered, one, open_one, review_day, tell
from clients.services.change import Change, begin_change, clean_line
from clients.services.consent_moves import end, give, keep_limits, move_offer, narrow
from clients.services.summary import refresh_summary

STILL_FORBIDS = _("It still forbids something for the client. Lift it with their word; it can be struck out after.")


@dataclass(frozen=True)
class Answer:
    """How a consent is answered. Without `scope` or `last_day` it is given as it was offered.

    `told_in`, `reading_aids` and `interpreter` say how it was told, where somebody told it (CONS-1).
    """

    how: How
    limits: str = ""
    scope: Sequence[DataClass] | None = None
    last_day: date | None = None
    own_words: str = ""
    rather_not_say_back: bool = False
    question: str = ""
    told_in: str = ""
    reading_aids: str = ""
    interpreter: str = ""


def record_spoken(*, client_id: UUID, ask: ConsentAsk, answer: Answer, by: Actor) -> UUID:
    """The id of a consent that was said and is written down by staff, in one step: asked and given."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = offered(change, ask)
    _give(change, row, answer)
    return row.id


def record_spoken_no(*, client_id: UUID, ask: ConsentAsk, answer: Answer, by: Actor, later: bool = False) -> UUID:
    """The id of a consent that was said no (or not now) to and is written down by staff, in one step like a yes.

    A no about something that stands stops it too: whoever says no means both (CONS-4). What forbids stays; it is
    lifted by a word of its own.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = offered(change, ask)
    _decline(change, row, answer, later=later)
    if not later and row.kind not in DENYING:
        for standing in _same_that_stands(row):
            _withdraw(change, standing, answer.how)
    refresh_summary(client_id)
    return row.id


def give_consent(*, client_id: UUID, consent_id: UUID, answer: Answer, by: Actor) -> None:
    """It counts from now. Raises Conflict when it moved on meanwhile, Refused when the day has passed."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    _give(change, open_one(client_id, consent_id), answer)


def decline_consent(*, client_id: UUID, consent_id: UUID, answer: Answer, by: Actor, later: bool = False) -> None:
    """A no, or a not now. No reason is asked."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    _decline(change, open_one(client_id, consent_id), answer, later=later)
    refresh_summary(client_id)


def withdraw_consent(*, client_id: UUID, consent_id: UUID, how: How, by: Actor) -> Consent:
    """The consent, withdrawn as of now: the next question about it is answered no, what was queued for it is gone.

    Nothing is asked for less. What forbids is lifted like something is given, since more goes out then: by the
    client's own hand, or by staff who say how the client said it. Withdrawn already: the same. Raises Conflict when it
    stands in another state; then nothing has changed.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = one(client_id, consent_id)
    if row.state == ConsentState.WITHDRAWN:
        return row
    if row.effect == Effect.DENY:
        _ensure_theirs(change, row, how)
    _withdraw(change, row, how)
    refresh_summary(client_id)
    return row


def narrow_consent(
    *, client_id: UUID, consent_id: UUID, scope: Sequence[DataClass], last_day: date | None, how: How, by: Actor
) -> UUID:
    """The id of the narrower consent that has taken the place of this one. Raises Refused unless it is narrower."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = one(client_id, consent_id)
    until = end_of_day(client_id, last_day) if last_day else row.until
    _ensure_narrower(row, scope, until)
    new = narrow(row, how, scope=sorted(map(str, scope)), until=until)
    tell(change, row, "consent.narrowed", new=new)
    _ended(row)
    refresh_summary(client_id)
    return new


def arrange_limits(*, client_id: UUID, consent_id: UUID, how_kept: str, by: Actor) -> None:
    """Writes down how staff keep a limit that the client put in words; from now on the consent counts (adr/0008)."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row, kept = one(client_id, consent_id), clean_text(how_kept)
    if not kept:
        raise Refused(_("Write how it is kept."))
    keep_limits(row, kept)
    tell(change, row, "consent.limits_arranged")


def answer_consent_question(*, client_id: UUID, consent_id: UUID, words: str, by: Actor) -> None:
    """Keeps what the client was answered to a question they asked about a consent that is still open."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row, said = open_one(client_id, consent_id), clean_text(words)
    if not row.questions or not said:
        raise Refused(_("Write what they were answered."))
    Consent.objects.filter(id=row.id).update(answers=said)
    tell(change, row, "consent.question_answered")


def strike_consent(*, client_id: UUID, consent_id: UUID, by: Actor) -> None:
    """Entered in error: it never counts again, and stays readable as what it was."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = one(client_id, consent_id)
    given = row.state == ConsentState.GIVEN
    if given and row.effect == Effect.DENY:
        raise Refused(STILL_FORBIDS)
    end(row, "strike")
    tell(change, row, "consent.struck")
    if given:
        _ended(row)
    refresh_summary(client_id)


def _give(change: Change, row: Consent, answer: Answer) -> None:
    _ensure_theirs(change, row, answer.how)
    until = end_of_day(change.client_id, answer.last_day) if answer.last_day else row.until
    if until is not None and until <= change.at:
        raise Refused(_("The day on which it ends has passed already."))
    if row.until is not None and until is not None and until > row.until:
        raise Refused(_("It can end sooner than it was asked for, not later."))
    _note_telling(change, row, answer)
    scope = sorted(map(str, answer.scope)) if answer.scope is not None else row.scope
    if row.scope and (not scope or not set(scope) <= set(row.scope)):
        raise Refused(_("Choose at least one of the kinds that were asked for."))
    if until is None:
        Consent.objects.filter(id=row.id).update(ask_again_on=review_day(change))
    give(row, answer.how, limits=clean_text(answer.limits), scope=scope, until=until)
    tell(change, row, "consent.given")
    refresh_summary(change.client_id)


def _decline(change: Change, row: Consent, answer: Answer, *, later: bool) -> None:
    verb, kind = ("leave", "consent.left") if later else ("decline", "consent.declined")
    if later and row.state == ConsentState.NOT_NOW:
        return
    _note_telling(change, row, answer)
    move_offer(row, verb, how=answer.how)
    tell(change, row, kind)


def _withdraw(change: Change, row: Consent, how: How) -> None:
    end(row, "withdraw", how)
    tell(change, row, "consent.withdrawn")
    _ended(row)


def _same_that_stands(row: Consent) -> list[Consent]:
    """What this person has said yes to in the same matter before."""
    mine = Consent.objects.filter(client_id=row.client_id, person_id=row.person_id, state=ConsentState.GIVEN)
    same = {"kind": row.kind, "recipient_kind": row.recipient_kind, "purpose": row.purpose}
    return list(mine.filter(recipient__iexact=row.recipient, **same))


def _ensure_theirs(change: Change, row: Consent, how: How) -> None:
    if (change.by == row.person_id) != (how == How.OWN_HAND_PORTAL):
        raise Refused(_("Only the client gives it by their own hand in their own pages."))


def _note_telling(change: Change, row: Consent, answer: Answer) -> None:
    """How it was told, what was asked, and what was said back."""
    told = {name: clean_line(getattr(answer, name)) for name in ("told_in", "reading_aids", "interpreter")}
    if any(told.values()):
        Consent.objects.filter(id=row.id).update(**told)
    _note_question(change, row, answer)
    _note_own_words(row, answer)


def _note_question(change: Change, row: Consent, answer: Answer) -> None:
    question = clean_text(answer.question)
    if question and question != row.questions:
        Consent.objects.filter(id=row.id).update(questions=question, answers="")


def _note_own_words(row: Consent, answer: Answer) -> None:
    said = clean_text(answer.own_words)
    if said or answer.rather_not_say_back:
        back = TeachBack.SAID_BACK if said else TeachBack.RATHER_NOT
        Consent.objects.filter(id=row.id).update(own_words=said, teach_back=back)


def _ensure_narrower(row: Consent, scope: Sequence[DataClass], until: datetime | None) -> None:
    asked = set(map(str, scope))
    wider = not asked <= set(row.scope) or (row.until is not None and (until is None or until > row.until))
    if wider or (row.scope and not asked):
        raise Refused(_("This would be wider than what was given. Ask for a new one instead."))
    if asked == set(row.scope) and until == row.until:
        raise Refused(_("Nothing in it would change."))


def _ended(row: Consent) -> None:
    """Whoever queued something for this consent takes it back, in this transaction (CONS-4)."""
    for ending in hooks.consent_ended:
        ending.run(row.client_id, row.kind, row.recipient)
