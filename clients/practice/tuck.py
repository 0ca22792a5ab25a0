"""Tucking one thing away from a client's own pages, at their word: a line, a message, a resource (SAFE-7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients import hooks
from clients.models import Hidden, How
from clients.practice.about import SAID_TO_US
from clients.practice.who import head_of, who
from clients.services.change import may_write
from clients.services.quiet import tuck_away

READS = {DataClass.SAFETY, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT}


class TuckThingForm(Form):
    """Which thing, and how they said so."""

    thing = forms.ChoiceField(label="What", choices=())
    how = forms.ChoiceField(label="How they told you", choices=SAID_TO_US)

    def __init__(self, *args: Any, client_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (Hidden(source.key).label, [(f"{source.key}:{key}", words) for key, words in source.load(client_id)])
            for source in hooks.tuckables
        ]
        choices = [("", "Choose"), *(group for group in groups if group[1])]
        self.fields["thing"].choices = choices  # type: ignore[attr-defined]


@record_page(*sorted(READS | set(map(DataClass, hooks.tuckables.classes()))))
@require_http_methods(["GET", "HEAD", "POST"])
def tuck(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One thing, by its words, from all that their pages can show."""
    if not may_write(client_id, DataClass.SAFETY):
        raise NotYours
    form = TuckThingForm(request.POST or None, client_id=client_id)
    if request.method == "POST" and form.is_valid() and _tucked(request, client_id, form):
        say(request, "It counts from now, and their pages don’t say so.")
        return see_other("clients:quiet", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {"record": head_of(request), "current_tab": "clients:more", "form": form}
    return page(request, "clients/tuck.html", shown)


def _tucked(request: HttpRequest, client_id: UUID, form: TuckThingForm) -> bool:
    kind, _colon, key = form.cleaned_data["thing"].partition(":")
    how = How(form.cleaned_data["how"])
    try:
        tuck_away(client_id=client_id, kind=Hidden(kind), key=key, how=how, by=who(request))
    except Refused as error:
        refuse(form, error)
        return False
    return True
