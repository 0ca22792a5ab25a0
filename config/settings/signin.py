"""Signing in: people, passwords, second factor, sessions (AUTH-1, AUTH-2)."""

from __future__ import annotations

AUTH_USER_MODEL = "careplan.User"
AUTHENTICATION_BACKENDS = ["careplan.accounts.backends.EmailBackend"]
SESSION_ENGINE = "careplan.accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
