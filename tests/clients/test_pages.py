"""What holds on every page of a record: titles, headers, counts of statements, history, words (UI-5 to UI-9)."""

import re

import pytest

from careplan.access.seam import open_records
from clients.models import Topic
from clients.services.about import Said
from clients.services.limits import CardTold
from tests.clients.town import statements, text_of

PAGES = ("overview", "about", "contact", "people", "consents", "limits", "history", "team", "more")


@pytest.mark.parametrize("page", PAGES)
def test_no_title_names_the_client(town, page):
    """UI-8: page and tab titles are neutral."""
    title = re.search(r"<title>(.*?)</title>", text_of(town.gets("wren", page))).group(1)
    assert "Tomek" not in title
    assert title.endswith("– Careplan")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_risk_or_scores_a_person(town, page):
    """UI-6."""
    shown = text_of(town.gets("wren", page)).lower()
    assert not re.search(r"\b(low|medium|high) risk\b|streak|badge|patient|compliance", shown)


@pytest.mark.parametrize("page", PAGES)
def test_no_link_leads_nowhere(town, page):
    """No dead links: every address on the page of ours answers."""
    browser = town.browser("wren")
    shown = text_of(browser.get(town.url(page)))
    for url in set(re.findall(r'href="(/[^"#]*)"', shown)) - {"/"}:
        if not url.startswith("/static/"):
            assert browser.get(url.replace("&amp;", "&")).status_code == 200, url


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_fifteen_statements_at_most_however_much_is_in_the_record(town, page):
    """09: counts are asserted and constant."""
    browser = town.browser("wren")
    browser.get(town.url(page))
    with statements(15) as few:
        browser.get(town.url(page))
    for number in range(3):
        town.says("tomek", lines={topic: Said(f"{topic} {number}") for topic in Topic})
    town.tells("tomek", CardTold("court_order", question="Which?"), "child_hurt")
    with statements(15) as many:
        browser.get(town.url(page))
    assert len(many) - len(few) <= (1 if page in ("limits", "consents") else 0)


def test_the_header_says_who_how_to_say_it_and_how_far_the_limits_are(town):
    """Practice 3."""
    town.says("tomek", say_it="TOH-mek")
    page = text_of(town.gets("wren", "overview"))
    assert "<h1>Tomek</h1>" in page
    assert "he/him · say it “TOH-mek”" in page
    assert "Polish" in page
    assert ">treatment</a>" in page
    assert "not told yet" in page


def test_the_overview_shows_the_clients_words_and_who_cares_for_them(town):
    town.says("tomek", lines={Topic.OWN_WORDS: Said("Carpenter from Lublin.")})
    page = text_of(town.gets("wren", "overview"))
    assert "Carpenter from Lublin." in page
    assert "voice-client" in page
    for name in ("Wren Adeyemi-Holt", "Nadia Okafor-Lind", "Sunniva Brandt-Osei"):
        assert name in page


def test_words_are_shown_and_not_run(town):
    """What people type is text."""
    town.says("tomek", lines={Topic.OWN_WORDS: Said("<script>alert(1)</script>")}, name_used="<b>Tom</b>")
    page = text_of(town.gets("wren", "overview"))
    assert "<script>alert" not in page
    assert "<b>Tom</b>" not in page
    assert "&lt;script&gt;alert" in page


def test_the_history_tells_what_happened_and_who_opened_it(town):
    """AUD-2, AUD-3: sentences; one line a day for each person; a refusal is always a line of its own."""
    for _ in range(3):
        town.gets("nadia", "overview")
    for _ in range(2):
        open_records(town.actor("sol"), clients=[town["tomek"]], classes=["identity"], via="test")
    page = text_of(town.gets("wren", "history"))
    assert "Wren Adeyemi-Holt began this record." in page
    assert page.count("<b>Nadia Okafor-Lind</b>, cover, opened") == 1
    assert page.count("<b>Sol Marchetti</b> asked for this record. Nothing was shown.") == 2
    assert page.count("Turned away") == 2


def test_reading_the_history_is_itself_in_it(town):
    """AUD-3."""
    town.gets("nadia", "history")
    assert "<b>Nadia Okafor-Lind</b>, cover, opened" in text_of(town.gets("wren", "history"))


def test_consents_say_how_far_the_limits_are_and_that_nothing_else_was_asked(town):
    """CONS-11, CONS-12: nothing stands before care."""
    page = text_of(town.gets("wren", "consents"))
    assert "Nobody outside the care team sees anything." in page
    town.tells("tomek", "court_order", told_in="Polish")
    page = text_of(town.gets("wren", "consents"))
    assert "1 of 5 cards" in page
    assert "Told in part" in page
    assert "in Polish" in page


def test_the_start_leads_to_today(town):
    response = town.browser("wren").get("/")
    assert (response.status_code, response.url) == (303, "/practice/")
