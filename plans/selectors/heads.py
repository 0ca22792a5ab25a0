"""Plans in lists: counts, codes and dates from the head alone, no clinical text (ACC-2a, PLAN-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole
from clients.hooks import Ask
from clients.models import Client, ClientStatus
from clients.selectors.caring import cared_for
from clients.selectors.staff import at_work
from plans.kinds import PlanStatus
from plans.models import Pausing, PlanHead
from plans.selectors.desk_rows import staff_names
from plans.selectors.duty import OF_HEAD, Duty, duties_of, duty_from
from plans.selectors.pausing import rests, rests_of

SOON = timedelta(days=14)
THERAPISTS = (CareRole.LEAD, CareRole.CO_THERAPIST)
URL = "plans:plan"
INBOX = "plans:proposals"


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


def heads_of(clients: Sequence[UUID], *, clocks: bool = False) -> dict[UUID, PlanHead]:
    """Returns the plan's head by client; `slept_out` says that a pause with a day is over (PLAN-14). One query.

    `to_read` says that this person took it over and hasn't read it (PLAN-5c).

    With `clocks`, `clock` is that of the oldest proposal that waits (PLAN-7).
    """
    paused = Pausing.objects.filter(client_id=OuterRef("client_id"))
    heads = PlanHead.objects.filter(client_id__in=clients).annotate(
        slept_out=Exists(paused) & ~Exists(paused.filter(rests("plan") | rests("all"))),
        to_read=RawSQL("plan_head.client_id = any (guard.plans_to_read())", [], BooleanField()),
    )
    return {head.client_id: head for head in (heads.annotate(clock=OF_HEAD) if clocks else heads)}


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
    rows = rests_of(led)
    going_on = {row["client_id"]: row["status"] for row in rows}
    heads = heads_of(list(going_on), clocks=True)
    first = [
        _first_plan(client)
        for client, status in going_on.items()
        if status == ClientStatus.ACTIVE and _no_plan(heads.get(client))
    ]
    rests = [ask for ask in map(_rest_ask, rows) if ask]
    return [ask for head in heads.values() for ask in _ask_of(head, _duty_of(head))] + rests + first


def late_asks(by: Actor, clients: Sequence[UUID]) -> list[Ask]:
    """What is late anywhere in the practice, for whoever leads it (PLAN-7). Opens nothing. Three queries."""
    _, practice_id = at_work(by)
    waiting = PlanHead.objects.filter(practice_id=practice_id, duty_since__isnull=False)
    duties = duties_of(list(waiting.values_list("client_id", flat=True)))
    late = {client: duty for client, duty in duties.items() if duty.late}
    leads = dict(
        CareRelationship.objects.filter(client_id__in=late, role=CareRole.LEAD, until=None)
        .order_by("since")
        .values_list("client_id", "person_id")
    )
    names = staff_names(leads.values())
    return [_late_ask(client, duty, names.get(leads.get(client, client), "")) for client, duty in late.items()]


def _late_ask(client_id: UUID, duty: Duty, therapist: str) -> Ask:
    whom = f" from {therapist}" if therapist else ""
    return Ask(
        client_id,
        f"Late: {{name}} waits for an answer{whom}",
        INBOX,
        "git-compare",
        "They read that it is late, and that it is on us",
        due=timezone.localdate(duty.due),
        when="Late",
        opens_record=False,
    )


CEASED = "Reminders have ceased. Their record stays theirs."
RESTS = (("stopped", "stopped therapy"), ("everything", "paused everything"), ("rested", "paused the plan"))


def _rest_ask(row: Mapping[str, Any]) -> Ask | None:
    """That a client paused or stopped, for two weeks; nobody has to do anything."""
    for name, what in RESTS:
        if row[name] is not None and row[name] > timezone.now() - SOON:
            detail = (
                "It goes on when they say" if name == "rested" else "Reminders have ceased. Their record stays theirs."
            )
            return Ask(row["client_id"], f"{{name}} {what}", URL, "pause", detail, even_ended=True)
    return None


def _led(by: Actor) -> QuerySet[CareRelationship]:
    """Where this person is “the therapist”: nobody else answers a proposal (PLAN-5e)."""
    if by.person_id is None or by.practice_id is None:
        return CareRelationship.objects.none()
    mine = CareRelationship.objects.filter(person_id=by.person_id, practice_id=by.practice_id, until=None)
    return mine.filter(role__in=THERAPISTS)


def _soon() -> date:
    return timezone.localdate() + SOON


def _state(head: PlanHead | None) -> PlanState:
    """How a plan stands; one that was on hold until a day that has come is active again (PLAN-14)."""
    if head is None:
        return NONE_YET
    if head.status == PlanStatus.ON_HOLD and head.slept_out:  # type: ignore[attr-defined]
        return STATES[PlanStatus.ACTIVE]
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


def _duty_of(head: PlanHead) -> Duty | None:
    return duty_from(head.clock)  # type: ignore[attr-defined]


def _ask_of(head: PlanHead, duty: Duty | None) -> list[Ask]:
    asks = [_took_over(head.client_id)] if head.to_read else []  # type: ignore[attr-defined]
    if head.with_therapist:
        asks.append(_proposal(head, duty))
    if head.comments_from_client:
        asks.append(_comments(head))
    if head.with_client:
        asks.append(_with_client(head))
    if head.look_again_on and head.look_again_on <= _soon():
        asks.append(Ask(head.client_id, "{name}: look at the plan again", URL, "calendar-days", due=head.look_again_on))
    return asks


def _proposal(head: PlanHead, duty: Duty | None) -> Ask:
    """What the client proposed, with the days left; the oldest first (PLAN-7)."""
    many = head.with_therapist
    sentence = "{name} proposed a wording" if many == 1 else f"{{name}} made {many} proposals"
    detail = "Yes, another wording, or no with a reason"
    if duty is None:
        return Ask(head.client_id, sentence, URL, "git-compare", detail)
    left = duty.left if duty.late or duty.away_until is None else "waits while you are away"
    if duty.late:
        sentence, detail = f"Late: {sentence}", "They read that it is late, and that it is on us"
    return Ask(head.client_id, sentence, URL, "git-compare", detail, due=timezone.localdate(duty.due), when=left)


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


def _took_over(client_id: UUID) -> Ask:
    """A plan that was agreed with somebody else stands; whoever took it over is asked to read it (PLAN-5c)."""
    return Ask(client_id, "{name}: read the plan you took over", URL, "file-text", "What was agreed stands meanwhile")


def _first_plan(client_id: UUID) -> Ask:
    return Ask(client_id, "{name}: no agreed plan yet", URL, "list-checks", "First plan, in the room, when it suits")
