"""The same words give the same bytes, whoever posts them and however (PLAN-5f)."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careplan.canonical import NotCanonical, canonical_json, clean_text, salted_hash, sha256_hex, stamp
from careplan.errors import Refused

WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8).filter(
    lambda k: k != "schema"
)
LEAVES = st.one_of(
    WRITABLE.map(clean_text), st.integers(-(2**53) + 1, 2**53 - 1), st.booleans(), st.dates(), st.uuids(), st.none()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner.filter(lambda v: v is not None)), st.dictionaries(KEYS, inner)),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)
SOME = settings(max_examples=40, deadline=None)


@given(WRITABLE)
def test_cleaning_twice_changes_nothing_more(words: str) -> None:
    assert clean_text(clean_text(words)) == clean_text(words)


@given(WRITABLE)
def test_clean_words_are_normal_and_have_no_loose_ends(words: str) -> None:
    clean = clean_text(words)
    assert unicodedata.is_normalized("NFC", clean)
    assert "\r" not in clean
    assert clean == clean.rstrip()
    assert all(line == line.rstrip() for line in clean.split("\n"))


@given(WRITABLE)
def test_the_words_are_the_same_however_they_were_typed(words: str) -> None:
    """A form posts \\r\\n, a phone decomposes letters: the bytes are the same."""
    posted = unicodedata.normalize("NFD", words.replace("\r\n", "\n").replace("\r", "\n"))
    assert clean_text(posted.replace("\n", "\r\n")) == clean_text(words)
    assert clean_text(posted + "  \n\n") == clean_text(words)


@pytest.mark.parametrize("words", ["a\x00b", "\ud800", "half \udfff a letter"])
def test_what_cannot_be_kept_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(Refused, match=r"can’t be kept"):
        clean_text(words)


@SOME
@given(DOCUMENTS)
def test_a_document_has_one_text(document: dict) -> None:
    shuffled = dict(reversed(list(document.items())))
    text = canonical_json({"schema": "test/1", **document})
    assert text == canonical_json({**shuffled, "schema": "test/1"})
    assert text == canonical_json(json.loads(text))
    assert "null" not in _keys_without_strings(json.loads(text))


@SOME
@given(DOCUMENTS, DOCUMENTS)
def test_different_documents_have_different_texts(one: dict, other: dict) -> None:
    first, second = ({"schema": "test/1", **document} for document in (one, other))
    same = canonical_json(first) == canonical_json(second)
    assert same == (json.loads(canonical_json(first)) == json.loads(canonical_json(second)))


def _keys_without_strings(value: object) -> list[str]:
    match value:
        case dict():
            return [found for each in value.values() for found in _keys_without_strings(each)]
        case list():
            return [found for each in value for found in _keys_without_strings(each)]
        case None:
            return ["null"]
    return []


class Colour(StrEnum):
    CLAY = "clay"


def test_every_kind_of_value_is_written_in_one_way() -> None:
    document = {
        "schema": "test/1",
        "z": date(2026, 6, 15),
        "a": Decimal("1.50"),
        "at": datetime(2026, 5, 4, 16, 12, 0, 250999, tzinfo=timezone(timedelta(hours=2))),
        "id": UUID(int=7),
        "left_out": None,
        "colour": Colour.CLAY,
        "yes": True,
        "many": ("b", 1),
    }
    assert canonical_json(document) == (
        '{"a":"1.50","at":"2026-05-04T14:12:00.250Z","colour":"clay","id":"00000000-0000-0000-0000-000000000007",'
        '"many":["b",1],"schema":"test/1","yes":true,"z":"2026-06-15"}'
    )


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, b"bytes", {1: "a"}, {"é": 1}, [None], "a\r\n", "e\u0301", Decimal("NaN"), {"a", "b"}],
)
def test_what_could_be_written_in_two_ways_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json({"schema": "test/1", "value": value})


def test_a_document_says_its_schema_and_a_time_its_zone() -> None:
    with pytest.raises(NotCanonical):
        canonical_json({"a": 1})
    with pytest.raises(NotCanonical):
        stamp(datetime(2026, 1, 1))
    assert stamp(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"


def test_the_same_words_hash_differently_each_time_and_can_be_checked() -> None:
    """PLAN-8: sixteen random bytes, so that a hash gives nothing away."""
    document = {"schema": "test/1", "words": "To say her name at the table."}
    one, other = salted_hash(document), salted_hash(document)
    assert one.sha256 != other.sha256
    assert len(bytes.fromhex(one.salt)) == 16
    assert salted_hash(document, salt=one.salt) == one
    assert sha256_hex(one.text) == one.sha256
