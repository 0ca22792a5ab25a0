"""PLAN-8: what pages show of a version is as true as the manifest beside it, whoever writes the row."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from careplan.canonical import canonical_json, plain, sha256_hex, stamp
from careplan.ids import uuid7
from plans.models import Version
from plans.selectors.acting import now
from tests.plans.room import Room

RULE = "plans_version_snapshot_shows_what_was_agreed"


def the_next(room: Room, **more: Any) -> Version:
    """A sound row for the same wordings once more, written by hand."""
    last = Version.objects.filter(plan_id=room.plan_id).order_by("-sequence").first()
    at = more.pop("at", now())
    sequence = last.sequence + 1
    manifest = canonical_json({**json.loads(last.manifest), "sequence": sequence, "previous": last.sha256})
    snapshot = {**deepcopy(last.snapshot), "sequence": sequence, "at": stamp(at)}
    return Version(
        id=uuid7(),
        client_id=room.client_id,
        practice_id=room.practice_id,
        plan_id=room.plan_id,
        sequence=sequence,
        manifest=manifest,
        sha256=sha256_hex(manifest),
        previous_sha256=last.sha256,
        cause="forged",
        at=at,
        snapshot=snapshot,
        revision_ids=last.revision_ids,
    )


def written(row: Version) -> None:
    with transaction.atomic():
        row.save(force_insert=True)
        transaction.set_rollback(True)


LIES = {
    "content": {"client_words": "Whatever the therapist likes better."},
    "author_role": "client",
    "author": str(uuid7()),
    "dictated": True,
    "number": 7,
    "revision": str(uuid7()),
    "kind": "objective",
    "order": 12,
    "parent": str(uuid7()),
    "answers": [],
    "spoken": "a part that no version has",
}


@pytest.mark.parametrize("part", LIES)
def test_a_snapshot_tells_no_other_words(room: Room, part: str) -> None:
    room.agreed_intervention()
    with room.acts(room.therapist):
        written(the_next(room))
        forged = the_next(room)
        forged.snapshot["items"][0][part] = LIES[part]
        with pytest.raises(DatabaseError, match=RULE):
            written(forged)


@pytest.mark.parametrize("part", ["how", "choice", "person", "at", "recorded_by"])
def test_a_snapshot_tells_no_other_answers(room: Room, part: str) -> None:
    room.agreed_intervention()
    with room.acts(room.therapist):
        forged = the_next(room)
        forged.snapshot["items"][0]["answers"][0][part] = "not_now"
        with pytest.raises(DatabaseError, match=RULE):
            written(forged)


def test_a_snapshot_leaves_nothing_out_and_adds_nothing(room: Room) -> None:
    room.agreed_goal()
    room.agreed_intervention()
    with room.acts(room.therapist):
        for change in (list.pop, lambda items: items.append(items[0]), list.clear):
            forged = the_next(room)
            change(forged.snapshot["items"])
            with pytest.raises(DatabaseError, match=RULE):
                written(forged)


def test_a_version_is_not_dated_back(room: Room) -> None:
    room.agreed_goal()
    with room.acts(room.therapist):
        for forged in (the_next(room, at=now() - timedelta(days=1)), the_next(room, at=now() + timedelta(days=1))):
            with pytest.raises(DatabaseError, match=RULE):
                written(forged)
        quiet = the_next(room)
        quiet.snapshot["at"] = plain(now() - timedelta(days=1))
        with pytest.raises(DatabaseError, match=RULE):
            written(quiet)
