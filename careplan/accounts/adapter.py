"""How django-allauth behaves in this house: our stages, our sessions, our encryption, and nothing open to join."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from careplan.fields.sealing import seal, unseal

NEUTRAL_NAME = "My pages"
_whose: ContextVar[UUID] = ContextVar("careplan_second_factor_of")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in in our two steps; nobody signs up by themselves."""

    def get_login_stages(self) -> list[str]:
        """Returns what comes between the right password and being signed in."""
        return ["careplan.accounts.stages.SecondStepStage", "careplan.accounts.stages.HatStage"]

    def is_open_for_signup(self, request: Any) -> bool:
        """Returns that nobody can sign up."""
        return False

    def login(self, request: Any, user: Any) -> None:
        """Signs in under a new session key and starts the session's clock."""
        from careplan.accounts.sessions import begin

        super().login(request, user)
        begin(request, user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Says nothing: our pages have their own words."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets, sealed to the user they belong to (AUTH-4). Of a passkey only the public key is here."""

    def encrypt(self, text: str) -> str:
        """Returns the secret, sealed for the user named by `secrets_of`."""
        return base64.b64encode(seal(text.encode(), place=_place())).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Returns for which place a passkey is: our host, under a name that says nothing (UI-8)."""
        return {**super().get_public_key_credential_rp_entity(), "name": NEUTRAL_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Returns whose passkey it is, as their own device lists it: by the address they sign in with."""
        return {**super().get_public_key_credential_user_entity(user), "name": user.email, "display_name": user.email}

    def decrypt(self, encrypted_text: str) -> str:
        """Returns the secret; raises SealBroken when it was another user's."""
        return unseal(base64.b64decode(encrypted_text), place=_place()).decode()


@contextmanager
def secrets_of(user_id: UUID) -> Iterator[None]:
    """Within it, second-factor secrets are this user's; outside of it none can be read or written."""
    token = _whose.set(user_id)
    try:
        yield
    finally:
        _whose.reset(token)


def _place() -> str:
    return f"mfa_authenticator.data.{_whose.get()}"
