"""The chains of one plan: wordings, answers, versions, numbers, signatures, each held to the others by its hash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careplan.canonical import sha256_hex
from plans.bundle.keys import Broken, Keys, sealed_by

__all__ = ["Broken", "check_plan"]

Row = Mapping[str, Any]
REMOVED: Mapping[str, Any] = {}


@dataclass
class Known:
    """What has been checked so far of one plan, by hash."""

    where: str
    keys: Keys
    revisions: dict[str, Row] = field(default_factory=dict)
    said: dict[str, Row] = field(default_factory=dict)
    answers: dict[str, Row] = field(default_factory=dict)
    versions: dict[str, Row] = field(default_factory=dict)

    def broken(self, what: str, why: str) -> Broken:
        """Returns the sentence that names the link."""
        return Broken(f"{self.where}, {what}: {why}")


def check_plan(where: str, plan: Row, keys: Keys) -> None:
    """Raises Broken with the first link of a plan that does not hold."""
    known = Known(where, keys)
    _check_revisions(plan, known)
    _check_answers(plan, known)
    _check_versions(plan, known)
    _check_numbers(plan, known)
    _check_signatures(plan, known)


def _check_revisions(plan: Row, known: Known) -> None:
    last: dict[str, Row] = {}
    for row in plan["revisions"]:
        what = f"wording {row['number']} of line {row['item']}"
        said = _text_of(row, known, what)
        before = last.get(row["item"])
        if row["number"] != (before["number"] + 1 if before else 1):
            raise known.broken(what, "one before it is missing, or they were put in another order.")
        if said and (said["item"], said["number"]) != (row["item"], row["number"]):
            raise known.broken(what, "it is the text of another one.")
        if said and said.get("base") != (before["sha256"] if before else None):
            raise known.broken(what, "it was written on another wording than the one before it.")
        last[row["item"]] = known.revisions[row["sha256"]] = row
        known.said[row["sha256"]] = said


def _check_answers(plan: Row, known: Known) -> None:
    last: dict[str, int] = {}
    for row in plan["answers"]:
        what = f"answer {row['number']} to line {row['item']}"
        said = _text_of(row, known, what)
        if row["number"] != last.get(row["item"], 0) + 1:
            raise known.broken(what, "one before it is missing, or they were put in another order.")
        if row["revision"] not in known.revisions or known.revisions[row["revision"]]["item"] != row["item"]:
            raise known.broken(what, "the wording it answers is not here.")
        if said and (said["item"], said["number"], said["revision"]) != (row["item"], row["number"], row["revision"]):
            raise known.broken(what, "it is the text of another one.")
        last[row["item"]] = row["number"]
        known.answers[row["sha256"]] = row


def _check_versions(plan: Row, known: Known) -> None:
    previous = None
    for sequence, row in enumerate(plan["versions"], start=1):
        what = f"version at place {sequence}"
        if sha256_hex(row["manifest"]) != row["sha256"]:
            raise known.broken(what, "its manifest is not what its hash was made of.")
        manifest = json.loads(row["manifest"])
        if (manifest["plan"], manifest["sequence"], manifest.get("previous")) != (plan["id"], sequence, previous):
            raise known.broken(what, "it does not follow the one before it.")
        _check_manifest(manifest["items"], known, what)
        if "snapshot" in row:
            _check_snapshot(row["snapshot"], manifest, known, what)
        previous = row["sha256"]
        known.versions[previous] = row


def _check_manifest(items: Sequence[Row], known: Known, what: str) -> None:
    for item in items:
        if item["revision"] not in known.revisions or known.revisions[item["revision"]]["item"] != item["id"]:
            raise known.broken(what, f"the wording of line {item['id']} that it holds is not here.")
        for answer in item["answers"]:
            if known.answers.get(answer, REMOVED).get("revision") != item["revision"]:
                raise known.broken(what, f"an answer to line {item['id']} that it holds is not here.")


def _check_snapshot(snapshot: Row, manifest: Row, known: Known, what: str) -> None:
    """The readable copy says what the hashes say."""
    if [_outline(item, "sha256") for item in snapshot["items"]] != [_outline(i, "revision") for i in manifest["items"]]:
        raise known.broken(what, "its readable copy shows other lines than its manifest.")
    for item in snapshot["items"]:
        said = known.said[item["sha256"]]
        if said and "content" in item and item["content"] != said["content"]:
            raise known.broken(what, f"its readable copy of line {item['id']} has other words than were agreed.")


def _outline(item: Row, named: str) -> tuple[Any, ...]:
    return (item["id"], item.get("parent"), item["order"], item[named])


def _check_numbers(plan: Row, known: Known) -> None:
    for number, row in enumerate(plan["numbers"], start=1):
        what = f"number {number} for people"
        _ensure_sealed(row, row["sealed"], known, what)
        sealed = json.loads(row["sealed"])
        if sealed["number"] != number or sealed["plan"] != plan["id"] or sealed["version"] not in known.versions:
            raise known.broken(what, "the version it was given to is not here, or a number is missing.")


def _check_signatures(plan: Row, known: Known) -> None:
    for row in plan["signatures"]:
        what = f"signature {row['id']}"
        said = _text_of(row, known, what)
        if row["version"] not in known.versions:
            raise known.broken(what, "the version that was signed is not here.")
        if said:
            _ensure_sealed(row, row["hashed"], known, what)
            if any(said[name] != row[name] for name in ("version", "person", "statement", "at")):
                raise known.broken(what, "it is the text of another one.")


def _ensure_sealed(row: Row, text: str, known: Known, what: str) -> None:
    if not sealed_by(known.keys, row["key"], text, row["seal"]):
        raise known.broken(what, "its seal was not made by this key over this text.")


def _text_of(row: Row, known: Known, what: str) -> Row:
    """Returns the hashed text as a document; nothing for one that was lawfully removed, whose hash stands."""
    if "hashed" not in row:
        return REMOVED
    if sha256_hex(row["hashed"]) != row["sha256"]:
        raise known.broken(what, "its text is not what its hash was made of.")
    document: Iterable[Any] = json.loads(row["hashed"])
    if not isinstance(document, dict):
        raise known.broken(what, "its text is not a document.")
    return document
