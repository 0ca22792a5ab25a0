"""The forms of a sheet in the room: one to a line, one for the sheet. Nothing is required; nothing is preselected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.forms import AnswerField, DayField, Form, OwnWords
from clients.selectors.deciding import Deciding
from plans.content import Content, ContentRefused, content_from_form
from plans.kinds import Copy, Doer, FrequencyUnit, How, ItemKind, StatementType
from plans.practice.item_forms import LONGEST, whole, whose_goal, words

HOW = [
    (How.OWN_HAND_PRACTICE.value, "Own hand, this device"),
    (How.SAID_IN_SESSION.value, "Said, I recorded it"),
    (How.PHONE_OR_VIDEO.value, "By phone or video"),
    (How.ON_PAPER.value, "On paper, kept by us"),
]
AS_FOR_THE_SHEET = ("", "As for the sheet")
HOW_OFTEN = [
    ("", "Not said"),
    (FrequencyUnit.DAY.value, "a day"),
    (FrequencyUnit.WEEK.value, "a week"),
    (FrequencyUnit.MONTH.value, "a month"),
    (FrequencyUnit.SESSION.value, "each session"),
    (FrequencyUnit.ONCE.value, "once"),
]
WRITE_IT_FIRST = "write the line first, then its answer"
SAY_THE_CHANGES = "say how it would be put, or choose another answer"
SAY_WHOSE = "say whose answers these are: more than one person is asked"
SAY_HOW = "say how the answers were given"
WHICH_LINES = "choose “Yes, with changes” at the lines it is about, and say there how they would be put"


def own_words(label: str, **options: Any) -> forms.CharField:
    """A box for words of the client, typed as they were said."""
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=OwnWords(), **options)


class AnswerForm(Form):
    """The four answers to one line, and the wording that was on the page when they were given.

    On a line that holds a day, the changed “words” are another day.
    """

    read = forms.UUIDField(required=False, widget=forms.HiddenInput)
    answer = AnswerField(label="Answer")
    words = own_words("In the client’s words")
    until = DayField(label="Raise it again after", required=False)

    def __init__(self, *args: Any, dated: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dated:
            self.fields["words"] = DayField(label="On which day?", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuses “Yes, with changes” that says no changes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == YES_WITH_CHANGES and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", SAY_THE_CHANGES)
        return cleaned


class LineForm(AnswerForm):
    """A line of the desk: its answer and how that was given. A line that can't be typed here has only these."""

    kind: ItemKind | None = None
    how = forms.ChoiceField(label="How it was given", choices=[AS_FOR_THE_SHEET, *HOW], required=False)
    mine = forms.BooleanField(label="Yes from me too", required=False)
    raise_anyway = forms.BooleanField(label="Raise it anyway", required=False)

    typed_fields: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Says whether nothing was typed: an empty line is no line."""
        return not any(self.cleaned_data.get(name) for name in self.typed_fields)

    def clean(self) -> dict[str, Any]:
        """Refuses an answer to a line that says nothing, and a content that can't stand."""
        cleaned = super().clean()
        if self.kind and self.is_empty() and cleaned.get("answer") and not self.errors:
            self.add_error(self.typed_fields[0], WRITE_IT_FIRST)
        if self.kind and not self.errors and not self.is_empty():
            self.check_content()
        return cleaned

    @property
    def is_typed(self) -> bool:
        """Whether its words can be typed here."""
        return self.kind is not None

    def check_content(self) -> None:
        """Puts what can't stand beside its field."""
        try:
            self.content()
        except ContentRefused as refused:
            for name, sentence in refused.fields.items():
                self.add_error(name if name in self.fields else None, sentence)

    def content(self, kept: Mapping[str, Any] | None = None, under: UUID | None = None) -> Content:
        """The content of what was typed, on top of what the sheet does not show. Raises ContentRefused."""
        if self.kind is None:
            raise ValueError("nothing is typed on this line")
        fields = {**(kept or {}), **self.flat()}
        if self.kind != ItemKind.STATEMENT:
            fields.setdefault("parent", under)
        return content_from_form(self.kind, fields)

    def flat(self) -> dict[str, Any]:
        """The typed fields as `content_from_form` reads them."""
        return {name: self.cleaned_data.get(name) for name in self.typed_fields}


class StatementLine(LineForm):
    """A statement in the client's words."""

    kind = ItemKind.STATEMENT
    statement_type: str = ""
    typed_fields = ("client_words",)
    client_words = own_words("In the client’s words")

    def flat(self) -> dict[str, Any]:
        """The words, as a statement of this type."""
        return {**super().flat(), "statement_type": self.statement_type}


