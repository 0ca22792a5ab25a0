"""Signing in: people, passwords, second factor, sessions (AUTH-1, AUTH-2)."""

from __future__ import annotations

AUTH_USER_MODEL = "careplan.User"
AUTHENTICATION_BACKENDS = ["careplan.accounts.backends.EmailBackend"]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique by a constraint on lower(email)
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_ENGINE = "careplan.accounts.session_store"
SESSION_IDLE_SECONDS = 15 * 60
PORTAL_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

ACCOUNT_ADAPTER = "careplan.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# A practice shares one address, so an address may fail more often than an account.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,50/d/key,30/5m/ip",
    "second_step": "5/5m/key,20/d/key,30/5m/ip",
    "ask_again": "5/5m/key,30/5m/ip",
    "begin": "3/5m/key,10/d/key,30/5m/ip",
    "passkey": "30/5m/ip",
    "passkey_asked": "60/5m/ip",
    "call_code": "60/10m/key,8/10m/ip",  # its key is everybody: wrong digits name nobody
}

MFA_ADAPTER = "careplan.accounts.adapter.MFAAdapter"
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Careplan"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
