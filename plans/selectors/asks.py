"""What was sent to the client, and how far it is answered: read from the answers, never stored (PLAN-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from plans.kinds import PartyKind
from plans.models import Ask, AskLine, LastWord, Standing


def running_ask(plan_id: UUID) -> Ask | None:
    """Returns the sheet that is with the client and not all answered, if any. Two queries."""
    last = Ask.objects.filter(plan_id=plan_id, withdrawn_at=None).order_by("-sent_at", "-id").first()
    return last if last is not None and still_waiting(last) else None


def still_waiting(ask: Ask) -> int:
    """Returns how many lines of a sheet still wait for somebody who decides. One query."""
    open_now = Standing.objects.filter(client_id=ask.client_id, open_id__in=ask.lines.values("revision_id"))
    unanswered = LastWord.objects.filter(
        client_id=ask.client_id, kind=PartyKind.DECIDER, choice="", revision_id__in=open_now.values("open_id")
    )
    return unanswered.values("revision_id").distinct().count()


@dataclass(frozen=True)
class AskSeen:
    """The last sheet that was sent and not taken back, with the wordings on it in order."""

    id: UUID
    sent_at: datetime
    sent_by: UUID
    way: str
    lines: tuple[tuple[UUID, UUID], ...]


def ask_seen(plan_id: UUID | None) -> AskSeen | None:
    """Returns the last sheet that was sent for a plan and not taken back. Two queries."""
    if plan_id is None:
        return None
    last = Ask.objects.filter(plan_id=plan_id, withdrawn_at=None).order_by("-sent_at", "-id").first()
    if last is None:
        return None
    lines = AskLine.objects.filter(ask=last).order_by("position").values_list("item_id", "revision_id")
    return AskSeen(last.id, last.sent_at, last.sent_by_id, last.way, tuple(lines))
