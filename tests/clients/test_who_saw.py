"""*Who saw my information* (AUD-3): folded, in plain words, askable; reading it is itself in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import open_records, opened
from careplan.errors import NotYours, Refused
from clients.models import Basis, LedgerQuestion
from clients.selectors.ledger import LINES_A_PAGE, who_saw
from clients.selectors.quiet import tucked_away
from clients.services.care import start_care
from clients.services.disclosures import Telling, record_disclosure
from clients.services.ledger import withhold_line
from tests.clients.town import statements, text_of
from tests.signed_in import portal_browser
from tests.world import client_actor_of

PAGE = "/my/who-saw/"


def lines(town, show="others", page=1):
    by = client_actor_of(town.ids, "roz")
    reads = opened(by, clients=[town["roz"]], classes={DataClass.LEDGER, DataClass.CONSENT}, via="test")
    with reads, timezone.override("Europe/London"):
        saw = who_saw(town["roz"], show=show, page=page, tucked=tucked_away(town["roz"]))
    return [line for _, found in saw.days for line in found], saw


def key_of(town, who):
    return next(line.key for line in lines(town)[0] if line.who == who)


@pytest.mark.committed
def test_it_folds_as_the_rule_says(town):
    """Glances one line a week by role, openings one a day by person; refusals each their own."""
    for _ in range(2):
        town.browser("sol").get("/practice/clients/")
        town.gets("imani", "overview", "roz")
        town.gets("wren", "overview", "roz")
    shown = [(line.who, line.what) for line in lines(town)[0]]
    assert shown.count(("The front desk", "glance")) == 1
    assert shown.count(("Imani", "opened")) == 1
    assert shown.count(("Wren", "refused")) == 2
    assert {what for _, what in [(line.who, line.what) for line in lines(town, "out")[0]]} == {"refused"}
    assert any(line.is_mine for line in lines(town, "all")[0])
    page = text_of(portal_browser(town["roz_person"]).get(PAGE))
    assert "Imani</b>, your therapist, opened" in page
    assert "saw your name in a list this week" in page
    for hidden in ("Castellane", "page:clients", "Sol"):
        assert hidden not in page


@pytest.mark.committed
def test_reading_it_is_in_it_and_takes_the_same_queries_for_many(town):
    roz = portal_browser(town["roz_person"])
    roz.get(PAGE)
    assert "looked at" in text_of(roz.get(PAGE, {"show": "all"}))
    with statements(15) as few:
        roz.get(PAGE)
    by = town.actor("wren")
    for _ in range(LINES_A_PAGE + 5):
        open_records(by, clients=[town["roz"]], classes={DataClass.PLAN}, via="test")
    with statements(len(few)):
        first = roz.get(PAGE)
    assert "Page 1 of 2" in text_of(first)
    assert len(lines(town, page=2)[0]) >= 5


def test_a_line_can_be_asked_about_and_the_answer_stands_beside_it(town):
    """It waits in Today until somebody who cares answers."""
    town.gets("imani", "overview", "roz")
    roz = portal_browser(town["roz_person"])
    assert roz.post(PAGE, {"key": key_of(town, "Imani"), "words": "Why so late?"}).status_code == 303
    assert roz.post(PAGE, {"key": "o:0"}).status_code == 404
    assert "Roz asks who saw their information" in text_of(town.browser("imani").get("/practice/"))
    assert "Why so late?" in text_of(town.gets("imani", "access", "roz"))
    assert "Why so late?" not in text_of(town.browser("imani").get("/practice/"))
    with town.opens("imani", "roz"):
        question = LedgerQuestion.objects.get()
    empty = {"do": "answer", "question": question.id, "words": ""}
    assert town.posts("imani", "access", empty, "roz").status_code == 422
    assert town.posts("imani", "access", {**empty, "words": "To write the note."}, "roz").status_code == 303
    assert "To write the note." in text_of(roz.get(PAGE))
    assert "asks who saw" not in text_of(town.browser("imani").get("/practice/"))


def test_a_lawful_delay_needs_a_reason_and_an_end_and_shows_as_withheld(town):
    """CONS-8: by staff alone, never for ever."""
    town.gets("imani", "overview", "roz")
    key, soon = key_of(town, "Imani"), timezone.localdate() + timedelta(days=30)
    with town.opens("imani", "roz") as by:
        keys = {"client_id": town["roz"], "key": key, "by": by}
        with pytest.raises(Refused, match="which law"):
            withhold_line(**keys, reason=" ", ends_on=soon)
        with pytest.raises(Refused, match="within a year"):
            withhold_line(**keys, reason="Court order 7", ends_on=soon + timedelta(days=400))
        withhold_line(**keys, reason="Court order 7", ends_on=soon)
    own = client_actor_of(town.ids, "roz")
    with (
        opened(own, clients=[town["roz"]], classes=set(DataClass), via="test"),
        pytest.raises(NotYours),
    ):
        withhold_line(client_id=town["roz"], key=key, reason="x", ends_on=soon, by=own)
    page = text_of(portal_browser(town["roz_person"]).get(PAGE))
    assert "Withheld</b> until" in page
    assert "Court order" not in page
    (withheld,) = [line for line in lines(town)[0] if line.key == key]
    assert (withheld.who, withheld.parts) == ("", ())
    assert "Imani" not in lines(town)[1].lately


def test_a_line_that_was_put_away_leaves_no_gap_and_no_count(town):
    """SAFE-7."""
    for who in ("imani", "wren"):
        town.gets(who, "overview", "roz")
    roz, before = portal_browser(town["roz_person"]), lines(town)
    key = key_of(town, "Imani")
    assert roz.post("/my/put-away/", {"kind": "ledger", "key": key}).status_code == 303
    after = lines(town)
    assert after[1].total == before[1].total - 1
    assert key not in {line.key for line in after[0]}
    assert "Imani" in before[1].lately
    assert after[1].lately == "1 request was turned away."
    assert "Imani" in text_of(town.gets("imani", "access", "roz"))


def test_what_was_told_to_somebody_outside_stands_above_the_list(town):
    """CONS-8: a withheld one says only that it is withheld; an organisation tucked away is not there (SAFE-7)."""
    law = {"basis": Basis.LAW, "basis_code": "court_order", "facts": "An order came."}
    with town.opens("imani", "roz") as by:
        keys = {"client_id": town["roz"], "by": by}
        record_disclosure(**keys, telling=Telling("Her address", "The court", "it asked", **law))
        later = {"withheld_until": timezone.localdate() + timedelta(days=9), "withheld_why": "Risk to others"}
        record_disclosure(**keys, telling=Telling("Her name", "Police", "to find her", **law, **later))
    roz = portal_browser(town["roz_person"])
    page = text_of(roz.get(PAGE))
    assert "The court</b> was told: Her address" in page
    assert "It is withheld for now" in page
    assert "Police" not in page
    roz.post("/my/put-away/", {"kind": "organisation", "key": "The court"})
    assert "The court" not in text_of(roz.get(PAGE))


@pytest.mark.committed
def test_a_question_that_is_too_long_is_said_and_none_of_it_is_lost(town):
    """UI-5: the words stand where they were written."""
    town.gets("imani", "overview", "roz")
    roz = portal_browser(town["roz_person"])
    long = "Why was that? " + "a" * 2000
    said = roz.post(PAGE, {"key": key_of(town, "Imani"), "words": long})
    assert said.status_code == 422
    assert long in text_of(said)
    assert 'maxlength="2000"' in text_of(roz.get(PAGE))


@pytest.mark.parametrize("page", ["99999999999999999999", "²", "-1", "x"])
def test_a_page_that_there_is_not_is_no_fault_of_ours(town, page):
    assert portal_browser(town["roz_person"]).get(PAGE, {"page": page}).status_code == 200
    assert town.gets("imani", "access", "roz", {"page": page}).status_code == 200


def test_a_supervisor_reads_no_words_of_a_question_in_the_history(town):
    """ACC-2b: what a client asks about who saw it is a message; who supervises reads none."""
    with town.opens("imani", "roz") as by:
        start_care(client_id=town["roz"], person_id=town["sunniva"], role=CareRole.SUPERVISOR, by=by)
    key = key_of(town, "Imani")
    portal_browser(town["roz_person"]).post(PAGE, {"key": key, "words": "Was that about my brother?"})
    assert "about my brother" in text_of(town.gets("imani", "history", "roz"))
    seen = text_of(town.gets("sunniva", "history", "roz"))
    assert "asked about a line" in seen
    assert "about my brother" not in seen
