"""The plan on the therapist's desk: the tree, one line in full, and what is off the table (PLAN-6, PLAN-18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.errors import NotYours
from plans.content import Content
from plans.kinds import THERAPIST_ROLES, ItemKind, PlanStatus, Role
from plans.models import Answer, Item, ItemRevision, Party, Plan, Sheet, Version, VersionNumber
from plans.models.plan import UNENDED
from plans.selectors.acting import role_of
from plans.selectors.declined import asked_to_leave
from plans.selectors.pace import PaceNow, pace_now
from plans.selectors.people import can_dictate, name_of_client, names_of
from plans.selectors.standing import Branch, ItemLine, State, item_lines, tree
from plans.selectors.wordings import Spoken, Wording, everyone_in, spoken, wordings


@dataclass(frozen=True)
class OffTableLine:
    """Something the client declined or put off, with the sentence staff read before they propose."""

    item_id: UUID
    title: str
    heading: str
    sentence: str
    choice: str
    until: date | None
    until_raised: bool
    said_at: datetime | None


@dataclass(frozen=True)
class PlanDesk:
    """The plan as a tree. Without a plan `plan_id` is None and every tuple is empty: a state, not a fault."""

    client_id: UUID
    client_name: str
    plan_id: UUID | None
    status: PlanStatus | None
    ever_active: bool
    statements: tuple[ItemLine, ...]
    goals: tuple[Branch, ...]
    others: tuple[Branch, ...]
    off_table: tuple[OffTableLine, ...]
    to_answer: tuple[ItemLine, ...]
    with_client: tuple[ItemLine, ...]
    look_again_on: date | None
    agreed: int
    open_count: int
    waiting: int
    declined: int
    pace: PaceNow
    can_dictate: bool
    open_sheet_id: UUID | None
    sequence: int
    number: int | None
    latest_version_id: UUID | None

    @property
    def total(self) -> int:
        return self.agreed + self.open_count + self.waiting + self.declined

    @property
    def coverage(self) -> str:
        """Returns “7 of 9 agreed”, or that nothing is agreed yet."""
        return f"{self.agreed} of {self.total} agreed" if self.agreed else "No agreed plan yet"


@dataclass(frozen=True)
class ItemDesk:
    """One line in full: what is in force, what is open, what everyone said, and what can be done now."""

    client_id: UUID
    client_name: str
    plan_id: UUID
    line: ItemLine
    parent: ItemLine | None
    children: tuple[ItemLine, ...]
    parents: tuple[ItemLine, ...]
    in_force: Wording | None
    open: Wording | None
    latest: Wording
    history: tuple[Wording, ...]
    answers: tuple[Spoken, ...]
    base: int
    edit_from: Content
    asked_me: Wording | None
    my_answer: str
    off: OffTableLine | None
    pace: PaceNow
    can_dictate: bool
    open_sheet_id: UUID | None


def current_plan(client_id: UUID) -> Plan | None:
    """Returns the record's plan that has not ended, else the last one. One query."""
    plans = list(Plan.objects.filter(client_id=client_id).order_by("-started_at"))
    return next((plan for plan in plans if plan.status in UNENDED), plans[0] if plans else None)


def plan_desk(*, client_id: UUID) -> PlanDesk:
    """Returns the plan's desk. A constant number of queries, however many lines."""
    plan = current_plan(client_id)
    lines = item_lines(client_id=client_id, plan_id=plan.id) if plan else []
    shown = [line for line in lines if line.state is not State.OFF]
    version, number = _latest_version(plan) if plan else (None, None)
    branches = tree([line for line in shown if line.kind is not ItemKind.STATEMENT])
    return PlanDesk(
        client_id=client_id,
        client_name=name_of_client(client_id),
        plan_id=plan.id if plan else None,
        status=PlanStatus(plan.status) if plan else None,
        ever_active=plan is not None and plan.activated_at is not None,
        statements=tuple(line for line in shown if line.kind is ItemKind.STATEMENT),
        goals=tuple(branch for branch in branches if branch.line.kind is ItemKind.GOAL),
        others=tuple(branch for branch in branches if branch.line.kind is not ItemKind.GOAL),
        off_table=off_table_lines(client_id, lines),
        to_answer=tuple(line for line in lines if line.waits_for_therapist),
        with_client=tuple(line for line in lines if line.waits_for_client),
        look_again_on=_look_again_on(lines),
        agreed=_count(lines, State.AGREED),
        open_count=_count(lines, State.OPEN),
        waiting=_count(lines, State.WAITING),
        declined=_count(lines, State.OFF),
        pace=pace_now(client_id=client_id),
        can_dictate=can_dictate(client_id),
        open_sheet_id=_open_sheet(plan),
        sequence=version.sequence if version else 0,
        number=number,
        latest_version_id=version.id if version else None,
    )


