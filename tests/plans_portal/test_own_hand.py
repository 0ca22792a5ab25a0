"""What a client writes, pauses and stops in their own pages (PLAN-1, PLAN-3, PLAN-5b, PLAN-7, PLAN-14, PLAN-20)."""

from __future__ import annotations

import re

import pytest

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from clients.models import BigSteps, How, Shows
from clients.services.quiet import QuietWish, set_quiet
from plans.models import Item, ItemRevision, PlanHead
from tests.plans.room import BUS, goal, homework, strength, therapy
from tests.plans_pages.desk import desk_of
from tests.plans_portal.mine import suggestions, text_of


def lines(roz, **where):
    with roz.acts(roz.client):
        return list(Item.objects.filter(**where))


def test_a_goal_and_a_strength_of_her_own_count_at_once(mine, roz):
    """PLAN-5b: on her yes alone, in her own words, by her own hand."""
    assert mine.post("add_kind", {"client_words": "Sleep through"}, kind="goal").status_code == 303
    assert mine.post("add_kind", {"client_words": "Two friends at 2 a.m."}, kind="going_for_me").status_code == 303
    page = text_of(mine.get("plan"))
    assert page.index("Two friends at 2 a.m.") < page.index("Sleep through")
    assert "You’ve said yes to 2 of 2 things." in page
    assert mine.post("add_kind", {"client_words": " "}, kind="goal").status_code == 422
    assert mine.get("add_kind", kind="wish").status_code == 404


def test_something_to_do_is_a_proposal_with_a_clock_unless_she_does_it_herself(mine, roz):
    """PLAN-7."""
    mine.post("add_kind", {"what": "Meet in person some weeks", "doer": "therapist"}, kind="intervention")
    page = text_of(mine.get("plan"))
    assert "With Imani" in page
    assert "Imani has 7 days left to answer." in page
    mine.post("add_kind", {"what": "Ride with Jess", "times": "2", "unit": "week"}, kind="intervention")
    (mine_alone, asked) = sorted(lines(roz, kind="intervention"), key=lambda row: row.position, reverse=True)
    with roz.acts(roz.client):
        assert ItemRevision.objects.get(item=mine_alone).content["doer"] == {"who": "client"}
        assert PlanHead.objects.get(client_id=roz.client_id).with_therapist == 1
    assert "Roz proposed" in text_of(desk_of(roz).get("item", item_id=asked.id))
    assert "7 days left to answer. Roz sees this too." in text_of(desk_of(roz).get("item", item_id=asked.id))


def test_her_own_words_change_at_once_and_shared_ones_are_proposed(mine, roz):
    """PLAN-1, PLAN-3: clinical wording beside them carries over."""
    own = roz.propose(goal(clinical="Commute by bus without avoidance"), roz.client)
    roz.answer(own, "yes", roz.therapist)
    changed = mine.post("change", {"client_words": "Ride the 14, full stop.", "base": "1"}, item_id=own.item_id)
    assert changed.status_code == 303
    page = text_of(mine.browser.get(changed["Location"]))
    assert "Your new words are in your plan." in page
    assert "Commute by bus without avoidance" in page
    shared = roz.agreed_intervention("Weekly by video")
    said = mine.post(
        "change", {"what": "Every other week, in person", "doer": "therapist", "base": "1"}, item_id=shared.item_id
    )
    page = text_of(mine.browser.get(said["Location"]))
    assert "Your new words are with Imani. Imani has 7 days left to answer. The old ones count until then." in page
    assert roz.standing(shared).in_force_id == shared.id


def test_two_devices_see_both_texts_and_lose_nothing(mine, roz):
    """PLAN-15."""
    line = roz.agreed_goal()
    roz.reword(line, goal("Ride the 14 as if it were nothing"), roz.client)
    moved = mine.post("change", {"client_words": "Ride it with Jess", "base": "1"}, item_id=line.item_id)
    assert moved.status_code == 409
    page = text_of(moved)
    assert "You, on another device" in page
    assert "Ride it with Jess" in page
    assert 'name="base" value="2"' in page
    assert (
        mine.post("change", {"client_words": "Ride it with Jess", "base": "2"}, item_id=line.item_id).status_code == 303
    )


