"""Versions at the desk: read, compared in sentences, printed with a number (PLAN-8)."""

from __future__ import annotations

import pytest

from plans.models import Version, VersionNumber
from tests.clients.town import statements
from tests.plans.room import room_of, therapy
from tests.plans_pages.desk import a_plan, desk_of, text_of


@pytest.fixture
def room(world):
    return room_of(world, "tomek", "wren")


@pytest.fixture
def desk(room):
    return desk_of(room)


def latest(room):
    with room.acts(room.therapist):
        return Version.objects.filter(plan_id=room.plan_id).latest("sequence")


def test_the_history_says_what_each_version_changed(desk, room):
    seeded = a_plan(room)
    room.answer(seeded.agreed, "no", room.client)
    page = text_of(desk.get("versions"))
    assert "“Step ladder on the real bus” came into force." in page
    assert "“Step ladder on the real bus” is out of force since" in page
    assert "in force now" in page


def test_a_version_is_readable_with_its_hash(desk, room):
    a_plan(room)
    version = latest(room)
    page = text_of(desk.get("version", version_id=version.id))
    assert version.sha256 in page
    assert version.previous_sha256 in page
    assert "Tomek said yes on" in page
    assert "Sleep worksheet" not in page


def test_any_two_are_compared_in_plain_sentences(desk, room):
    seeded = a_plan(room)
    before = latest(room)
    new = room.reword(seeded.agreed, therapy("Step ladder, with Jess", parent=seeded.goal.item_id), room.client)
    room.answer(new, "yes", room.therapist)
    page = text_of(desk.get("compare", {"from": before.id, "to": latest(room).id}))
    assert "The wording of “Step ladder, with Jess” changed." in page
    assert "with Jess</ins>" in page


def test_a_printed_copy_has_a_number_given_once(desk, room):
    a_plan(room)
    version = latest(room)
    for _ in range(2):
        assert desk.post("print_version", {}, version_id=version.id).status_code == 303
    with room.acts(room.therapist):
        assert VersionNumber.objects.get(version=version).number == 1
    page = text_of(desk.get("printed", version_id=version.id))
    assert "Version 1" in page
    assert "Step ladder on the real bus" in page
    assert "Contact" not in page


def test_without_versions_the_pages_say_so(desk):
    assert "No versions yet" in text_of(desk.get("versions"))
    assert "Nothing to compare yet" in text_of(desk.get("compare"))


PAGES = ("plan", "add", "off_table", "versions", "compare", "pace")


@pytest.mark.parametrize("many", [3, 30])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_more_with_thirty_lines(desk, room, many, name):
    seeded = a_plan(room)
    for number in range(many):
        theirs = room.propose(
            therapy(f"Way number {number} of going about it", parent=seeded.goal.item_id), room.client
        )
        if number % 3 == 0:
            room.answer(theirs, "no", room.client)
    with statements(15):
        assert desk.get(name).status_code == 200


@pytest.mark.parametrize("name", ["version", "printed"])
def test_a_version_costs_no_more_than_any_other_page(desk, room, name, django_assert_max_num_queries):
    a_plan(room)
    version = latest(room)
    with django_assert_max_num_queries(15):
        assert desk.get(name, version_id=version.id).status_code == 200
