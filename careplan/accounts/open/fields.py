"""A new password, typed once where it can be looked at by a password manager, or pasted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from careplan.ui.forms import Form


class NewPasswordForm(Form):
    """A password somebody chooses."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 signs. A few words in a row are easy to keep in mind. You can paste one."),
        strip=False,
        error_messages={"required": _("Write a password.")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
