"""*Who saw my information* (AUD-3): the access ledger folded in the database, in plain words, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careplan.access.actor import THE_SYSTEM
from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from clients import hooks
from clients.models import Disclosure, Hidden, LedgerDelay, LedgerQuestion
from clients.selectors.directory import clock_of
from clients.selectors.quiet import Tucked

LINES_A_PAGE, MOST_PAGES = 30, 100_000
LATELY = timedelta(days=30)
SHOWS = ("others", "out", "all")
PARTS = {
    DataClass.IDENTITY: gettext_lazy("who you are"),
    DataClass.CONTACT: gettext_lazy("how to reach you"),
    DataClass.PLAN: gettext_lazy("your plan"),
    DataClass.MESSAGE: gettext_lazy("messages"),
    DataClass.MEASURE: gettext_lazy("measures"),
    DataClass.SAFETY: gettext_lazy("your safety"),
    DataClass.NOTE: gettext_lazy("notes"),
    DataClass.BILLING: gettext_lazy("billing"),
    DataClass.CONSENT: gettext_lazy("what you allow"),
    DataClass.LEDGER: gettext_lazy("this list"),
}
ROLES = {
    "lead": gettext_lazy("your therapist"),
    "co_therapist": gettext_lazy("your therapist too"),
    "cover": gettext_lazy("who stands in for your therapist"),
    "supervisor": gettext_lazy("who supervises the work"),
    "trainee": gettext_lazy("who works under supervision"),
    "api": gettext_lazy("their computer"),
    "api_results": gettext_lazy("their computer"),
    "biller": gettext_lazy("who does the bills"),
    "system": gettext_lazy("by itself"),
}
AT_A_LIST = {
    "lead": gettext_lazy("Your therapist"),
    "co_therapist": gettext_lazy("Your other therapist"),
    "cover": gettext_lazy("Whoever stands in for your therapist"),
    "supervisor": gettext_lazy("Whoever supervises the work"),
    "trainee": gettext_lazy("Whoever works under supervision"),
    "front_desk": gettext_lazy("The front desk"),
    "manager": gettext_lazy("The manager"),
    "practice_lead": gettext_lazy("The practice lead"),
}
WHY = {
    "care": gettext_lazy("to work with you"),
    "cover": gettext_lazy("to stand in for your therapist"),
    "supervision": gettext_lazy("to look at the work, not at you"),
    "billing": gettext_lazy("to send or check a bill"),
    "export": gettext_lazy("to make a copy"),
    "emergency": gettext_lazy("an emergency"),
    "operations": gettext_lazy("the list of names and times"),
}
ITS_WHY = gettext_lazy("to send what you said yes to")
"""The system's own purpose: it opens nothing but how to reach somebody, for a reminder."""

CALLED = """
    select a.id, a.recipient from guard.api_client a where a.id = any (%(people)s)
    union all
    select * from (select distinct on (s.person_id) s.person_id, s.first_name from careplan_staffmember s
                    where s.person_id = any (%(people)s) order by s.person_id, s.since desc) staff
"""


@dataclass(frozen=True)
class Asked:
    """What the client asked about a line, and what came back."""

    id: UUID
    words: str
    answer: str
    is_open: bool


@dataclass(frozen=True)
class SawLine:
    """One line: who, as what, what was seen and why. `withheld_until` stands alone: then nothing else is told."""

    key: str
    what: str
    who: str
    role: str
    parts: tuple[str, ...]
    why: str
    times: int
    at: datetime
    is_mine: bool
    asked: Asked | None = None
    withheld_until: date | None = None

    @property
    def initials(self) -> str:
        """Two letters for the eye; by ear there is the name."""
        return "".join(word[0] for word in self.who.split()[:2]).upper()


@dataclass(frozen=True)
class WhoSaw:
    """A page of the list by days, with the sentence above it."""

    days: tuple[tuple[date, tuple[SawLine, ...]], ...]
    lately: str
    sent: tuple[hooks.SentOut, ...]
    total: int
    page: int
    show: str

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // LINES_A_PAGE))


def who_saw(client_id: UUID, *, show: str = "others", page: int = 1, tucked: Tucked | None = None) -> WhoSaw:
    """One page of an opened record's access ledger, newest first.

    For the client's own pages `tucked` leaves out what is tucked away and holds back what is lawfully shown later;
    staff see all of it. Eight queries, and one for each source of what was sent out. Needs ledger and consent opened.
    """
    zone = timezone.get_current_timezone_name() if tucked else clock_of(client_id)  # the portal is on their clock
    show, page = show if show in SHOWS else SHOWS[0], min(max(1, page), MOST_PAGES)
    hidden = [key for kind, key in tucked.things if kind == Hidden.LEDGER] if tucked else []
    rows = _folded(client_id, zone, show, hidden, max(1, page))
    asked, delays = _asked(client_id), _delays(client_id) if tucked else {}
    names = _names(client_id, zone, rows, untold=[*hidden, *delays])
    lines = [_line(row, names.called, asked, delays) for row in rows]
    return WhoSaw(
        days=tuple((day, tuple(found)) for day, found in groupby(lines, lambda line: timezone.localdate(line.at))),
        lately=_lately(names),
        sent=_sent(client_id, tucked) if page <= 1 else (),
        total=rows[0][8] if rows else 0,
        page=max(1, page),
        show=show,
    )


