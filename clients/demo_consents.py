"""What the demo's Roz has been asked, and what she said: everything through the services (design data, “consents”)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import opened
from clients.models import ConsentKind, How
from clients.services.asking import ConsentAsk, offer_consent
from clients.services.consents import Answer, decline_consent, record_spoken, withdraw_consent

SAID = Answer(how=How.SAID_IN_SESSION)
INSURER, HELP_PROGRAM = "Cascade Mutual", "Employer help program"
ALLOWED = (ConsentKind.VIDEO, ConsentKind.TEXTS)
DECLINED = (ConsentKind.EMAIL, ConsentKind.SUPERVISION)


def seed_consents(town: Any) -> None:
    """Roz allows video and texts, says no to e-mail and to her name in supervision; one release was stopped."""
    client_id, by = town.clients["roz"], town.lead_of("roz")
    with _at_work(client_id, by):
        for kind in ALLOWED:
            record_spoken(client_id=client_id, ask=ConsentAsk(kind=kind), answer=SAID, by=by)
        for kind in DECLINED:
            asked = offer_consent(client_id=client_id, ask=ConsentAsk(kind=kind), by=by)
            decline_consent(client_id=client_id, consent_id=asked, answer=SAID, by=by)
        _insurer(client_id, by)
        _stopped_release(client_id, by)


def _insurer(client_id: UUID, by: Actor) -> None:
    ask = ConsentAsk(kind=ConsentKind.BILLING, recipient=INSURER, last_day=_in_days(90))
    record_spoken(client_id=client_id, ask=ask, answer=SAID, by=by)


def _stopped_release(client_id: UUID, by: Actor) -> None:
    ask = ConsentAsk(
        kind=ConsentKind.RELEASE,
        recipient=HELP_PROGRAM,
        scope=[DataClass.BILLING],
        what="That I come to my sessions. Nothing of what is said.",
        purpose="So that work gives me the time off",
        last_day=_in_days(180),
    )
    given = record_spoken(client_id=client_id, ask=ask, answer=SAID, by=by)
    withdraw_consent(client_id=client_id, consent_id=given, how=How.SAID_IN_SESSION, by=by)


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@contextmanager
def _at_work(client_id: UUID, by: Actor) -> Iterator[None]:
    with opened(by, clients=[client_id], classes=[DataClass.CONSENT], via="demo"):
        yield
