"""Plans in lists: counts, codes and dates from the head alone, no clinical text (ACC-2a, PLAN-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole
from clients.hooks import Ask
from clients.models import Client, ClientStatus
from clients.selectors.caring import cared_for
from plans.kinds import PlanStatus
from plans.models import PlanHead

SOON = timedelta(days=14)
THERAPISTS = (CareRole.LEAD, CareRole.CO_THERAPIST)
URL = "plans:plan"


@dataclass(frozen=True)
class Agreed:
    """“7 of 9”, with its pips; nothing while there is nothing to count."""

    agreed: int
    open: int
    waiting: int
    off: int

    @property
    def total(self) -> int:
        """All lines of the plan."""
        return self.agreed + self.open + self.waiting + self.off


@dataclass(frozen=True)
class PlanState:
    """How a plan stands, as a tag."""

    tag: str
    words: str


NONE_YET = PlanState("none", "None yet")
STATES = {
    PlanStatus.DRAFT: PlanState("none", "Not agreed yet"),
    PlanStatus.ACTIVE: PlanState("agreed", "Active"),
    PlanStatus.ON_HOLD: PlanState("paused", "On hold"),
}


def heads_of(clients: Sequence[UUID]) -> dict[UUID, PlanHead]:
    """Returns the plan's head by client. One query."""
    return {head.client_id: head for head in PlanHead.objects.filter(client_id__in=clients)}


def agreed_of(head: PlanHead) -> Agreed:
    """Returns a head's counts."""
    return Agreed(head.agreed, head.open_count, head.waiting, head.declined)


def state_column(by: Actor, clients: Sequence[UUID]) -> dict[UUID, PlanState]:
    """How each client's plan stands."""
    heads = heads_of(clients)
    return {client: _state(heads.get(client)) for client in clients}


def agreed_column(by: Actor, clients: Sequence[UUID]) -> dict[UUID, Agreed]:
    """How much of each plan is agreed."""
    return {client: agreed_of(head) for client, head in heads_of(clients).items()}


def open_column(by: Actor, clients: Sequence[UUID]) -> dict[UUID, str]:
    """What is open in each plan, in a few words."""
    found = {client: _open_words(head) for client, head in heads_of(clients).items()}
    return {client: words for client, words in found.items() if words}


def state_filter(by: Actor, value: str) -> list[UUID]:
    """The clients whose plan is in a state; “none” is those without an agreed one."""
    heads = PlanHead.objects.filter(client_id__in=list(cared_for(by)))
    if value != "none":
        return list(heads.filter(status=value).values_list("client_id", flat=True))
    agreed = heads.exclude(status=PlanStatus.DRAFT).values_list("client_id", flat=True)
    return list(set(cared_for(by)) - set(agreed))


def needs_filter(by: Actor, value: str) -> list[UUID]:
    """The clients with a proposal to answer, or whose plan is to be looked at again soon."""
    heads = PlanHead.objects.filter(client_id__in=_led(by).values("client_id"))
    chosen = heads.filter(with_therapist__gt=0) if value == "answer" else heads.filter(look_again_on__lte=_soon())
    return list(chosen.values_list("client_id", flat=True))


def plan_asks(by: Actor, clients: Sequence[UUID]) -> list[Ask]:
    """What waits for this therapist: proposals, wordings with clients, days to look again, first plans. Two queries."""
    led = Client.objects.filter(client_id__in=clients).filter(client_id__in=_led(by).values("client_id"))
    going_on = dict(led.values_list("client_id", "status"))
    heads = heads_of(list(going_on))
    first = [
        _first_plan(client)
        for client, status in going_on.items()
        if status == ClientStatus.ACTIVE and _no_plan(heads.get(client))
    ]
    return [ask for head in heads.values() for ask in _ask_of(head)] + first


def _led(by: Actor) -> QuerySet[CareRelationship]:
    """Where this person is “the therapist”: nobody else answers a proposal (PLAN-5e)."""
    if by.person_id is None or by.practice_id is None:
        return CareRelationship.objects.none()
    mine = CareRelationship.objects.filter(person_id=by.person_id, practice_id=by.practice_id, until=None)
    return mine.filter(role__in=THERAPISTS)


def _soon() -> date:
    return timezone.localdate() + SOON


def _state(head: PlanHead | None) -> PlanState:
    if head is None:
        return NONE_YET
    return STATES.get(PlanStatus(head.status), PlanState("off", head.get_status_display()))


def _open_words(head: PlanHead) -> str:
    words = []
    if head.with_therapist:
        words.append(_counted(head.with_therapist, "a proposal to answer", "proposals to answer"))
    if head.with_client:
        words.append(_counted(head.with_client, "one with the client", "with the client"))
    if head.look_again_on and head.look_again_on <= _soon():
        words.append(f"look again {head.look_again_on.day} {head.look_again_on:%b}")
    sentence = ", ".join(words)
    return sentence[:1].upper() + sentence[1:]


def _counted(count: int, one: str, more: str) -> str:
    return one if count == 1 else f"{count} {more}"


def _no_plan(head: PlanHead | None) -> bool:
    return head is None or (head.status == PlanStatus.DRAFT and not head.open_count)


def _ask_of(head: PlanHead) -> list[Ask]:
    asks = []
    if head.with_therapist:
        sentence = (
            "{name} proposed a wording"
            if head.with_therapist == 1
            else f"{{name}} made {head.with_therapist} proposals"
        )
        asks.append(Ask(head.client_id, sentence, URL, "git-compare", "Yes, another wording, or no with a reason"))
    if head.comments_from_client:
        asks.append(_comments(head))
    if head.with_client:
        asks.append(_with_client(head))
    if head.look_again_on and head.look_again_on <= _soon():
        asks.append(Ask(head.client_id, "{name}: look at the plan again", URL, "calendar-days", due=head.look_again_on))
    return asks


def _with_client(head: PlanHead) -> Ask:
    """More with the client than has never been agreed: then some of it is a new wording of what is in force."""
    if head.with_client > 1:
        what, detail = f"{head.with_client} lines are with {{name}}", "What was agreed before counts until then"
    elif head.with_client > head.open_count:
        what, detail = "Your new wording is with {name}", "The old one counts until then"
    else:
        what, detail = "A line is with {name}", "What was agreed before counts until then"
    return Ask(head.client_id, what, URL, "circle-dashed", detail)


def _comments(head: PlanHead) -> Ask:
    """Lines beside which the client wrote last. Nobody owes an answer, so there is no clock."""
    count = head.comments_from_client
    beside = "a line of the plan" if count == 1 else f"{count} lines of the plan"
    return Ask(head.client_id, f"{{name}} wrote beside {beside}", URL, "message-circle")


def _first_plan(client_id: UUID) -> Ask:
    return Ask(client_id, "{name}: no agreed plan yet", URL, "list-checks", "First plan, in the room, when it suits")
