"""May this be done? The one question about consents, asked of the database (CONS-3, adr/0008)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from careplan.access.classes import DataClass
from careplan.errors import Refused
from clients.consents.reasons import SENTENCES, Decision
from clients.models import ConsentKind


@dataclass(frozen=True)
class Permission:
    """What the database decided, why, on which consent it stands and until when."""

    decision: Decision
    reason: str
    consent_id: UUID | None
    until: datetime | None

    @property
    def allowed(self) -> bool:
        """Whether it may be done. A missing consent is not a yes."""
        return self.decision is Decision.PERMIT

    @property
    def sentence(self) -> str:
        """Why, in words for the client."""
        return str(SENTENCES[self.reason])


def permits(
    *,
    client_id: UUID,
    purpose: ConsentKind | str,
    recipient: str = "",
    data_class: DataClass | None = None,
    at: datetime | None = None,
    without: UUID | None = None,
) -> Permission:
    """The decision now, by the database's clock. One query.

    `purpose` is a kind of consent: `ConsentKind.EMAIL`, `TEXTS`, `CALENDAR`, `PORTAL_MESSAGES`, `TREATMENT`,
    `BILLING`, `RELEASE` … `recipient` is empty for what the practice itself does and the recipient's name, as the
    consent names it, for billing, releases and everybody else outside. `data_class` is what would be told: name it
    whenever information goes to somebody (a consent covers the classes in its scope and no other). `at` asks about a
    moment to come (a reminder that is due later); a moment that has passed counts as now. `without` leaves one consent
    out: “What if I stop this?”

    Asked where it happens and in the same transaction: at sending, at delivery, under the record's head before a
    write. Inside `acting` or `opened` it answers about clients that are opened or listed for the actor; a task without
    a person asks about any. Raises DatabaseError (insufficient privilege) for anybody else.

    In SQL, definer functions call `(guard.permits(client, 'billing', 'Name of insurer', 'billing')).decision =
    'PERMIT'`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select decision, reason, consent_id, until from guard.permits_now(%s, %s, %s, %s, %s, %s)",
            [client_id, str(purpose), recipient, data_class, at, without],
        )
        decision, reason, consent_id, until = cursor.fetchone()
    return Permission(Decision(decision), reason, consent_id, until)


SAID_NO = frozenset({"declined", "withdrawn", "ended", "denied", "limits_open", "others_missing"})
"""Reasons that come of something a person said, or took back; the others mean that nobody has answered yet."""


def signs_on_paper(client_id: UUID) -> bool:
    """Whether this client doesn't sign on a screen: they said no to it, or took their yes back (CONS-4). One query."""
    return permits(client_id=client_id, purpose=ConsentKind.ELECTRONIC).reason in SAID_NO


WORK_STOPS = (
    "There is no yes to treatment: {reason} Until there is one, nothing new is proposed or booked. "
    "You can still open, write and close."
)


def ensure_work_may_go_on(client_id: UUID) -> None:
    """Raises Refused without a yes to treatment: bookings, reminders and new proposals by staff wait for it (CONS-12).

    Never asked before opening, writing notes, the safety plan or closing.
    """
    answer = permits(client_id=client_id, purpose=ConsentKind.TREATMENT)
    if not answer.allowed:
        raise Refused(WORK_STOPS.format(reason=STAFF_WORDS.get(answer.reason, "it does not stand.")))


STAFF_WORDS = {
    "not_asked": "it has not been asked for.",
    "not_answered": "it has been asked for and not answered.",
    "declined": "the client said no.",
    "not_now": "the client said not now.",
    "withdrawn": "the client stopped it.",
    "ended": "it has come to its end.",
    "denied": "the client asked for it not to happen.",
    "others_missing": "somebody else has to say yes too.",
}
