"""Versions: written in the same transaction as the change that made them, and numbered for people (PLAN-8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.accounts.practice_keys import seal_for_practice
from careplan.canonical import plain, sha256_hex
from careplan.errors import Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.kinds import NumberWhy, PlanStatus
from plans.models import Answer, ItemRevision, Plan, Standing, Version, VersionNumber
from plans.moves import PLAN_MOVES
from plans.services.documents import SNAPSHOT, manifest_text, number_text
from plans.services.head import changing, find, person_of
from plans.services.plan_head import write_plan_head


def settle(*, plan: Plan, cause: str, at: datetime) -> Version | None:
    """Brings versions, the plan's beginning and its head in line with what is in force now; ends every change.

    Returns the new version when the set in force changed.
    """
    standing = list(Standing.objects.filter(client_id=plan.client_id, plan_id=plan.id).order_by("position", "item_id"))
    last = Version.objects.filter(client_id=plan.client_id, plan=plan).order_by("-sequence").first()
    effective = [row for row in standing if row.effective]
    changed = {row.in_force_id for row in effective} != set(last.revision_ids if last else [])
    version = _write_version(plan=plan, last=last, effective=effective, cause=cause, at=at) if changed else None
    if effective and plan.status == PlanStatus.DRAFT:
        _activate(plan, at)
    sequence = version.sequence if version else (last.sequence if last else 0)
    write_plan_head(plan=plan, standing=standing, versions=sequence, at=at)
    return version


def number_version(*, version_id: UUID, why: str, by: Actor) -> VersionNumber:
    """Returns the number people know a version by, sealed by the practice; a version gets one once."""
    if why not in NumberWhy.values:
        raise Refused(_("Say what the number is for."))
    version = find(Version, version_id)
    with changing(version.client_id) as at:
        numbered = _numbered(version, why=why, by=person_of(by), at=at)
        if why == NumberWhy.PRINTED:
            _tell(version, "plan.version_printed", after=str(numbered.number))
        return numbered


def _numbered(version: Version, *, why: str, by: UUID, at: datetime) -> VersionNumber:
    there = VersionNumber.objects.filter(client_id=version.client_id, version=version).first()
    if there is not None:
        return there
    last = (
        VersionNumber.objects.filter(client_id=version.client_id, plan_id=version.plan_id).order_by("-number").first()
    )
    number = (last.number if last else 0) + 1
    sealed = number_text(plan_id=version.plan_id, version=version.sha256, number=number, why=why, at=at)
    seal = seal_for_practice(sealed, practice_id=version.practice_id)
    numbered = VersionNumber.objects.create(
        id=uuid7(),
        client_id=version.client_id,
        practice_id=version.practice_id,
        plan_id=version.plan_id,
        version=version,
        number=number,
        why=why,
        at=at,
        by_id=by,
        sealed=sealed,
        seal=seal.signature,
        key_id=seal.key_id,
    )
    _tell(version, "plan.version_numbered", after=str(number))
    return numbered


def number_for_billing(*, client_id: UUID, on: date) -> None:
    """Gives the version in force on a day its number when billing reads it and it has none yet (BILL-3)."""
    with connection.cursor() as cursor:
        cursor.execute("select * from plans_unnumbered_on(%s, %s)", [client_id, on])
        found = cursor.fetchone()
        if found is None:
            return
        version_id, plan_id, practice_id, sha256, number, at = found
        sealed = number_text(plan_id=plan_id, version=sha256, number=number, why=NumberWhy.BILLING, at=at)
        seal = seal_for_practice(sealed, practice_id=practice_id)
        values = [uuid7(), client_id, version_id, sealed, seal.signature, seal.key_id]
        cursor.execute("select plans_number_for_billing(%s, %s, %s, %s, %s, %s)", values)


def _tell(version: Version, kind: str, *, after: str = "", more: Mapping[str, list[str]] | None = None) -> None:
    record(
        kind=kind,
        client_id=version.client_id,
        object_type="version",
        object_id=version.id,
        after=after,
        detail={"sha256": version.sha256, "sequence": version.sequence, **(more or {})},
    )


def _activate(plan: Plan, at: datetime) -> None:
    move = PLAN_MOVES.apply(plan, "activate", activated_at=at)
    record(
        kind="plan.activated",
        client_id=plan.client_id,
        object_type="plan",
        object_id=plan.id,
        before=move.source,
        after=move.to,
    )


def _write_version(
    *, plan: Plan, last: Version | None, effective: Sequence[Standing], cause: str, at: datetime
) -> Version:
    in_force = [row.in_force_id for row in effective if row.in_force_id]
    revisions = ItemRevision.objects.in_bulk(in_force)
    answers = _answers(in_force)
    sequence = (last.sequence if last else 0) + 1
    previous = last.sha256 if last else ""
    pairs = [(row, revisions[row.in_force_id]) for row in effective if row.in_force_id]
    text = manifest_text(
        plan_id=plan.id,
        sequence=sequence,
        items=[manifest_item(row, revision, answers.get(revision.id, [])) for row, revision in pairs],
        previous=previous,
    )
    version = Version.objects.create(
        id=uuid7(),
        client_id=plan.client_id,
        practice_id=plan.practice_id,
        plan=plan,
        sequence=sequence,
        manifest=text,
        sha256=sha256_hex(text),
        previous_sha256=previous,
        cause=cause,
        at=at,
        snapshot=_snapshot(plan, sequence, at, pairs, answers),
        revision_ids=in_force,
    )
    _tell(version, "plan.version_made", more=_came_and_went(last, pairs))
    return version


def _came_and_went(last: Version | None, pairs: Sequence[tuple[Standing, ItemRevision]]) -> dict[str, list[str]]:
    """The items whose words are in force since this version, and those that no longer are: ids only (BILL-4)."""
    before = {item["id"]: item["revision"] for item in ((last.snapshot or {}) if last else {}).get("items", [])}
    now = {str(row.item_id): str(revision.id) for row, revision in pairs}
    agreed = sorted(item for item, revision in now.items() if before.get(item) != revision)
    return {"agreed": agreed, "out": sorted(set(before) - set(now))}


def manifest_item(row: Standing, revision: ItemRevision, answers: Sequence[Answer]) -> dict[str, Any]:
    """Returns one line of a manifest: which wording, where in the tree, and the hashes of what was said to it."""
    return {
        "id": row.item_id,
        "parent": revision.parent_id,
        "order": row.position,
        "revision": revision.sha256,
        "answers": [answer.sha256 for answer in answers],
    }


def _answers(revision_ids: Sequence[UUID]) -> dict[UUID, list[Answer]]:
    found: dict[UUID, list[Answer]] = {}
    for answer in Answer.objects.filter(revision_id__in=revision_ids).order_by("item_id", "number"):
        found.setdefault(answer.revision_id, []).append(answer)
    return found


def _snapshot(
    plan: Plan,
    sequence: int,
    at: datetime,
    pairs: Sequence[tuple[Standing, ItemRevision]],
    answers: Mapping[UUID, Sequence[Answer]],
) -> dict[str, Any]:
    document: dict[str, Any] = plain(
        {
            "schema": SNAPSHOT,
            "plan": plan.id,
            "sequence": sequence,
            "at": at,
            "items": [_snapshot_item(row, revision, answers.get(revision.id, [])) for row, revision in pairs],
        }
    )
    return document


def _snapshot_item(row: Standing, revision: ItemRevision, answers: Sequence[Answer]) -> dict[str, Any]:
    return {
        "id": row.item_id,
        "kind": row.kind,
        "statement_type": row.statement_type,
        "parent": revision.parent_id,
        "order": row.position,
        "revision": revision.id,
        "number": revision.number,
        "sha256": revision.sha256,
        "content": revision.content,
        "author": revision.author_id,
        "author_role": revision.author_role,
        "dictated": revision.dictated,
        "answers": [_snapshot_answer(answer) for answer in answers],
    }


def _snapshot_answer(answer: Answer) -> dict[str, Any]:
    return {
        "person": answer.person_id,
        "role": answer.role_held,
        "choice": answer.choice,
        "how": answer.how,
        "recorded_by": answer.recorded_by_id,
        "at": answer.at,
    }
