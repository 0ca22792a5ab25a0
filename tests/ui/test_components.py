"""The parts pages are made of."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.ui.words import word_diff
from tests.ui.markup import parse, shown


def test_an_icon_is_hidden_from_a_screen_reader_and_comes_from_the_sprite():
    svg = shown('{% icon "check" %}').one("svg")
    assert svg.attrs["aria-hidden"] == "true"
    assert re.fullmatch(r"/static/ui/icons/sprite.*\.svg#check", svg.one("use").attrs["href"])


@pytest.mark.parametrize("kind", ["agreed", "open", "changed", "waiting", "paused", "none", "off"])
def test_a_status_has_a_shape_and_a_word(kind):
    """Nothing depends on colour."""
    status = shown("{% tag kind %}", kind=kind).one("span", css="tag")
    assert status.text
    assert status.all("svg")


def test_coverage_is_drawn_and_said():
    page = shown("{% pips agreed=10 open=1 off=1 %}")
    assert page.text == "10 of 12 agreed, 1 open, 1 off the table"
    assert page.one("span", css="pips").attrs["aria-hidden"] == "true"
    assert len(page.all("span", css="pip")) == 12


def test_coverage_of_very_many_is_only_said():
    page = shown("{% pips agreed=400 %}")
    assert page.text == "400 of 400 agreed"
    assert not page.all("span")


def test_two_voices():
    page = shown('{% voice "client" who="Roz’s words" large=True %}<p>Just a bus.</p>{% endvoice %}')
    assert page.one("div").attrs["class"] == "voice voice-client voice-large"
    with pytest.raises(ValueError, match="client or staff"):
        shown('{% voice "somebody" %}{% endvoice %}')


def test_a_persons_text_is_never_markup():
    page = shown("{% words text %}{% diff text other %}", text="<b>Hi</b>\nthere", other="<b>Hi</b> you")
    assert not page.all("b")


def test_before_and_after():
    page = shown('{% diff before after "Before" "After" %}', before="20 sessions.", after="16 sessions.")
    assert page.one("del").text == "20"
    assert page.one("ins").text == "16"
    assert [head.text for head in page.all("h3")] == ["Before", "After"]


def test_a_wholly_new_text_is_not_chopped():
    page = shown("{% diff before after %}", before="Ride the bus alone.", after="Sleep through most nights")
    assert not page.all("del")
    assert not page.all("ins")


@given(st.text(alphabet="ab ,.'<&>\n", max_size=40), st.text(alphabet="ab ,.'<&>\n", max_size=40))
def test_a_diff_loses_no_letter(before, after):
    old, new = word_diff(before, after)
    assert unescape(re.sub(r"</?del>", "", old)) == before
    assert unescape(re.sub(r"</?ins>", "", new)) == after


def test_notices_and_confirmations_are_announced():
    page = shown('{% notice role="status" %}<p>Moved.</p>{% endnotice %}{% done %}<p>Saved.</p>{% enddone %}')
    assert [part.text for part in page.all("div", role="status")] == ["Moved.", "Saved."]


def test_an_empty_state_says_so_plainly():
    page = shown('{% empty icon_name="list-checks" title="No agreed plan yet" %}<p>Fine.</p>{% endempty %}')
    assert page.one("h2").text == "No agreed plan yet"


def test_lists():
    entries = [{"text": "Yes from both", "at": date(2026, 3, 12), "now": True}, {"text": "You proposed", "staff": True}]
    page = shown(
        "{% timeline entries %}{% pairs rows %}{% link_list links %}",
        **{
            "entries": entries,
            "rows": [("Contact", "phone"), ("Allows", "treatment", "/c/")],
            "links": [("One suggestion", "/a/", "When you like"), ("Plan", "/p/")],
        },
    )
    assert [item.attrs.get("class", "").strip() for item in page.one("ol").all("li")] == ["now", "staff"]
    assert [name.text for name in page.all("dt")] == ["Contact", "Allows"]
    assert [link.attrs["href"] for link in page.all("a")] == ["/c/", "/a/", "/p/"]


def test_times_are_said_to_people_and_machines():
    page = shown("{% moment when True %}", when=datetime(2020, 5, 5, 14, 12, tzinfo=UTC))
    assert page.one("time").text == "May 5, 2020, 2:12 pm"
    assert page.one("time").attrs["datetime"] == "2020-05-05T14:12:00+00:00"
    assert parse(shown("{% moment when %}", when=None).text).text == ""
