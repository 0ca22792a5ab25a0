"""Two people at once: exactly one winner, or one after the other, never a mixture (PLAN-15, PLAN-8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from careplan.access.actor import Actor
from careplan.errors import Conflict, Refused
from plans.models import Answer, Item, ItemRevision, Plan, Version, VersionNumber
from plans.services.answers import answer_item
from plans.services.items import move_item, propose_item, propose_revision, start_plan
from plans.services.sheets import open_sheet
from plans.services.versions import number_version
from tests.plans.room import Room, goal, homework, objective, therapy
from tests.plans.test_versions import rebuild

pytestmark = pytest.mark.committed
EIGHT = range(8)


def at_once(room: Room, *doings: Callable[[Actor], Any], by: list[Actor]) -> list[Any]:
    """What each came to, all started at the same moment on connections of their own: a result, or the refusal."""
    together = Barrier(len(doings))

    def one(doing: Callable[[Actor], Any], actor: Actor) -> Any:
        fresh = replace(actor, ticket=uuid4(), request_id=uuid4())
        try:
            together.wait(timeout=30)
            with room.acts(fresh):
                return doing(fresh)
        except (Conflict, Refused) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings, by))


def kinds(results: list[Any]) -> Counter:
    return Counter(type(result).__name__ for result in results)


def rows(room: Room, model: Any, **where: Any) -> list[Any]:
    with room.acts(room.therapist):
        return list(model.objects.filter(**where).order_by("id"))


def test_two_answers_come_one_after_the_other(room: Room) -> None:
    """Every answer is kept, numbered without a gap, and the last one counts."""
    revision = room.propose(objective(), room.therapist)
    doings = [
        lambda by, n=n: answer_item(
            revision_id=revision.id, choice="yes" if n % 2 else "no", words=f"answer {n}", by=by
        )
        for n in EIGHT
    ]
    results = at_once(room, *doings, by=[room.client] * 8)
    assert kinds(results) == {"Answer": 8}
    answers = rows(room, Answer, revision=revision)
    assert sorted(answer.number for answer in answers) == list(range(1, 10))
    last = max(answers, key=lambda answer: answer.number)
    assert (room.standing(revision).in_force_id is not None) == (last.choice == "yes")
    rebuild(room)


def test_the_same_answer_eight_times_is_one(room: Room) -> None:
    revision = room.propose(therapy(), room.therapist)
    results = at_once(
        room, *[lambda by: answer_item(revision_id=revision.id, choice="yes", by=by)] * 8, by=[room.client] * 8
    )
    assert len({answer.id for answer in results}) == 1
    assert len(rows(room, Version)) == 1


def test_an_answer_and_a_new_wording_do_not_mix(room: Room) -> None:
    """Answered first: in force, with the new words open beside. Reworded first: the old words take no answer."""
    for _ in range(4):
        revision = room.propose(objective(f"Something else to see {uuid4()}"), room.client)
        answer = [lambda by, r=revision: answer_item(revision_id=r.id, choice="yes", by=by)] * 4
        reword = [
            lambda by, r=revision, n=n: propose_revision(
                item_id=r.item_id, base=1, content=objective(f"New words {n}"), by=by
            )
            for n in range(4)
        ]
        results = at_once(room, *answer, *reword, by=[room.therapist] * 4 + [room.client] * 4)
        answered, reworded = results[:4], results[4:]
        assert kinds(reworded) == {"ItemRevision": 1, "Conflict": 3}
        standing = room.standing(revision)
        if any(isinstance(result, Answer) for result in answered):
            assert standing.in_force_id == revision.id
        else:
            assert kinds(answered) == {"Conflict": 4}
            assert standing.in_force_id is None
        assert standing.highest_number == 2
    rebuild(room)


def test_of_eight_proposals_on_the_same_words_one_wins(room: Room) -> None:
    """The others are shown both texts; nothing of theirs is lost."""
    revision = room.agreed_intervention()
    doings = [
        lambda by, n=n: propose_revision(item_id=revision.item_id, base=1, content=therapy(f"Words {n}"), by=by)
        for n in EIGHT
    ]
    results = at_once(room, *doings, by=[room.client, room.therapist] * 4)
    assert kinds(results) == {"ItemRevision": 1, "Conflict": 7}
    winner = next(result for result in results if isinstance(result, ItemRevision))
    for number, result in enumerate(results):
        if isinstance(result, Conflict):
            assert result.moved["theirs"].what == winner.content["what"]
            assert result.moved["yours"].what == f"Words {number}"


def test_a_double_click_eight_times_is_one_line(room: Room) -> None:
    results = at_once(
        room,
        *[lambda by: propose_item(plan_id=room.plan_id, content=goal("Sleep"), by=by)] * 8,
        by=[room.client] * 8,
    )
    assert len({revision.id for revision in results}) == 1
    assert len(rows(room, Item)) == 1


def test_a_move_and_an_answer_do_not_mix(room: Room) -> None:
    """The move asks again: an answer to the line as it stood before is to those bytes only."""
    one, two = room.agreed_goal("Sleep"), room.agreed_goal("Bus")
    child = room.propose(objective("Six hours", parent=one.item_id), room.therapist)
    move = [lambda by: move_item(item_id=child.item_id, parent_id=two.item_id, base=1, by=by)] * 4
    answer = [lambda by: answer_item(revision_id=child.id, choice="yes", by=by)] * 4
    results = at_once(room, *move, *answer, by=[room.therapist] * 4 + [room.client] * 4)
    moved = [result for result in results[:4] if isinstance(result, ItemRevision)]
    assert len({revision.id for revision in moved}) == 1
    standing = room.standing(child)
    if any(isinstance(result, Answer) for result in results[4:]):
        assert (standing.in_force_id, standing.parent_id) == (child.id, one.item_id)
    else:
        assert kinds(results[4:]) == {"Conflict": 4}
        assert standing.in_force_id is None
    rebuild(room)


def test_eight_lines_at_once_make_eight_chained_versions(room: Room) -> None:
    """PLAN-8: sequence without gap or double, each on the one before."""
    doings = [
        lambda by, n=n: propose_item(plan_id=room.plan_id, content=homework(f"Thing number {n}"), by=by) for n in EIGHT
    ]
    results = at_once(room, *doings, by=[room.client] * 8)
    assert kinds(results) == {"ItemRevision": 8}
    versions = rows(room, Version)
    assert [len(version.revision_ids) for version in versions] == list(range(1, 9))
    rebuild(room)


def test_a_version_gets_one_number_however_many_print_it(room: Room) -> None:
    room.agreed_goal()
    (version,) = rows(room, Version)
    results = at_once(
        room,
        *[lambda by: number_version(version_id=version.id, why="printed", by=by)] * 8,
        by=[room.therapist] * 8,
    )
    assert {result.number for result in results} == {1}
    assert len(rows(room, VersionNumber)) == 1


def test_there_is_one_plan_and_one_open_sheet_however_many_begin(room: Room) -> None:
    plans = at_once(room, *[lambda by: start_plan(client_id=room.client_id, by=by)] * 8, by=[room.therapist] * 8)
    assert {plan.id for plan in plans} == {room.plan_id}
    assert len(rows(room, Plan)) == 1
    sheets = at_once(
        room,
        *[lambda by: open_sheet(plan_id=room.plan_id, kind="first_plan", how="on_paper", by=by)] * 8,
        by=[room.therapist] * 8,
    )
    assert len({sheet.id for sheet in sheets}) == 1


def test_yes_and_no_of_two_deciders_end_as_the_last_one_said(two: Room) -> None:
    """PLAN-5a: in force only if both last said yes, whoever was quicker."""
    revision = two.propose(goal("Talk at supper"), two.members[0])
    doings = [
        lambda by, n=n: answer_item(revision_id=revision.id, choice=("yes", "no")[n % 3 == 2], words=str(n), by=by)
        for n in EIGHT
    ]
    at_once(two, *doings, by=two.members * 4)
    answers = rows(two, Answer, revision=revision)
    last = {answer.person_id: answer.choice for answer in sorted(answers, key=lambda answer: answer.number)}
    assert (two.standing(revision).in_force_id is not None) == (set(last.values()) == {"yes"})
    rebuild(two)
