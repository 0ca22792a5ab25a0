"""A goal may go with diagnoses of the record: beside the wording, so nothing that was agreed moves (PLAN-2)."""

import pytest

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.errors import NotYours
from clients.services.diagnoses import Called, record_diagnosis
from plans.models import GoalDiagnosis, Version
from plans.selectors.diagnoses import goals_by_diagnosis
from plans.services.diagnoses import link_diagnoses
from tests.plans.room import goal, objective, room_of
from tests.plans_pages.desk import desk_of, text_of


@pytest.fixture
def room(world):
    return room_of(world, "tomek", "wren")


def everything(room):
    return opened(room.therapist, clients=[room.client_id], classes=set(DataClass), via="test")


def test_a_goal_is_linked_without_changing_what_was_agreed(room):
    """PLAN-2, PLAN-8: no new wording, no new version; the goal's page doesn't show it, the record's page does."""
    first = room.propose(goal(), room.client)
    with everything(room):
        diagnosis = record_diagnosis(client_id=room.client_id, called=Called("Panic"), shared=True, by=room.therapist)
        versions = Version.objects.count()
    desk = desk_of(room)
    assert "Panic" in text_of(desk.get("linked", item_id=first.item_id))
    assert desk.post("linked", {"diagnoses": [str(diagnosis)]}, item_id=first.item_id).status_code == 303
    with everything(room):
        assert Version.objects.count() == versions
        assert list(goals_by_diagnosis(room.client_id)) == [diagnosis]
    assert "Panic" not in text_of(desk.item(first))
    page = text_of(desk.client.get(f"/practice/clients/{room.client_id}/diagnoses/"))
    assert "Linked from:" in page
    assert desk.post("linked", {"diagnoses": []}, item_id=first.item_id).status_code == 303
    with everything(room):
        assert not goals_by_diagnosis(room.client_id)
        assert GoalDiagnosis.objects.get().ended_by_id == room.therapist.person_id


def test_only_a_goal_of_this_record_is_linked_to_its_own_diagnoses(room, world):
    first = room.propose(goal(), room.client)
    below = room.propose(objective(parent=first.item_id), room.therapist)
    imani = room_of(world, "roz", "imani")
    with everything(imani):
        elsewhere = record_diagnosis(client_id=imani.client_id, called=Called("X"), shared=False, by=imani.therapist)
    with everything(room):
        for item_id, diagnoses in ((first.item_id, [elsewhere]), (below.item_id, [])):
            with pytest.raises(NotYours):
                link_diagnoses(item_id=item_id, diagnoses=diagnoses, by=room.therapist)
