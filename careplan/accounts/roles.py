"""The hats a member of staff may wear in a practice, in one table (ACC-12)."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """What somebody does in a practice. No role reaches a client's record by itself."""

    FRONT_DESK = "front_desk", "Front desk"
    MANAGER = "manager", "Manager"
    BILLER = "biller", "Biller"
    THERAPIST = "therapist", "Therapist"
    TRAINEE = "trainee", "Trainee"
    SUPERVISOR = "supervisor", "Supervisor of record"
    PRACTICE_LEAD = "practice_lead", "Practice lead"
    AUDITOR = "auditor", "Auditor"


REACHES: dict[Role, str] = {
    Role.FRONT_DESK: "Directory, calendar, contact rules and the state of channel consents.",
    Role.MANAGER: "As the front desk; staff, licences, counts, requests for records, sums of billing, software.",
    Role.BILLER: "Directory, and billing of every client of the practice for whom it was begun.",
    Role.THERAPIST: "Their own clients, through a care relationship that is dated and ends.",
    Role.TRAINEE: "The clients they see under supervision, through a care relationship.",
    Role.SUPERVISOR: "The clients of the trainees they are supervisor of record for, through a care relationship.",
    Role.PRACTICE_LEAD: "Staff, flags, the review of emergency access, sums of billing, software.",
    Role.AUDITOR: "One request and one packet at a time.",
}
"""What each role reaches; none of them reaches the record tier by itself."""

TITLE = "# Roles"
INTRODUCTION = (
    "Printed by `python3 manage.py print_roles` from `careplan/accounts/roles.py` (ACC-12). "
    "A role never reaches a client's record by itself: that takes a care relationship, or another ground that the "
    "guard checks and writes down."
)


def roles_page() -> str:
    """Returns docs/roles.md: `python3 manage.py print_roles > docs/roles.md`."""
    rows = [f"| {role.label} | `{role.value}` | {REACHES[role]} |" for role in Role]
    return "\n".join([TITLE, "", INTRODUCTION, "", "| role | code | reaches |", "|---|---|---|", *rows]) + "\n"
