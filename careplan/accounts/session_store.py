"""Sessions in our own table, each knowing whose it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone

BEGAN_KEY = "began_at"


class SessionStore(DatabaseSessionStore):
    """Django's database sessions, with the user and the beginning as columns."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Returns our session model."""
        from careplan.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Returns the row for this session's data."""
        row: Any = super().create_model_instance(data)
        user_id = data.get(USER_KEY)
        row.user_id = UUID(user_id) if user_id else None
        began = data.get(BEGAN_KEY)
        row.began_at = datetime.fromtimestamp(began, UTC) if began else timezone.now()
        return row
