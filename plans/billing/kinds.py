"""The words of billing: every list of known values, with the label a person reads."""

from __future__ import annotations

from django.db.models import TextChoices


class AdministrativeSex(TextChoices):
    """What a claim has to say; nothing about who somebody is."""

    NOT_SAID = "", "Not said"
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class Relation(TextChoices):
    """What the client is to whoever holds the policy."""

    SELF = "self", "The client holds it"
    SPOUSE = "spouse", "Spouse or partner"
    CHILD = "child", "Child"
    OTHER = "other", "Somebody else"


class ChargeState(TextChoices):
    """Where a charge stands (BILL-2)."""

    PLANNED = "planned", "Planned"
    BILLABLE = "billable", "Ready"
    NOT_BILLABLE = "not_billable", "Not billable"
    HELD = "held", "Held"
    SELF_PAY = "self_pay", "Paid by the client"
    BILLED = "billed", "Billed"
    PAID = "paid", "Paid"
    REJECTED = "rejected", "Sent back"
    WRITTEN_OFF = "written_off", "Written off"


UNSENT = (ChargeState.PLANNED, ChargeState.BILLABLE, ChargeState.NOT_BILLABLE, ChargeState.HELD, ChargeState.SELF_PAY)
CHANGEABLE = (ChargeState.PLANNED, ChargeState.BILLABLE, ChargeState.HELD)
"""What may still be put right while it was not sent."""
FOR_RECIPIENTS = (
    ChargeState.BILLABLE,
    ChargeState.BILLED,
    ChargeState.PAID,
    ChargeState.REJECTED,
    ChargeState.WRITTEN_OFF,
)
"""What a recipient may see of charges. The database holds the same list for software."""


class Outcome(TextChoices):
    """What became of a charge, as the recipient says."""

    BILLED = "billed", "Billed"
    PAID = "paid", "Paid"
    REJECTED = "rejected", "Sent back"
    WRITTEN_OFF = "written_off", "Written off"


class Reason(TextChoices):
    """Why a session is not ready to be billed, or what a payer might ask."""

    SESSION_NOT_KEPT = "session_not_kept", "No session was kept on that day"
    CONSENT_ABSENT = "consent_absent", "No permission for billing"
    RESTRICTION = "restriction", "The client pays, or asked us not to send it"
    SERVICE_CODE_MISSING = "service_code_missing", "The service has no code yet"
    DIAGNOSIS_MISSING = "diagnosis_missing", "There is no diagnosis code"
    COVERAGE_MISSING = "coverage_missing", "There is no coverage"
    AUTHORISATION_MISSING = "authorisation_missing", "There is no authorisation"
    UNITS_USED_UP = "units_used_up", "The authorised units are used up"
    PLAN_MISSING = "plan_missing", "There is no plan on file"
    AGREEMENT_MISSING = "agreement_missing", "Nothing in the plan is agreed yet"
    SIGNATURE_MISSING = "signature_missing", "The plan has not been offered for signing"
    REVIEW_OVERDUE = "review_overdue", "The review is overdue"


class Told(TextChoices):
    """What software is told by a reading, in the words of the client's list of what was told to others (CONS-8)."""

    CLAIM = "Name, birth date, address and who pays"
    READINESS = "Whether a day can be billed: dates, codes and counts"
    EVIDENCE = "Proof of agreement: which version, who signed and when"
    CHANGES = "That something changed: ids and times"


class Effect(TextChoices):
    """What a reason does."""

    BLOCKING = "blocking", "Blocks"
    NOTE = "note", "A note"
