"""Everything hashed about a client's plans, as it goes into a bundle (PLAN-12)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from careplan.accounts.models import Practice, PracticeKey
from careplan.canonical import plain
from plans.bundle.schemas import BODY
from plans.models import Answer, Item, ItemRevision, Plan, Signature, Version, VersionNumber
from plans.selectors.people import names_of

Rows = list[dict[str, Any]]


def bundle_body(*, client_id: UUID, practice_id: UUID, at: datetime) -> dict[str, Any]:
    """Returns the inside of a bundle, ready to be hashed; empty of plans when there is none. Thirteen queries."""
    plans = list(Plan.objects.filter(client_id=client_id).order_by("started_at", "id"))
    revisions = list(ItemRevision.objects.filter(client_id=client_id).order_by("item_id", "number"))
    answers = list(Answer.objects.filter(client_id=client_id).order_by("item_id", "number"))
    body: dict[str, Any] = plain(
        {
            "schema": BODY,
            "made_at": at,
            "record": client_id,
            "practice": {"id": practice_id, "name": Practice.objects.get(id=practice_id).name},
            "people": _people(client_id, revisions, answers),
            "keys": _keys(practice_id),
            "plans": _plans(client_id, plans, revisions, answers),
        }
    )
    return body


def _plans(
    client_id: UUID, plans: Sequence[Plan], revisions: Sequence[ItemRevision], answers: Sequence[Answer]
) -> Rows:
    items = list(Item.objects.filter(client_id=client_id).order_by("position", "id"))
    versions = list(Version.objects.filter(client_id=client_id).order_by("sequence"))
    numbers = list(VersionNumber.objects.filter(client_id=client_id).order_by("number"))
    signatures = list(Signature.objects.filter(client_id=client_id).select_related("version").order_by("at", "id"))
    plan_of = {item.id: item.plan_id for item in items}
    hashes = {revision.id: revision.sha256 for revision in revisions}
    return [
        {
            "id": plan.id,
            "status": plan.status,
            "started_at": plan.started_at,
            "started_by": plan.started_by_id,
            "ended_at": plan.ended_at,
            "items": [_item(row) for row in items if row.plan_id == plan.id],
            "revisions": [_revision(row) for row in revisions if plan_of[row.item_id] == plan.id],
            "answers": [_answer(row, hashes) for row in answers if plan_of[row.item_id] == plan.id],
            "versions": [_version(row) for row in versions if row.plan_id == plan.id],
            "numbers": [_number(row) for row in numbers if row.plan_id == plan.id],
            "signatures": [_signature(row) for row in signatures if row.plan_id == plan.id],
        }
        for plan in plans
    ]


def _item(row: Item) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "statement_type": row.statement_type or None,
        "position": row.position,
        "progress": row.progress,
    }


def _revision(row: ItemRevision) -> dict[str, Any]:
    return {
        "id": row.id,
        "item": row.item_id,
        "number": row.number,
        "why": row.why or None,
        "sha256": row.sha256,
        "hashed": row.hashed,
    }


def _answer(row: Answer, hashes: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "item": row.item_id,
        "number": row.number,
        "revision": hashes[row.revision_id],
        "sha256": row.sha256,
        "hashed": row.hashed,
    }


def _version(row: Version) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at,
        "cause": row.cause,
        "sha256": row.sha256,
        "manifest": row.manifest,
        "snapshot": row.snapshot,
    }


def _number(row: VersionNumber) -> dict[str, Any]:
    return {"version": row.version_id, "by": row.by_id, "sealed": row.sealed, "seal": row.seal, "key": row.key_id}


def _signature(row: Signature) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version.sha256,
        "person": row.person_id,
        "statement": row.statement,
        "at": row.at,
        "sha256": row.sha256,
        "hashed": row.hashed,
        "seal": row.seal,
        "key": row.key_id,
    }


def _people(client_id: UUID, revisions: Sequence[ItemRevision], answers: Sequence[Answer]) -> Rows:
    """What everybody who wrote or answered is called here; in a hash they are ids."""
    people = {revision.author_id for revision in revisions} | {answer.person_id for answer in answers}
    people |= {answer.recorded_by_id for answer in answers if answer.recorded_by_id}
    named = names_of(client_id, people)
    return [{"id": person, "name": named[person]} for person in sorted(people)]


def _keys(practice_id: UUID) -> Rows:
    """The public halves alone; a private one is never read here."""
    rows = (
        PracticeKey.objects.filter(practice_id=practice_id)
        .order_by("made_at")
        .only("id", "public_key", "made_at", "retired_at")
    )
    return [
        {
            "id": row.id,
            "public": base64.b64encode(bytes(row.public_key)).decode("ascii"),
            "made_at": row.made_at,
            "retired_at": row.retired_at,
        }
        for row in rows
    ]
