"""About a client: what they want known, in their words, and who may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form, OwnWords, Segments, Words, begin_with
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import How, InterpreterMode, Told, Topic, Visibility
from clients.places import grouped
from clients.practice.who import head_of, who
from clients.selectors.about import AboutClient, about_client
from clients.selectors.caring import writes
from clients.selectors.drafts import typed_before
from clients.services.about import THEIR_OWN, AboutChanges, Said, update_about
from clients.services.drafts import forget_form

SAID_TO_US = [(how.value, how.label) for how in How if how is not How.OWN_HAND_PORTAL]
HIDDEN = "Kept, and not shown here. Write to replace it; leave it empty to keep it."
LANGUAGES = (Topic.SPEAKS, Topic.READS, Topic.WRITES, Topic.INTERPRETER_NOT)
OWN_WORDS = (Topic.OWN_WORDS, Topic.HELPED_BEFORE, Topic.PLEASE_ASK, Topic.DONT_ASSUME)
TAKING_PART = (Topic.ACCESS, Topic.DAYS, Topic.FORMATS)


def visibility_field(initial: str = Visibility.CARE_TEAM) -> forms.ChoiceField:
    """Who may see one thing."""
    return forms.ChoiceField(label="Who sees it", choices=Visibility.choices, initial=initial)


class AboutForm(Form):
    """Everything about a client that may be changed here."""

    name_used = forms.CharField(
        label="Name they use", max_length=200, error_messages={"required": "Write the name they use. Any name is fine."}
    )
    pronouns = forms.CharField(label="Pronouns", required=False, max_length=100)
    say_it = forms.CharField(label="How to say it", required=False, max_length=200)
    language = forms.CharField(label="Speaks", required=False, max_length=200)
    place = forms.ChoiceField(label="Where", choices=grouped)
    born = DayField(label="Born", required=False)
    born_seen = visibility_field()
    interpreter_needed = forms.ChoiceField(label="An interpreter", choices=Told.choices, widget=Segments)
    interpreter_mode = forms.ChoiceField(
        label="How they take part", required=False, choices=[("", "Not said"), *InterpreterMode.choices]
    )
    interpreter_seen = visibility_field()
    legal_name = forms.CharField(
        label="Legal name", help_text="Only for whoever pays. No other page shows it.", required=False, max_length=300
    )
    how = forms.ChoiceField(label="How they told you", choices=SAID_TO_US)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, about: AboutClient, bills: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(about), **kwargs)
        self.about = about
        for topic in Topic:
            line = about.lines.get(topic)
            widget = _widget(topic)
            hint = HIDDEN if line is not None and not line.shown else ""
            self.fields[topic] = forms.CharField(
                label=topic.label, help_text=hint, required=False, max_length=10_000, widget=widget
            )
            self.fields[f"{topic}_seen"] = visibility_field()
        if not about.birth_date_shown:
            self.fields["born"].help_text = HIDDEN
        if not about.interpreter_shown:
            self.fields["interpreter_needed"].help_text = HIDDEN
            self.fields["interpreter_needed"].required = False
        if not bills:
            del self.fields["legal_name"]

    def pair(self, topic: Topic) -> tuple[forms.BoundField, forms.BoundField]:
        """The words on a topic and who sees them."""
        return self[topic], self[f"{topic}_seen"]

    def changes(self) -> AboutChanges:
        """What was filled in. What isn't shown here stays as it is unless it was replaced."""
        said = self.cleaned_data
        country, time_zone = said["place"].split(" ", 1)
        hidden_birth_date = not self.about.birth_date_shown and said["born"] is None
        told = said["interpreter_needed"]
        return AboutChanges(
            name_used=said["name_used"],
            pronouns=said["pronouns"],
            say_it=said["say_it"],
            language=said["language"],
            place=(country, time_zone),
            birth_date=said["born"],
            no_birth_date=said["born"] is None and not hidden_birth_date,
            birth_date_visibility=None if hidden_birth_date else Visibility(said["born_seen"]),
            interpreter_needed=Told(told) if told else None,
            interpreter_mode=said["interpreter_mode"] if told else None,
            interpreter_visibility=Visibility(said["interpreter_seen"]) if told else None,
            legal_name=said.get("legal_name"),
            lines={topic: self._said(topic) for topic in Topic if self._is_said(topic)},
        )

    def _is_said(self, topic: Topic) -> bool:
        line = self.about.lines.get(topic)
        return bool(self.cleaned_data[topic].strip()) or line is None or line.shown

    def _said(self, topic: Topic) -> Said:
        return Said(self.cleaned_data[topic], Visibility(self.cleaned_data[f"{topic}_seen"]))


def _widget(topic: Topic) -> forms.Widget:
    if topic in THEIR_OWN:
        return OwnWords()
    return forms.TextInput({"autocomplete": "off"}) if topic in LANGUAGES else Words()


def initial_of(about: AboutClient) -> dict[str, Any]:
    """The form as it begins."""
    client, identity = about.client, about.identity
    begun: dict[str, Any] = {
        "name_used": client.name_used,
        "pronouns": client.pronouns,
        "say_it": client.say_it,
        "language": client.language,
        "place": f"{client.country} {client.time_zone}",
        "born": about.birth_date,
        "born_seen": identity.birth_date_visibility,
        "interpreter_needed": identity.interpreter_needed if about.interpreter_shown else "",
        "interpreter_mode": identity.interpreter_mode if about.interpreter_shown else "",
        "interpreter_seen": identity.interpreter_visibility,
        "legal_name": identity.legal_name,
        "how": How.SAID_IN_SESSION,
        "seen": about.seen.isoformat(),
    }
    for topic, line in about.lines.items():
        begun |= {topic: line.words, f"{topic}_seen": line.visibility}
    return begun


def moment_of(seen: str) -> datetime | None:
    """When the page's row had last been changed, as its form says; None for a form that doesn't."""
    try:
        return datetime.fromisoformat(seen) if seen else None
    except ValueError:
        return None


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What is kept about the client: to change for those who may, to read for the others."""
    head = head_of(request)
    kept = about_client(head)
    if not head.may_change:
        if request.method == "POST":
            raise NotYours
        return render(
            request, "clients/about_read.html", {"record": head, "current_tab": "clients:more", "about": kept}
        )
    form = AboutForm(request.POST or None, about=kept, bills=writes(head.roles, DataClass.BILLING))
    begin_with(form, typed_before(client_id, "about", who(request)))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            update_about(
                client_id=client_id,
                changes=form.changes(),
                how=How(said["how"]),
                by=who(request),
                seen=moment_of(said["seen"]),
            )
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="about", by=who(request))
            say(request, "Saved.")
            return see_other("clients:about", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {
        "record": head,
        "current_tab": "clients:more",
        "form": form,
        "about": kept,
        "languages": [form.pair(topic) for topic in LANGUAGES],
        "own_words": [form.pair(topic) for topic in OWN_WORDS],
        "taking_part": [form.pair(topic) for topic in TAKING_PART],
    }
    return page(request, "clients/about.html", shown)
