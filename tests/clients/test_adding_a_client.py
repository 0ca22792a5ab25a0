"""Beginning a record: a name is enough, and only the person who began it can open it."""

import pytest
from django.urls import reverse

from careplan.access.models import CareRelationship, CareRole, Decider
from careplan.access.seam import open_records
from careplan.errors import NotYours, Refused
from careplan.ledger.history import events_of
from clients.models import Client, ClientSummary, Contact, Identity
from clients.services.contact import ContactRules
from tests.clients.town import text_of

ADD = "/practice/clients/add/"
LONDON = "GB Europe/London"


def test_a_name_is_enough_to_begin_a_record(town):
    """CLIENT-1: everything but the name is optional; place and clock are the practice's own."""
    client_id = town.adds("wren", "  Hollis ")
    with town.opens("wren", client_id):
        client = Client.objects.get(client_id=client_id)
        assert (client.name_used, client.country, client.time_zone) == ("Hollis", "GB", "Europe/London")
        assert Identity.objects.get(client_id=client_id).birth_date is None
        assert Contact.objects.get(client_id=client_id).phone == ""
        assert Decider.objects.get(client_id=client_id).authority == "self"
        assert [event.sentence for event in events_of(client_id)] == ["Wren Adeyemi-Holt began this record."]


def test_who_began_a_record_leads_it_and_nobody_else_opens_it(town):
    """ACC-4: a record's first care relationship is its beginner's."""
    client_id = town.adds("wren", "Hollis")
    with town.at_work("wren"):
        place = CareRelationship.objects.get(client_id=client_id)
    assert (place.person_id, place.role) == (town["wren"], CareRole.LEAD)
    assert town.summary(client_id).lead_count == 1
    for other in ("imani", "sol", "petra", "odile"):
        assert not open_records(town.actor(other), clients=[client_id], classes=["identity"], via="test")


def test_a_trainee_begins_a_record_that_has_no_lead_yet(town):
    """ACC-12: a trainee's own place is not a lead's."""
    client_id = town.adds("teo", "Ivo")
    assert town.summary(client_id, who="teo").lead_count == 0


@pytest.mark.parametrize("who", ["sol", "petra", "bram"])
def test_a_front_desk_manager_or_biller_begins_no_record(town, who):
    """ACC-12: and the page is not there for them either."""
    with pytest.raises(NotYours):
        town.adds(who, "Hollis")
    assert town.browser(who).get(ADD).status_code == 404
    assert town.browser(who).post(ADD, {"name_used": "Hollis", "place": LONDON}).status_code == 404


def test_a_name_that_is_only_blanks_is_refused_with_a_sentence(town):
    with pytest.raises(Refused, match="Write the name they use"):
        town.adds("wren", " \n ")


@pytest.mark.parametrize(("country", "zone"), [("GB", "America/Los_Angeles"), ("XX", "Europe/London"), ("GB", "")])
def test_a_clock_of_elsewhere_is_refused(town, country, zone):
    with pytest.raises(Refused, match="where they live"):
        town.adds("wren", "Hollis", country=country, time_zone=zone)


def test_the_form_adds_a_client_and_leads_to_the_record(town):
    response = town.browser("wren").post(
        ADD,
        {"name_used": "Hollis", "pronouns": "they/them", "place": LONDON, "phone": "+44 20 7946 0000", "call_ok": "on"},
    )
    assert response.status_code == 303
    page = town.browser("wren").get(response.url)
    assert "Hollis" in text_of(page)
    assert "call yes, text no, e-mail no, no voicemail" in text_of(page)


def test_nothing_typed_is_lost_when_the_name_is_missing(town):
    """UI-5: 422, “Error:” in the title, a summary that leads to the field, everything typed still there."""
    typed = {"name_used": "", "pronouns": "they/them", "place": LONDON, "care_with": "His brother answers sometimes."}
    response = town.browser("wren").post(ADD, typed)
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Error: Add a client" in page
    assert 'href="#id_name_used"' in page
    assert "they/them" in page
    assert "His brother answers sometimes." in page


def test_a_refusal_of_the_service_keeps_what_was_typed(town):
    """UI-5: a yes to texts without a phone number is a sentence, not an error page, and begins no record."""
    before = town.listed("wren")
    response = town.browser("wren").post(ADD, {"name_used": "Hollis", "place": LONDON, "text_ok": "on"})
    assert response.status_code == 422
    assert "Add the phone number they said yes to." in text_of(response)
    assert 'value="Hollis"' in text_of(response)
    assert town.listed("wren") == before


def test_nothing_is_ticked_beforehand(town):
    """CONS-1: a channel is the client's yes, never ours."""
    page = text_of(town.browser("wren").get(ADD))
    assert "checked" not in page


def test_a_failed_beginning_leaves_nothing(town):
    """A record is begun whole or not at all."""
    with pytest.raises(Refused):
        town.adds("wren", "Hollis", contact=ContactRules(phone="not a number"))
    with town.at_work("wren"):
        assert not ClientSummary.objects.filter(client_id__in=Client.objects.filter(name_used="Hollis")).exists()


def test_a_page_for_adding_is_neutral_about_who(town):
    """UI-8."""
    assert "<title>Add a client – Careplan</title>" in text_of(town.browser("wren").get(reverse("clients:add")))


def test_the_same_form_sent_twice_begins_one_record(town):
    """UI-5: a double click on Add is one client, and both clicks lead to them."""
    wren = town.browser("wren")
    once = wren.get(ADD).context["form"]["once"].value()
    form = {"name_used": "Hollis", "place": LONDON, "once": once}
    first, second = wren.post(ADD, form), wren.post(ADD, form)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert wren.post(ADD, form | {"once": ""})["Location"] != first["Location"]


def test_an_id_from_elsewhere_begins_a_record_of_its_own(town, world):
    """ACC-5: only an id that our own form sealed is taken; another's tells nothing and opens nothing."""
    response = town.browser("wren").post(ADD, {"name_used": "Hollis", "place": LONDON, "once": str(world["maren"])})
    assert response.status_code == 303
    assert str(world["maren"]) not in response["Location"]