def item_desk(*, item_id: UUID, by: Actor) -> ItemDesk:
    """Returns one line's desk; raises NotYours. A constant number of queries."""
    item = Item.objects.filter(id=item_id).first()
    if item is None or by.person_id is None:
        raise NotYours
    lines = item_lines(client_id=item.client_id, plan_id=item.plan_id)
    line = next(each for each in lines if each.item_id == item_id)
    history, answers = _history(item)
    role = role_of(item.client_id, by.person_id)
    asked_me = _asked_me(line, history, by.person_id, role)
    return ItemDesk(
        client_id=item.client_id,
        client_name=name_of_client(item.client_id),
        plan_id=item.plan_id,
        line=line,
        parent=next((each for each in lines if each.item_id == line.parent_id), None),
        children=tuple(each for each in lines if each.parent_id == item_id),
        parents=tuple(each for each in lines if each.kind in (ItemKind.GOAL, ItemKind.OBJECTIVE) and each is not line),
        in_force=history.get(line.in_force_id) if line.in_force_id else None,
        open=history.get(line.open_id) if line.open_id else None,
        latest=history[line.highest_id],
        history=tuple(reversed(history.values())),
        answers=tuple(reversed(answers)),
        base=line.highest_number,
        edit_from=history[line.open_id or line.in_force_id or line.highest_id].content,
        asked_me=asked_me,
        my_answer=_my_answer(asked_me, by.person_id, role),
        off=next(iter(off_table_lines(item.client_id, [line])), None),
        pace=pace_now(client_id=item.client_id),
        can_dictate=can_dictate(item.client_id),
        open_sheet_id=_open_sheet(item.plan),
    )


def off_table(*, client_id: UUID) -> tuple[OffTableLine, ...]:
    """Returns everything off the table of the current plan: what staff see before they propose."""
    plan = current_plan(client_id)
    return off_table_lines(client_id, item_lines(client_id=client_id, plan_id=plan.id)) if plan else ()


def off_table_lines(client_id: UUID, lines: Sequence[ItemLine]) -> tuple[OffTableLine, ...]:
    """Returns those of these lines that are off the table, with who asked for it. Five queries."""
    off = [line for line in lines if line.off_answer_id is not None]
    answers = Answer.objects.defer("hashed").in_bulk([line.off_answer_id for line in off])
    names = names_of(client_id, [answer.person_id for answer in answers.values()])
    return tuple(_off(line, answers.get(line.off_answer_id or line.item_id), names) for line in off)


def _off(line: ItemLine, answer: Answer | None, names: dict[UUID, str]) -> OffTableLine:
    name = names.get(answer.person_id, "The client") if answer else "The client"
    return OffTableLine(
        item_id=line.item_id,
        title=line.title,
        heading=line.heading,
        sentence=asked_to_leave(name, line.off_choice, line.off_until, line.off_until_raised),
        choice=line.off_choice or "",
        until=line.off_until,
        until_raised=line.off_until_raised,
        said_at=answer.at if answer else None,
    )


def _history(item: Item) -> tuple[dict[UUID, Wording], list[Spoken]]:
    revisions = list(ItemRevision.objects.filter(item=item).defer("hashed").order_by("number"))
    answers = list(Answer.objects.filter(item=item).defer("hashed").order_by("number"))
    parties = list(Party.objects.filter(revision__item=item))
    names = names_of(item.client_id, everyone_in(revisions, answers, parties))
    numbers = {revision.id: revision.number for revision in revisions}
    found = wordings(client_id=item.client_id, items={item.id: item}, revisions=revisions, names=names)
    return found, spoken(answers, names, numbers)


def _asked_me(line: ItemLine, history: dict[UUID, Wording], person_id: UUID, role: Role) -> Wording | None:
    """Returns the newest wording that takes this person's answer: the latest, else the one in force."""
    for revision_id in (line.highest_id, line.in_force_id):
        wording = history.get(revision_id) if revision_id else None
        if wording and any(_is_me(asked.person_id, person_id, role) for asked in wording.asked):
            return wording
    return None


def _is_me(asked: UUID | None, person_id: UUID, role: Role) -> bool:
    return asked == person_id or (asked is None and role in THERAPIST_ROLES)


def _my_answer(wording: Wording | None, person_id: UUID, role: Role) -> str:
    if wording is None:
        return ""
    return next((asked.choice for asked in wording.asked if _is_me(asked.person_id, person_id, role)), "")


def _latest_version(plan: Plan) -> tuple[Version | None, int | None]:
    version = Version.objects.filter(plan=plan).defer("manifest", "snapshot").order_by("-sequence").first()
    number = VersionNumber.objects.filter(version=version).first() if version else None
    return version, number.number if number else None


def _open_sheet(plan: Plan | None) -> UUID | None:
    if plan is None:
        return None
    return Sheet.objects.filter(plan=plan, closed_at=None).values_list("id", flat=True).first()


def _look_again_on(lines: Sequence[ItemLine]) -> date | None:
    days = [line.content.on for line in lines if line.state is State.AGREED and hasattr(line.content, "on")]
    return min((day for day in days if day), default=None)


def _count(lines: Sequence[ItemLine], state: State) -> int:
    return sum(line.state is state for line in lines)
