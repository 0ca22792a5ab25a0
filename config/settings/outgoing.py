"""How anything leaves: by which address we are reached, under which name we write, through whom (REM-8)."""

from __future__ import annotations

import os

from careplan.env import secret
from config.settings.environment import Mode, mode, number, words

_LIVE = mode() is Mode.LIVE

OUTGOING = os.environ.get("OUTGOING", "send" if _LIVE else "record")
"""`send` lets messages leave; `record` keeps them in a table: the demo's outbox, and what tests look into."""

OUTBOX = OUTGOING == "record" and not _LIVE
"""Whether what was recorded can be looked at, by anybody: never where real people are."""
PUBLIC_URL = os.environ.get("PUBLIC_URL") or next(
    (origin for origin in words("CSRF_TRUSTED_ORIGINS")), "http://localhost:8000"
)
MAIL_FROM = os.environ.get("MAIL_FROM", "My pages <no-reply@localhost>")
TEXT_GATEWAY = secret("TEXT_GATEWAY")
TEXT_INCOMING = secret("TEXT_INCOMING")
"""The last part of the address to which a provider posts replies to texts; without it there is none."""

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = bool(words("EMAIL_USE_TLS"))
EMAIL_TIMEOUT = 15
