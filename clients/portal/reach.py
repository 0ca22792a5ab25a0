"""How I want to be reached, and how not (CLIENT-2): channels, what to take care with, quiet hours, how often."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import Form, OwnWords, Words, begin_with
from careplan.ui.pages import client_page, invalid, refuse, render, say, see_other
from clients.models import Contact
from clients.portal.about import moment_of
from clients.selectors.about import contact_of
from clients.selectors.drafts import typed_before
from clients.services.contact import ContactRules, update_contact
from clients.services.drafts import forget_form
from clients.services.quiet import ensure_big_step_here

CHANNELS = ("call_ok", "voicemail_ok", "text_ok", "email_ok", "post_ok")
ADDRESSES = ("phone", "email", "address")
CARE = ("discreet", "shared_phone", "do_not_contact")
RULES = tuple(field.name for field in fields(ContactRules))


class Hour(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ReachForm(Form):
    """The rules. A channel counts only when it is ticked."""

    call_ok = forms.BooleanField(label=gettext_lazy("A phone call"), required=False)
    voicemail_ok = forms.BooleanField(label=gettext_lazy("A voicemail"), required=False)
    text_ok = forms.BooleanField(label=gettext_lazy("A text: time only"), required=False)
    email_ok = forms.BooleanField(label=gettext_lazy("An e-mail: time only"), required=False)
    post_ok = forms.BooleanField(label=gettext_lazy("A letter"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    email = forms.CharField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=1000, widget=Words)
    discreet = forms.BooleanField(label=gettext_lazy("Keep it discreet"), required=False)
    shared_phone = forms.BooleanField(label=gettext_lazy("Somebody else uses this phone"), required=False)
    do_not_contact = forms.BooleanField(label=gettext_lazy("Do not contact me, until I say so"), required=False)
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), required=False, widget=Hour)
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), required=False, widget=Hour)
    most_a_week = forms.IntegerField(
        label=gettext_lazy("At most this many a week"), required=False, min_value=0, max_value=50
    )
    care_with = forms.CharField(
        label=gettext_lazy("Anything to take care with"), required=False, max_length=2000, widget=OwnWords
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def rules(self) -> ContactRules:
        """What was filled in."""
        return ContactRules(**{name: self.cleaned_data[name] for name in RULES})


@client_page(DataClass.CONTACT, DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The rules, to read and to change. Another number or address is a big step (SAFE-7)."""
    row, by = contact_of(client_id), request.actor  # type: ignore[attr-defined]
    form = ReachForm(request.POST or None, initial={**_rules_of(row), "seen": row.changed_at.isoformat()})
    begin_with(form, typed_before(client_id, "reach", by))
    if request.method == "POST" and form.is_valid():
        try:
            if any(form.cleaned_data[name].strip() != getattr(row, name) for name in ADDRESSES):
                ensure_big_step_here(client_id)
            seen = moment_of(form.cleaned_data["seen"])
            update_contact(client_id=client_id, rules=form.rules(), by=by, seen=seen)
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="reach", by=by)
            say(request, _("Saved. It counts from now."))
            return see_other("my:reach")
    shown = {
        "form": form,
        "channels": [form[name] for name in CHANNELS],
        "care": [form[name] for name in CARE],
        "current_entry": "my:more",
    }
    return (invalid if request.method == "POST" else render)(request, "clients/my/reach.html", shown)


def _rules_of(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in RULES}
