"""About me (portal screen 17): the client writes their own words; each line says who wrote it down, how and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import Form, OwnWords, Segments, begin_with
from careplan.ui.pages import client_page, invalid, refuse, render, say, see_other
from clients.models import How, InterpreterMode, Told, Topic, Visibility
from clients.selectors.drafts import typed_before
from clients.selectors.my_about import MyAbout, my_about
from clients.services.about import AboutChanges, Said, update_about
from clients.services.drafts import forget_form

OWN_WORDS = (Topic.OWN_WORDS, Topic.PLEASE_ASK, Topic.DONT_ASSUME, Topic.HELPED_BEFORE)
LANGUAGES = (Topic.SPEAKS, Topic.READS, Topic.WRITES)
TAKING_PART = (Topic.ACCESS, Topic.DAYS, Topic.FORMATS)


class MyAboutForm(Form):
    """How I want to be met. All of it may be left empty but the name."""

    name_used = forms.CharField(label=gettext_lazy("Name I use"), max_length=200)
    pronouns = forms.CharField(label=gettext_lazy("Pronouns"), required=False, max_length=100)
    say_it = forms.CharField(label=gettext_lazy("How to say it"), required=False, max_length=200)
    interpreter_needed = forms.ChoiceField(
        label=gettext_lazy("An interpreter"), choices=Told.choices, widget=Segments, required=False
    )
    interpreter_mode = forms.ChoiceField(
        label=gettext_lazy("How they take part"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *InterpreterMode.choices],
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, about: MyAbout, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(about), **kwargs)
        self.about = about
        for topic in Topic:
            long = topic in (*OWN_WORDS, *TAKING_PART)
            widget = OwnWords() if long else forms.TextInput({"autocomplete": "off"})
            self.fields[topic] = forms.CharField(label=topic.label, required=False, max_length=10_000, widget=widget)
            self.fields[f"{topic}_seen"] = forms.ChoiceField(
                label=gettext_lazy("Who sees it"), choices=Visibility.choices, initial=Visibility.CARE_TEAM
            )

    def rows(self, topics: tuple[Topic, ...]) -> list[dict[str, Any]]:
        """The words on these topics, who sees them, and how they came here."""
        return [
            {"words": self[topic], "seen": self[f"{topic}_seen"], "line": self.about.lines.get(topic)}
            for topic in topics
        ]

    def changes(self) -> AboutChanges:
        """What was filled in; what is on no screen stays as it is unless it is replaced."""
        said = self.cleaned_data
        told = said["interpreter_needed"]
        return AboutChanges(
            name_used=said["name_used"],
            pronouns=said["pronouns"],
            say_it=said["say_it"],
            interpreter_needed=Told(told) if told else None,
            interpreter_mode=said["interpreter_mode"] if told else None,
            lines={topic: self._said(topic) for topic in Topic if self._is_said(topic)},
        )

    def _is_said(self, topic: Topic) -> bool:
        line = self.about.lines.get(topic)
        return bool(self.cleaned_data[topic].strip()) or line is None or line.shown

    def _said(self, topic: Topic) -> Said:
        return Said(self.cleaned_data[topic], Visibility(self.cleaned_data[f"{topic}_seen"]))


@client_page(DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What is kept about me, to change."""
    kept = my_about(client_id)
    by = request.actor  # type: ignore[attr-defined]
    form = begin_with(MyAboutForm(request.POST or None, about=kept), typed_before(client_id, "about", by))
    if request.method == "POST" and form.is_valid():
        seen = moment_of(form.cleaned_data["seen"])
        try:
            update_about(client_id=client_id, changes=form.changes(), how=How.OWN_HAND_PORTAL, by=by, seen=seen)
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="about", by=by)
            say(request, _("Saved. Whoever cares for you reads it like this from now on."))
            return see_other("my:about")
    shown = {
        "form": form,
        "own_words": form.rows(OWN_WORDS),
        "languages": form.rows((*LANGUAGES, Topic.INTERPRETER_NOT)),
        "taking_part": form.rows(TAKING_PART),
        "current_entry": "my:more",
    }
    return (invalid if request.method == "POST" else render)(request, "clients/my/about.html", shown)


def moment_of(seen: str) -> datetime | None:
    """When the page's row had last been changed, as its form says; None for a form that doesn't."""
    try:
        return datetime.fromisoformat(seen) if seen else None
    except ValueError:
        return None


def _initial(about: MyAbout) -> dict[str, Any]:
    client, identity = about.client, about.identity
    begun: dict[str, Any] = {
        "name_used": client.name_used,
        "pronouns": client.pronouns,
        "say_it": client.say_it,
        "interpreter_needed": identity.interpreter_needed,
        "interpreter_mode": identity.interpreter_mode,
        "seen": about.seen.isoformat(),
    }
    for topic, line in about.lines.items():
        begun |= {topic: line.words, f"{topic}_seen": line.visibility}
    return begun
