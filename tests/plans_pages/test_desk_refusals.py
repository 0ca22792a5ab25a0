"""Who doesn't get to a plan's pages, and who only reads them (ACC-2b, ACC-4, ACC-5)."""

from __future__ import annotations

import pytest
from django.test import Client

from careplan.access.models import CareRelationship
from careplan.access.services import end_care
from plans.models import ItemRevision
from tests.plans.room import room_of
from tests.plans_pages.desk import Desk, a_plan, desk_of, text_of
from tests.signed_in import browser

READS = ("plan", "add", "pace", "off_table", "versions", "compare")


@pytest.fixture
def room(world):
    return room_of(world, "tomek", "wren")


@pytest.fixture
def seeded(room):
    return a_plan(room)


def writes(seeded):
    item = {"item_id": seeded.agreed.item_id}
    return [
        ("start", {}, {}),
        ("add_kind", {"kind": "goal"}, {"clinical_wording": "Sleep through"}),
        ("reword", item, {"what": "Something else", "doer": "therapist", "duration_unit": "sessions", "base": "1"}),
        ("answer", item, {"answer": "yes"}),
        ("own_answer", item, {"revision": seeded.agreed.id, "choice": "no", "reason": "Because."}),
        ("progress", item, {"verb": "start"}),
        ("order", item, {"to": "earlier"}),
        ("move", item, {"parent": "", "base": "1"}),
        ("pace", {}, {"pace": "slower", "said_how": "said_in_session"}),
        ("draft", {"key": "new:goal"}, {"clinical_wording": "Sleep through"}),
    ]


@pytest.mark.parametrize("who", ["odile", "imani", "sol", "petra"])
def test_who_has_no_care_relationship_finds_nothing_here(world, room, seeded, who):
    """Another practice, a colleague, the front desk, a manager: the same 404 everywhere."""
    desk = desk_of(room, world[who])
    for name in READS:
        assert desk.get(name).status_code == 404, name
    assert desk.item(seeded.goal).status_code == 404
    for name, more, data in writes(seeded):
        assert desk.post(name, data, **more).status_code == 404, name


def test_after_the_relationship_ended_there_is_nothing_to_see(world, room, seeded):
    """ACC-4."""
    desk = desk_of(room, world["nadia"])
    assert desk.get("plan").status_code == 200
    with room.acts(room.therapist):
        cover = CareRelationship.objects.get(client_id=room.client_id, person_id=world["nadia"])
        end_care(relationship_id=cover.id)
    assert desk.get("plan").status_code == 404


def test_a_supervisor_reads_and_can_not_write(world, room, seeded):
    """ACC-2b: the forms aren't there, and a post is refused with a sentence."""
    desk = desk_of(room, world["sunniva"])
    page = text_of(desk.item(seeded.agreed))
    assert "Step ladder on the real bus" in page
    assert "Propose to Tomek" not in page
    assert "Add an item" not in page
    with room.acts(room.therapist):
        before = ItemRevision.objects.count()
    for name, more, data in writes(seeded):
        refused = desk.post(name, data, **more)
        assert refused.status_code == 422, name
        assert "You can read this plan." in text_of(refused), name
    with room.acts(room.therapist):
        assert ItemRevision.objects.count() == before
    assert desk.get("versions").status_code == 200


def test_cover_may_propose_and_does_not_answer_for_the_therapist(world, room, seeded):
    """PLAN-5e: nobody else substitutes."""
    desk = desk_of(room, world["nadia"])
    assert "Propose to Tomek" in text_of(desk.item(seeded.agreed))
    assert "Take your yes back" not in text_of(desk.item(seeded.agreed))
    data = {"revision": seeded.agreed.id, "choice": "no", "reason": "I would not."}
    assert desk.post("own_answer", data, item_id=seeded.agreed.item_id).status_code == 422
    assert room.standing(seeded.agreed).in_force_id == seeded.agreed.id


def test_signed_out_one_is_asked_to_sign_in(room, seeded):
    desk = Desk(Client(), room)
    assert desk.get("plan").status_code == 302
    assert "/sign-in/" in desk.get("plan")["Location"]


def test_a_form_without_its_token_is_not_taken(world, room, seeded):
    strict = browser(world["wren"])
    strict.handler.enforce_csrf_checks = True
    desk = Desk(strict, room)
    for name, more, data in writes(seeded):
        assert desk.post(name, data, **more).status_code == 403, name


def test_a_version_of_another_client_is_not_here(world, room, seeded):
    other = room_of(world, "roz", "imani")
    a_plan(other)
    theirs = desk_of(other)
    version = next(iter(theirs.get("versions").context["history"].versions))
    desk = desk_of(room)
    assert desk.get("version", version_id=version.version_id).status_code == 404
    assert desk.get("printed", version_id=version.version_id).status_code == 404
    assert desk.post("print_version", {}, version_id=version.version_id).status_code == 404
    assert desk.get("compare", {"from": version.version_id}).status_code == 404
