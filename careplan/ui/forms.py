"""Forms in the design's clothes: a renderer, a base class, and the widgets and fields screens use."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from careplan.ui import answers


class Renderer(TemplatesSetting):
    """FORM_RENDERER: a form printed whole is a column of design fields."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field_group.html"


STILL_EMPTY = "this is still empty"
CHOOSE_ONE = "choose one"


class Form(forms.Form):
    """The base of every form. No `required` attribute: we say what is missing ourselves, in a summary (UI-5).

    A field without words of its own for being empty says “this is still empty” or “choose one”.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _when_empty(field)


def _when_empty(field: forms.Field) -> str:
    return CHOOSE_ONE if isinstance(field, forms.ChoiceField) else STILL_EMPTY


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


class DayField(forms.DateField):
    """A date in the browser's picker. `2026-06-16` only: nobody's day and month get swapped."""

    widget = Day

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


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
