"""What waits for somebody today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.seam import glance
from careplan.accounts.licences import LicenceLine, licences_to_renew
from clients import hooks
from clients.models import Client, ClientStatus, ClientSummary, LedgerQuestion, LimitsState
from clients.selectors.caring import cared_for
from clients.selectors.leading import unled_asks
from clients.selectors.staff import at_work

SOON = timedelta(days=14)
ENDING = timedelta(days=30)
MOST = 20


@dataclass(frozen=True)
class Need:
    """One line of “Needs you”."""

    sentence: str
    detail: str
    url: str
    icon: str
    due: date | None
    when: str


@dataclass(frozen=True)
class TodayNeeds:
    """Today's date where the practice is, and what waits, soonest first."""

    today: date
    needs: tuple[Need, ...]
    more: int
    cares: bool

    @property
    def count(self) -> int:
        """How many wait, shown or not."""
        return len(self.needs) + self.more


def today_needs(
    by: Actor, *, leads: bool = False, arranges: bool = False, off: frozenset[str] = frozenset()
) -> TodayNeeds:
    """What waits for this person about the clients they care for; for who `leads` the practice, also what is late.

    For who `arranges` care, also whom nobody leads; nothing from sources that are `off`. Operations and directory only.
    """
    at_work(by)
    clients = list(cared_for(by))
    sources = [source for source in hooks.asks if source.key not in off]
    asked = [ask for source in sources for ask in source.load(by, clients)] if clients else []
    if leads:
        asked += [ask for source in hooks.lead_asks for ask in source.load(by, ())]
    asked += unled_asks(by) if arranges else []
    names = _names(asked)
    glance(clients=names, via="page:clients:today")
    needs = [_need(ask, names[ask.client_id]) for ask in _in_order(asked) if ask.client_id in names]
    own = [_own_need(ask) for source in hooks.own_asks for ask in source.load(by)]
    needs = sorted([*needs, *own], key=lambda need: need.due or date.max) if own else needs
    return TodayNeeds(
        today=timezone.localdate(),  # on the practice's clock: the middleware has set it
        needs=tuple(needs[:MOST]),
        more=max(0, len(needs) - MOST),
        cares=bool(clients),
    )


def _names(asked: Sequence[hooks.Ask]) -> dict[UUID, str]:
    """What those are called about whom something is still to be told."""
    rows = Client.objects.filter(client_id__in={ask.client_id for ask in asked})
    even_ended = {ask.client_id for ask in asked if ask.even_ended}
    told = rows.values_list("client_id", "name_used", "status")
    return {each: name for each, name, status in told if status != ClientStatus.ENDED or each in even_ended}


def _in_order(asked: Sequence[hooks.Ask]) -> list[hooks.Ask]:
    """What has a day first, soonest first; then client by client, in the order their sources give."""
    first_seen = {ask.client_id: place for place, ask in reversed(list(enumerate(asked)))}
    return sorted(asked, key=lambda ask: (ask.due or date.max, first_seen[ask.client_id]))


def _need(ask: hooks.Ask, name: str) -> Need:
    return Need(
        sentence=ask.sentence.format(name=name),
        detail=ask.detail,
        url=reverse(ask.url_name, kwargs={"client_id": ask.client_id} if ask.opens_record else {}),
        icon=ask.icon,
        due=ask.due,
        when=ask.when or ("" if ask.due else "no clock"),
    )


def _own_need(ask: hooks.OwnAsk) -> Need:
    return Need(ask.sentence, ask.detail, reverse(ask.url_name), ask.icon, ask.due, ask.when)


def licence_asks(by: Actor) -> list[hooks.OwnAsk]:
    """Licences that end within ninety days, one's own, and everybody's for whoever keeps them (REM-2)."""
    return [_licence_ask(line, by) for line in licences_to_renew(by)]


def _licence_ask(line: LicenceLine, by: Actor) -> hooks.OwnAsk:
    whose = "Your licence" if line.person_id == by.person_id else f"{line.name}’s licence"
    return hooks.OwnAsk(
        sentence=f"{whose} {line.ends}",
        url_name="accounts:licences",
        icon="calendar-days",
        detail=line.kind,
        due=line.expires_on,
    )


def record_asks(by: Actor, clients: Sequence[UUID]) -> list[hooks.Ask]:
    """Limits to tell or with a question, consents that end soon, and what clients ask about who saw it. One query."""
    asked = LedgerQuestion.objects.filter(client_id=OuterRef("client_id"), answered_at=None)
    rows = ClientSummary.objects.filter(client_id__in=clients).annotate(asks_who_saw=Exists(asked))
    asks = [_limits_ask(row) for row in rows if _is_limits_due(row)]
    asks += [_ending_ask(row.client_id, row.consent_ends_at) for row in rows if _ends_soon(row)]
    asks += [_again_ask(row) for row in rows if _is_to_talk_over(row)]
    return asks + [_who_saw_ask(row.client_id) for row in rows if row.asks_who_saw]


def _is_limits_due(row: ClientSummary) -> bool:
    if row.status != ClientStatus.ACTIVE:
        return False
    again, soon = row.limits_again_on, timezone.localdate() + SOON
    return row.limits_state != LimitsState.TOLD or (again is not None and again <= soon)


def _who_saw_ask(client_id: UUID) -> hooks.Ask:
    return hooks.Ask(client_id, "{name} asks who saw their information", "clients:access", "message-circle")


def _ends_soon(row: ClientSummary) -> bool:
    """Whether a consent ends within thirty days, to be asked for again in time."""
    ends, now = row.consent_ends_at, timezone.now()
    return row.status == ClientStatus.ACTIVE and ends is not None and now < ends <= now + ENDING


def _ending_ask(client_id: UUID, ends: datetime | None) -> hooks.Ask:
    last_day = timezone.localdate(ends - timedelta(seconds=1)) if ends else None
    return hooks.Ask(client_id, "{name}: a consent ends", "clients:consents", "key-round", due=last_day)


def _is_to_talk_over(row: ClientSummary) -> bool:
    """Whether a yes without an end was given so long ago that the pack has it talked over again (CONS-7)."""
    again = row.consent_again_on
    return row.status == ClientStatus.ACTIVE and again is not None and again <= timezone.localdate() + SOON


def _again_ask(row: ClientSummary) -> hooks.Ask:
    sentence = "{name}: a consent to talk over again"
    return hooks.Ask(row.client_id, sentence, "clients:consents", "key-round", due=row.consent_again_on)


def _limits_ask(row: ClientSummary) -> hooks.Ask:
    detail, when, due = "", "", None
    match LimitsState(row.limits_state):
        case LimitsState.TOLD:
            sentence, due = "{name}: limits to say again", row.limits_again_on
        case LimitsState.TOLD_WITH_QUESTIONS:
            sentence, detail = "{name}: a question about the limits", "Asked when they were told"
        case LimitsState.PARTLY_TOLD:
            sentence, when = "{name}: limits told in part", f"{row.cards_told} of {row.cards_in_all}"
        case LimitsState.NOT_NOW:
            sentence, detail = "{name}: limits left for later", "They would rather do it another time"
        case LimitsState.NOT_TOLD:
            sentence, when = "{name}: limits not told yet", f"0 of {row.cards_in_all}"
    return hooks.Ask(
        client_id=row.client_id,
        sentence=sentence,
        url_name="clients:limits",
        icon="key-round" if row.limits_state == LimitsState.TOLD else "circle-dashed",
        detail=detail,
        due=due,
        when=when,
    )
