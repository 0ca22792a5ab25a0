"""Who decides about the plan: added and ended by the therapist, on a ground that is written down (PLAN-5a)."""

from __future__ import annotations

from uuid import UUID

from careplan.access import services as guard
from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import Authority, CareRole, Decider, Member
from careplan.accounts.models import Person
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from clients.models import PersonAround
from clients.selectors.caring import places_of
from clients.services.change import begin_change

THEIR_THERAPIST = (CareRole.LEAD, CareRole.CO_THERAPIST)


def may_say_who_decides(client_id: UUID, by: Actor) -> bool:
    """Says whether somebody may add and end those who decide: the client's therapist. One query."""
    return places_of(by).filter(client_id=client_id, role__in=THEIR_THERAPIST).exists()


def ask_from_now_on(
    *, client_id: UUID, who: str, authority: Authority, assents_only: bool, ground: str, by: Actor
) -> UUID:
    """The id of somebody's voice from now on. `who` is one of `could_be_asked`. Nothing in force falls.

    Raises Refused without a ground, or for somebody who works here; NotYours for anybody but the therapist.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    _ensure_therapist(client_id, by)
    said = clean_text(ground)
    if not said:
        raise Refused("Write down what says so: who told you, which paper you saw.")
    kind, _, key = who.partition(":")
    person_id = _member(client_id, key) if kind == "own" else _around(client_id, key)
    if Decider.objects.filter(client_id=client_id, person_id=person_id, until=None).exists():
        raise Conflict("They are asked already.")
    return guard.add_decider(
        client_id=change.client_id, person_id=person_id, authority=authority, assents_only=assents_only, reason=said
    )


def ask_no_more(*, client_id: UUID, decider_id: UUID, reason: str, by: Actor) -> None:
    """Ends somebody's voice from now on; what they agreed to stands.

    Raises NotYours for another record's or anybody but the therapist, Conflict when it has ended, Refused without a
    reason and for the last who decides.
    """
    begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    _ensure_therapist(client_id, by)
    row = Decider.objects.filter(client_id=client_id, id=decider_id).first()
    if row is None:
        raise NotYours
    if row.until is not None:
        raise Conflict("They are not asked any more already.")
    said = clean_text(reason)
    if not said:
        raise Refused("Write down why they are not asked any more.")
    others = Decider.objects.filter(client_id=client_id, until=None, voice="decides").exclude(id=row.id)
    if row.voice == "decides" and not others.exists():
        raise Refused("Somebody has to decide. Add who does first.")
    guard.end_decider(decider_id=row.id, reason=said)


def _ensure_therapist(client_id: UUID, by: Actor) -> None:
    if not may_say_who_decides(client_id, by):
        raise NotYours


def _member(client_id: UUID, key: str) -> UUID:
    person_id = Member.objects.filter(client_id=client_id, until=None, person_id=_id(key)).values_list("person_id")
    return _first(person_id)


def _around(client_id: UUID, key: str) -> UUID:
    """The person behind somebody around the client, made now when nobody needed one before."""
    row = PersonAround.objects.filter(client_id=client_id, ended_at=None, id=_id(key)).first()
    if row is None:
        raise NotYours
    if row.person is None:
        row.person = Person.objects.create()
        row.save(update_fields=["person"])
    return row.person.pk


def _first(found: object) -> UUID:
    row = found.first()  # type: ignore[attr-defined]
    if row is None:
        raise NotYours
    return UUID(str(row[0]))


def _id(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        raise NotYours from None
