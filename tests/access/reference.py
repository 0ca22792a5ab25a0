"""A reference model of access in plain Python: what raw SQL as the application's role must show (ACC-10).

Written from the rules, not from the guard: relationships and roles with their dates, a purpose, the classes asked
for, and nothing else.
"""

from dataclasses import dataclass
from uuid import UUID

CLINICIAN = {"lead", "co_therapist", "trainee"}
LISTING_ROLES = {
    "directory": {"front_desk", "manager", "practice_lead"},
    "operations": {"manager", "practice_lead"},
}
OWN = ("portal", "export")  # purposes of the client's own side
EVERYTHING = {"identity", "contact", "plan", "message", "measure", "safety", "note", "billing", "consent", "ledger"}


BY_JOB_ONLY = {"clients_contact_card", "clients_channel_state"}  # whoever cares opens the contact rules themselves
STAFFS_ONLY = {"clients_quiet", "clients_tucked_away"}  # a quiet portal leaves no trace in the portal (SAFE-7)
DIAGNOSES = {
    "clients_diagnosis",
    "clients_diagnosis_wording",
    "plans_goal_diagnosis",
}  # written by who writes plans too


NOT_ON_A_CALL = {"plans_sheet"}  # who reads out the digits opens, turns and closes it


@dataclass(frozen=True)
class Span:
    """Days from now; `until` None is open."""

    since: int
    until: int | None

    def now(self) -> bool:
        return self.since <= 0 and (self.until is None or self.until > 0)


@dataclass(frozen=True)
class Care:
    client: UUID
    practice: UUID
    role: str
    span: Span


@dataclass(frozen=True)
class Work:
    practice: UUID
    role: str
    span: Span


@dataclass(frozen=True)
class Call:
    """A code that was read out for a client: typed and still running, or not."""

    client: UUID
    practice: UUID
    runs: bool


@dataclass(frozen=True)
class Person:
    cares: tuple[Care, ...]
    works: tuple[Work, ...]
    own_records: frozenset[UUID]
    calls: tuple[Call, ...] = ()
    billed: frozenset[UUID] = frozenset()  # whose billing somebody has begun, whoever this is
    practices: tuple[tuple[UUID, UUID], ...] = ()  # each record's practice

    def works_in(self, practice: UUID) -> bool:
        return any(work.practice == practice and work.span.now() for work in self.works)

    def roles(self, client: UUID, purpose: str, hat_practice: UUID) -> set[str]:
        if purpose in OWN:
            return {"client"} if client in self.own_records else set()
        if purpose == "call":
            return {"on_call"} if client in self.on_call(hat_practice) else set()
        by_job = {"biller"} if purpose in ("billing", "care") and self.bills(client, hat_practice) else set()
        wanted = {
            "care": CLINICIAN | {"cover", "supervisor"},
            "cover": {"cover"},
            "supervision": {"supervisor"},
        }.get(purpose, set())
        return by_job | {
            care.role
            for care in self.cares
            if care.client == client
            and care.practice == hat_practice
            and care.span.now()
            and care.role in wanted
            and self.works_in(care.practice)
        }

    def on_call(self, hat_practice: UUID) -> set[UUID]:
        """Whom a code of theirs opens: it runs, they work there, and they care for the client, not as supervisor."""
        return {
            call.client
            for call in self.calls
            if call.runs
            and call.practice == hat_practice
            and self.roles(call.client, "care", hat_practice) - {"supervisor", "biller"}
        }

    def bills(self, client: UUID, hat_practice: UUID) -> bool:
        at_home = dict(self.practices).get(client) == hat_practice
        jobs = {"biller"}
        works = any(w.practice == hat_practice and w.role in jobs and w.span.now() for w in self.works)
        return client in self.billed and at_home and works

    def reads(self, client: UUID, purpose: str, hat_practice: UUID) -> set[str]:
        return set().union(*(_reads(role) for role in self.roles(client, purpose, hat_practice)))

    def writes(self, client: UUID, purpose: str, hat_practice: UUID) -> set[str]:
        if purpose == "export":
            return set()
        return set().union(*(_writes(role) for role in self.roles(client, purpose, hat_practice)))

    def sees(self, table: str, client: UUID, purpose: str, untold: set[UUID]) -> bool:
        """Rows that say less than their class: a diagnosis is the client's to read once it was talked over (PLAN-2)."""
        if purpose not in {*OWN, "call"}:
            return True
        return table not in STAFFS_ONLY and not (table in DIAGNOSES and client in untold)

    def lists(
        self,
        client: UUID,
        client_practice: UUID,
        hat_practice: UUID,
        tier: str,
        table: str,
        called: frozenset[UUID] = frozenset(),
    ) -> bool:
        """On a call, only those it is about (`called`), and nobody by a job."""
        if called:
            return client in called and table not in BY_JOB_ONLY
        related = any(
            care.client == client and care.span.now() and care.practice == hat_practice and self.works_in(care.practice)
            for care in self.cares
        )
        by_role = client_practice == hat_practice and any(
            work.practice == hat_practice and work.role in LISTING_ROLES[tier] and work.span.now()
            for work in self.works
        )
        if table in BY_JOB_ONLY:
            return by_role
        billed = table == "clients_client" and self.bills(client, hat_practice)
        return related or by_role or billed or client in self.own_records


def _reads(role: str) -> set[str]:
    if role == "on_call":
        return {"plan"}
    if role == "biller":
        return {"billing"}
    return EVERYTHING - {"message", "billing", "contact"} if role == "supervisor" else EVERYTHING


def _writes(role: str) -> set[str]:
    if role == "biller":
        return {"billing"}
    if role == "supervisor":
        return {"note"}
    if role == "on_call":
        return {"plan"}
    if role == "client":
        return EVERYTHING - {"note", "billing", "ledger"}
    return EVERYTHING - {"ledger"} - ({"billing"} if role in {"trainee", "cover"} else set())
