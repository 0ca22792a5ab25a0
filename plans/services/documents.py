"""The hashed texts of plans, each with its schema (PLAN-5f, PLAN-8). Their shape is for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careplan.canonical import Salted, canonical_json, salted_hash

REVISION = "careplan.plan-revision/1"
ANSWER = "careplan.plan-answer/1"
MANIFEST = "careplan.plan-version/1"
NUMBER = "careplan.plan-version-number/1"
SNAPSHOT = "careplan.plan-snapshot/1"
SIGNATURE = "careplan.plan-signature/1"


def revision_document(
    *,
    item_id: UUID,
    kind: str,
    statement_type: str,
    number: int,
    base: str | None,
    content: Mapping[str, Any],
    asks: Sequence[str],
    author_id: UUID,
    author_role: str,
    dictated: bool,
    at: datetime,
) -> Salted:
    """Returns the hashed text of a wording; `base` is the hash of the wording it was written on."""
    return salted_hash(
        {
            "schema": REVISION,
            "item": item_id,
            "kind": kind,
            "statement_type": statement_type or None,
            "number": number,
            "base": base,
            "content": content,
            "asks": list(asks),
            "author": author_id,
            "author_role": author_role,
            "dictated": dictated,
            "at": at,
        }
    )


def answer_document(
    *,
    item_id: UUID,
    revision: str,
    number: int,
    person_id: UUID,
    role_held: str,
    choice: str,
    words: str,
    until: date | None,
    until_raised: bool,
    how: str,
    recorded_by: UUID | None,
    sheet_id: UUID | None,
    present: Sequence[str],
    at: datetime,
) -> Salted:
    """Returns the hashed text of an answer; `revision` is the hash of the very wording it answers."""
    return salted_hash(
        {
            "schema": ANSWER,
            "item": item_id,
            "revision": revision,
            "number": number,
            "person": person_id,
            "role": role_held,
            "choice": choice,
            "words": words or None,
            "until": until,
            "until_raised": until_raised,
            "how": how,
            "recorded_by": recorded_by,
            "sheet": sheet_id,
            "present": list(present),
            "at": at,
        }
    )


def manifest_text(*, plan_id: UUID, sequence: int, items: Sequence[Mapping[str, Any]], previous: str) -> str:
    """Returns the text of a version: what is in force, by ids and hashes only."""
    return canonical_json(
        {
            "schema": MANIFEST,
            "plan": plan_id,
            "sequence": sequence,
            "items": list(items),
            "previous": previous or None,
        }
    )


def number_text(*, plan_id: UUID, version: str, number: int, why: str, at: datetime) -> str:
    """Returns the text that a practice seals when a version gets its number."""
    return canonical_json(
        {"schema": NUMBER, "plan": plan_id, "version": version, "number": number, "why": why, "at": at}
    )


def signature_document(
    *,
    plan_id: UUID,
    version: str,
    number: int,
    request_id: UUID,
    person_id: UUID,
    name: str,
    role: str,
    authority: str,
    statement: str,
    notes: str,
    code: str,
    method: str,
    language: str,
    interpreter: str,
    zone: str,
    at: datetime,
) -> Salted:
    """Returns the text that a signature is: who said what of the version with this hash, when and how."""
    return salted_hash(
        {
            "schema": SIGNATURE,
            "plan": plan_id,
            "version": version,
            "number": number,
            "request": request_id,
            "person": person_id,
            "name": name,
            "role": role,
            "authority": authority or None,
            "statement": statement,
            "notes": notes or None,
            "code": code,
            "method": method,
            "language": language,
            "interpreter": interpreter or None,
            "zone": zone,
            "at": at,
        }
    )
