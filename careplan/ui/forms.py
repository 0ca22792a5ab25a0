"""Forms in the design's clothes: a renderer, a base class, and the widgets and fields screens use."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from careplan.ui import answers


class Renderer(TemplatesSetting):
    """FORM_RENDERER: a form printed whole is a column of design fields."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field_group.html"


# What a field says, in our words instead of the framework's: they follow “Error:” and a field's name.
OURS = {
    "This field is required.": _("this is still empty"),
    "Select a valid choice. %(value)s is not one of the available choices.": _("choose one of these"),
    "Enter a valid date.": _("choose a day, or write it as year-month-day"),
    "Enter a whole number.": _("write a whole number"),
}


class Form(forms.Form):
    """The base of every form. No `required` attribute: we say what is missing ourselves, in a summary (UI-5).

    A field without error messages of its own says ours.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = {code: _ours(field, said) for code, said in field.error_messages.items()}
            if isinstance(field, forms.EmailField):
                field.error_messages.setdefault("invalid", _("something is missing in this address"))


FormOf = TypeVar("FormOf", bound=forms.BaseForm)


def begin_with(form: FormOf, typed: Mapping[str, Sequence[str]]) -> FormOf:
    """The form, begun with what was typed into it before and not sent; one that was sent stays as it was sent."""
    if form.is_bound or not typed:
        return form
    for name, field in form.fields.items():
        if getattr(field.widget, "allow_multiple_selected", False):
            form.initial[name] = list(typed.get(name, ()))
        elif isinstance(field, forms.BooleanField):
            form.initial[name] = name in typed
        elif typed.get(name):
            form.initial[name] = typed[name][-1]
    return form


def _ours(field: forms.Field, said: Any) -> Any:
    if str(said) == "This field is required." and isinstance(field, forms.ChoiceField):
        return _("choose one")
    return OURS.get(str(said), said)


class OwnWords(forms.Textarea):
    """A box for the client's words, in the serif."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "own-words", "rows": 2, **(attrs or {})})


class Words(forms.Textarea):
    """A box for staff's words, two lines to begin with."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, **(attrs or {})})


class Day(forms.DateInput):
    """The browser's own date picker; the value travels as 2026-06-16."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Segments(forms.RadioSelect):
    """A few equal choices side by side."""


class Scale(forms.RadioSelect):
    """A rating from 0 to 10."""


class FourAnswers(forms.RadioSelect):
    """The four answers. Shown by {% answers %} alone, the same everywhere."""

    offered = answers.FOUR


class StaffAnswers(forms.RadioSelect):
    """The three answers of staff to a client's proposal."""

    offered = answers.STAFF


class FourStatements(forms.RadioSelect):
    """The four equal ways to say what a version is to somebody. Shown by {% answers %} alone."""

    offered = answers.STATEMENTS


def _in_our_times(day: date) -> None:
    if not 1850 <= day.year <= 2200:
        raise ValidationError(_("check the year"))


class DayField(forms.DateField):
    """A date in the browser's picker. `2026-06-16` only: nobody's day and month get swapped."""

    widget = Day

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], validators=[_in_our_times], **kwargs)


class AnswerField(forms.ChoiceField):
    """One of the four answers, or '' when nothing was chosen (nothing is ever preselected)."""

    widget = FourAnswers

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(choices=answers.FOUR, required=required, **kwargs)


class StaffAnswerField(forms.ChoiceField):
    """One of staff's three answers."""

    widget = StaffAnswers

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(choices=answers.STAFF, required=required, **kwargs)
