"""Who somebody is by e-mail address and password, taking as long for a stranger as for a friend."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from careplan.accounts.models import User


class EmailBackend(BaseBackend):
    """Signs in by e-mail address; unknown, inactive and wrong password cost one password hash each (AUTH-1)."""

    def authenticate(
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None, **others: Any
    ) -> User | None:
        """Returns the active user with this address and password, or None."""
        if not email or password is None:
            return None
        user = User.objects.with_email(email).first()
        if user is None:
            make_password(password)
            return None
        matches = user.check_password(password)
        return user if matches and user.is_active else None

    def get_user(self, user_id: UUID) -> User | None:
        """Returns the user of a session as long as they may come in; None ends the session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
