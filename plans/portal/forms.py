"""The forms of the client's own hand. Nothing is required but an answer's changed words; nothing is preselected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.forms import AnswerField, DayField, Form, OwnWords
from plans.content import Content, ContentRefused, GoalContent, content_from_form, words_of
from plans.kinds import Doer, FrequencyUnit, ItemKind, Part, StatementType
from plans.selectors.desk_rows import Wording
from plans.selectors.flat import PERSON

LONGEST = 4000
HOW_OFTEN = [
    ("", _("Not said")),
    (FrequencyUnit.DAY.value, _("a day")),
    (FrequencyUnit.WEEK.value, _("a week")),
    (FrequencyUnit.MONTH.value, _("a month")),
    (FrequencyUnit.SESSION.value, _("each session")),
    (FrequencyUnit.ONCE.value, _("once")),
]


def own_words(label: Any, **options: Any) -> forms.CharField:
    """A box for one's own words."""
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=OwnWords(), **options)


class MyAnswer(Form):
    """One of the four answers to one wording, and the wording that was on the page."""

    read = forms.UUIDField(required=False, widget=forms.HiddenInput)
    answer = AnswerField(label=_("What would you like to do?"))
    words = own_words(_("How would you put it?"))
    until = DayField(label=_("Ask me again after (if you like)"), required=False)
    why = own_words(_("Want to say why? You don’t have to."))

    def __init__(self, *args: Any, dated: bool = False, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        if dated:
            self.fields["words"] = DayField(label=_("On which day?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Asks for an answer where one is meant, and for the words of “yes, with changes”."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.needed and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("choose one, or save and come back"))
        if cleaned.get("answer") == YES_WITH_CHANGES and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("write how you would put it, or choose another answer"))
        return cleaned


class WholeAnswer(Form):
    """One answer for every line on the page that has none."""

    answer = AnswerField(label=_("Or one answer for everything here"))
    until = DayField(label=_("Ask me again after (if you like)"), required=False)

    def clean(self) -> dict[str, Any]:
        """“Yes, with changes” is about one line."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == YES_WITH_CHANGES:
            self.add_error("answer", _("choose “Yes, with changes” at the line it is about, and say it your way there"))
        return cleaned


class LineForm(Form):
    """A line in one's own words."""

    kind: ItemKind = ItemKind.STATEMENT
    statement_type = ""
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    needed = "client_words"

    def content(self, kept: dict[str, Any] | None = None) -> Content | None:
        """What was typed, on top of what the form does not show; None after errors were added."""
        flat = {name: value for name, value in self.cleaned_data.items() if name not in ("base", "why")}
        if self.statement_type:
            flat |= {"statement_type": self.statement_type}
        try:
            return content_from_form(self.kind, {**(kept or {}), **flat})
        except ContentRefused as refused:
            for name, sentence in refused.fields.items():
                self.add_error(name if name in self.fields else None, sentence)
            return None


class GoalLine(LineForm):
    """A goal in one's own words."""

    kind = ItemKind.GOAL
    client_words = own_words(_("My goal, in my words"))
    target_date = DayField(label=_("By when (if you like)"), required=False)


class StatementLine(LineForm):
    """Something one says about oneself."""

    client_words = own_words(_("In my words"))


class LookAgainLine(LineForm):
    """When to look at the plan again."""

    statement_type = StatementType.LOOK_AGAIN.value
    needed = "on"
    on = DayField(label=_("Look at it all again on"), required=False)


class ObjectiveLine(LineForm):
    """A step one would both see."""

    kind = ItemKind.OBJECTIVE
    needed = "behaviour"
    behaviour = own_words(_("What we would both see"))
    by = DayField(label=_("By when (if you like)"), required=False)


class InterventionLine(LineForm):
    """Something to do, who does it and how often."""

    kind = ItemKind.INTERVENTION
    needed = "what"
    what = own_words(_("What we could do"))
    doer = forms.ChoiceField(label=_("Who does it"), required=False)
    times = forms.IntegerField(label=_("How many times"), required=False, min_value=1, max_value=50)
    unit = forms.ChoiceField(label=_("How often"), choices=HOW_OFTEN, required=False)

    def __init__(
        self, *args: Any, therapist: str = "", others: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        doers = [(Doer.CLIENT.value, _("I do")), (Doer.THERAPIST.value, therapist), *(others or [])]
        self.fields["doer"].choices = doers  # type: ignore[attr-defined]

    def content(self, kept: dict[str, Any] | None = None) -> Content | None:
        """The same, done by oneself unless somebody else was chosen."""
        doer = str(self.cleaned_data.get("doer") or Doer.CLIENT.value)
        self.cleaned_data["doer"] = Doer.PERSON.value if doer.startswith(PERSON) else doer
        person = {"doer_person": doer.removeprefix(PERSON)} if doer.startswith(PERSON) else {}
        return super().content({**(kept or {}), **person})


def line_form(kind: str, statement_type: str = "") -> type[LineForm]:
    """The form of one kind of line."""
    if statement_type == StatementType.LOOK_AGAIN:
        return LookAgainLine
    if statement_type:
        return type("Statement", (StatementLine,), {"statement_type": statement_type, "__module__": __name__})
    return {
        ItemKind.GOAL: GoalLine,
        ItemKind.OBJECTIVE: ObjectiveLine,
        ItemKind.INTERVENTION: InterventionLine,
    }[ItemKind(kind)]


def is_clinical(wording: Wording) -> bool:
    """Whether a goal's wording asks about its clinical text alone: then that is what “with changes” changes."""
    asks = set(wording.row.asks)
    return isinstance(wording.content, GoalContent) and Part.CLIENT_WORDS not in asks


def words_to_change(wording: Wording) -> str:
    """The words a “yes, with changes” begins from."""
    content = wording.content
    if is_clinical(wording) and isinstance(content, GoalContent):
        return content.clinical_wording
    return words_of(content)
