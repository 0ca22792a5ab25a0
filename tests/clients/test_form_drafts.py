"""AUTH-2, UI-5: what is typed into a record's forms is kept before a session runs out, and is the writer's alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from careplan.access.seam import opened
from clients.models import FormDraft
from clients.services.people import Around, add_person_around
from tests.plans.room import EVERYTHING, room_of
from tests.signed_in import browser, portal_browser

AT_WORK = {
    "about": ("clients:about", {"own_words": "Please speak slowly"}),
    "contact": ("clients:contact", {"care_with": "Rings at night frighten me"}),
    "consent": ("clients:consent_ask", {"what": "How often we met"}),
    "disclosure": ("clients:disclosures", {"why": "They asked by letter"}),
    "around": ("clients:people", {"relation": "Somebody from the choir"}),
}
OWN = {
    "about": ("my:about", {"own_words": "Please speak slowly"}),
    "reach": ("my:reach", {"care_with": "Rings at night frighten me"}),
    "around": ("my:people", {"relation": "Somebody from the choir"}),
}


@pytest.mark.parametrize("key", AT_WORK)
def test_staff_find_again_what_they_typed(world, key):
    name, typed = AT_WORK[key]
    imani, page = browser(world["imani"]), reverse(name, args=[world["roz"]])
    keeps = reverse("clients:form_draft", args=[world["roz"], key])
    assert f'data-draft-url="{keeps}"' in imani.get(page).text
    assert imani.post(keeps, typed | {"password": "never kept"}).status_code == 204
    (words,) = typed.values()
    assert words in imani.get(page).text
    assert words not in portal_browser(world["roz_person"]).get(reverse("my:about")).text


@pytest.mark.parametrize("key", OWN)
def test_a_client_finds_again_what_they_typed(world, key):
    name, typed = OWN[key]
    roz, page = portal_browser(world["roz_person"]), reverse(name)
    keeps = reverse("my:form_draft", args=[key])
    assert f'data-draft-url="{keeps}"' in roz.get(page).text
    assert roz.post(keeps, typed).status_code == 204
    (words,) = typed.values()
    assert words in roz.get(page).text


def test_what_was_sent_is_not_kept_and_a_draft_is_nobody_elses(world):
    room = room_of(world, "roz", "imani")
    room.colleague(world["nadia"], "cover")
    imani, nadia = browser(world["imani"]), browser(world["nadia"])
    page, keeps = (
        reverse("clients:people", args=[world["roz"]]),
        reverse("clients:form_draft", args=[world["roz"], "around"]),
    )
    imani.post(keeps, {"name": "Jess", "password": "never kept"})
    assert "Jess" not in nadia.get(page).text
    said = {"name": "Jess", "knows_they_are_listed": "not_asked", "may_be_called": "not_asked"}
    assert imani.post(page, said).status_code == 303
    with opened(room.therapist, clients=[room.client_id], classes=EVERYTHING, via="test"):
        assert [row.content for row in FormDraft.objects.all()] == [{}]
    assert imani.post(reverse("clients:form_draft", args=[world["roz"], "anything"])).status_code == 404


def test_somebody_who_is_there_already_is_found_again_as_typed(world):
    imani, room = browser(world["imani"]), room_of(world, "roz", "imani")
    with opened(room.therapist, clients=[room.client_id], classes=EVERYTHING, via="test"):
        row_id = add_person_around(client_id=room.client_id, around=Around(name="Jess"), by=room.therapist)
    page = reverse("clients:person", args=[room.client_id, row_id])
    keeps = reverse("clients:form_draft", args=[room.client_id, f"around-{row_id}"])
    assert f'data-draft-url="{keeps}"' in imani.get(page).text
    assert imani.post(keeps, {"name": "Jess", "relation": "Sings with me"}).status_code == 204
    assert "Sings with me" in imani.get(page).text
    said = {"name": "Jess", "relation": "Sings", "knows_they_are_listed": "not_asked", "may_be_called": "not_asked"}
    assert imani.post(page, said).status_code == 303
    assert "Sings with me" not in imani.get(page).text
    for nobody in (room.client_id, "x"):
        address = reverse("clients:form_draft", args=[room.client_id, f"around-{nobody}"])
        assert imani.post(address, {"name": "Jess"}).status_code == 404
