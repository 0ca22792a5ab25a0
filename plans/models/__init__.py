"""The tables of plans."""

from plans.models.answer import Answer
from plans.models.ask import Ask, AskLine
from plans.models.beside import Draft, PaceSaid, PlanHead
from plans.models.billing import (
    Authorisation,
    BillingDetails,
    ClinicianNumber,
    Coverage,
    ExternalId,
    ServiceCode,
)
from plans.models.charge import Charge, ChargeResult
from plans.models.comment import Comment
from plans.models.goal_diagnosis import GoalDiagnosis
from plans.models.handover import PlanRead
from plans.models.plan import Item, Plan
from plans.models.requirement import Requirement, RequirementView
from plans.models.rest import Absence, AnswerWindow, Pause, Pausing
from plans.models.revision import ItemRevision, Party
from plans.models.sheet import Sheet, SheetLine
from plans.models.signing import NotSignedNote, SignAttempt, Signature, SignatureRequest
from plans.models.standing import LastWord, Standing
from plans.models.version import Version, VersionNumber

__all__ = [
    "Absence",
    "Answer",
    "AnswerWindow",
    "Ask",
    "AskLine",
    "Authorisation",
    "BillingDetails",
    "Charge",
    "ChargeResult",
    "ClinicianNumber",
    "Comment",
    "Coverage",
    "Draft",
    "ExternalId",
    "GoalDiagnosis",
    "Item",
    "ItemRevision",
    "LastWord",
    "NotSignedNote",
    "PaceSaid",
    "Party",
    "Pause",
    "Pausing",
    "Plan",
    "PlanHead",
    "PlanRead",
    "Requirement",
    "RequirementView",
    "ServiceCode",
    "Sheet",
    "SheetLine",
    "SignAttempt",
    "Signature",
    "SignatureRequest",
    "Standing",
    "Version",
    "VersionNumber",
]
