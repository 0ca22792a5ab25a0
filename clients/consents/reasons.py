"""Why the answer is what it is, in a sentence a client can read: one for each code of `guard.permits` (CONS-3)."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Decision(StrEnum):
    """What `guard.permits` answers. The last is never taken for the first."""

    PERMIT = "PERMIT"
    DENY = "DENY"
    NO_CONSENT = "NO_CONSENT"


SENTENCES: dict[str, Promise] = {
    "law": _("The law asks for this."),
    "denied": _("You asked us not to do this."),
    "given": _("You said yes to this."),
    "notice": _("This is part of the work here. You can say no to it."),
    "not_asked": _("Nobody has asked you about this."),
    "not_answered": _("You were asked. You have not said yet."),
    "declined": _("You said no to this."),
    "not_now": _("You said: not now."),
    "withdrawn": _("You stopped this."),
    "ended": _("Your yes to this has come to its end."),
    "not_yet": _("Your yes to this has not begun yet."),
    "not_this": _("Your yes does not go as far as this."),
    "limits_open": _("You said yes, with changes. They are not set up yet."),
    "others_missing": _("Someone else must say yes too."),
    "unclear": _("It is not clear what this is for. So the answer is no."),
}
