"""The header of a record's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship, CareRole
from careplan.errors import NotYours
from clients.models import (
    Client,
    ClientStatus,
    ClientSummary,
    Consent,
    ConsentKind,
    ConsentState,
    Contact,
    ContactCard,
    Effect,
    Identity,
    InterpreterMode,
    LimitsState,
    Told,
)
from clients.places import place_name
from clients.selectors.caring import may_read, writes
from clients.selectors.staff import at_work

Fact = tuple[str, str, str]
NOTICES = (ConsentKind.LIMITS, ConsentKind.PRIVACY_NOTICE, ConsentKind.CONSULTATION)


@dataclass(frozen=True)
class RecordHead:
    """Who a record's page is about, as its reader may see it."""

    client_id: UUID
    name_used: str
    pronouns: str
    say_it: str
    initial: str
    status: ClientStatus
    facts: tuple[Fact, ...]
    roles: frozenset[CareRole]
    limits_state: LimitsState
    may_change: bool
    may_reach: bool
    may_ask: bool


def record_head(client_id: UUID, by: Actor) -> RecordHead:
    """The header, with contact rules and consents as far as this opening shows them. One query. Raises NotYours."""
    me, _ = at_work(by)
    mine = CareRelationship.objects.filter(client_id=OuterRef("client_id"), person_id=me, until=None)
    row = (
        Client.objects.filter(client_id=client_id)
        .select_related("summary", "identity", "contact")
        .annotate(my_roles=ArraySubquery(mine.values("role")), allows=ArraySubquery(_given_now().values("kind")))
        .first()
    )
    if row is None:
        raise NotYours
    roles = frozenset(map(CareRole, row.my_roles))
    return RecordHead(
        client_id=row.client_id,
        name_used=row.name_used,
        pronouns=row.pronouns,
        say_it=row.say_it,
        initial=row.name_used[:1].upper(),
        status=ClientStatus(row.status),
        facts=tuple(_facts(row, row.allows, roles)),
        roles=roles,
        limits_state=LimitsState(row.summary.limits_state),
        may_change=writes(roles, DataClass.IDENTITY),
        may_reach=writes(roles, DataClass.CONTACT),
        may_ask=writes(roles, DataClass.CONSENT),
    )


def _given_now() -> QuerySet[Consent]:
    now = timezone.now()
    given = Consent.objects.filter(client_id=OuterRef("client_id"), state=ConsentState.GIVEN, effect=Effect.PERMIT)
    return given.filter(Q(until=None) | Q(until__gt=now)).exclude(kind__in=NOTICES).order_by("made_at")


def _facts(row: Client, allows: list[str], roles: frozenset[CareRole]) -> list[Fact]:
    to = {"client_id": row.client_id}
    contact: Contact | None = getattr(row, "contact", None)
    identity: Identity | None = getattr(row, "identity", None)
    facts: list[Fact] = []
    if contact is not None:
        facts.append(("Contact", contact_words(contact), reverse("clients:contact", kwargs=to)))
        if contact.quiet_from and contact.quiet_until:
            facts.append(("Quiet", quiet_words(contact.quiet_from, contact.quiet_until, row.time_zone), ""))
    if speaks := speaks_words(row, identity, roles):
        facts.append(("Speaks", speaks, ""))
    facts.append(("Allows now", allows_words(allows), reverse("clients:consents", kwargs=to)))
    facts.append(("Limits", limits_words(row.summary), reverse("clients:limits", kwargs=to)))
    return facts


def contact_words(contact: Contact) -> str:
    """The contact rules in half a line: “text yes, e-mail no, keep it discreet”."""
    if contact.do_not_contact:
        return "do not contact"
    if not any((contact.phone, contact.email, contact.address)):
        return ", ".join(["nothing noted yet", *care_words(contact)])
    return ", ".join(channel_words(contact))


def channel_words(contact: Contact | ContactCard) -> list[str]:
    """Which channels a client said yes to, and what to take care with."""
    channels = ("call", contact.call_ok), ("text", contact.text_ok), ("e-mail", contact.email_ok)
    words = [f"{name} {'yes' if ok else 'no'}" for name, ok in channels]
    words += ["no voicemail"] if contact.call_ok and not contact.voicemail_ok else []
    return [*words, *care_words(contact)]


def care_words(contact: Contact | ContactCard) -> list[str]:
    """What to take care with."""
    words = ["shared phone"] if contact.shared_phone else []
    return words + (["keep it discreet"] if contact.discreet else [])


def quiet_words(since: time, until: time, time_zone: str) -> str:
    """When not to disturb: “8 pm – 9 am, Los Angeles”."""
    return f"{hour(since)} – {hour(until)}, {place_name('', time_zone)}"


def hour(at: time) -> str:
    """An hour as people say it: “8 pm”, “9:30 am”."""
    clock = at.strftime("%I:%M %p").lstrip("0").lower()
    return clock.replace(":00 ", " ")


def spoken_day(at: datetime | None) -> str:
    """A day as people say it: “May 4”; with the year when it is not this one."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return date_format(local, "F j" if local.year == timezone.localdate().year else "F j, Y")


def speaks_words(row: Client, identity: Identity | None, roles: frozenset[CareRole]) -> str:
    """The language, and the interpreter where there is one: “Polish, interpreter by phone”."""
    words = [row.language] if row.language else []
    needed = identity is not None and identity.interpreter_needed == Told.YES
    if identity is not None and needed and may_read(identity.interpreter_visibility, roles):
        mode = InterpreterMode(identity.interpreter_mode).label.lower() if identity.interpreter_mode else ""
        words.append(f"interpreter {mode}".strip())
    return ", ".join(words)


def allows_words(kinds: list[str]) -> str:
    """What the client allows now, in a line."""
    return ", ".join(ConsentKind(kind).label.lower() for kind in kinds) or "nothing asked yet"


def limits_words(summary: ClientSummary) -> str:
    """How far the limits of confidentiality have been told, in a line."""
    match LimitsState(summary.limits_state):
        case LimitsState.NOT_TOLD:
            return "not told yet"
        case LimitsState.NOT_NOW:
            return "left for later"
        case LimitsState.PARTLY_TOLD:
            return f"{summary.cards_told} of {summary.cards_in_all} told"
        case LimitsState.TOLD_WITH_QUESTIONS:
            return f"told {spoken_day(summary.limits_told_at)}, a question is open"
        case LimitsState.TOLD:
            return f"told {spoken_day(summary.limits_told_at)}"
