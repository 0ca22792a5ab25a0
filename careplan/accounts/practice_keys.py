"""The key a practice seals with: made once, used by name, never thrown away (AUTH-4)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careplan.accounts.models import PracticeKey
from careplan.ids import uuid7
from careplan.signing import new_key_pair, seal_text


@dataclass(frozen=True)
class Seal:
    """A signature over a text, and the id of the key that made it."""

    signature: str
    key_id: UUID


def make_practice_key(*, practice_id: UUID) -> PracticeKey:
    """Returns the practice's key in use, making it when there is none."""
    there = _in_use(practice_id)
    if there is not None:
        return there
    private, public = new_key_pair()
    made = PracticeKey(id=uuid7(), practice_id=practice_id, private_key=private, public_key=public)
    PracticeKey.objects.bulk_create([made], ignore_conflicts=True)  # two at once: the first one's is the key
    return PracticeKey.objects.get(practice_id=practice_id, retired_at=None)


def _in_use(practice_id: UUID) -> PracticeKey | None:
    return PracticeKey.objects.filter(practice_id=practice_id, retired_at=None).first()


def seal_for_practice(text: str, *, practice_id: UUID) -> Seal:
    """Returns the practice's seal over a canonical text; makes the practice's key on first use."""
    key = make_practice_key(practice_id=practice_id)
    return Seal(signature=seal_text(text, private_key=bytes(key.private_key)), key_id=key.id)


def public_key(*, key_id: UUID) -> bytes:
    """Returns the public half of a key, retired or not; raises PracticeKey.DoesNotExist."""
    return bytes(PracticeKey.objects.only("public_key").get(id=key_id).public_key)
