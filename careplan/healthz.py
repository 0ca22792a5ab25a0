"""Whether the program is well: its database, its cache, and when the tasks last ran."""

from __future__ import annotations

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from careplan.tasks import last_heartbeat


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answers 200 when database and cache answer, else 503; `heartbeat` is the tasks' last sign of life."""
    database = _database_answers()
    cached, heartbeat = _cache_answers()
    well = database and cached
    return JsonResponse(
        {"database": database, "cache": cached, "heartbeat": heartbeat},
        status=200 if well else 503,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> tuple[bool, float | None]:
    try:
        cache.get("careplan.healthz")
        return True, last_heartbeat()
    except RedisError:
        return False, None
