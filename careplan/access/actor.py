"""Who acts, wearing which hat, in which practice, and why (ACC-1)."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid4

THE_SYSTEM = UUID(int=0)
"""Who stands in the access ledger where no person looked, but a job of the program."""


class ActorKind(StrEnum):
    PERSON = "person"
    SYSTEM = "system"
    API_CLIENT = "api_client"
    ANONYMOUS = "anonymous"


class Purpose(StrEnum):
    """Why a record is opened. `care` covers cover and supervision: the guard names the one that the
    relationship gives."""

    CARE = "care"
    COVER = "cover"
    SUPERVISION = "supervision"
    PORTAL = "portal"
    PROXY = "proxy"
    BILLING = "billing"
    OPERATIONS = "operations"
    EMERGENCY = "emergency"
    EXPORT = "export"
    CALL = "call"


class Hat(StrEnum):
    """As what a person acts. One login may wear several, chosen at sign-in."""

    STAFF = "staff"
    CLIENT = "client"
    GUARDIAN = "guardian"
    SUPPORTER = "supporter"
    ON_CALL = "on_call"
    API = "api"
    NONE = "none"


@dataclass(frozen=True)
class Actor:
    """A person with a hat in a practice, a system job, or an API client, with a purpose.

    `ticket` is this request's secret: only openings that carry it show rows. It never leaves the process.
    Raises ValueError when a part is missing.
    """

    kind: ActorKind
    person_id: UUID | None
    hat: Hat
    practice_id: UUID | None
    purpose: Purpose
    ticket: UUID = field(default_factory=uuid4, repr=False)
    request_id: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        if self.kind is ActorKind.ANONYMOUS:
            return
        Purpose(self.purpose)  # raises for anything that is no purpose
        if self.kind is ActorKind.SYSTEM:
            return
        if self.person_id is None or self.hat is Hat.NONE:
            raise ValueError("an actor needs a person and a hat")
        if self.hat in (Hat.STAFF, Hat.API) and self.practice_id is None:
            raise ValueError("a staff actor needs a practice, and so does software")
        if (self.kind is ActorKind.API_CLIENT) != (self.hat is Hat.API):
            raise ValueError("an api actor needs its own hat, which nobody else wears")


def anonymous() -> Actor:
    """An actor that can open nothing."""
    return Actor(ActorKind.ANONYMOUS, None, Hat.NONE, None, Purpose.OPERATIONS)


def staff_actor(*, person_id: UUID, practice_id: UUID, purpose: Purpose = Purpose.CARE) -> Actor:
    """A member of staff at work in one practice."""
    return Actor(ActorKind.PERSON, person_id, Hat.STAFF, practice_id, purpose)


def client_actor(*, person_id: UUID, practice_id: UUID | None = None) -> Actor:
    """A client in their own portal."""
    return Actor(ActorKind.PERSON, person_id, Hat.CLIENT, practice_id, Purpose.PORTAL)


def on_call_actor(*, made_by: UUID, practice_id: UUID) -> Actor:
    """Whoever typed the code that `made_by` read out to them: on that person's strength, for that one thing."""
    return Actor(ActorKind.PERSON, made_by, Hat.ON_CALL, practice_id, Purpose.CALL)


def api_actor(*, api_client_id: UUID, practice_id: UUID) -> Actor:
    """Software that acts for a recipient, under its own id (ADR 14)."""
    return Actor(ActorKind.API_CLIENT, api_client_id, Hat.API, practice_id, Purpose.BILLING)
