"""Every model of the kernel, gathered where Django looks for them."""

from careplan.accounts.models import (
    Person,
    Practice,
    PracticeKey,
    Session,
    SigninEvent,
    StaffMember,
    User,
)

__all__ = [
    "Person",
    "Practice",
    "PracticeKey",
    "Session",
    "SigninEvent",
    "StaffMember",
    "User",
]
