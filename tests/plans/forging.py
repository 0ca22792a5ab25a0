"""Rows like the services' own, with one thing forged; and whether the database takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from careplan.canonical import stamp
from careplan.ids import uuid7
from plans.content import parts_asked
from plans.kinds import Role
from plans.models import Answer, Item, ItemRevision, Sheet, SheetLine, Standing, Version
from plans.selectors.acting import now
from plans.services.answers import latest_of
from plans.services.documents import revision_document
from plans.services.head import changing
from plans.services.revisions import Author, write_revision
from plans.services.said import Said, write_answer
from tests.plans.room import Room


def refused(rule: str, change: Callable[[], object]) -> None:
    """The database refuses the change by this rule, at once or at commit."""
    with pytest.raises(DatabaseError, match=rule):
        _tried(change)


def _tried(change: Callable[[], object]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        change()
        cursor.execute("set constraints all immediate")


def accepted(change: Callable[[], object]) -> None:
    """The database takes the change, up to what only a commit would check."""
    with transaction.atomic():
        change()
        transaction.set_rollback(True)


def given(room: Room, person: UUID, role: str, **more: Any) -> Said:
    how = "own_hand_portal" if role == "client" else "own_hand_practice"
    return Said(**({"person_id": person, "role": Role(role), "choice": "yes", "how": how, "at": now()} | more))


class Desk:
    """Raw writes into one room, by somebody whose opening is there."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.staff, self.client = room.therapist.person_id, room.client.person_id

    def answer(self, revision: ItemRevision, person: UUID, role: str, **more: Any) -> Callable[[], object]:
        def change() -> object:
            with changing(self.room.client_id):
                return write_answer(item=revision.item, revision=revision, said=given(self.room, person, role, **more))

        return change

    def reword(
        self, revision: ItemRevision, content: Any, person: UUID, role: str, **more: Any
    ) -> Callable[[], object]:
        def change() -> object:
            with changing(self.room.client_id) as at:
                author = Author(person_id=person, role=Role(role), at=at, **more)
                latest = latest_of(Standing.objects.get(item_id=revision.item_id))
                return write_revision(item=revision.item, content=content, author=author, latest=latest)

        return change


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def raw_revision(
    room: Room, revision: ItemRevision, content: Any, after: dict | None = None, **forged: Any
) -> ItemRevision:
    """A row like the service's own, with some of its columns forged before (and `after`) it was hashed."""
    item = Item.objects.get(id=revision.item_id)
    standing = Standing.objects.get(item_id=item.id)
    latest = latest_of(standing)
    base = forged.pop("base", latest.highest)
    canonical = content.canonical()
    columns = {
        "number": (base.number if base else 0) + 1,
        "asks": parts_asked(canonical, latest.in_force.content if latest.in_force else None),
        "dictated": False,
        "at": now(),
        "sheet_id": None,
    } | forged
    hashed = revision_document(
        item_id=item.id,
        kind=item.kind,
        statement_type=item.statement_type,
        base=base.sha256 if base else None,
        content=canonical,
        **{name: columns[name] for name in ("number", "asks", "author_id", "author_role", "dictated", "at")},
    )
    row = columns | {
        "item": item,
        "base": base,
        "content": canonical,
        "parent_id": getattr(content, "parent", None),
        "salt": hashed.salt,
        "hashed": hashed.text,
        "sha256": hashed.sha256,
        "client_id": room.client_id,
        "practice_id": room.practice_id,
    }
    return ItemRevision.objects.create(id=uuid7(), **row | (after or {}))


def raw_answer(room: Room, revision: ItemRevision, after: dict) -> Answer:
    with changing(room.client_id):
        answered = given(room, room.client.person_id, "client", choice="no")
        kept: dict[str, Any] = {}

        class Forged(Exception):
            pass

        try:
            with transaction.atomic():
                answer = write_answer(item=revision.item, revision=revision, said=answered)
                kept = {field.attname: getattr(answer, field.attname) for field in Answer._meta.concrete_fields}
                raise Forged
        except Forged:
            return Answer.objects.create(**kept | after)


def raw_version(last: Version, **forged: Any) -> Version:
    """The next version, sound but for what is forged; its snapshot follows the row."""
    kept = {field.attname: getattr(last, field.attname) for field in Version._meta.concrete_fields}
    row = kept | {"id": uuid7(), "at": now()} | forged
    shown = {str(revision) for revision in row["revision_ids"]}
    items = [item for item in last.snapshot["items"] if item["revision"] in shown]
    snapshot = last.snapshot | {"sequence": row["sequence"], "at": stamp(row["at"]), "items": items}
    return Version.objects.create(**row | {"snapshot": forged.get("snapshot", snapshot)})


def raw_item(room: Room, **forged: Any) -> Item:
    return Item.objects.create(
        **{
            "id": uuid7(),
            "client_id": room.client_id,
            "practice_id": room.practice_id,
            "plan_id": room.plan_id,
            "kind": "goal",
            "created_at": now(),
            "created_by_id": room.therapist.person_id,
        }
        | forged
    )


def raw_line(room: Room, revision: ItemRevision) -> SheetLine:
    return SheetLine.objects.create(
        client_id=room.client_id,
        practice_id=room.practice_id,
        sheet=raw_sheet(room),
        item_id=revision.item_id,
        revision_id=revision.id,
        position=0,
    )


def raw_sheet(room: Room, **forged: Any) -> Sheet:
    return Sheet.objects.create(
        **{
            "client_id": room.client_id,
            "practice_id": room.practice_id,
            "plan_id": room.plan_id,
            "kind": "review",
            "how": "said_in_session",
            "opened_at": now(),
            "opened_by_id": room.therapist.person_id,
        }
        | forged
    )
