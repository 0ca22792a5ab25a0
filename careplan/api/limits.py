"""How often software may ask, said in every answer's headers (API-5). Counted in the cache, for all web servers."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

WINDOW = 60


@dataclass(frozen=True)
class Count:
    """Where a caller stands in this minute."""

    limit: int
    used: int
    resets_in: int

    @property
    def over(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "RateLimit-Reset": str(self.resets_in),
        }


def count_request(api_client_id: UUID) -> Count:
    """This request, counted."""
    now = int(time.time())
    key, left = f"api:{api_client_id}:{now // WINDOW}", WINDOW - now % WINDOW
    cache.add(key, 0, timeout=2 * WINDOW)
    return Count(settings.API_REQUESTS_A_MINUTE, cache.incr(key), left)