def test_talking_about_a_line_reaches_the_desk(mine, roz):
    line = roz.agreed_goal()
    assert mine.post("talk", {"words": "I did 2 stops with Jess."}, item_id=line.item_id).status_code == 303
    assert "I did 2 stops with Jess." in text_of(mine.get("talk", item_id=line.item_id))
    assert "I did 2 stops with Jess." in text_of(desk_of(roz).get("item", item_id=line.item_id))
    assert mine.post("talk", {"words": ""}, item_id=line.item_id).status_code == 422


def test_how_staff_see_it_stands_beside_her_words_and_changes_nothing(mine, roz):
    """PLAN-5b: on her plan and on the line's own page, in the staff's voice."""
    line, ours = roz.agreed_goal(), roz.agreed_intervention()
    desk = desk_of(roz)
    assert "I see it differently" not in text_of(desk.item(ours))
    assert "It never changes whose yes counts." in text_of(desk.item(line))
    said = {"words": "I can’t come along on the bus.", "says": "cannot_offer", "about": ""}
    assert desk.post("comment", said, item_id=line.item_id).status_code == 303
    assert "<b>What I can’t offer</b>" in text_of(desk.item(line))
    for page in (mine.get("plan"), mine.get("answer", item_id=line.item_id), mine.get("talk", item_id=line.item_id)):
        assert "What Imani can’t offer" in text_of(page)
        assert "I can’t come along on the bus." in text_of(page)
    assert roz.standing(line).effective
    assert desk.post("comment", said, item_id=ours.item_id).status_code == 422


def test_goals_change_places_without_anybodys_answer(mine, roz):
    """PLAN-5d."""
    first, second = roz.agreed_goal(), roz.agreed_goal("Sleep through")
    mine.post("order", {"to": "earlier"}, item_id=second.item_id)
    page = text_of(mine.get("plan"))
    assert page.index("Sleep through") < page.index(BUS)
    mine.post("order", {"to": "earlier"}, item_id=second.item_id)
    assert roz.standing(first).in_force_id == first.id


def test_her_pace_is_hers(mine, roz):
    """PLAN-20."""
    mine.post("pace", {"pace": "listening"})
    assert "My pace: Just listening for now." in text_of(mine.get("plan"))
    roz.agreed_goal()
    assert "Roz is just listening for now" in text_of(desk_of(roz).get("plan"))


def test_history_tells_what_came_and_what_went_between_any_two(mine, roz):
    """PLAN-8."""
    line = roz.agreed_goal()
    roz.agreed_goal("Sleep through")
    roz.answer(line, "no", roz.client)
    page = text_of(mine.get("history"))
    assert "“Sleep through” came into force." in page
    assert "is out of force since" in page
    from plans.models import Version

    with roz.acts(roz.client):
        first, *_, last = Version.objects.order_by("sequence").values_list("id", flat=True)
    between = text_of(mine.get("history", {"from": str(first), "to": str(last)}))
    assert "What changed between them" in between


def test_a_line_can_rest_until_she_says(mine, roz):
    """PLAN-14: the desk says so."""
    line = roz.agreed_goal()
    assert mine.post("rest_item", {"do": "pause", "until": "2020-01-01"}, item_id=line.item_id).status_code == 422
    mine.post("rest_item", {"do": "pause", "until": ""}, item_id=line.item_id)
    assert "Paused" in text_of(mine.get("plan"))
    assert "Roz paused this line" in text_of(desk_of(roz).item(line))
    mine.post("rest_item", {"do": "go_on"}, item_id=line.item_id)
    assert "Paused" not in text_of(mine.get("plan"))


