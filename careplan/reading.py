"""How hard a text is to read: the school grade of Flesch and Kincaid, for English (UI-4, MSG-4)."""

from __future__ import annotations

import re
from functools import cache

import pyphen

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
APOSTROPHE = re.compile("[’']")
VOWELS = re.compile("[aeiouyà-öø-ÿ]+")
SILENT = re.compile("(?<![aeiouyl])e$|(?<![aeiouydt])ed$|(?<![aeiouyszxcg])es$|(?<=[aeiouy]l)e$")
SENTENCE_ENDS = re.compile(r"[.!?…]+[\s”’\")]*(?:\s|$)|\n+")


def reading_grade(text: str) -> float:
    """The grade, to one decimal: 6.0 is read with ease by most twelve-year-olds. 0.0 for a text without words.

    A line break ends a sentence, so that headings and the points of a list count as what they are.
    """
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = [part for part in SENTENCE_ENDS.split(text) if WORD.search(part)]
    syllables = sum(map(syllables_of, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return max(0.0, round(grade, 1))


def syllables_of(word: str) -> int:
    """How many syllables a word is spoken with: the greater of its vowels heard and its places to hyphenate.

    Each alone counts too few (“body” is never hyphenated, “quiet” has one run of vowels): a grade should not flatter.
    """
    parts = APOSTROPHE.sub("", word.lower()).split("-")
    return sum(max(1, len(_heard(part)), len(_hyphens().positions(part)) + 1) for part in parts if part)


def _heard(part: str) -> list[str]:
    silent = SILENT.search(part)
    return VOWELS.findall(part[: silent.start()] if silent and VOWELS.search(part[: silent.start()]) else part)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
