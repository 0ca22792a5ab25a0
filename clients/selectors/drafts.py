"""What somebody typed into a form before, and did not send (UI-5)."""

from __future__ import annotations

from uuid import UUID

from careplan.access.actor import Actor
from clients.models import FormDraft


def typed_before(client_id: UUID, key: str, by: Actor) -> dict[str, list[str]]:
    """Returns the fields of a form as they were typed, each with its values; nothing where nothing is. One query."""
    kept = FormDraft.objects.filter(client_id=client_id, person=by.person_id, key=key)
    return dict(kept.values_list("content", flat=True).first() or {})
