"""Sessions in our own table, each knowing whose it is."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import transaction
from django.utils import timezone

BEGAN_KEY = "began_at"
MISSING = object()


class SessionStore(DatabaseSessionStore):
    """Django's database sessions, with the user and the beginning as columns.

    Saving writes only what this request changed, onto what the session holds by then: a slow request does not put
    back what another one took away meanwhile, such as the rest of the practice on a device turned to a client.
    """

    _as_loaded: dict[str, Any] | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """Returns our session model."""
        from careplan.accounts.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        """Returns what the session holds now."""
        data: dict[str, Any] = super().load()
        self._as_loaded = deepcopy(data)
        return data

    def save(self, must_create: bool = False) -> None:
        """Writes the session; raises UpdateError when it was ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
        else:
            with transaction.atomic():
                self._bring_up_to_date()
                super().save()
        self._as_loaded = deepcopy(dict(self.items()))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Returns the row for this session's data."""
        row: Any = super().create_model_instance(data)
        user_id = data.get(USER_KEY)
        row.user_id = UUID(user_id) if user_id else None
        began = data.get(BEGAN_KEY)
        row.began_at = datetime.fromtimestamp(began, UTC) if began else timezone.now()
        return row

    def _bring_up_to_date(self) -> None:
        mine = dict(self.items())
        before = self._as_loaded or {}
        row = self.model.objects.select_for_update().filter(session_key=self.session_key).first()
        if row is None:
            return
        now = self.decode(row.session_data)
        for key in before.keys() | mine.keys():
            value = mine.get(key, MISSING)
            if value is MISSING:
                now.pop(key, None)
            elif value != before.get(key, MISSING):
                now[key] = value
        self._session_cache = now
