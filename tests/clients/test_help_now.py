"""Need help now works for anybody, by country, and says honestly what we have checked (UI-2, SAFE-5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clients.safety import lines
from clients.safety.lines import Checked, Kind, directory
from tests.ui.markup import parse

pytestmark = pytest.mark.django_db

SEEN = {
    "US": ["988"],
    "CA": ["988"],
    "GB-ENG": ["111", "116 123", "85258"],
    "AU": ["13 11 14"],
    "NZ": ["1737"],
    "NL": ["113"],
}
TODAY = date(2026, 5, 5)


def page(client, **asked):
    response = client.get("/help-now/", asked)
    assert response.status_code == 200
    return parse(response.content.decode())


@pytest.mark.parametrize("country", SEEN)
def test_the_lines_of_a_country_can_be_called(client, country):
    links = {link.attrs["href"] for link in page(client, country=country).all("a")}
    for number in SEEN[country]:
        digits = number.replace(" ", "")
        assert {f"tel:{digits}", f"sms:{digits}"} & links


@pytest.mark.parametrize("country", [*SEEN, "other", "XX", ""])
def test_there_is_always_somewhere_to_go(client, country):
    shown = page(client, country=country)
    assert any(link.attrs["href"] == "https://findahelpline.com/" for link in shown.all("a"))
    assert shown.one("section", aria_labelledby="danger")


@pytest.mark.parametrize("kind", [*Kind, "nonsense", ""])
def test_what_it_is_about_can_be_chosen(client, kind):
    chosen = [
        box.attrs["value"] for box in page(client, kind=kind).all("input", type="radio") if "checked" in box.attrs
    ]
    assert chosen == [kind if kind in set(Kind) else "any"]


def test_the_browsers_language_suggests_a_country(client):
    shown = parse(client.get("/help-now/", headers={"Accept-Language": "nl-NL,nl;q=0.9"}).content.decode())
    assert [option.attrs["value"] for option in shown.all("option") if "selected" in option.attrs] == ["NL"]


def test_nobody_is_asked_to_sign_in_and_nothing_is_kept(client):
    response = client.get("/help-now/")
    assert not response.cookies
    assert "What this phone may keep" in response.content.decode()


def test_the_page_is_the_same_answer_to_its_head(client):
    assert client.head("/help-now/").status_code == 200
    assert client.post("/help-now/").status_code == 405


def test_an_unchecked_line_says_so(client):
    shown = page(client, country="US")
    marks = {
        item.one("h3").text: [tag.text for tag in item.all("p", css="tag")] for item in shown.all("li", css="card")
    }
    assert marks["988 Lifeline"] == ["Number seen by us, not called"]
    assert marks["Childhelp"] == ["Not checked by us yet"]


def test_a_check_counts_for_180_days():
    line = replace(directory().lines[0], verified_on=TODAY, verified_by="Petra Vance")
    assert line.checked(TODAY + timedelta(days=180)) is Checked.LATELY
    assert line.checked(TODAY + timedelta(days=181)) is Checked.NOT_LATELY


def test_nothing_claims_a_check_that_nobody_made():
    """Every line that was checked names the day and the person; as shipped nobody has called any of them."""
    assert all(bool(line.verified_on) == bool(line.verified_by) for line in directory().lines)
    assert not any(line.checked(TODAY) is Checked.LATELY for line in directory().lines)


def test_only_the_numbers_we_were_given_are_marked_as_seen():
    seen: dict[str, list[str]] = {}
    for line in directory().lines:
        if line.seen:
            seen.setdefault(line.country, []).append(line.call or line.text)
    assert seen == SEEN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"call": "", "text": "", "chat": ""}, "no way to reach it"),
        ({"verified_on": "2026-05-05"}, "needs by whom"),
        ({"country": "XX"}, "not listed"),
        ({"kind": "gossip"}, "gossip"),
    ],
)
def test_a_line_that_cannot_be_true_is_refused(change, said):
    import json

    data = json.loads(lines.DATA.read_text("utf-8"))
    data["lines"] = [{**data["lines"][0], **change}]
    with pytest.raises(ValueError, match=said):
        lines.read(data)


def test_every_country_has_an_emergency_number():
    assert all(directory().emergency(country.code) for country in directory().countries)
