"""Every model of the kernel, gathered where Django looks for them."""

from careplan.access.models import CareRelationship, Decider, EventRow, Member, Record, StaffRole
from careplan.accounts.licence_model import Licence
from careplan.accounts.models import (
    Person,
    Practice,
    PracticeKey,
    Session,
    SigninEvent,
    StaffMember,
    User,
)
from careplan.ledger.models import InstallationKey
from careplan.outgoing.models import Outgoing, Recorded
from careplan.software.models import ApiClient, SentOnce

__all__ = [
    "ApiClient",
    "CareRelationship",
    "Decider",
    "EventRow",
    "InstallationKey",
    "Licence",
    "Member",
    "Outgoing",
    "Person",
    "Practice",
    "PracticeKey",
    "Record",
    "Recorded",
    "SentOnce",
    "Session",
    "SigninEvent",
    "StaffMember",
    "StaffRole",
    "User",
]
