"""What somebody has typed and not sent: kept, theirs only, emptied once it is used (UI-5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.models import Record
from careplan.canonical import clean_text
from careplan.errors import NotYours
from careplan.ids import uuid7
from plans.models import Draft
from plans.selectors.acting import now
from plans.services.head import ensure_opened_to_write, person_of


def save_draft(*, client_id: UUID, key: str, content: Mapping[str, Any], by: Actor) -> Draft:
    """Returns the draft kept under `key` (a page and its object) so far; raises NotYours for a mere reader."""
    ensure_opened_to_write(client_id)
    practice_id = Record.objects.filter(client_id=client_id).values_list("practice_id", flat=True).first()
    if practice_id is None:
        raise NotYours
    draft, _ = Draft.objects.update_or_create(
        client_id=client_id,
        person_id=person_of(by),
        key=key,
        defaults={"content": _kept(content), "at": now()},
        create_defaults={"id": uuid7(), "practice_id": practice_id, "content": _kept(content), "at": now()},
    )
    return draft


def load_draft(*, client_id: UUID, key: str, by: Actor) -> dict[str, Any]:
    """Returns what was typed under `key`, or nothing. One query."""
    kept = Draft.objects.filter(client_id=client_id, person_id=person_of(by), key=key)
    return dict(kept.values_list("content", flat=True).first() or {})


def drop_draft(*, client_id: UUID, key: str, by: Actor) -> None:
    """Empties the draft once what was typed has been used."""
    Draft.objects.filter(client_id=client_id, person_id=person_of(by), key=key).update(content={}, at=now())


def _kept(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _clean(value) for name, value in content.items()}


def _clean(value: Any) -> Any:
    match value:
        case str():
            return clean_text(value)
        case list():
            return [_clean(each) for each in value]
        case _:
            return value
