"""The form fields of the contact rules, for a new client and for the page of their own."""

from __future__ import annotations

from typing import Any

from django import forms

from careplan.ui.forms import Form, Words
from clients.models import Contact
from clients.services.contact import ContactRules

CHANNELS = ("call_ok", "voicemail_ok", "text_ok", "email_ok", "post_ok")
CARE = ("discreet", "shared_phone", "do_not_contact")


class Hour(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class FirstContactFields(Form):
    """How to reach somebody, as far as it is asked at the beginning. Nothing is ticked beforehand."""

    phone = forms.CharField(
        label="Phone", required=False, max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    email = forms.CharField(
        label="E-mail", required=False, max_length=254, widget=forms.TextInput({"type": "email", "autocomplete": "off"})
    )
    call_ok = forms.BooleanField(label="A phone call", required=False)
    voicemail_ok = forms.BooleanField(label="A voicemail", required=False)
    text_ok = forms.BooleanField(label="A text: time only", required=False)
    email_ok = forms.BooleanField(label="An e-mail: time only", required=False)
    discreet = forms.BooleanField(label="Keep it discreet", help_text="Say nothing of us or why", required=False)
    shared_phone = forms.BooleanField(label="Somebody else uses this phone", required=False)
    care_with = forms.CharField(
        label="Anything to take care with",
        help_text="Say, a shared phone, or a name that must not be left.",
        required=False,
        max_length=2000,
        widget=Words,
    )

    def rules(self) -> ContactRules:
        """What was filled in."""
        return ContactRules(**{name: self.cleaned_data[name] for name in RULES if name in self.fields})


class ContactFields(FirstContactFields):
    """Everything about reaching somebody."""

    address = forms.CharField(label="Address", required=False, max_length=1000, widget=Words)
    post_ok = forms.BooleanField(label="A letter", required=False)
    do_not_contact = forms.BooleanField(
        label="Do not contact them", help_text="Not at all, until they say so", required=False
    )
    quiet_from = forms.TimeField(label="Quiet from", required=False, widget=Hour)
    quiet_until = forms.TimeField(label="Quiet until", required=False, widget=Hour)
    most_a_week = forms.IntegerField(label="At most this many a week", required=False, min_value=0, max_value=50)


RULES = tuple(ContactFields.base_fields)


def rules_of(contact: Contact) -> dict[str, Any]:
    """The rules as a form begins with them."""
    return {name: getattr(contact, name) for name in RULES}
