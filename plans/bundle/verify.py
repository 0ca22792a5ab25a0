"""Checking a bundle with nothing but the file: what is broken first, in words (PLAN-12). No Django, no database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careplan.canonical import NotCanonical, canonical_json
from plans.bundle.keys import Keys, sealed_by
from plans.bundle.links import Broken, check_plan
from plans.bundle.schemas import BODY, BUNDLE, SEAL, part_hash, parts_of


@dataclass(frozen=True)
class Checked:
    """What was found: the first broken link, or none; what was checked; with whose keys."""

    broken: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    keys: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every byte is what was exported."""
        return not self.broken


def verify(written: bytes, *, trusted: Sequence[str] = ()) -> Checked:
    """Says whether these bytes are a bundle exactly as it was exported, or which link breaks first. Never raises.

    `trusted` are fingerprints of keys that the reader knows from the practice; without, the bundle's own keys are
    believed, and their fingerprints returned to be compared.
    """
    try:
        document = _read(written)
        keys = Keys.of(document["body"].get("keys", []))
        _check_inside(document["body"], keys)
        _check_seal(document, keys)
        keys.ensure_among(trusted)
    except Broken as link:
        return Checked(broken=str(link))
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as shapeless:
        return Checked(broken=f"The file: something is missing, or not what it should be ({type(shapeless).__name__}).")
    return Checked(counts=_counts(document["body"]), keys=keys.lines())


def _read(written: bytes) -> dict[str, Any]:
    try:
        text = written.decode("utf-8")
        document = json.loads(text, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Broken(f"The file: byte {error.start + 1} can’t be read as text.") from error
    except json.JSONDecodeError as error:
        raise Broken(f"The file: it ends or breaks at character {error.pos + 1}.") from error
    if (
        not isinstance(document, dict)
        or document.get("schema") != BUNDLE
        or set(document) != {"schema", "body", "seal"}
    ):
        raise Broken("The file: this is not a plan with its proof.")
    _ensure_written_one_way(document, text)
    return document


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Broken("The file: something in it stands twice.")
    return found


def _ensure_written_one_way(document: Mapping[str, Any], text: str) -> None:
    """A file says the same thing in one way only, so that not even a blank can be put in."""
    try:
        wanted = canonical_json(document)
    except NotCanonical as error:
        raise Broken(f"The file: {error}.") from error
    if wanted != text:
        raise Broken(f"The file: it was not written like this; it differs from character {_differs(wanted, text)} on.")


def _differs(wanted: str, text: str) -> int:
    pairs = enumerate(zip(wanted, text, strict=False), start=1)
    return next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(text)) + 1)


def _check_inside(body: Mapping[str, Any], keys: Keys) -> None:
    if body.get("schema") != BODY:
        raise Broken("The file: its inside is not a plan with its proof.")
    for number, plan in enumerate(body["plans"], start=1):
        check_plan(f"Plan {number}", plan, keys)


def _check_seal(document: Mapping[str, Any], keys: Keys) -> None:
    """The seal over all parts: it catches what no chain inside holds, and names the part."""
    seal = document["seal"]
    if set(seal) != {"text", "signature", "key"} or not sealed_by(keys, seal["key"], seal["text"], seal["signature"]):
        raise Broken("The seal: it was not made by this key over this list of parts.")
    listed = json.loads(seal["text"])
    if listed["schema"] != SEAL:
        raise Broken("The seal: it is over something else.")
    there = [[name, part_hash(name, value)] for name, value in parts_of(document["body"])]
    for was, now in zip(listed["parts"], there, strict=False):
        if was != now:
            raise Broken(f"{was[0]}: it is not what was exported.")
    if len(listed["parts"]) != len(there):
        raise Broken("The parts: one was added, or one is missing.")


COUNTED = ("versions", "revisions", "answers", "numbers", "signatures")


def _counts(body: Mapping[str, Any]) -> dict[str, int]:
    counts = {name: sum(len(plan[name]) for plan in body["plans"]) for name in COUNTED}
    return {**counts, "removed": sum(1 for _ in _removed(body))}


def _removed(body: Mapping[str, Any]) -> Iterator[str]:
    """Texts that were lawfully removed: their hashes stand, and the proof with them (AUD-5)."""
    for plan in body["plans"]:
        for name in ("revisions", "answers", "signatures"):
            yield from (row["sha256"] for row in plan[name] if "hashed" not in row)
