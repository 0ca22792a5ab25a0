"""Letting a recipient's software in, and ending that (OAUTH-1, OAUTH-3)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from careplan.access.actor import Actor
from careplan.access.operator import operator_connection
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.software.assertions import ensure_public_keys
from careplan.software.models import ApiClient
from careplan.software.scopes import Scope, known

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class NewApiClient:
    """What is asked: what it is for, who receives (as consents name it), what it may do, and until when."""

    label: str
    recipient: str
    scopes: Iterable[str] = field(default_factory=lambda: (Scope.BILLING_READ,))
    days: int = 180
    jwks: Mapping[str, Any] | None = None
    jwks_url: str = ""


@dataclass(frozen=True)
class Credentials:
    """What the software signs in with. The secret is shown once and kept only as a hash."""

    api_client_id: UUID
    client_id: str
    client_secret: str


def add_api_client(*, new: NewApiClient, practice_id: UUID, by: Actor | None) -> Credentials:
    """The credentials of new software; `by` is a manager or practice lead, or None for the operator's command.

    Raises Refused with a sentence, or the database's refusal for anybody else.
    """
    label, recipient, scopes = _checked(new)
    secret = secrets.token_urlsafe(32)
    made = ApiClient(
        id=uuid7(), practice_id=practice_id, label=label, scopes=scopes, jwks=new.jwks, jwks_url=new.jwks_url.strip()
    )
    with transaction.atomic():
        made.application = Application.objects.create(
            name=label,
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
            client_secret=secret,
        )
        made.save(force_insert=True)
        until = timezone.now() + timedelta(days=new.days)
        _guard("add_api_client", [made.id, practice_id, recipient, until, _person(by)], by=by)
    return Credentials(made.id, made.application.client_id, secret)


def end_api_client(*, api_client_id: UUID, by: Actor) -> None:
    """From now on this software reaches nothing: its tokens end with it, at once. Raises NotYours."""
    row = ApiClient.objects.filter(id=api_client_id).first()
    if row is None or row.practice_id != by.practice_id:
        raise NotYours
    _guard("end_api_client", [row.id, _person(by)], by=by)
    AccessToken.objects.filter(application_id=row.application_id).update(expires=timezone.now())


def note_use(application_id: int) -> None:
    """Writes down that this software asked for a token."""
    ApiClient.objects.filter(application_id=application_id).update(last_used_at=timezone.now())


def forget_expired_tokens() -> int:
    """How many tokens that had run out an hour ago were removed."""
    gone, _ = AccessToken.objects.filter(expires__lt=timezone.now() - timedelta(hours=1)).delete()
    return int(gone)


def _checked(new: NewApiClient) -> tuple[str, str, list[str]]:
    label, recipient = (" ".join(clean_text(words).split()) for words in (new.label, new.recipient))
    if not label or not recipient:
        raise Refused("Say what it is for and who receives, as the client’s permission names them.")
    scopes = known(new.scopes)
    if not scopes:
        raise Refused("Choose what it may do.")
    if not 1 <= new.days <= LONGEST.days:
        raise Refused("It ends within a year. Renew it then.")
    if new.jwks is not None:
        ensure_public_keys(new.jwks)
    if new.jwks_url and not new.jwks_url.startswith("https://"):
        raise Refused("The address of the keys begins with https://.")
    return label, recipient, scopes


def _person(by: Actor | None) -> UUID | None:
    return by.person_id if by else None


def _guard(function: str, arguments: list[Any], *, by: Actor | None) -> None:
    call = f"select guard.{function}({', '.join(['%s'] * len(arguments))})"
    if by is None:
        with operator_connection() as operator:
            operator.execute(call, arguments)
        return
    with connection.cursor() as cursor:
        cursor.execute(call, arguments)