def lines_to_tuck(client_id: UUID) -> list[tuple[str, str]]:
    """The latest lines by key, each in a few words, for whoever tucks one away at the client's word."""
    saw = who_saw(client_id)
    lines = [line for _day, lines in saw.days for line in lines]
    return [(line.key, f"{line.who}, {date_format(timezone.localtime(line.at), 'j F, H:i')}") for line in lines]


Folded = tuple[str, str, UUID | None, str, str, int, datetime, list[str], int]


def _folded(client_id: UUID, zone: str, show: str, hidden: list[str], page: int) -> list[Folded]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from guard.access_folded(%s, %s, %s, %s::text[], %s, %s)",
            [client_id, zone, show, hidden, LINES_A_PAGE, (page - 1) * LINES_A_PAGE],
        )
        return list(cursor.fetchall())


@dataclass(frozen=True)
class _Names:
    called: Mapping[UUID, str]
    days: Mapping[UUID, int]
    refused: int


def _names(client_id: UUID, zone: str, rows: list[Folded], untold: list[str]) -> _Names:
    """Who is who, and on how many days each was here; of lines that are `untold` the sentence says nothing either."""
    with connection.cursor() as cursor:
        since = timezone.now() - LATELY
        cursor.execute("select * from guard.access_days(%s, %s, %s, %s::text[])", [client_id, zone, since, untold])
        lately = cursor.fetchall()
        people = {row[2] for row in rows if row[2]} | {row[0] for row in lately}
        cursor.execute(CALLED, {"people": list(people)})
        called = {THE_SYSTEM: _("This system"), **dict(cursor.fetchall())}
    return _Names(called, {row[0]: row[2] for row in lately if row[2]}, sum(row[3] for row in lately))


def _lately(names: _Names) -> str:
    said = [
        ngettext("%(who)s opened your record on %(days)s day", "%(who)s opened your record on %(days)s days", days)
        % {"who": names.called.get(person, _("Somebody")), "days": days}
        for person, days in sorted(names.days.items(), key=lambda each: -each[1])[:3]
    ]
    more = len(names.days) - len(said)
    if more > 0:
        said.append(ngettext("%(more)s other did too", "%(more)s others did too", more) % {"more": more})
    if names.refused:
        said.append(
            ngettext("%(many)s request was turned away", "%(many)s requests were turned away", names.refused)
            % {"many": names.refused}
        )
    return ". ".join(said) + "." if said else _("Nobody but you opened your record.")


def _line(row: Folded, called: Mapping[UUID, str], asked: Mapping[str, Asked], delays: Mapping[str, date]) -> SawLine:
    key, what, person, role, purpose, times, at, reads, _total = row
    until = delays.get(key)
    mine = purpose == "portal" or role == "client"
    who = _("You") if mine else called.get(person, _("Somebody")) if person else str(AT_A_LIST.get(role, role))
    return SawLine(
        key=key,
        what="withheld" if until else what,
        who="" if until else who,
        role="" if until or mine or not person else str(ROLES.get(role, "")),
        parts=() if until or mine else tuple(str(words) for part, words in PARTS.items() if part in reads),
        why="" if until or what == "refused" else str(ITS_WHY if role == "system" else WHY.get(purpose, "")),
        times=times,
        at=at,
        is_mine=mine,
        asked=asked.get(key),
        withheld_until=until,
    )


def _asked(client_id: UUID) -> dict[str, Asked]:
    rows = list(LedgerQuestion.objects.filter(client_id=client_id).order_by("asked_at"))
    told = EventRow.objects.filter(client_id=client_id, object_type="ledger_question").order_by("number")
    words = {(row.object_id, row.kind): row.reason or "" for row in told} if rows else {}
    return {
        row.key: Asked(
            id=row.id,
            words=words.get((row.id, "ledger.asked"), ""),
            answer=words.get((row.id, "ledger.answered"), ""),
            is_open=row.answered_at is None,
        )
        for row in rows
    }


def _delays(client_id: UUID) -> dict[str, date]:
    rows = LedgerDelay.objects.filter(client_id=client_id, ends_on__gt=timezone.localdate())
    return dict(rows.order_by("made_at").values_list("key", "ends_on"))


def _sent(client_id: UUID, tucked: Tucked | None) -> tuple[hooks.SentOut, ...]:
    lines = _told(client_id) + [line for source in hooks.sent_out for line in source.load(client_id)]
    shown = [line for line in lines if tucked is None or not tucked.hides(Hidden.ORGANISATION, line.to)]
    return tuple(sorted(shown, key=lambda line: line.at, reverse=True))


def _told(client_id: UUID) -> list[hooks.SentOut]:
    """What was told to somebody outside; one that the law lets us show later stands here as withheld (CONS-8)."""
    rows = {row.id: row for row in Disclosure.objects.filter(client_id=client_id)}
    withheld = EventRow.objects.filter(client_id=client_id, kind="disclosure.withheld").exclude(object_id__in=rows)
    told = [hooks.SentOut(row.recipient, _("was told: %s") % row.what, row.why, row.told_on) for row in rows.values()]
    later = _("was told something. It is withheld for now; the law lets us tell you later.")
    return told + [hooks.SentOut(_("Somebody"), later, "", row.at) for row in withheld]
