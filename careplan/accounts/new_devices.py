"""A sign-in with another kind of device: told in one's own pages, and by a neutral notice (REM-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.accounts.devices import device_in_words
from careplan.accounts.door_log import address_of, note
from careplan.accounts.models import SigninEvent, SigninKind, User
from careplan.outgoing import Channel, Recipient, enqueue

LATELY = timedelta(days=14)
MOST = 5


@dataclass(frozen=True)
class SignIn:
    """Somebody came in: with what, when, and whether it was the first time with such a device."""

    device: str
    at: datetime
    is_new: bool


@dataclass(frozen=True)
class NewSignIns:
    """The first sign-ins with another device, newest first."""

    lines: tuple[SignIn, ...]


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Writes down that somebody came in. The first time with such a device, they are told; the very first time, not."""
    device = ", ".join(filter(None, device_in_words(request.headers.get("User-Agent", ""))))
    before = SigninEvent.objects.filter(user_id=user.pk, kind=SigninKind.SIGNED_IN)
    is_new = before.exists() and not before.filter(device=device).exists()
    event = note(SigninKind.SIGNED_IN, user=user, address=address_of(request), device=device, is_new=is_new)
    if is_new:
        _tell(user, event)


def new_sign_ins(by: Actor, client_id: UUID) -> NewSignIns | None:
    """What one's first page says of it for two weeks, or None. One query."""
    found = sign_ins(by.person_id, new=True)
    lately = tuple(each for each in found if each.at > timezone.now() - LATELY)
    return NewSignIns(lately) if lately else None


def sign_ins(person_id: UUID | None, *, new: bool = False) -> list[SignIn]:
    """The latest times somebody came in, newest first; only the first ones with a device when `new`. One query."""
    rows = SigninEvent.objects.filter(person_id=person_id, kind=SigninKind.SIGNED_IN).order_by("-at", "-id")
    rows = rows.filter(is_new=True) if new else rows
    return [SignIn(row.device, row.at, row.is_new) for row in rows[:MOST]]


def _tell(user: User, event: SigninEvent) -> None:
    enqueue(
        kind="new_sign_in",
        to=Recipient(user.person_id, Channel.EMAIL, user.email),
        key=f"new_sign_in:{event.id}",
        link=reverse("accounts:ask_link"),
    )