class LookAgainLine(LineForm):
    """When to look at the plan again."""

    kind = ItemKind.STATEMENT
    typed_fields = ("on",)
    on = DayField(label="Look again on", required=False)

    def flat(self) -> dict[str, Any]:
        """The day, as a statement of its type."""
        return {**super().flat(), "statement_type": StatementType.LOOK_AGAIN.value}


class GoalLine(LineForm):
    """A goal in the client's words, the clinical wording beside it."""

    kind = ItemKind.GOAL
    typed_fields = ("client_words", "clinical_wording", "expressed_by")
    client_words = own_words("A goal, in the client’s words")
    clinical_wording = words("Clinical wording")
    expressed_by = whose_goal()


class ObjectiveLine(LineForm):
    """An objective: what both would see, and by when."""

    kind = ItemKind.OBJECTIVE
    typed_fields = ("behaviour", "by")
    behaviour = words("How we would see it")
    by = DayField(label="By", required=False)


class InterventionLine(LineForm):
    """What we'll do, how often, and who does it."""

    kind = ItemKind.INTERVENTION
    typed_fields = ("what", "times", "unit", "minutes")
    what = words("What we’ll do")
    times = whole("Times", 1, 50)
    unit = forms.ChoiceField(label="How often", choices=HOW_OFTEN, required=False)
    minutes = whole("Minutes", 1, 600)
    doer = forms.ChoiceField(label="Who does it", required=False)

    def __init__(self, *args: Any, client: str = "The client", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doers = [(Doer.THERAPIST.value, "The therapist"), (Doer.CLIENT.value, client)]
        self.fields["doer"].choices = doers  # type: ignore[attr-defined]

    def flat(self) -> dict[str, Any]:
        """The typed fields, with the therapist doing it unless somebody else was chosen."""
        return {**super().flat(), "doer": self.cleaned_data.get("doer") or Doer.THERAPIST.value}


FORMS: dict[str, type[LineForm]] = {
    ItemKind.GOAL.value: GoalLine,
    ItemKind.OBJECTIVE.value: ObjectiveLine,
    ItemKind.INTERVENTION.value: InterventionLine,
    StatementType.LOOK_AGAIN.value: LookAgainLine,
}


def statement_line(statement_type: str) -> type[LineForm]:
    """The form of one kind of statement."""
    return type("StatementLine", (StatementLine,), {"statement_type": statement_type, "__module__": __name__})


FORMS |= {kind: statement_line(kind) for kind in StatementType.values if kind != StatementType.LOOK_AGAIN}


def _voice(each: Deciding) -> str:
    as_what = "" if each.is_client or each.name == each.authority.label else f", {each.authority.label.lower()}"
    return f"{each.name}{as_what}" if each.decides else f"{each.name}{as_what} (asked beside)"


class WholeAnswerForm(Form):
    """One answer for the whole sheet."""

    answer = AnswerField(label="Or one answer for the whole sheet")
    until = DayField(label="Raise them again after", required=False)
    whose = forms.ChoiceField(label="Whose answers are these?", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, voices: Sequence[Deciding] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(voices) < 2:
            del self.fields["whose"]
        else:
            self.fields["whose"].choices = [(str(each.person_id), _voice(each)) for each in voices]  # type: ignore[attr-defined]

    def ensure_says_whose(self, answered: bool) -> None:
        """Where several are asked, says whose an answer is: it is never taken for somebody else's (PLAN-5a)."""
        if answered and "whose" in self.fields and not self.cleaned_data.get("whose"):
            self.add_error("whose", SAY_WHOSE)

    @property
    def whose_id(self) -> UUID | None:
        """Whose answers these are, where several are asked."""
        said = self.cleaned_data.get("whose")
        return UUID(said) if said else None


class SheetForm(WholeAnswerForm):
    """The sheet itself: how the answers are given, who is here, what became of the printed copy."""

    how = forms.ChoiceField(label="How are the answers given?", choices=HOW, required=False, widget=forms.RadioSelect)
    present = forms.MultipleChoiceField(label="Who is here?", required=False, widget=forms.CheckboxSelectMultiple)
    copy = forms.ChoiceField(
        label="A printed copy",
        choices=[(Copy.TAKEN.value, Copy.TAKEN.label), (Copy.NOT_TAKEN.value, Copy.NOT_TAKEN.label)],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, client: str = "The client", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = (client, "An interpreter", f"Someone {client} brought")
        self.fields["present"].choices = [(name, name) for name in here]  # type: ignore[attr-defined]
