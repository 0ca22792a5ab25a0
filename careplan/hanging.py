"""What the kernel itself hangs into the screens: the practice's staff, and everybody's own account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careplan import hooks


def hang() -> None:
    """Hangs everything, once, at start-up."""
    from careplan.accounts.new_devices import new_sign_ins
    from careplan.accounts.staff import LOOKS_AFTER_STAFF

    hooks.menu.add("Practice", "settings", "accounts:staff", 90, roles=LOOKS_AFTER_STAFF)
    hooks.portal_panels.add("sign_ins", "accounts/my_new_sign_ins.html", new_sign_ins, set(), 90, hooks.Place.SINCE)
    hooks.portal_more.add(_("My account"), "accounts:my_account", 90, hint=_("Password, passkeys, where I’m signed in"))
