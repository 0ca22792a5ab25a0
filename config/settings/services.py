"""Where the database, the broker and the cache are, and how this process talks to them."""

from __future__ import annotations

from typing import Any

from careplan.env import required, secret
from config.settings.environment import database, number

DATABASE_OWNER_URL = secret("DATABASE_OWNER_URL")
DATABASES: dict[str, dict[str, Any]] = {"default": database(required("DATABASE_URL"))}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

WEB_POOL = number("CAREPLAN_WEB_POOL", 0)
if WEB_POOL:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": WEB_POOL, "timeout": 10}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": required("CACHE_URL"),
        "KEY_PREFIX": "careplan",
    },
}

CELERY_BROKER_URL = required("CELERY_BROKER_URL")
