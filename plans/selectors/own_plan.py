"""A client's own plan as their pages show it: the lines, what waits for them, what waits for the practice."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import cached_property

from careplan.access.actor import Actor
from careplan.errors import NotYours
from plans.kinds import CLIENT_SIDE, Choice, ItemKind, PartyKind, RestScope, StatementType, Way
from plans.models import Standing
from plans.selectors.desk_front import PauseSeen, PlanFront, plan_front
from plans.selectors.desk_rows import Choose, DeskRow, DeskRows, Story, Wording, desk_rows
from plans.selectors.duty import CLOCK, Duty, duty_from

STATEMENT_ORDER = list(StatementType)

# What stands beside the lines, in one statement: who the therapist is, the last sheet sent, the clocks of one's own
# proposals, and when one last came in before this visit.
BESIDE = f"""
select (select coalesce(jsonb_agg(jsonb_build_object('person', t.person_id, 'name', m.first_name)
                                  order by t.role desc, t.since), '[]')
          from care_relationship t
          join careplan_staffmember m on m.person_id = t.person_id and m.practice_id = t.practice_id and m.until is null
         where t.client_id = %(client)s and t.until is null and t.role in ('lead', 'co_therapist')),
       (select jsonb_build_object('id', a.id, 'way', a.way, 'revisions',
                                  (select jsonb_agg(l.revision_id order by l.position) from plans_ask_line l
                                    where l.ask_id = a.id))
          from plans_ask a where a.plan_id = %(plan)s and a.withdrawn_at is null
         order by a.sent_at desc, a.id desc limit 1),
       (select coalesce(jsonb_object_agg(r.id, {CLOCK.format(client="r.client_id", since="r.at")}), '{{}}')
          from plans_standing s
          join plans_item_revision r on r.id = s.open_id
         where s.plan_id = %(plan)s and (r.author_role in ('client', 'guardian', 'supporter') or r.dictated)),
       (select e.at from careplan_signinevent e
         where e.person_id = %(person)s and e.kind = 'signed_in' order by e.at desc offset 1 limit 1)
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class Sent:
    """The last sheet that was sent: which wordings, and the way chosen for answering."""

    id: UUID
    way: Way
    revisions: tuple[UUID, ...]


@dataclass(frozen=True)
class OwnPlan:
    """One client's plan in their own hands."""

    client_id: UUID
    by: Actor
    front: PlanFront
    rows: DeskRows
    story: Story = field(default_factory=Story)
    row: DeskRow | None = None
    therapists: tuple[tuple[UUID, str], ...] = ()
    sent: Sent | None = None
    duties: dict[UUID, Duty] = field(default_factory=dict)
    last_visit: datetime | None = None

    @property
    def item(self) -> DeskRow:
        """The line a page is about; NotYours without one."""
        if self.row is None:
            raise NotYours
        return self.row

    @property
    def therapist(self) -> str:
        """What to call whoever leads."""
        return self.therapists[0][1] if self.therapists else "Your therapist"

    @property
    def titles(self) -> dict[UUID, str]:
        """What each line is called."""
        return {row.id: row.title for row in self.rows.rows}

    @property
    def names(self) -> dict[UUID, str]:
        """What everybody in the plan is called."""
        return self.rows.names | dict(self.therapists)

    @cached_property
    def waiting(self) -> list[DeskRow]:
        """The lines that wait for this person's answer, those that were sent first, in their order."""
        found = [row for row in self.rows.rows if row.open and waits_for(row.open, self.by.person_id)]
        sent = self.sent.revisions if self.sent else ()
        place = {revision: n for n, revision in enumerate(sent)}
        return sorted(found, key=lambda row: place.get(row.open.id, len(sent)) if row.open else 0)

    @property
    def sent_waiting(self) -> list[DeskRow]:
        """The lines of the sheet that was sent which still wait."""
        sent = self.sent.revisions if self.sent else ()
        return [row for row in self.waiting if row.open and row.open.id in sent]

    @property
    def next_time(self) -> bool:
        """Whether this person would rather answer what was sent together, next time."""
        return bool(self.sent and self.sent.way == Way.NEXT_TIME and self.sent_waiting)

    @property
    def with_staff(self) -> list[DeskRow]:
        """One's own proposals that wait for the therapist (PLAN-7)."""
        return [row for row in self.rows.rows if row.open and row.open.proposed_by_client]

    @property
    def goals(self) -> list[DeskRow]:
        """The goals at the top that are not off the table."""
        return [row for row in self._on(ItemKind.GOAL) if row.standing.parent_id is None]

    @property
    def statements(self) -> list[DeskRow]:
        """What one has said about oneself, strengths first, and when to look again last."""
        return sorted(
            self._on(ItemKind.STATEMENT),
            key=lambda row: STATEMENT_ORDER.index(StatementType(row.standing.statement_type)),
        )

    @property
    def ways(self) -> list[DeskRow]:
        """What is done and what would be seen, wherever it stands."""
        return self._on(ItemKind.OBJECTIVE, ItemKind.INTERVENTION)

    @property
    def off(self) -> list[DeskRow]:
        """What is off the table."""
        return [row for row in self.rows.rows if row.standing.off_choice]

    def pause_of(self, row: DeskRow) -> PauseSeen | None:
        """The pause of one line."""
        return next((each for each in self.front.pauses if each.item_id == row.id), None)

    def resting(self, scope: RestScope) -> PauseSeen | None:
        """The pause of the plan, of everything, or that therapy has ended."""
        return next((each for each in self.front.pauses if each.scope == scope), None)

    def own_answer(self, wording: Wording) -> str:
        """What this person last said to a wording, or nothing."""
        said = [answer for answer in wording.answers if answer.person_id == self.by.person_id]
        return str(max(said, key=lambda answer: answer.number).choice) if said else ""

    def _on(self, *kinds: ItemKind) -> list[DeskRow]:
        return [row for row in self.rows.rows if row.standing.kind in kinds and not row.standing.off_choice]


