"""About me, people around me, how to reach me, what they call it: the client's own hand (CLIENT-1..4, portal 17)."""

import pytest

from clients.models import AboutLine, BigSteps, Contact, How, PersonAround, Shows, Topic
from clients.selectors.diagnoses import diagnoses
from clients.services.about import Said
from clients.services.diagnoses import Called, record_diagnosis
from clients.services.quiet import QuietWish
from tests.clients.test_quiet import at_her_word
from tests.clients.town import statements, text_of
from tests.signed_in import portal_browser


@pytest.fixture
def roz(town):
    return portal_browser(town["roz_person"])


def form_of(page):
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_roz_reads_who_wrote_what_how_and_writes_in_her_own_hand(town, roz):
    """CLIENT-3: her words are hers; the other line is as it was."""
    town.says("roz", "imani", lines={Topic.ACCESS: Said("A chair by the door.")})
    page = roz.get("/my/about/")
    assert "Written down by Imani Castellane" in text_of(page).replace("Dr ", "")
    sent = {**form_of(page), "own_words": "Eldest daughter, night-shift nurse.", "own_words_seen": "therapist"}
    assert roz.post("/my/about/", sent).status_code == 303
    assert roz.post("/my/about/", sent).status_code == 409  # the page was read before that
    assert "In your own hand." in text_of(roz.get("/my/about/"))
    with town.opens("imani", "roz"):
        lines = {row.topic: row for row in AboutLine.objects.filter(ended_at=None)}
    assert lines[Topic.OWN_WORDS].how == How.OWN_HAND_PORTAL
    assert lines[Topic.ACCESS].how == How.SAID_IN_SESSION
    assert roz.post("/my/about/", {**form_of(roz.get("/my/about/")), "name_used": ""}).status_code == 422


def test_roz_lists_the_people_around_her(town, roz):
    """CLIENT-4: who they are, what they may know; taken off by a date."""
    sent = {
        "name": "Lia",
        "relation": "sister",
        "may_know": ["plan"],
        "knows_they_are_listed": "yes",
        "may_be_called": "no",
    }
    assert roz.post("/my/people/", sent).status_code == 303
    with town.opens("imani", "roz"):
        lia = PersonAround.objects.get(client_id=town["roz"])
    assert "The plan" in text_of(roz.get("/my/people/"))
    assert roz.post(f"/my/people/{lia.id}/", {**sent, "relation": "my sister"}).status_code == 303
    assert roz.post(f"/my/people/{lia.id}/take-off/").status_code == 303
    assert "Lia" not in text_of(roz.get("/my/people/"))
    assert roz.get(f"/my/people/{lia.id}/").status_code == 404


def test_roz_says_how_she_is_reached_and_keeps_another_address_for_in_person(town, roz):
    """CLIENT-2, SAFE-7."""
    sent = {**form_of(roz.get("/my/reach-me/")), "phone": "+44 20 7946 0158", "text_ok": "on", "discreet": "on"}
    assert roz.post("/my/reach-me/", sent).status_code == 303
    with town.opens("imani", "roz"):
        kept = Contact.objects.get(client_id=town["roz"])
    assert (kept.text_ok, kept.discreet, kept.call_ok) == (True, True, False)
    at_her_word(town, QuietWish(Shows.EVERYTHING, big_steps=BigSteps.WITH_US))
    again = form_of(roz.get("/my/reach-me/"))
    refused = roz.post("/my/reach-me/", {**again, "phone": "+44 20 7946 0999"})
    assert refused.status_code == 422
    assert "7946 0999" in text_of(refused)
    assert roz.post("/my/reach-me/", {**again, "most_a_week": "1"}).status_code == 303


def test_roz_says_how_she_sees_what_they_call_it(town, roz):
    """PLAN-2: only what was talked over is there."""
    with town.opens("imani", "roz") as by:
        told = record_diagnosis(client_id=town["roz"], called=Called("Panic"), shared=True, by=by)
        untold = record_diagnosis(client_id=town["roz"], called=Called("Something else"), shared=False, by=by)
    page = text_of(roz.get("/my/what-they-call-it/"))
    assert "Panic" in page
    assert "Something else" not in page
    sent = {"diagnosis": told, "words": "Alarm bells, not panic."}
    assert roz.post("/my/what-they-call-it/", sent).status_code == 303
    assert roz.post("/my/what-they-call-it/", {**sent, "diagnosis": untold}).status_code == 404
    with town.opens("imani", "roz"):
        seen = {line.label: line.view.words for line in diagnoses(town["roz"]).standing if line.view}
    assert seen == {"Panic": "Alarm bells, not panic."}


def test_each_page_is_short_in_statements(roz):
    for page in ("about/", "people/", "reach-me/", "what-they-call-it/", "what-shows/"):
        with statements(15):
            assert roz.get(f"/my/{page}").status_code == 200
