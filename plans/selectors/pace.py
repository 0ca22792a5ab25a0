"""How much a client wants to be asked, and what that leaves staff to propose in this session (PLAN-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from plans.kinds import PACE_CAPS, Pace
from plans.models import PaceSaid
from plans.selectors.people import THE_CLIENT

# Since the last session began; without one, on the client's own day.
SESSION = "guard.session_began(c.client_id, coalesce(%(at)s::timestamptz, guard.now()))"
BY_SESSION = f"{SESSION} is not null"
# Staff's new items and wordings: not dictation, not replies to a proposal, not a first plan, nor what a review asks
# once more as it opens, because somebody joined those who decide.
MADE = f"""
select count(*) from plans_item_revision made left join plans_sheet sheet on sheet.id = made.sheet_id
 where made.client_id = c.client_id and not made.dictated
   and made.author_role not in ('client', 'guardian', 'supporter')
   and made.at >= coalesce({SESSION}, date_trunc('day', coalesce(%(at)s::timestamptz, guard.now()), c.time_zone))
   and sheet.kind is distinct from 'first_plan' and made.at is distinct from sheet.opened_at
   and not exists (select from plans_answer said where said.revision_id = made.base_id
                    and said.person_id = made.author_id and said.choice = 'yes_with_changes')
"""  # noqa: S608 - made of constants
PACE = f"""
select coalesce((select s.pace from plans_pace s where s.client_id = c.client_id order by s.at desc, s.id desc limit 1),
                'steady'), ({MADE}), {BY_SESSION}, c.name_used
  from clients_client c where c.client_id = %(client)s
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class PaceNow:
    """The pace, how many new proposals it leaves staff, and the sentence they read before they propose.

    `by_session` says that what was made counts since the last session began, else on the client's own day.
    """

    pace: Pace
    cap: int
    made: int
    by_session: bool
    sentence: str

    @property
    def left(self) -> int:
        return max(0, self.cap - self.made)


def pace_now(*, client_id: UUID, at: datetime | None = None) -> PaceNow:
    """Returns the pace and what is left of it in this session, or today by the client's own clock. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PACE, {"client": client_id, "at": at})
        pace, made, by_session, name = cursor.fetchone() or (Pace.STEADY, 0, False, THE_CLIENT)
    return paced(pace=Pace(pace), made=made, by_session=by_session, name=name)


def paced(*, pace: Pace, made: int, by_session: bool, name: str) -> PaceNow:
    """Returns what a pace leaves, in a sentence with the client's name."""
    cap = PACE_CAPS[pace]
    return PaceNow(pace, cap, made, by_session, sentence=_sentence(name, pace, cap, made, by_session=by_session))


def latest_pace(client_id: UUID) -> PaceSaid | None:
    """Returns what the client last said about their pace. One query."""
    return PaceSaid.objects.filter(client_id=client_id).order_by("-at", "-id").first()


def _sentence(name: str, pace: Pace, cap: int, made: int, *, by_session: bool) -> str:
    left = max(0, cap - made)
    each, this, now = ("session", "this session’s", "in this session") if by_session else ("day", "today’s", "today")
    match pace:
        case Pace.LISTENING:
            return f"{name} is just listening for now. Nothing new is proposed until {name} says so."
        case Pace.SLOWER | Pace.STEADY if left == 0:
            return f"{name}’s pace is {pace.label.lower()}: {_count(cap)} a {each}, and {this} {_are(cap)} made."
        case _:
            return f"{name}’s pace is {pace.label.lower()}: {left} of {cap} new proposals left {now}."


def _count(cap: int) -> str:
    return "one new proposal" if cap == 1 else f"{cap} new proposals"


def _are(cap: int) -> str:
    return "is" if cap == 1 else "are"
