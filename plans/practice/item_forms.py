"""The forms of the four kinds of line: flat fields that become one content, with everything typed kept (UI-5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator

from careplan.ui.forms import DayField, Form, Words
from plans.content import Content, ContentRefused, content_from_form
from plans.kinds import (
    Doer,
    DurationUnit,
    ExpressedBy,
    FrequencyUnit,
    ItemKind,
    LifeArea,
    StatementType,
    Visibility,
)
from plans.selectors.flat import PERSON, flat_of

Choices = Sequence[tuple[str, str]]
NOT_SAID: tuple[str, str] = ("", "Not said")
LONGEST = 4000
FREQUENCY_UNITS: Choices = (
    NOT_SAID,
    *((unit.value, f"a {unit.label}") for unit in FrequencyUnit if unit != "once"),
    ("once", "once"),
)
FIELDS_OF_ERRORS = {"doer_person": "doer"}


def whose_goal() -> forms.ChoiceField:
    """Whose goal it is, whoever writes it down (PLAN-1)."""
    return forms.ChoiceField(label="Whose goal", choices=(NOT_SAID, *ExpressedBy.choices), required=False)


def words(label: str, *, rows: int = 2, required: bool = False, help_text: str = "") -> forms.CharField:
    """A box for staff's words, of a length a page can hold."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=Words({"rows": rows}),
        validators=[MaxLengthValidator(LONGEST)],
    )


def whole(label: str, low: int, high: int) -> forms.IntegerField:
    """A whole number within its bounds, or nothing."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=low,
        max_value=high,
        error_messages={
            "min_value": f"give a number from {low} to {high}",
            "max_value": f"give a number from {low} to {high}",
        },
    )


class ItemForm(Form):
    """What every line has: the number it was written on, and the sentence the client reads."""

    kind: ItemKind
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    parent = forms.ChoiceField(label="Under", required=False)
    why = forms.CharField(label="Why?", required=False, max_length=500)

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]

    def content(self, kept: Mapping[str, Any] | None = None) -> Content | None:
        """The content of what was typed, on top of what the form does not show; None after errors were added."""
        try:
            return content_from_form(self.kind, {**(kept or {}), **self.flat()})
        except ContentRefused as refused:
            self.refuse_content(refused)
            return None

    def flat(self) -> dict[str, Any]:
        """The typed fields as `content_from_form` reads them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("base", "why")}

    def refuse_content(self, refused: ContentRefused) -> None:
        """Puts what can't stand beside its field."""
        for name, sentence in refused.fields.items():
            shown = FIELDS_OF_ERRORS.get(name, name)
            self.add_error(shown if shown in self.fields else None, sentence)


class GoalForm(ItemForm):
    """A goal as staff may write it: the clinical wording and how it is framed; the client's words stay theirs."""

    kind = ItemKind.GOAL
    clinical_wording = words("Clinical wording", rows=3)
    expressed_by = whose_goal()
    life_area = forms.ChoiceField(label="Part of life", choices=LifeArea.choices, required=False)
    start = DayField(label="Start", required=False)
    target_date = DayField(label="By", required=False)
    visibility = forms.ChoiceField(
        label="Who can see it",
        choices=[("", "Client and care team"), (Visibility.WITH_PROXY.value, "Also guardian or supporter")],
        required=False,
    )


class ObjectiveForm(ItemForm):
    """An objective: what would be seen, measured how, from where to where, by when."""

    kind = ItemKind.OBJECTIVE
    behaviour = words("What you would both see", required=True)
    measure = forms.CharField(label="Measured by", required=False, max_length=500)
    by = DayField(label="By", required=False)
    baseline = forms.CharField(label="Where it stands", required=False, max_length=500)
    target = forms.CharField(label="Target", required=False, max_length=500)


class InterventionForm(ItemForm):
    """What we'll do: how often, for how long, who does it, what is good and hard about it."""

    kind = ItemKind.INTERVENTION
    what = words("What we’ll do", required=True)
    doer = forms.ChoiceField(label="Who does it")
    modality = forms.CharField(label="How", required=False, max_length=200)
    qualification = forms.CharField(label="Needs this qualification", required=False, max_length=120)
    times = whole("Times", 1, 50)
    unit = forms.ChoiceField(label="How often", choices=FREQUENCY_UNITS, required=False)
    every = whole("Every so many", 1, 52)
    minutes = whole("Minutes", 1, 600)
    duration_count = whole("For how long", 1, 500)
    duration_unit = forms.ChoiceField(label="Counted in", choices=DurationUnit.choices, required=False)
    objectives = forms.MultipleChoiceField(label="Works towards", required=False, widget=forms.CheckboxSelectMultiple)
    benefits = words("Good about it")
    burdens = words("Hard about it")
    evidence_note = words("What is known")

    def flat(self) -> dict[str, Any]:
        """The typed fields, the person told apart from the way of doing."""
        found = super().flat()
        doer = str(found["doer"])
        if doer.startswith(PERSON):
            found |= {"doer": Doer.PERSON.value, "doer_person": doer.removeprefix(PERSON)}
        return found


class LookAgainForm(ItemForm):
    """When to look at the plan again."""

    kind = ItemKind.STATEMENT
    on = DayField(label="Look again on", required=True)

    def flat(self) -> dict[str, Any]:
        """The day, as a statement of its type."""
        return {"statement_type": StatementType.LOOK_AGAIN.value, "client_words": "", "on": self.cleaned_data["on"]}


FORMS: dict[str, type[ItemForm]] = {
    "goal": GoalForm,
    "objective": ObjectiveForm,
    "intervention": InterventionForm,
    "look-again": LookAgainForm,
}


def form_for(kind: str, statement_type: str = "") -> type[ItemForm] | None:
    """The form staff reword a line with; None when its words are the client's alone (PLAN-3)."""
    if kind == ItemKind.STATEMENT:
        return LookAgainForm if statement_type == StatementType.LOOK_AGAIN else None
    return FORMS[kind]


def kept_of(content: Content, form: type[ItemForm]) -> dict[str, Any]:
    """What a content says that the form does not show, so that a new wording carries it over."""
    return {name: value for name, value in flat_of(content).items() if name not in form.base_fields}


def typed_in(draft: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """A saved draft as what a form begins with; what is kept are lists of texts by name."""
    kept = {name: draft[name] for name in fields if isinstance(draft.get(name), list) and draft[name]}
    return {name: values if name == "objectives" else values[-1] for name, values in kept.items()}


def as_row(value: str) -> UUID | None:
    """The id in a text, or None."""
    try:
        return UUID(value)
    except ValueError:
        return None
