"""The library: pieces to read or fill in, each with what it won't do and who should skip it (MSG-4).

A piece is a file in `pieces/<language>/<key>.<version>.md`: facts in TOML between `+++`, then the text. A version that
was published is never edited, since people keep the one they were given; a correction is a new version.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from django.utils.safestring import SafeString

from careplan.errors import NotYours
from careplan.reading import reading_grade
from messaging.kinds import Approach, Medium
from messaging.library.markup import as_html, as_words

PIECES = Path(__file__).parent / "pieces"


@dataclass(frozen=True)
class Piece:
    """One version of one piece. `sha256` is of its whole file: what an offer remembers."""

    key: str
    version: int
    language: str
    sha256: str
    text: str
    title: str
    summary: str
    topic: str
    approach: Approach
    medium: Medium
    minutes: int
    helps: str
    wont: str
    skip: str
    stirs: str
    evidence: str
    source: str
    source_date: str
    author: str
    licence: str
    attribution: str
    reviewed: date
    translator: str = ""

    @cached_property
    def html(self) -> SafeString:
        """The text as a page shows it."""
        return as_html(self.text)

    @cached_property
    def grade(self) -> float:
        """The school grade it is read at; meant for English."""
        return reading_grade(as_words(self.text))

    @property
    def is_worksheet(self) -> bool:
        """Whether there is something to write on it."""
        return self.medium == Medium.WORKSHEET


@cache
def every_version() -> Mapping[tuple[str, int], Piece]:
    """Every version of every piece, by key and number."""
    read = (_read(path) for path in sorted(PIECES.glob("*/*.md")))
    return {(piece.key, piece.version): piece for piece in read}


def library() -> tuple[Piece, ...]:
    """The newest version of each piece, by title: what can be offered now."""
    newest = {key: max(number for name, number in every_version() if name == key) for key, _ in every_version()}
    return tuple(sorted((every_version()[each] for each in newest.items()), key=lambda piece: piece.title))


def piece_of(key: str, version: int) -> Piece:
    """The version somebody was given. Raises NotYours when there is none."""
    try:
        return every_version()[key, version]
    except KeyError:
        raise NotYours from None


def newest(key: str) -> Piece:
    """The newest version of a piece. Raises NotYours when the library has none of that name."""
    found = [piece for piece in library() if piece.key == key]
    if not found:
        raise NotYours
    return found[0]


def _read(path: Path) -> Piece:
    stored = path.read_text(encoding="utf-8")
    _, facts, text = stored.split("+++\n", 2)
    key, version = path.stem.split(".")
    told = tomllib.loads(facts)
    told |= {"approach": Approach(told["approach"]), "medium": Medium(told["medium"])}
    digest = hashlib.sha256(stored.encode()).hexdigest()
    return Piece(key=key, version=int(version), language=path.parent.name, sha256=digest, text=text, **told)
