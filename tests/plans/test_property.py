"""Whatever anybody does in whatever order, nothing is in force that was not agreed to, to the byte (PLAN-5, PLAN-8)."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import nullcontext, suppress
from typing import Any

from django.db import connection
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from careplan.canonical import sha256_hex
from careplan.errors import Conflict, Refused
from plans.content import Content
from plans.kinds import Choice, ItemKind
from plans.models import Answer, Item, ItemRevision, PlanHead, Sheet, SheetLine, Standing
from plans.services.answers import answer_item
from plans.services.items import move_item, propose_item, propose_revision
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, close_sheet, open_sheet, write_sheet
from tests.plans.reference import effective, replay
from tests.plans.room import Room, couple, goal, homework, objective, strength, therapy
from tests.plans.test_head import HEAD, rebuilt
from tests.plans.test_versions import rebuild

VERBS = (
    *("propose", "agree", "agree", "agree", "answer", "answer", "answer"),
    *("reword", "reword", "move", "write", "say", "say"),
)
STEP = st.tuples(st.sampled_from(VERBS), st.integers(0, 2), *[st.integers(0, 11) for _ in range(4)])
WORDS = ("Sleep through", "Ride the bus", "Talk at supper")
CLINICAL = ("", "Insomnia, six hours", "Commute without avoidance")


class Story:
    """One record, and what happens in it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.actors = [*room.members, room.therapist]
        self.happened: Counter[str] = Counter()

    def step(self, verb: str, who: int, *picks: int) -> None:
        by = self.actors[who] if verb not in ("say", "write") else self.room.therapist
        try:
            with nullcontext() if verb == "agree" else self.room.acts(by):
                getattr(self, verb)(by, *picks)
            self.happened[verb] += 1
        except (Refused, Conflict) as refusal:
            self.happened[type(refusal).__name__] += 1

    def begin(self) -> None:
        """A goal of both of them and what the therapist would do about it: something to move, reword and decline."""
        first = self.room.agreed_goal(WORDS[0])
        self.room.agreed_intervention(parent=first.item_id)

    def propose(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        propose_item(plan_id=self.room.plan_id, content=self._new(a, b, c, d), by=by, raise_anyway=d % 2 == 0)

    def reword(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        item = self._item(a)
        numbers = sorted(item.revisions.values_list("number", flat=True))
        base = numbers[-1] if d % 4 else numbers[0]
        propose_revision(item_id=item.id, base=base, content=self._like(item, b, c), by=by, raise_anyway=d % 2 == 0)

    def answer(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        item = self._item(a)
        revisions = list(item.revisions.order_by("-number"))
        revision = revisions[min(b % 4 // 2, len(revisions) - 1)]
        choice = (Choice.YES, Choice.YES, Choice.YES, Choice.NO, Choice.NOT_NOW, Choice.YES_WITH_CHANGES)[c % 6]
        wording = self._like(item, c + 1, d) if choice is Choice.YES_WITH_CHANGES else None
        answer_item(revision_id=revision.id, choice=choice, by=by, wording=wording, words="Because" if d % 2 else "")

    def agree(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        """Everyone who is asked says yes to the latest words of a line, but for one of them now and then."""
        with self.room.acts(by):
            revision = self._item(a).revisions.order_by("-number").first()
        for number, each in enumerate(self.actors):
            if number == d % 6:
                continue
            with suppress(Refused), self.room.acts(each):
                answer_item(revision_id=revision.id, choice=Choice.YES, by=each)

    def move(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        item, parent = self._item(a), self._item(b)
        base = max(item.revisions.values_list("number", flat=True))
        move_item(item_id=item.id, parent_id=parent.id if c % 3 else None, base=base, by=by)

    def write(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        sheet = open_sheet(plan_id=self.room.plan_id, kind="review", how="said_in_session", by=by)
        if d == 0:
            close_sheet(sheet_id=sheet.id, by=by)
            return
        write_sheet(sheet_id=sheet.id, lines=[SheetWriting(self._new(a, b, c, d), raise_anyway=True)], by=by)

    def say(self, by: Any, a: int, b: int, c: int, d: int) -> None:
        sheet = Sheet.objects.filter(closed_at=None).first()
        lines = list(SheetLine.objects.filter(sheet=sheet).order_by("position")) if sheet else []
        if sheet is None or not lines:
            return
        line = lines[a % len(lines)]
        choice = (Choice.YES, Choice.YES, Choice.NO, Choice.YES_WITH_CHANGES)[c % 4]
        wording = self._like(line.item, b, d) if choice is Choice.YES_WITH_CHANGES else None
        person = self.room.members[b % 2].person_id
        said = SheetAnswer(line.revision_id, choice, person_id=person, wording=wording)
        answer_sheet(sheet_id=sheet.id, answers=[said], by=by)

    def _item(self, pick: int) -> Item:
        items = list(Item.objects.filter(plan_id=self.room.plan_id).order_by("position", "id"))
        if not items:
            raise Refused("nothing there yet")
        return items[pick % min(len(items), 4)]

    def _new(self, a: int, b: int, c: int, d: int) -> Content:
        goals = list(Item.objects.filter(plan_id=self.room.plan_id, kind=ItemKind.GOAL).order_by("id"))
        parent = goals[d % len(goals)].id if goals and c % 2 else None
        words, clinical = WORDS[b % 3], CLINICAL[c % 3]
        return (
            goal(words, clinical),
            therapy(f"{words} {c % 3}", parent=parent),
            objective(f"{words} {c % 3}", parent=parent),
            homework(words, parent=parent),
            strength(words),
        )[a % 5]

    def _like(self, item: Item, b: int, c: int) -> Content:
        words = WORDS[b % 3]
        match item.kind:
            case ItemKind.GOAL:
                kept = item.revisions.order_by("-number").first().content.get("client_words", "")
                return goal(words if b % 2 else kept, CLINICAL[c % 3])
            case ItemKind.STATEMENT:
                return strength(words)
            case ItemKind.OBJECTIVE:
                return objective(f"{words} {c % 3}")
        return therapy(f"{words} {c % 3}") if c % 2 else homework(f"{words} {c % 3}")

    def check(self) -> None:
        """Everything that must hold after any step."""
        with self.room.acts(self.room.therapist), connection.cursor() as cursor:
            cursor.execute("set constraints all immediate; set constraints all deferred")
            self._standing_is_what_the_replay_tells()
            self._nothing_in_force_without_every_yes()

    def _standing_is_what_the_replay_tells(self) -> None:
        deciders = frozenset(member.person_id for member in self.room.members)
        items = list(Item.objects.filter(plan_id=self.room.plan_id))
        told = {item.id: replay(item, list(item.revisions.all()), list(item.answers.all()), deciders) for item in items}
        rows = {row.item_id: row for row in Standing.objects.filter(plan_id=self.room.plan_id)}
        assert rows.keys() == told.keys()
        for item_id, one in told.items():
            row = rows[item_id]
            assert (row.in_force_id, row.open_id) == (one.in_force, one.open)
            assert (row.off_choice is None) == (one.off is None)
            assert row.effective == effective(told, item_id)
            assert row.waiting == (one.in_force is not None and not row.effective)

    def _nothing_in_force_without_every_yes(self) -> None:
        for row in Standing.objects.filter(plan_id=self.room.plan_id, in_force_id__isnull=False):
            revision = ItemRevision.objects.get(id=row.in_force_id)
            digest = sha256_hex(revision.hashed)
            for member in self.room.members:
                said = [
                    json.loads(answer.hashed)
                    for answer in Answer.objects.filter(revision=revision, person_id=member.person_id).order_by(
                        "number"
                    )
                ]
                assert any(each["choice"] == "yes" and each["revision"] == digest for each in said)
                decided = [each["choice"] for each in said if each["choice"] != "yes_with_changes"]
                assert decided[-1] == "yes"
                assert not (revision.dictated and all(each["how"] == "by_proposing" for each in said))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=st.lists(STEP, min_size=8, max_size=24))
def test_nothing_is_in_force_that_was_not_agreed_to(world: dict, steps: list) -> None:
    story = Story(couple(world))
    story.begin()
    for step in steps:
        story.step(*step)
        story.check()
    rebuild(story.room)
    with story.room.acts(story.room.therapist):
        head = _head(story.room)
    assert head == rebuilt(story.room)
    for verb in story.happened:
        event(verb)


def _head(room: Room) -> dict[str, Any]:
    return PlanHead.objects.filter(client_id=room.client_id).values(*HEAD).get()
