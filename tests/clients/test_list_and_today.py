"""The list of clients and Today: names, states and counts, and a glance left behind (practice 1 and 2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clients.models import Client, How
from clients.selectors.client_list import ROWS_A_PAGE, ClientSearch, client_list
from clients.services.about import AboutChanges, update_about
from clients.services.limits import CardTold
from tests.clients.town import CARDS, statements, text_of

LIST = "/practice/clients/"
TODAY = "/practice/"


def names_on(page):
    return [row.name_used for row in page.context["found"].rows]


def test_a_therapist_lists_the_clients_they_care_for(town):
    """ACC-4: Nadia covers Tomek; Roz is Imani's."""
    assert town.listed("wren") == ["Tomek"]
    assert town.listed("nadia") == ["Tomek"]
    assert town.listed("imani") == ["Hollis", "Roz"]
    assert town.listed("teo") == []


def test_the_front_desk_and_the_manager_list_their_practice_and_no_other(town):
    """ACC-12, ACC-4: practices are separate tenants."""
    for who in ("sol", "petra"):
        assert town.listed(who) == ["Hollis", "Roz", "Tomek"]
    assert town.listed("odile") == ["Maren"]


def test_a_biller_lists_nobody(town):
    """ACC-12: being a biller lists no clients."""
    assert town.listed("bram") == []


def test_the_front_desk_gets_names_and_no_way_into_a_record(town):
    """ACC-12: directory facts; no link, no plan, no consent, no flag. No dead links."""
    town.tells("tomek", CardTold("court_order", question="Which court?"))
    page = text_of(town.browser("sol").get(LIST))
    assert "Tomek" in page
    assert "Polish" in page
    assert f"/practice/clients/{town['tomek']}/" not in page
    assert "Limits" not in page
    assert "Plan" not in page


def test_a_therapist_gets_a_link_to_each_record(town):
    page = town.browser("wren").get(LIST)
    assert town.url("overview") in text_of(page)
    assert "Limits not told yet" in text_of(page)


@pytest.mark.parametrize(
    ("typed", "found"), [("tom", ["Tomek"]), ("OME", ["Tomek"]), ("  tomek ", ["Tomek"]), ("x", [])]
)
def test_a_name_is_found_by_any_part_of_it(town, typed, found):
    assert names_on(town.browser("wren").post(LIST, {"name": typed})) == found


def test_a_name_in_an_address_searches_for_nobody(town):
    """Nothing that names somebody stands in an address, a history or a log."""
    assert names_on(town.browser("wren").get(LIST, {"name": "x"})) == ["Tomek"]
    assert 'method="post"' in text_of(town.browser("wren").get("/practice/"))


def test_a_search_finds_nobody_elses_clients(town):
    """ACC-5: totals and search are computed after the policy."""
    page = town.browser("wren").post(LIST, {"name": "roz"})
    assert names_on(page) == []
    assert page.context["found"].total == 0
    assert "Nobody found" in text_of(page)


@pytest.mark.parametrize("wild", ["%", "_", "\\", "' or 1=1 --"])
def test_signs_that_mean_something_to_a_database_mean_themselves(town, wild):
    assert names_on(town.browser("wren").post(LIST, {"name": wild})) == []


def test_the_filters_tell_mine_from_covered(town):
    town.adds("nadia", "Hollis")
    browser = town.browser("nadia")
    assert names_on(browser.get(LIST)) == ["Hollis", "Tomek"]
    assert names_on(browser.post(LIST, {"whose": "mine"})) == ["Hollis"]
    assert names_on(browser.post(LIST, {"whose": "cover"})) == ["Tomek"]


def test_a_filter_by_how_far_the_limits_are(town):
    town.adds("wren", "Hollis")
    town.tells("tomek", *CARDS)
    browser = town.browser("wren")
    assert names_on(browser.post(LIST, {"limits": "untold"})) == ["Hollis"]
    assert names_on(browser.post(LIST, {"limits": "question"})) == []


@pytest.mark.parametrize(
    "nonsense", [{"whose": "all"}, {"page": "minus"}, {"page": "999"}, {"limits": "x"}, {"page": "0"}]
)
def test_nonsense_in_the_address_shows_the_list(town, nonsense):
    assert names_on(town.browser("wren").get(LIST, nonsense)) == ["Tomek"]


def test_nobody_reads_the_glances_with_the_programs_own_rights(town):
    """ACC-2c."""
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('guard.glance', 'select')")
        assert cursor.fetchone() == (False,)


