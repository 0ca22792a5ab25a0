"""Where somebody is signed in: each device in a few coarse words, and a way to end it from elsewhere (AUTH-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from careplan.accounts.door_log import note
from careplan.accounts.models import Session, SigninKind, User
from careplan.accounts.selectors import RECORD_KEY
from careplan.accounts.session_store import SessionStore

DEVICE_KEY = "device"
SEEN_KEY = "seen_at"
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """One signed-in browser. `handle` names it without giving its session away."""

    handle: str
    browser: str
    system: str
    since: datetime
    seen: datetime
    is_this: bool


def device_in_words(user_agent: str) -> list[str]:
    """Returns the browser and the system, as coarsely as a person would say them; '' for what isn't known."""
    return [next((words for sign, words in kinds if sign in user_agent), "") for kinds in (BROWSERS, SYSTEMS)]


def devices_of(user: User, *, here: str) -> list[Device]:
    """Returns where the user is signed in now, this device first, then the one seen last. One query."""
    found = [_device(row, data, here) for row, data in _running(user)]
    return sorted(found, key=lambda device: (not device.is_this, -device.seen.timestamp()))


def sign_out_device(*, user: User, handle: str, address: str = "") -> bool:
    """Returns whether a session of the user's was ended, at once; one of somebody else's never is."""
    with transaction.atomic():
        rows = user.sessions.all()
        row = next((row for row in rows if constant_time_compare(handle_of(row.session_key), handle)), None)
        if row is None:
            return False
        row.delete()
        note(SigninKind.SIGNED_OUT_ELSEWHERE, user=user, address=address)
        return True


def handle_of(session_key: str) -> str:
    """Returns what a page may call a session: the same each time, and no way in."""
    return salted_hmac("careplan.accounts.device", session_key, algorithm="sha256").hexdigest()[:32]


def _running(user: User) -> list[tuple[Session, dict[str, Any]]]:
    store, now = SessionStore(), timezone.now()
    rows = [(row, store.decode(row.session_data)) for row in user.sessions.filter(expire_date__gt=now)]
    return [(row, data) for row, data in rows if now.timestamp() - data.get(SEEN_KEY, 0) < _idle_seconds(data)]


def _idle_seconds(data: dict[str, Any]) -> int:
    return int(settings.PORTAL_IDLE_SECONDS if RECORD_KEY in data else settings.SESSION_IDLE_SECONDS)


def _device(row: Session, data: dict[str, Any], here: str) -> Device:
    browser, system = data.get(DEVICE_KEY) or ("", "")
    return Device(
        handle=handle_of(row.session_key),
        browser=browser or str(_("A browser")),
        system=system or str(_("a device we don’t know")),
        since=row.began_at,
        seen=datetime.fromtimestamp(data[SEEN_KEY], UTC),
        is_this=row.session_key == here,
    )
