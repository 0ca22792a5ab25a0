"""What others demand is written down as theirs: not agreed, not in force, counted nowhere (PLAN-19)."""

from __future__ import annotations

import pytest
from django.db import Error, transaction

from careplan.access.models import CareRole, EventRow
from careplan.access.seam import opened
from careplan.errors import Conflict, NotYours, Refused
from plans.models import PlanHead, Requirement, RequirementView, Version
from plans.selectors.requirements import requirements_of, unread_requirement
from plans.services.requirements import Demand, end_requirement, see_requirement, set_requirement
from tests.plans.room import EVERYTHING, Room
from tests.signed_in import browser, portal_browser

LETTER = Demand("court", "the family court", "Come to six sessions.", None, "That you came", "The court’s officer")


def demanded(room: Room, demand: Demand = LETTER) -> Requirement:
    with room.acts(room.therapist):
        return set_requirement(client_id=room.client_id, demand=demand, by=room.therapist)


def says(room: Room, row: Requirement, seen: str, words: str = "") -> RequirementView:
    with room.acts(room.client):
        return see_requirement(requirement_id=row.id, seen=seen, words=words, by=room.client)


def counts(room: Room) -> tuple[int, int, int]:
    with room.acts(room.therapist):
        head = PlanHead.objects.get(client_id=room.client_id)
        return head.agreed, head.open_count, Version.objects.filter(client_id=room.client_id).count()


def test_a_requirement_is_no_part_of_the_plan(roz: Room) -> None:
    """PLAN-19: coverage and versions are what they were, whatever she says of it."""
    roz.agreed_goal()
    before = counts(roz)
    row = demanded(roz)
    says(roz, row, "read")
    assert counts(roz) == before


def test_she_sees_it_differently_in_her_own_words_and_both_stay(roz: Room) -> None:
    row = demanded(roz)
    with roz.acts(roz.client):
        assert unread_requirement(roz.client_id).row == row
    says(roz, row, "read")
    said = says(roz, row, "differently", "I came before anybody asked.")
    assert says(roz, row, "differently", "I came before anybody asked.").id == said.id
    with roz.acts(roz.therapist):
        (line,) = requirements_of(roz.client_id)
        assert (line.view.seen, line.view.words) == ("differently", "I came before anybody asked.")
        assert RequirementView.objects.count() == 2
    with roz.acts(roz.client):
        assert unread_requirement(roz.client_id) is None


def test_nobody_writes_her_view_for_her_and_for_tomek_it_is_written_as_said(roz: Room, room: Room) -> None:
    """PLAN-3: Roz has an account; Tomek has none, so his words are kept as he said them, by whom."""
    hers, his = demanded(roz), demanded(room)
    with roz.acts(roz.therapist), pytest.raises(Refused):
        see_requirement(requirement_id=hers.id, seen="read", words="", by=roz.therapist, how="said_in_session")
    with room.acts(room.therapist):
        view = see_requirement(
            requirement_id=his.id, seen="read", words="Fine.", by=room.therapist, how="said_in_session"
        )
    assert (view.person_id, view.recorded_by_id) == (room.client.person_id, room.therapist.person_id)
    with roz.acts(roz.therapist), pytest.raises(NotYours):
        see_requirement(requirement_id=his.id, seen="read", words="", by=roz.therapist)


def test_it_ends_once_and_then_takes_no_answer(roz: Room) -> None:
    row = demanded(roz)
    with roz.acts(roz.client), pytest.raises(NotYours):
        end_requirement(requirement_id=row.id, by=roz.client)
    with roz.acts(roz.therapist):
        end_requirement(requirement_id=row.id, by=roz.therapist)
    with roz.acts(roz.therapist), pytest.raises(Conflict):
        end_requirement(requirement_id=row.id, by=roz.therapist)
    with pytest.raises(Conflict):
        says(roz, row, "read")


@pytest.mark.parametrize("lacks", [{"what": " "}, {"set_by": ""}, {"reported_to": ""}, {"kind": "neighbour"}])
def test_it_says_by_whom_what_and_to_whom_it_is_reported(roz: Room, lacks) -> None:
    with pytest.raises(Refused):
        demanded(roz, Demand(**(LETTER.__dict__ | lacks)))


def test_a_client_and_a_supervisor_write_none(roz: Room, world) -> None:
    supervisor = roz.colleague(world["sunniva"], CareRole.SUPERVISOR)
    for by in (roz.client, supervisor):
        with roz.acts(by), pytest.raises(NotYours):
            set_requirement(client_id=roz.client_id, demand=LETTER, by=by)


def test_the_database_keeps_it_honest(roz: Room) -> None:
    """ACC-2c: by raw SQL no words are changed, nobody answers for her, and a client sets nothing."""
    row = demanded(roz)
    view = says(roz, row, "differently", "Mine.")
    forged = {field.attname: getattr(view, field.attname) for field in view._meta.concrete_fields} | {"id": None}
    with roz.acts(roz.therapist):
        for change in (
            lambda: Requirement.objects.filter(id=row.id).update(what="Something else"),
            lambda: RequirementView.objects.filter(id=view.id).update(words="Something else"),
            lambda: RequirementView(**{**forged, "id": roz.plan_id}).save(force_insert=True),
        ):
            with pytest.raises(Error), transaction.atomic():
                change()
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    with roz.acts(roz.client), pytest.raises(Error), transaction.atomic():
        Requirement(**{**columns, "id": roz.plan_id, "by_id": roz.client.person_id}).save(force_insert=True)


def test_it_is_told_without_a_word_of_it(roz: Room) -> None:
    """AUD-2: two events, no content."""
    says(roz, demanded(roz), "differently", "I came before anybody asked.")
    with opened(roz.therapist, clients=[roz.client_id], classes=EVERYTHING, via="test"):
        told = EventRow.objects.filter(client_id=roz.client_id, kind__startswith="requirement.").order_by("number")
        assert [event.kind for event in told] == ["requirement.set", "requirement.answered"]
        assert "asked" not in str([event.detail for event in told])


def test_from_the_therapists_form_to_her_own_page_and_back(roz: Room, world) -> None:
    """PLAN-19: “Set by …, not by you.”; what is missing is said and nothing typed is lost."""
    imani, her = browser(world["imani"]), portal_browser(world["roz_person"])
    page = f"/practice/clients/{roz.client_id}/plan/set-by-others/"
    typed = {"kind": "school", "set_by": "the school", "what": "A letter each month", "reported": "That she came"}
    refused = imani.post(page, typed)
    assert refused.status_code == 422
    assert "A letter each month" in refused.content.decode()
    assert imani.post(page, typed | {"reported_to": "The head teacher"}).status_code == 303
    assert "Set by the school, not by you" in her.get("/my/").content.decode()
    listed = her.get("/my/plan/set-by-others/").content.decode()
    assert "Set by the school, not by you." in listed
    with roz.acts(roz.therapist):
        (line,) = requirements_of(roz.client_id)
    own = f"/my/plan/set-by-others/{line.row.id}/"
    assert "checked" not in her.get(own).content.decode()
    assert her.post(own, {"words": "Half typed"}).status_code == 422
    assert her.post(own, {"seen": "differently", "words": "I like the letters."}).status_code == 303
    assert "I like the letters." in imani.get(page).content.decode()
    assert "Set by the school" not in her.get("/my/").content.decode()
    assert imani.post(f"{page}{line.row.id}/end/").status_code == 303
    assert her.post(own, {"seen": "read"}).status_code == 409
