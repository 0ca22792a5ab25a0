"""What protects every answer: hosts, cookies, transport, headers (AUTH-3)."""

from __future__ import annotations

from config.settings.environment import Mode, mode, number, words

_ELSEWHERE = mode() is Mode.LIVE

ALLOWED_HOSTS = words("ALLOWED_HOSTS", "" if _ELSEWHERE else "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = _ELSEWHERE
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 63_072_000 if _ELSEWHERE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _ELSEWHERE
SECURE_HSTS_PRELOAD = _ELSEWHERE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "careplan.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would carry names outside
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", 0)  # how many add themselves to X-Forwarded-For, for throttles
if words("TRUSTED_PROXY_HEADER"):
    SECURE_PROXY_SSL_HEADER = (words("TRUSTED_PROXY_HEADER")[0], "https")
