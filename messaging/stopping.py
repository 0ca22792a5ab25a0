"""The link that stops reminders: a keyed digest of a person, which nobody can guess (REM-1)."""

from __future__ import annotations

import base64
import binascii
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

PURPOSE = b"careplan.stop/1:"


def stop_token(person_id: UUID) -> str:
    """The token of a person's link."""
    return base64.urlsafe_b64encode(person_id.bytes + _proof(person_id, settings.SECRET_KEY)).rstrip(b"=").decode()


def person_of(token: str) -> UUID | None:
    """Whose link it is; None for one that is not ours."""
    try:
        raw = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        person_id = UUID(bytes=raw[:16])
    except (ValueError, binascii.Error):
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)  # links in old mail go on stopping
    return person_id if any(hmac.compare_digest(raw[16:], _proof(person_id, key)) for key in keys) else None


def _proof(person_id: UUID, key: str) -> bytes:
    return hmac.new(key.encode(), PURPOSE + person_id.bytes, sha256).digest()[:16]
