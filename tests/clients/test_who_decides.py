"""PLAN-5a: the therapist adds and ends who decides, on a ground; the client sees it; the room asks each by name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import Decider, EventRow
from careplan.access.seam import opened
from clients.models import PersonAround
from clients.services.people import Around, add_person_around
from plans.models import Answer, Party
from plans.selectors.pace import pace_now
from tests.plans.room import EVERYTHING, room_of
from tests.signed_in import browser, portal_browser


@pytest.fixture
def room(world):
    return room_of(world, "roz", "imani")


@pytest.fixture
def kaja(room):
    """Kaja, who is around Roz and decides nothing yet."""
    with opened(room.therapist, clients=[room.client_id], classes=[DataClass.IDENTITY], via="test"):
        around = Around(name="Kaja", relation="her mother")
        return add_person_around(client_id=room.client_id, around=around, by=room.therapist)


def page_of(room):
    return reverse("clients:deciders", args=[room.client_id])


def asks(room, kaja, **more):
    said = {"who": f"around:{kaja}", "authority": "guardian", "voice": "decides", "ground": "The court’s letter of May"}
    return browser(room.therapist.person_id).post(page_of(room), said | more)


def decider(room, kaja):
    with opened(room.therapist, clients=[room.client_id], classes=EVERYTHING, via="test"):
        person = PersonAround.objects.get(id=kaja).person_id
        return Decider.objects.filter(client_id=room.client_id, person_id=person).latest("since")


def left(room):
    with room.acts(room.therapist):
        return pace_now(client_id=room.client_id).left


def test_the_therapist_adds_and_ends_a_decider_on_a_ground_and_the_client_sees_who(world, room, kaja):
    agreed = room.agreed_intervention()
    lead, roz = browser(room.therapist.person_id), portal_browser(room.client.person_id)
    assert "Who decides" in lead.get(reverse("clients:more", args=[room.client_id])).content.decode()
    refused = asks(room, kaja, ground=" ")
    assert refused.status_code == 422
    assert "Write down what says so" in refused.content.decode()
    assert asks(room, kaja).status_code == 303
    assert room.standing(agreed).effective
    for page in (lead.get(page_of(room)), roz.get("/my/who-decides/")):
        assert "Kaja" in page.content.decode()
        assert "Guardian" in page.content.decode()
    ends = reverse("clients:end_decider", args=[room.client_id, decider(room, kaja).id])
    assert lead.post(ends, {"reason": ""}).status_code == 422
    assert lead.post(ends, {"reason": "Roz is of age"}).status_code == 303
    assert "Kaja" not in roz.get("/my/who-decides/").content.decode()
    with opened(room.therapist, clients=[room.client_id], classes=EVERYTHING, via="test"):
        told = dict(EventRow.objects.filter(kind__startswith="decider.").values_list("kind", "reason"))
    assert told == {"decider.added": "The court’s letter of May", "decider.ended": "Roz is of age"}


def test_nobody_else_says_who_decides_and_somebody_always_does(world, room, kaja):
    with room.acts(room.therapist):
        own = Decider.objects.get(client_id=room.client_id).id
    lead = browser(room.therapist.person_id)
    assert "Don’t ask them any more" not in lead.get(page_of(room)).content.decode()
    last = lead.post(reverse("clients:end_decider", args=[room.client_id, own]), {"reason": "None"})
    assert last.status_code == 422
    assert "Somebody has to decide." in last.content.decode()
    room.colleague(world["nadia"], "cover")
    cover = browser(world["nadia"])
    assert "Ask somebody more" not in cover.get(page_of(room)).content.decode()
    said = {"who": f"around:{kaja}", "authority": "guardian", "voice": "decides", "ground": "I think so"}
    assert cover.post(page_of(room), said).status_code == 404
    assert asks(room, kaja, who=f"around:{room.client_id}").status_code == 422


def test_who_joined_is_asked_at_the_next_review_and_nothing_falls(world, room, kaja):
    agreed = room.agreed_intervention("Step ladder on the real bus")
    asks(room, kaja)
    before = left(room)
    sheet = room.sheet("review")
    standing = room.standing(agreed)
    assert standing.effective
    assert standing.in_force_id == agreed.id
    with room.acts(room.therapist):
        asked = set(
            Party.objects.filter(revision_id=standing.open_id, kind="decider").values_list("person_id", flat=True)
        )
    hers = decider(room, kaja).person_id
    assert asked == {room.client.person_id, hers}
    assert left(room) == before
    _answered_in_the_room(room, sheet, agreed, hers)
    assert room.standing(agreed).in_force_id == standing.open_id


def _answered_in_the_room(room, sheet, agreed, hers):
    """On the sheet each answers under their own name; an answer that says not whose is taken for nobody's."""
    lead = browser(room.therapist.person_id)
    url = reverse("plans:sheet", args=[room.client_id, sheet.id])
    opened_id = room.standing(agreed).open_id
    assert "Whose answers are these?" in lead.get(url).content.decode()
    key = str(agreed.item_id)
    page = lead.get(url).content.decode()
    assert f'value="{key}"' in page
    typed = {
        "slot": key,
        f"line-{key}-read": str(opened_id),
        f"line-{key}-answer": "yes",
        "sheet-how": "said_in_session",
        "do": "save",
    }
    unsaid = lead.post(url, typed)
    assert unsaid.status_code == 422
    assert "say whose answers these are" in unsaid.content.decode()
    for person in (room.client.person_id, hers):
        assert lead.post(url, typed | {"sheet-whose": str(person)}).status_code == 303
    with room.acts(room.therapist):
        said = Answer.objects.filter(revision_id=opened_id, how="said_in_session")
        assert {(row.person_id, row.role_held) for row in said} == {
            (room.client.person_id, "client"),
            (hers, "guardian"),
        }
    assert "Kaja said yes aloud" in lead.get(url).content.decode()