def own_plan(
    client_id: UUID, by: Actor, *, tucked: Collection[str] = (), item_id: Choose | UUID | None = None
) -> OwnPlan:
    """Returns the plan of an opened record of one's own, with one line's story when it is named. Six queries.

    Lines that are `tucked` away, and what hangs under them, are not in it, not counted and not found (SAFE-7).
    Raises NotYours for a line that isn't in it.
    """
    front = plan_front(client_id, by)
    rows, story = desk_rows(front.plan_id, story_of=item_id, names=front.names)
    rows = DeskRows(shown_rows(rows.rows, tucked), rows.names)
    row = rows.get(story.item_id)
    if isinstance(item_id, UUID) and row is None:
        raise NotYours
    therapists, sent, duties, visit = _beside(client_id, front.plan_id, by)
    return OwnPlan(client_id, by, front, rows, story, row, therapists, sent, duties, visit)


def shown_rows(rows: Sequence[DeskRow], tucked: Collection[str]) -> tuple[DeskRow, ...]:
    """The rows without what is tucked away and what hangs under it."""
    if not tucked:
        return tuple(rows)
    hidden = {row.id for row in rows if str(row.id) in tucked}
    while under := {row.id for row in rows if row.standing.parent_id in hidden} - hidden:
        hidden |= under
    return tuple(row for row in rows if row.id not in hidden)


def with_what_hangs_under(client_id: UUID, tucked: Collection[str]) -> frozenset[str]:
    """The ids of these lines and of all that hang under them; none for none. One query where there are some."""
    if not tucked:
        return frozenset()
    over = dict(Standing.objects.filter(client_id=client_id).values_list("item_id", "parent_id"))
    hidden = {item_id for item_id in over if str(item_id) in tucked}
    while under := {item_id for item_id, parent_id in over.items() if parent_id in hidden} - hidden:
        hidden |= under
    return frozenset(map(str, hidden)) | frozenset(tucked)


def waits_for(wording: Wording, person_id: UUID | None) -> bool:
    """Says whether a wording asks this person and has not heard from them; an assent is asked too (PLAN-5a)."""
    mine = [party for party in wording.parties if party.person_id == person_id and party.kind != PartyKind.THERAPIST]
    return any(wording.last_word(party) is None for party in mine)


def said_yes(wording: Wording | None, person_id: UUID | None) -> datetime | None:
    """When this person last said yes to a wording, if they did."""
    said = (
        [each for each in wording.answers if each.person_id == person_id and each.choice == Choice.YES]
        if wording
        else []
    )
    return said[-1].at if said else None


def is_theirs(wording: Wording) -> bool:
    """Says whether the client's side wrote it, or it was written down for them."""
    return wording.row.author_role in CLIENT_SIDE or wording.row.dictated


def _beside(client_id: UUID, plan_id: UUID | None, by: Actor) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"client": client_id, "plan": plan_id, "person": by.person_id})
        therapists, sent, duties, visit = cursor.fetchone()
    return (
        tuple((UUID(each["person"]), each["name"]) for each in _read(therapists)),
        _sent(_read(sent)),
        {UUID(revision): duty for revision, clock in _read(duties).items() if (duty := duty_from(clock))},
        visit,
    )


def _sent(row: dict[str, Any] | None) -> Sent | None:
    return Sent(UUID(row["id"]), Way(row["way"]), tuple(map(UUID, row["revisions"] or ()))) if row else None


def _read(document: Any) -> Any:
    """A jsonb column as it comes from a plain cursor: text, or read already."""
    return json.loads(document) if isinstance(document, str) else document


def rows_under(plan: OwnPlan, row: DeskRow) -> Sequence[DeskRow]:
    """The lines under another that are not off the table."""
    return [each for each in plan.rows.children(row.id) if not each.standing.off_choice]
