"""How to reach a client, and how not."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import begin_with
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.about import moment_of
from clients.practice.contact_fields import CARE, CHANNELS, ContactFields, rules_of
from clients.practice.who import head_of, who
from clients.selectors.about import contact_of
from clients.selectors.drafts import typed_before
from clients.services.contact import update_contact
from clients.services.drafts import forget_form


class ContactForm(ContactFields):
    """The contact rules, with the moment they had been changed when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@record_page(DataClass.CONTACT, DataClass.IDENTITY, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The contact rules, to read and to change."""
    head, row = head_of(request), contact_of(client_id)
    if request.method == "POST" and not head.may_reach:
        raise NotYours
    form = ContactForm(request.POST or None, initial={**rules_of(row), "seen": row.changed_at.isoformat()})
    begin_with(form, typed_before(client_id, "contact", who(request)))
    if request.method == "POST" and form.is_valid():
        seen = moment_of(form.cleaned_data["seen"])
        try:
            update_contact(client_id=client_id, rules=form.rules(), by=who(request), seen=seen)
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="contact", by=who(request))
            say(request, "Saved. It counts from now.")
            return see_other("clients:contact", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {
        "record": head,
        "current_tab": "clients:more",
        "form": form,
        "channels": [form[name] for name in CHANNELS],
        "care": [form[name] for name in CARE],
    }
    return page(request, "clients/contact.html", shown)