@pytest.mark.committed
def test_the_list_leaves_one_glance_a_week_for_each_role(town, owner):
    """ACC-2a: a list writes one glance row per client, role and week, however often it is looked at."""
    browser = town.browser("sol")
    browser.get(LIST)
    browser.get(LIST)
    rows = owner.execute(
        "select role, via, count(*) from guard.glance where client_id = %s and person_id = %s group by 1, 2",
        [town["tomek"], town["sol"]],
    ).fetchall()
    assert rows == [("front_desk", "page:clients:list", 1)]


def test_the_list_has_pages_and_the_same_number_of_queries_for_one_client_and_for_many(town):
    """Practice 2, 09: at most fifteen statements a page, sign-in and glance included."""
    browser = town.browser("wren")
    browser.get(LIST)
    with statements(15) as few:
        browser.get(LIST)
    for number in range(ROWS_A_PAGE + 5):
        town.adds("wren", f"Client {number:02}")
    with statements(15) as many:
        page = browser.get(LIST)
    assert len(many) == len(few)
    assert len(names_on(page)) == ROWS_A_PAGE
    assert f"1 to {ROWS_A_PAGE} of {ROWS_A_PAGE + 6}" in text_of(page)
    assert len(names_on(browser.post(LIST, {"page": 2}))) == 6


def test_today_says_what_needs_somebody_about_the_clients_they_care_for(town):
    """Practice 1, CONS-11a: limits not told yet, until they are."""
    assert "Tomek: limits not told yet" in text_of(town.browser("wren").get(TODAY))
    assert "Tomek" not in text_of(town.browser("imani").get(TODAY))
    town.tells("tomek", "court_order")
    assert "Tomek: limits told in part" in text_of(town.browser("wren").get(TODAY))
    town.tells("tomek", *(card for card in CARDS if card != "court_order"))
    assert "Tomek: limits" not in text_of(town.browser("wren").get(TODAY))


def test_today_holds_no_clinical_text(town):
    """Practice 1."""
    town.tells("tomek", CardTold("court_order", said_back="canary-words", question="canary-question"))
    assert "canary" not in text_of(town.browser("wren").get(TODAY))


def test_today_at_the_front_desk_has_no_needs_and_no_names(town):
    """ACC-12."""
    page = text_of(town.browser("sol").get(TODAY))
    assert "Tomek" not in page
    assert "Needs you" not in page


def test_today_takes_the_same_number_of_queries_for_one_client_and_for_many(town):
    browser = town.browser("wren")
    browser.get(TODAY)
    with statements(15) as few:
        browser.get(TODAY)
    for number in range(8):
        town.adds("wren", f"Client {number}")
    with statements(15) as many:
        browser.get(TODAY)
    assert len(many) == len(few)


def test_a_new_name_is_found_and_the_old_one_is_not(town):
    with town.opens("wren", "tomek") as by:
        changes = AboutChanges(name_used="Tomasz")
        update_about(client_id=town["tomek"], changes=changes, how=How.SAID_IN_SESSION, by=by)
    browser = town.browser("wren")
    assert names_on(browser.post(LIST, {"name": "tomasz"})) == ["Tomasz"]
    assert names_on(browser.post(LIST, {"name": "tomek"})) == []


def test_the_list_is_neutral_in_its_title(town):
    """UI-8."""
    assert "<title>Clients – Careplan</title>" in text_of(town.browser("wren").post(LIST, {"name": "tomek"}))


def test_a_practice_lead_lists_everybody_and_opens_only_their_own(town):
    """ACC-12: a role lists, a relationship opens."""
    with town.at_work("odile") as by:
        found = client_list(ClientSearch(), by)
    assert [(row.name_used, row.may_open) for row in found.rows] == [("Maren", True)]


def test_nobody_signed_in_lists_nothing(town):
    """ACC-3: fail closed."""
    assert not Client.objects.exists()


def test_what_waits_about_one_client_stands_together(town):
    """Practice 1: a long caseload is read client by client; what has a day comes first."""
    town.ids["hollis"] = town.adds("wren", "Hollis")
    shown = town.browser("wren").get(TODAY).context["today"].needs
    about = [need.sentence.split(":")[0] for need in shown]
    assert about == sorted(about, key=about.index)
    town.tells("hollis", *CARDS, again_on=timezone.now().date() + timedelta(days=3))
    assert town.browser("wren").get(TODAY).context["today"].needs[0].sentence == "Hollis: limits to say again"
