"""The apps, the way a request takes, words and times."""

from __future__ import annotations

import os
from pathlib import Path

from careplan.env import required
from config.settings.environment import Mode, field_keys, mode, words

BASE_DIR = Path(__file__).resolve().parents[2]
MODE = mode()
DEMO = MODE is Mode.DEMO
TESTING = MODE is Mode.TEST
DEBUG = False

SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
FIELD_KEYS = field_keys()

INSTALLED_APPS = [
    "careplan",
    "clients",
    "plans",
    "messaging",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "oauth2_provider",
]

MIDDLEWARE = [
    "careplan.ui.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "careplan.accounts.sessions.session_limits",
    "careplan.access.middleware.actor_middleware",
    "careplan.ui.turned.TurnedMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "careplan" / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"ui": "careplan.ui.templatetags.ui"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "careplan.ui.forms.Renderer"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # another is there once every app has its locale/ folder for it, complete
TIME_ZONE = "UTC"
USE_TZ = True

STATICFILES_DIRS = [BASE_DIR / "careplan" / "ui" / "static"]
STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("STATIC_ROOT")
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "careplan.logs.WithoutContent", "format": "{levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
