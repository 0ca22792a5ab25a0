"""Giving a plan away with its proof: the latest version gets its number, the whole is sealed (PLAN-8, PLAN-12)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from careplan.access.actor import Actor
from careplan.accounts.practice_keys import make_practice_key, seal_for_practice
from careplan.canonical import canonical_json, stamp
from plans.bundle.schemas import BUNDLE, part_hash, parts_of, seal_text
from plans.kinds import NumberWhy
from plans.models import Plan, Version
from plans.selectors.acting import now
from plans.selectors.bundle import bundle_body
from plans.selectors.people import practice_of
from plans.services.versions import number_version


def number_for_export(*, client_id: UUID, by: Actor) -> None:
    """Gives each plan's latest version the number that people will know the copy by, unless it has one."""
    for plan in Plan.objects.filter(client_id=client_id).order_by("started_at"):
        latest = Version.objects.filter(client_id=client_id, plan=plan).order_by("-sequence").first()
        if latest is not None:
            number_version(version_id=latest.id, why=NumberWhy.EXPORTED, by=by)


def sealed_bundle(*, client_id: UUID) -> str:
    """Returns the text of a file that proves itself: what `manage.py verify_plan` checks. Changes nothing."""
    practice_id = practice_of(client_id)
    make_practice_key(practice_id=practice_id)  # before the keys are read: a first seal makes the key
    at = now()
    body = bundle_body(client_id=client_id, practice_id=practice_id, at=at)
    return canonical_json({"schema": BUNDLE, "body": body, "seal": _seal(body, stamp(at), practice_id)})


def _seal(body: dict[str, Any], at: str, practice_id: UUID) -> dict[str, Any]:
    text = seal_text(at=at, parts=[[name, part_hash(name, value)] for name, value in parts_of(body)])
    seal = seal_for_practice(text, practice_id=practice_id)
    return {"text": text, "signature": seal.signature, "key": seal.key_id}
