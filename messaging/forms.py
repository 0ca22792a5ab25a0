"""The form a message is written in: one for both sides, with words of their own around it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from careplan.ids import uuid7
from careplan.ui.forms import Form, OwnWords, Words
from messaging.selectors.thread import Thread
from messaging.services.thread import About

ITEM, RESOURCE, SESSION = "item", "resource", "session"


class MessageForm(Form):
    """What is written, what it is about if anything, and the key that makes it one message however often it is sent."""

    text = forms.CharField(required=False, strip=False)
    about = forms.ChoiceField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, thread: Thread, label: str, own_words: bool, about: str = "") -> None:
        super().__init__(data, initial={"text": thread.front.draft, "key": uuid7(), "about": about})
        attrs = {"rows": 4}
        self.fields["text"].widget = OwnWords(attrs) if own_words else Words(attrs)
        self.fields["text"].label = label
        self.fields["about"] = forms.ChoiceField(
            label=_("What is it about? (if you like)"), required=False, choices=_choices(thread)
        )

    @property
    def has_choices(self) -> bool:
        """Whether there is anything it could be about."""
        return len(self.fields["about"].choices) > 1  # type: ignore[attr-defined]

    @property
    def written(self) -> str:
        """What was written, also when something else is missing."""
        return str(self.data.get("text", ""))

    def what_about(self) -> About:
        """What was chosen, as a service understands it."""
        kind, _sep, chosen = self.cleaned_data["about"].partition(":")
        if not chosen:
            return About()
        return About(**{f"{kind}_id": UUID(chosen)})


def _choices(thread: Thread) -> list[tuple[str, object]]:
    lines = [(f"{ITEM}:{line.item_id}", line.title) for line in thread.lines]
    pieces = [(f"{RESOURCE}:{resource_id}", title) for resource_id, title in thread.resources]
    sessions = [(f"{SESSION}:{session_id}", title) for session_id, title in thread.sessions]
    groups = ((_("A line of the plan"), lines), (_("Something offered"), pieces), (_("A session"), sessions))
    return [("", _("Nothing in particular")), *((label, each) for label, each in groups if each)]
