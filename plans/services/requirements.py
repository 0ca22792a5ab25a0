"""Writing down what others demand, and how the client sees it: nothing here is agreed or in force (PLAN-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.kinds import RECORDED_HOW, How, Seen, SetBy
from plans.models import Requirement, RequirementView
from plans.selectors.acting import is_staff, role_of
from plans.selectors.people import can_dictate, deciders_of, practice_of
from plans.services.head import changing, find, person_of

ENDED = _("This has ended meanwhile.")


@dataclass(frozen=True)
class Demand:
    """What is demanded: by whom, what, until when, and what is reported to whom."""

    kind: str
    set_by: str
    what: str
    until: date | None = None
    reported: str = ""
    reported_to: str = ""


def set_requirement(*, client_id: UUID, demand: Demand, by: Actor) -> Requirement:
    """Returns the requirement as it stands from now on; the same one twice is one. Raises Refused, NotYours."""
    said = _sound(demand)
    with changing(client_id) as at:
        if not is_staff(role_of(client_id, person_of(by))):
            raise NotYours
        there = Requirement.objects.filter(client_id=client_id, ended_at=None, **said).first()
        if there is not None:
            return there
        made = Requirement.objects.create(
            id=uuid7(), client_id=client_id, practice_id=practice_of(client_id), at=at, by_id=person_of(by), **said
        )
        _tell(made, "requirement.set", after=made.kind)
        return made


def end_requirement(*, requirement_id: UUID, by: Actor) -> None:
    """It is asked no more; it stays readable. Raises Conflict when it has ended already, NotYours."""
    requirement = find(Requirement, requirement_id)
    with changing(requirement.client_id) as at:
        if not is_staff(role_of(requirement.client_id, person_of(by))):
            raise NotYours
        running = Requirement.objects.filter(id=requirement_id, ended_at=None)
        if not running.update(ended_at=at, ended_by_id=person_of(by)):
            raise Conflict(ENDED)
        _tell(requirement, "requirement.ended")


def see_requirement(
    *, requirement_id: UUID, seen: str, words: str, by: Actor, how: str = How.OWN_HAND_PORTAL
) -> RequirementView:
    """Returns how the client sees it, in their words: by their own hand, or written down while nobody has an account.

    The same again is one. Raises Refused, Conflict when it has ended, NotYours.
    """
    if seen not in Seen.values:
        raise Refused(_("Choose one of the two. You can add words to either."))
    requirement = find(Requirement, requirement_id)
    with changing(requirement.client_id) as at:
        if Requirement.objects.filter(id=requirement_id, ended_at=None).first() is None:
            raise Conflict(ENDED)
        person_id, recorded_by = _whose(requirement.client_id, how, by)
        last = (
            RequirementView.objects.filter(requirement=requirement, person_id=person_id).order_by("-at", "-id").first()
        )
        said = clean_text(words)
        if last is not None and (last.seen, last.words) == (seen, said):
            return last
        made = RequirementView.objects.create(
            id=uuid7(),
            client_id=requirement.client_id,
            practice_id=requirement.practice_id,
            requirement=requirement,
            person_id=person_id,
            role_held=role_of(requirement.client_id, person_id),
            seen=seen,
            words=said,
            how=how,
            recorded_by_id=recorded_by,
            at=at,
        )
        _tell(requirement, "requirement.answer_recorded" if recorded_by else "requirement.answered", after=seen)
        return made


def _whose(client_id: UUID, how: str, by: Actor) -> tuple[UUID, UUID | None]:
    """Whose view it is, and who wrote it down."""
    if not is_staff(role_of(client_id, person_of(by))):
        return person_of(by), None
    if how not in RECORDED_HOW:
        raise Refused(_("Say how they told you."))
    if not can_dictate(client_id):
        raise Refused(_("These are the client’s own words. They write them in their own pages."))
    return deciders_of(client_id)[0].person_id, person_of(by)


def _sound(demand: Demand) -> dict[str, object]:
    words = {name: clean_text(getattr(demand, name)) for name in ("set_by", "what", "reported", "reported_to")}
    if demand.kind not in SetBy.values or not words["set_by"] or not words["what"]:
        raise Refused(_("Write who set it and what is asked."))
    if bool(words["reported"]) != bool(words["reported_to"]):
        raise Refused(_("If something is reported, write both what and to whom."))
    return {"kind": demand.kind, "until": demand.until, **words}


def _tell(requirement: Requirement, kind: str, *, after: str = "") -> None:
    record(kind=kind, client_id=requirement.client_id, object_type="requirement", object_id=requirement.id, after=after)