@pytest.mark.parametrize("scope", ["plan", "everything"])
def test_pausing_and_going_on_are_one_step_each(mine, roz, scope):
    roz.agreed_goal()
    assert mine.post("rest", {"do": "pause", "until": ""}).status_code == 422
    assert mine.post("rest", {"do": "pause", "scope": scope, "until": ""}).status_code == 303
    assert "until you say" in text_of(mine.get("rest")).lower()
    assert roz.plan().status == "on_hold"
    mine.post("rest", {"do": "go_on"})
    assert roz.plan().status == "active"


def test_stopping_asks_nothing_and_leaves_reading_and_a_way_back(mine, roz):
    """PLAN-14: one press; no reason, no loop; staff see it on Today; she comes back by one press."""
    suggestions(roz)
    stopped = mine.post("rest", {"do": "stop"})
    assert stopped.status_code == 303
    page = text_of(mine.browser.get(stopped["Location"]))
    assert "You have stopped" in page
    assert "I’d like to come back" in page
    assert BUS in text_of(mine.get("plan"))
    from tests.signed_in import browser

    assert "Roz stopped therapy" in text_of(browser(roz.therapist.person_id).get("/practice/"))
    mine.post("rest", {"do": "come_back"})
    assert mine.post("add_kind", {"client_words": "Begin again"}, kind="goal").status_code == 303


def test_a_line_that_is_tucked_away_is_nowhere_and_leaves_no_count(mine, roz):
    """SAFE-7: not on the plan, not on the first page, not in the history, and its address is not found."""
    hidden = roz.agreed_goal("Sleep in my own bed")
    under = roz.propose(homework("Keys with Jess", parent=hidden.item_id), roz.therapist)
    roz.agreed_goal()
    assert '<input type="hidden" name="kind" value="item">' in text_of(mine.get("talk", item_id=hidden.item_id))
    assert mine.browser.post("/my/put-away/", {"kind": "item", "key": str(hidden.item_id)}).status_code == 303
    for page in (text_of(mine.get("plan")), mine.home(), text_of(mine.get("history")), text_of(mine.get("waiting"))):
        assert "own bed" not in page
        assert "Keys with Jess" not in page
    assert "You’ve said yes to 1 of 1 things." in text_of(mine.get("plan"))
    roz.agreed_goal("Sleep through")
    assert sorted(set(re.findall(r", (\d)</option>", text_of(mine.get("history"))))) == ["1", "2"]
    for line in (hidden, under):
        assert mine.get("answer", item_id=line.item_id).status_code == 404


def test_big_steps_kept_for_in_person_are_not_taken_here(mine, roz):
    """SAFE-7: stopping and ending; pausing stays one press."""
    roz.agreed_goal()
    wish = QuietWish(shows=Shows.EVERYTHING, big_steps=BigSteps.WITH_US)
    with opened(roz.client, clients=[roz.client_id], classes={DataClass.SAFETY}, via="test"):
        set_quiet(client_id=roz.client_id, wish=wish, how=How.OWN_HAND_PORTAL, by=roz.client)
    assert mine.post("rest", {"do": "stop"}).status_code == 422
    assert mine.post("rest", {"do": "end_plan"}).status_code == 422
    assert mine.post("rest", {"do": "pause", "scope": "everything", "until": ""}).status_code == 303
    assert roz.plan().status == "on_hold"


def test_ending_the_plan_alone_leaves_it_readable_and_begins_anew(mine, roz):
    roz.propose(strength(), roz.client)
    mine.post("rest", {"do": "end_plan"})
    assert roz.plan().status == "ended_early"
    mine.post("add_kind", {"client_words": "Something new"}, kind="goal")
    page = text_of(mine.get("plan"))
    assert "Something new" in page


def test_a_no_of_the_therapists_is_read_with_its_reason(mine, roz):
    """PLAN-7."""
    asked = roz.propose(therapy("Meet every day"), roz.client)
    roz.answer(asked, "no", roz.therapist, words="I can’t offer that: the rooms are full.")
    assert "I can’t offer that: the rooms are full." in text_of(mine.get("answer", item_id=asked.item_id))
    assert "Imani said no to your words" in mine.home()
