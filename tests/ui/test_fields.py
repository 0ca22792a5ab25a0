"""Fields carry their label, hint and error, for the eye and for a screen reader (UI-3, UI-5)."""

import pytest
from django import forms

from careplan.ui.forms import DayField, Form, OwnWords, Scale, Segments
from tests.ui.markup import parse, shown

KINDS = [("own", "Own hand, this device"), ("said", "Said, I recorded it")]


class Sheet(Form):
    name = forms.CharField(label="Name I use", help_text="As you want to be called.")
    want = forms.CharField(label="What I want", widget=OwnWords())
    again = DayField(label="Look again on")
    how = forms.ChoiceField(label="How was it given?", widget=forms.RadioSelect, choices=KINDS)
    here = forms.MultipleChoiceField(label="Who is here?", widget=forms.CheckboxSelectMultiple, choices=KINDS)
    way = forms.ChoiceField(label="Way", widget=Segments, choices=KINDS)
    rating = forms.ChoiceField(label="Today", widget=Scale, choices=[(str(n), str(n)) for n in range(11)])
    remind = forms.BooleanField(label="Remind me", help_text="The day before", required=False)
    where = forms.ChoiceField(label="Where", choices=KINDS)
    line = forms.CharField(widget=forms.HiddenInput)


EVERY = [name for name in Sheet.base_fields if name != "line"]


@pytest.fixture
def with_errors():
    return Sheet({"remind": "on"})


@pytest.mark.parametrize("name", EVERY)
def test_every_field_has_a_label(name):
    page = shown("{% field bound %}", bound=Sheet()[name])
    labels = {label.attrs.get("for") for label in page.all("label")}
    for control in [*page.all("input"), *page.all("textarea"), *page.all("select")]:
        wrapped = any(control in label.below() for label in page.all("label"))
        assert wrapped or control.attrs["id"] in labels


@pytest.mark.parametrize("name", [name for name in EVERY if name != "remind"])
def test_an_error_is_tied_to_its_field(name, with_errors):
    page = shown("{% field bound %}", bound=with_errors[name])
    error = page.one("p", css="field-error")
    assert error.text.startswith("Error: ")
    described = [element for element in page.below() if error.attrs["id"] in element.attrs.get("aria-describedby", "")]
    assert len(described) == 1
    assert any(element.attrs.get("aria-invalid") == "true" for element in page.below())


def test_hint_and_error_are_read_in_this_order(with_errors):
    page = shown("{% field bound %}", bound=with_errors["name"])
    assert page.one("input").attrs["aria-describedby"] == "id_name_helptext id_name_error"
    assert page.one("p", css="hint").attrs["id"] == "id_name_helptext"


def test_a_hint_given_in_the_template_is_tied_too():
    page = shown('{% field bound hint="In full." %}', bound=Sheet()["want"])
    assert page.one("textarea").attrs["aria-describedby"] == page.one("p", css="hint").attrs["id"]


def test_the_clients_voice_is_in_the_serif():
    page = shown('{% field bound width="wide" voice="client" rows=4 %}', bound=Sheet()["want"])
    assert page.one("div").attrs["class"] == "field field-wide voice voice-client"
    assert page.one("textarea").attrs["class"] == "own-words"
    assert page.one("textarea").attrs["rows"] == "4"


def test_staff_words_are_not():
    page = shown('{% field bound voice="staff" %}', bound=Sheet()["name"])
    assert "own-words" not in page.one("input").attrs.get("class", "")


def test_groups_are_fieldsets_with_a_legend():
    for name, style in (("how", "check"), ("here", "check"), ("way", "segments"), ("rating", "scale")):
        page = shown("{% field bound %}", bound=Sheet()[name])
        assert page.one("fieldset").one("legend").text == Sheet()[name].label
        assert page.all(css=style)


def test_nothing_is_chosen_for_anybody():
    page = shown("{% field a %}{% field b %}{% field c %}", a=Sheet()["how"], b=Sheet()["way"], c=Sheet()["rating"])
    assert not any("checked" in box.attrs for box in page.all("input"))


def test_a_hidden_field_shows_nothing():
    page = shown("{% field bound %}", bound=Sheet()["line"])
    assert [element.name for element in page.below()] == ["input"]


def test_no_field_asks_the_browser_to_refuse():
    """We say what is missing ourselves, in a summary (UI-5)."""
    assert not any("required" in element.attrs for element in parse(str(Sheet())).below())


def test_a_form_printed_whole_is_in_the_designs_clothes():
    page = parse(str(Sheet()))
    assert len(page.all("div", css="field")) + len(page.all("fieldset")) + len(page.all("label", css="check")) >= 9


def test_the_summary_takes_focus_and_leads_to_each_field(with_errors):
    page = shown("{% error_summary form %}{{ form }}", form=with_errors)
    summaries = page.all("div", css="error-summary")
    assert "autofocus" in summaries[0].attrs
    assert summaries[0].attrs["tabindex"] == "-1"
    ids = {element.attrs.get("id") for element in page.below()}
    targets = [link.attrs["href"].removeprefix("#") for link in summaries[0].all("a")]
    assert targets
    assert set(targets) - {"id_line"} <= ids


def test_the_summary_says_what_and_where(with_errors):
    said = [link.text for link in shown("{% error_summary form %}", form=with_errors).all("a")]
    assert "Name I use: this is still empty" in said
    assert "How was it given: choose one" in said


def test_a_whole_sentence_stands_alone_in_the_summary():
    class Door(Form):
        email = forms.EmailField(label="Work e-mail", error_messages={"required": "Write your work e-mail."})

    assert shown("{% error_summary form %}", form=Door({})).one("a").text == "Write your work e-mail."


def test_without_errors_there_is_no_summary():
    assert shown("{% error_summary form %}", form=Sheet()).text == ""


def test_errors_of_several_forms_stand_in_one_summary():
    one, other = Sheet({}, prefix="a"), Sheet({}, prefix="b")
    page = shown("{% error_summary one other %}", one=one, other=other)
    assert {link.attrs["href"] for link in page.all("a")} >= {"#id_a-name", "#id_b-name"}


def test_a_refusal_stands_above_the_form():
    form = Form({})
    form.add_error(None, "Roz asked for a slower pace.")
    page = shown("{% error_summary form %}", form=form)
    assert page.text == "That didn’t work yet Roz asked for a slower pace."


def test_days_and_months_are_never_swapped():
    form = Sheet({"again": "06/07/2026"})
    assert form["again"].errors == ["choose a day, or write it as year-month-day"]


def test_an_address_that_cannot_be_is_said_in_our_words():
    class Door(Form):
        email = forms.EmailField(label="E-mail")

    assert Door({"email": "roz"})["email"].errors == ["something is missing in this address"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_lives_to_see_is_asked_about(day):
    """UI-5: the arithmetic with days that follows would fail, far from the field."""
    sent = Sheet({"again": day})
    assert "check the year" in str(sent.errors["again"])
