"""The four answers are the same component, size and order everywhere (UI-1)."""

import pytest
from django import forms

from careplan.ui import answers
from careplan.ui.forms import AnswerField, DayField, Form, OwnWords, StaffAnswerField, Words
from tests.ui.markup import shown


class Line(Form):
    answer = AnswerField(label="My answer")
    words = forms.CharField(widget=OwnWords(), required=False)
    until = DayField(required=False)


class Reply(Form):
    reply = StaffAnswerField(label="Your answer")
    words = forms.CharField(widget=Words(), required=False, label="Your wording")


def skeleton(label):
    """An answer without the words and the value that make it this one."""
    attrs = {name: value for name, value in label.one("input").attrs.items() if name not in ("value", "id", "checked")}
    return label.name, label.attrs, attrs, [child.name for child in label.children]


def test_the_four_answers_stand_in_one_order():
    page = shown("{% answers form.answer %}", form=Line())
    assert [label.text for label in page.all("label")] == ["Yes", "Yes, with changes", "Not now", "No thanks"]
    assert [box.attrs["value"] for box in page.all("input")] == ["yes", "yes_with_changes", "not_now", "no"]


@pytest.mark.parametrize("hints", ["", "new", "changed", "in_force"])
@pytest.mark.parametrize("chosen", [None, *dict(answers.FOUR)])
def test_the_four_answers_look_alike_before_and_after_choosing(chosen, hints):
    page = shown(
        "{% answers form.answer hints=hints %}", form=Line({"answer": chosen} if chosen else None), hints=hints
    )
    first, *others = [skeleton(label) for label in page.all("label")]
    assert all(other == first for other in others)
    assert [box.attrs["value"] for box in page.all("input") if "checked" in box.attrs] == ([chosen] if chosen else [])


def test_nothing_is_preselected():
    assert not any("checked" in box.attrs for box in shown("{% answers form.answer %}", form=Line()).all("input"))


def test_a_hint_stands_under_every_answer_or_under_none():
    with pytest.raises(ValueError, match="UI-1"):
        answers.choices(name_id="a", value="", hints={"yes": "Please!"})
    assert all(len(told) in (0, 3, 4) for told in answers.HINTS.values())


def test_a_decline_needs_no_more_than_a_yes():
    """No box that must be filled follows a no; the boxes belong to changed words and to a date."""
    page = shown("{% answers form.answer words=form.words until=form.until %}", form=Line())
    assert page.one("textarea").attrs["name"] == "words"
    boxes = [element.attrs["class"] for element in page.all("div", css="field")]
    assert boxes == ["field if-line-changes", "field field-short if-line-not-now"]
    assert not any("required" in element.attrs for element in page.below())


def test_the_clients_box_is_in_the_clients_voice():
    page = shown("{% answers form.answer words=form.words %}", form=Line())
    assert page.one("textarea").attrs["class"] == "own-words"
    assert page.one("label", for_="id_words").text == "How would you put it? Say it or write it."


def test_outside_a_sheet_the_boxes_follow_the_form():
    page = shown('{% answers form.answer words=form.words until=form.until scope="form" %}', form=Line())
    boxes = [element.attrs["class"] for element in page.all("div", css="field")]
    assert boxes == ["field only-if if-changes", "field field-short only-if if-not-now"]


def test_what_is_answered_is_said_to_a_screen_reader():
    page = shown('{% answers form.answer legend="Tomek’s answer" about="What I want" %}', form=Line())
    assert page.one("legend").text == "Tomek’s answer to “What I want”"


def test_answers_work_without_a_form():
    page = shown('{% answers name="a-7" value="not_now" legend="Answer" row=True %}')
    assert page.one("fieldset").attrs["class"] == "answers answers-4 answers-row"
    assert [box.attrs["value"] for box in page.all("input", name="a-7") if "checked" in box.attrs] == ["not_now"]


def test_staff_have_three():
    page = shown('{% answers form.reply hints="staff" words=form.words %}', form=Reply())
    assert [label.one("b").text for label in page.all("label", css="answer")] == [
        "Yes",
        "Suggest wording",
        "No, with a reason",
    ]
    assert page.one("div", css="field").attrs["class"] == "field only-if if-wording"


def test_an_unknown_answer_is_refused():
    form = Line({"answer": "perhaps"})
    assert not form.is_valid()
    page = shown("{% answers form.answer %}", form=form)
    error = page.one("p", css="field-error")
    assert page.one("fieldset").attrs["aria-describedby"] == error.attrs["id"]
    assert error.text == "Error: choose one of these"
