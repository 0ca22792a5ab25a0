"""What happened at the door, written down once and for good."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.utils.crypto import salted_hmac

from careplan.accounts.models import SigninEvent, SigninKind, User


def note(
    kind: SigninKind,
    *,
    user: User | None = None,
    address: str = "",
    by: UUID | None = None,
    device: str = "",
    is_new: bool = False,
) -> SigninEvent:
    """Returns the line written about `user` (nobody known: None), done by the person `by` if not by themselves."""
    return SigninEvent.objects.create(
        kind=kind,
        user_id=user.pk if user else None,
        person_id=user.person_id if user else None,
        by_person_id=by,
        address_digest=address,
        device=device,
        is_new=is_new,
    )


def address_of(request: Any) -> str:
    """Returns a digest of where the request comes from: the same for the same address, and not the address."""
    address = get_adapter(request).get_client_ip(request)
    return salted_hmac("careplan.accounts.address", address, algorithm="sha256").hexdigest()[:32]
