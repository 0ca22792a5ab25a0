"""How a form field, the answers and the error summary become markup. Used by the template tags only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from careplan.hooks import Words
from careplan.ui import answers as four
from careplan.ui.forms import FourAnswers, FourStatements, Scale, Segments, StaffAnswers

WORDS_LABEL = _("How would you put it? Say it or write it.")
UNTIL_LABEL = _("Ask me again after (if you like)")
WRAPPER_OPTIONS = ("label", "hint", "hide_label", "width", "voice", "extra", "shape")


def render_field(bound: BoundField, **options: Any) -> SafeString:
    """The field with its label, hint and errors, wired by aria-describedby."""
    if bound.is_hidden:
        return SafeString(bound.as_widget() + render_errors_of_hidden(bound))
    given = {name: options.pop(name) for name in WRAPPER_OPTIONS if name in options}
    attrs = {name.replace("_", "-"): value for name, value in options.items()}
    widget = bound.field.widget
    if isinstance(widget, FourAnswers | FourStatements | StaffAnswers):
        return render_answers(bound, legend=given.get("label"), extra=given.get("extra", ""))
    shown = _shown(bound, given)
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        shown["shape"] = given.get("shape") or _shape_of(widget)
        return render_to_string("ui/forms/options.html", shown)
    shown["widget"] = bound.as_widget(attrs=_widget_attrs(bound, attrs, shown))
    if isinstance(widget, CheckboxInput):
        return render_to_string("ui/forms/check.html", shown)
    return render_to_string("ui/forms/field.html", shown)


def render_errors_of_hidden(bound: BoundField) -> str:
    """Errors of a field nobody sees still have to be read."""
    return render_to_string("ui/forms/errors.html", {"errors": bound.errors, "error_id": f"{bound.auto_id}_error"})


def _shown(bound: BoundField, given: Mapping[str, Any]) -> dict[str, Any]:
    hint = str(given["hint"] if given.get("hint") is not None else bound.help_text)
    return {
        "field": bound,
        "label": given["label"] if given.get("label") is not None else bound.label,
        "hint": hint,
        "hide_label": given.get("hide_label", False),
        "classes": _wrapper_classes(given, "choices" if _grouped(bound) else "field"),
        "errors": bound.errors,
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "described_by": _described_by(bound, hint),
    }


def _grouped(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple)


def _described_by(bound: BoundField, hint: str) -> str:
    ids = [f"{bound.auto_id}_helptext"] if hint else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    return " ".join(ids)


def _wrapper_classes(given: Mapping[str, Any], kind: str) -> str:
    classes = [kind]
    if given.get("width"):
        classes.append(f"field-{given['width']}")
    if given.get("voice"):
        classes += ["voice", f"voice-{given['voice']}"]
    if given.get("extra"):
        classes.append(given["extra"])
    return " ".join(classes)


def _widget_attrs(bound: BoundField, attrs: dict[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(attrs)
    css = f"{bound.field.widget.attrs.get('class', '')} {merged.get('class', '')}".split()
    css += ["own-words"] if "voice-client" in shown["classes"] else []
    if css:
        merged["class"] = " ".join(dict.fromkeys(css))
    if shown["described_by"]:
        merged["aria-describedby"] = shown["described_by"]
    return merged


def _shape_of(widget: RadioSelect | CheckboxSelectMultiple) -> str:
    match widget:
        case Segments():
            return "segments"
        case Scale():
            return "scale"
        case _:
            return "checks"


def render_answers(
    bound: BoundField | None = None,
    *,
    name: str = "",
    value: str = "",
    legend: str | None = None,
    about: str = "",
    hints: str | Mapping[str, Words] = "",
    row: bool = False,
    staff: bool = False,
    words: BoundField | None = None,
    until: BoundField | None = None,
    words_label: Words = WORDS_LABEL,
    until_label: Words = UNTIL_LABEL,
    scope: str = "line",
    extra: str = "",
    errors: Iterable[str] = (),
) -> SafeString:
    """The answers as one fieldset, and after it the boxes for changed words and for a date."""
    offered = four.STAFF if staff else four.FOUR
    if bound is not None:
        name, value = bound.html_name, bound.value() or ""
        errors = [str(message) for message in bound.errors]
        staff = staff or isinstance(bound.field.widget, StaffAnswers)
        offered = getattr(bound.field.widget, "offered", offered)
        legend = legend if legend is not None else str(bound.label)
    if not name:
        raise ValueError("answers need a form field or a name")
    name_id = (bound.auto_id if bound is not None else "") or f"id_{name}"
    said = list(errors)
    return render_to_string(
        "ui/components/answers.html",
        {
            "name": name,
            "name_id": name_id,
            "legend": legend or "",
            "about": about,
            "row": row,
            "staff": staff,
            "extra": extra,
            "errors": said,
            "error_id": f"{name_id}_error",
            "choices": four.choices(
                name_id=name_id,
                value=str(value),
                hints=four.HINTS[hints] if isinstance(hints, str) else hints,
                answers=offered,
            ),
            "words": _words_box(words, words_label, staff, scope),
            "until": _until_box(until, until_label, scope),
        },
    )


def _words_box(words: BoundField | None, label: Words, staff: bool, scope: str) -> SafeString | str:
    if words is None:
        return ""
    if staff:
        return render_field(words, extra="only-if if-wording")
    extra = "if-line-changes" if scope == "line" else "only-if if-changes"
    return render_field(words, label=label, extra=extra, **{"class": "own-words"})


def _until_box(until: BoundField | None, label: Words, scope: str) -> SafeString | str:
    if until is None:
        return ""
    extra = "if-line-not-now" if scope == "line" else "only-if if-not-now"
    return render_field(until, label=label, width="short", extra=extra)


@dataclass(frozen=True)
class Fault:
    """One thing to finish and where it is."""

    message: str
    target: str


def render_summary(forms: Iterable[BaseForm]) -> SafeString:
    """The error summary of these forms (formsets too), or nothing."""
    faults = [fault for form in forms for each in _forms_in(form) for fault in _faults(each)]
    if not faults:
        return SafeString("")
    shown = {"faults": faults, "count": len(faults), "to_finish": any(fault.target for fault in faults)}
    return render_to_string("ui/components/error_summary.html", shown)


def _forms_in(form: Any) -> list[BaseForm]:
    if form is None:
        return []
    return list(form.forms) if hasattr(form, "forms") else [form]


def _faults(form: BaseForm) -> list[Fault]:
    found = [Fault(str(message), "") for message in form.non_field_errors()]
    for bound in form:
        found += [Fault(_told(bound, str(message)), target_of(bound)) for message in bound.errors]
    return found


def _told(bound: BoundField, message: str) -> str:
    """A whole sentence stands alone; a few words follow the field's name."""
    name = str(bound.label).rstrip("?:. ")
    return message if message[:1].isupper() else f"{name}: {message}"


def target_of(bound: BoundField) -> str:
    """The id a link to this field leads to: of a group, its first choice."""
    return f"{bound.auto_id}_0" if _grouped(bound) else str(bound.auto_id)
