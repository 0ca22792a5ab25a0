"""How a consent is answered, and how it goes on (CONS-2, CONS-4). The database makes every move (adr/0008)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan import hooks
from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import Refused
from clients.models import Consent, ConsentState, How, TeachBack
from clients.services.asking import ConsentAsk, end_of_day, offered, one, open_one, tell
from clients.services.change import Change, begin_change
from clients.services.consent_moves import end, give, keep_limits, move_offer, narrow
from clients.services.summary import refresh_summary


@dataclass(frozen=True)
class Answer:
    """How a consent is answered. Without `scope` or `last_day` it is given as it was offered."""

    how: How
    limits: str = ""
    scope: Sequence[DataClass] | None = None
    last_day: date | None = None
    own_words: str = ""
    rather_not_say_back: bool = False
    question: str = ""


def record_spoken(*, client_id: UUID, ask: ConsentAsk, answer: Answer, by: Actor) -> UUID:
    """The id of a consent that was said and is written down by staff, in one step: asked and given."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = offered(change, ask)
    _give(change, row, answer)
    return row.id


def give_consent(*, client_id: UUID, consent_id: UUID, answer: Answer, by: Actor) -> None:
    """It counts from now. Raises Conflict when it moved on meanwhile, Refused when the day has passed."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    _give(change, open_one(client_id, consent_id), answer)


def decline_consent(*, client_id: UUID, consent_id: UUID, answer: Answer, by: Actor, later: bool = False) -> None:
    """A no, or a not now. No reason is asked."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = open_one(client_id, consent_id)
    verb, kind = ("leave", "consent.left") if later else ("decline", "consent.declined")
    if later and row.state == ConsentState.NOT_NOW:
        return
    _note_question(change, row, answer)
    move_offer(row, verb, how=answer.how)
    tell(change, row, kind)
    refresh_summary(client_id)


def withdraw_consent(*, client_id: UUID, consent_id: UUID, how: How, by: Actor) -> Consent:
    """The consent, withdrawn as of now: the next question about it is answered no, what was queued for it is gone.

    Nothing is asked for less. Withdrawn already: the same. Raises Conflict when it stands in another state; then
    nothing has changed.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = one(client_id, consent_id)
    if row.state == ConsentState.WITHDRAWN:
        return row
    end(row, "withdraw", how)
    tell(change, row, "consent.withdrawn")
    _ended(row)
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
        raise Refused("Write how it is kept.")
    keep_limits(row, kept)
    tell(change, row, "consent.limits_arranged")


def answer_consent_question(*, client_id: UUID, consent_id: UUID, words: str, by: Actor) -> None:
    """Keeps what the client was answered to a question they asked about a consent that is still open."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row, said = open_one(client_id, consent_id), clean_text(words)
    if not row.questions or not said:
        raise Refused("Write what they were answered.")
    Consent.objects.filter(id=row.id).update(answers=said)
    tell(change, row, "consent.question_answered")


def strike_consent(*, client_id: UUID, consent_id: UUID, by: Actor) -> None:
    """Entered in error: it never counts again, and stays readable as what it was."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = one(client_id, consent_id)
    given = row.state == ConsentState.GIVEN
    end(row, "strike")
    tell(change, row, "consent.struck")
    if given:
        _ended(row)
    refresh_summary(client_id)


def _give(change: Change, row: Consent, answer: Answer) -> None:
    _ensure_theirs(change, row, answer.how)
    until = end_of_day(change.client_id, answer.last_day) if answer.last_day else row.until
    if until is not None and until <= change.at:
        raise Refused("The day on which it ends has passed already.")
    if row.until is not None and until is not None and until > row.until:
        raise Refused("It can end sooner than it was asked for, not later.")
    _note_question(change, row, answer)
    _note_own_words(row, answer)
    scope = sorted(map(str, answer.scope)) if answer.scope is not None else row.scope
    if row.scope and (not scope or not set(scope) <= set(row.scope)):
        raise Refused("Choose at least one of the kinds that were asked for.")
    give(row, answer.how, limits=clean_text(answer.limits), scope=scope, until=until)
    tell(change, row, "consent.given")
    refresh_summary(change.client_id)


def _ensure_theirs(change: Change, row: Consent, how: How) -> None:
    if (change.by == row.person_id) != (how == How.OWN_HAND_PORTAL):
        raise Refused("Only the client gives it by their own hand in their own pages.")


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
        raise Refused("This would be wider than what was given. Ask for a new one instead.")
    if asked == set(row.scope) and until == row.until:
        raise Refused("Nothing in it would change.")


def _ended(row: Consent) -> None:
    """Whoever queued something for this consent takes it back, in this transaction (CONS-4)."""
    for ending in hooks.consent_ended:
        ending.run(row.client_id, row.kind, row.recipient)
