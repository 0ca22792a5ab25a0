"""The client's hand and somebody else's at the same moment (PLAN-15): one winner, or one after the other."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from careplan.access.seam import opened
from plans.models import Ask, AskLine, Comment, Pause
from plans.services.answers import Given, answer_item
from plans.services.asks import answer_several, send_ask
from plans.services.comments import comment_on_item
from plans.services.items import propose_revision
from plans.services.rests import pause, stop_therapy
from tests.plans.room import Room, homework, objective
from tests.plans.test_races import at_once, kinds, rows
from tests.plans.test_rests import OPEN
from tests.plans.test_versions import rebuild

pytestmark = pytest.mark.committed


def test_her_answer_in_the_portal_and_a_rewording_at_the_desk_do_not_mix(roz: Room) -> None:
    """Answered first: in force, the new words open beside it. Reworded first: the old words take no answer."""
    for number in range(2):
        line = roz.propose(objective(f"Something to see {number * 7919}"), roz.therapist)
        answer = [lambda by, r=line: answer_item(revision_id=r.id, choice="yes", by=by)] * 3
        reword = [
            lambda by, r=line, n=number: propose_revision(
                item_id=r.item_id, base=1, content=objective(f"Other words {n}"), by=by
            )
        ]
        results = at_once(roz, *answer, *reword, by=[roz.client] * 3 + [roz.therapist])
        standing = roz.standing(line)
        answered = {type(each).__name__ for each in results[:3]}
        assert answered in ({"Answer"}, {"Conflict"})
        assert standing.in_force_id == (line.id if answered == {"Answer"} else None)
    rebuild(roz)


def test_two_devices_answer_the_same_page_once(roz: Room) -> None:
    lines = [roz.propose(homework(f"Thing {n * 7919}"), roz.therapist) for n in range(2)]
    given = [
        Given(revision_id=each.id, choice="yes", person_id=roz.client.person_id, how="own_hand_portal")
        for each in lines
    ]
    page = [lambda by: tuple(each.id for each in answer_several(plan_id=roz.plan_id, answers=given, by=by))] * 4
    assert len(set(at_once(roz, *page, by=[roz.client] * 4))) == 1
    rebuild(roz)


def test_a_sheet_a_comment_and_a_pause_clicked_four_times_are_one_each(roz: Room) -> None:
    line = roz.propose(homework("Sleep worksheet"), roz.therapist)
    send = [lambda by: send_ask(plan_id=roz.plan_id, revision_ids=[line.id], by=by).id] * 4
    assert len(set(at_once(roz, *send, by=[roz.therapist] * 4))) == 1
    talk = [lambda by: comment_on_item(item_id=line.item_id, words="Not at night", by=by).id] * 4
    assert len(set(at_once(roz, *talk, by=[roz.client] * 4))) == 1
    rest = [lambda by: pause(client_id=roz.client_id, scope="item", item_id=line.item_id, by=by).id] * 4
    assert len(set(at_once(roz, *rest, by=[roz.client] * 4))) == 1
    assert [len(rows(roz, each)) for each in (Ask, AskLine, Comment, Pause)] == [1, 1, 1, 1]


def test_an_answer_and_a_stop_end_with_the_plan_ended(roz: Room) -> None:
    """PLAN-14: whoever is first, nothing is agreed to after the end."""
    line = roz.propose(homework("Sleep worksheet"), roz.therapist)
    wide = Wide(roz.practice_id, roz.client_id, roz.therapist, roz.members)
    doings = [
        lambda by: answer_item(revision_id=line.id, choice="yes", by=by),
        lambda by: stop_therapy(client_id=roz.client_id, by=by),
    ]
    results = at_once(wide, *doings, by=[roz.client] * 2)
    assert kinds(results)["Pause"] == 1
    assert roz.plan().status == "ended_early"
    rebuild(roz)


class Wide(Room):
    """The same room, opened for everything that stopping touches."""

    @contextmanager
    def acts(self, by):
        with opened(by, clients=[self.client_id], classes=OPEN, via="test"):
            yield
