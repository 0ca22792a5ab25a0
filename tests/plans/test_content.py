"""What an item says: typed, clean, in one canonical form, readable line by line (PLAN-2, PLAN-5f)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careplan.canonical import canonical_json
from plans.content import (
    Content,
    ContentRefused,
    DoerContent,
    Duration,
    Frequency,
    GoalContent,
    InterventionContent,
    ObjectiveContent,
    StatementContent,
    changed_parts,
    content_from_form,
    content_of,
    lines_of,
    parts_asked,
    title_of,
    with_client_words,
    with_parent,
    words_of,
)
from plans.kinds import Part

WORDS = st.sampled_from(["", "Sleep through", "Two\nlines ", "é"])
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 1))
TEN = st.none() | st.integers(0, 10)
IDS = st.none() | st.integers(1, 5).map(lambda number: UUID(int=number))
SAID = st.sampled_from(["Sleep through", "Ride the 14"])
CONTENTS = st.one_of(
    st.builds(GoalContent, SAID, WORDS, st.sampled_from(["", "together"]), st.just("work"), TEN, TEN, parent=IDS),
    st.builds(ObjectiveContent, SAID, WORDS, WORDS, WORDS, DAYS, IDS),
    st.builds(
        InterventionContent,
        SAID,
        st.sampled_from([DoerContent("client"), DoerContent("person", UUID(int=9))]),
        WORDS,
        st.none()
        | st.builds(Frequency, st.sampled_from(["day", "week"]), st.integers(1, 9), TEN.map(lambda n: n or None)),
        st.none() | st.builds(Duration, st.integers(1, 20), st.just("sessions")),
        st.lists(st.just(UUID(int=3)), max_size=2).map(tuple),
        parent=IDS,
    ),
    st.builds(StatementContent, st.just("hope"), SAID),
    st.builds(StatementContent, st.just("look_again"), st.just(""), st.dates()),
)


@settings(max_examples=60, deadline=None)
@given(CONTENTS)
def test_what_is_stored_reads_back_as_what_was_said(content: Content) -> None:
    stored = content.canonical()
    again = content_of(content.kind, stored, statement_type=getattr(content, "statement_type", ""))
    assert again == content
    assert all(value not in ("", None, []) for value in stored.values())
    assert canonical_json({"schema": "test/1", **stored})


@settings(max_examples=60, deadline=None)
@given(CONTENTS, CONTENTS)
def test_what_changed_is_what_differs(before: Content, after: Content) -> None:
    changed = changed_parts(before.canonical(), after.canonical())
    assert (changed == []) == (before.canonical() == after.canonical())
    assert parts_asked(after.canonical(), before.canonical())
    assert set(parts_asked(after.canonical(), None)) <= set(Part.values)


def test_a_form_gives_the_same_content_as_code() -> None:
    posted = {
        "what": "CBT for panic: step ladder \r\n",
        "doer": "therapist",
        "every": "1",
        "unit": "week",
        "minutes": "50",
        "duration_count": "12",
        "benefits": "",
        "parent": str(UUID(int=1)),
    }
    made = InterventionContent(
        "CBT for panic: step ladder",
        DoerContent("therapist"),
        frequency=Frequency("week", minutes=50),
        duration=Duration(12, "sessions"),
        parent=UUID(int=1),
    )
    assert content_from_form("intervention", posted) == made
    assert [line.text for line in lines_of(made)] == ["weekly, 50 minutes", "12 sessions", "The therapist"]


@pytest.mark.parametrize(
    ("kind", "posted", "field"),
    [
        ("goal", {}, "client_words"),
        ("goal", {"client_words": "a", "importance": "11"}, "importance"),
        ("goal", {"client_words": "a", "importance": "many"}, "importance"),
        ("goal", {"client_words": "a", "start": "2026-05-02", "target_date": "2026-05-01"}, "target_date"),
        ("goal", {"client_words": "a", "life_area": "moon"}, "life_area"),
        ("goal", {"client_words": "a", "expressed_by": "insurer"}, "expressed_by"),
        ("goal", {"client_words": "a", "parent": "7"}, "parent"),
        ("objective", {"behaviour": " "}, "behaviour"),
        ("objective", {"behaviour": "a", "by": "soon"}, "by"),
        ("intervention", {"what": ""}, "what"),
        ("intervention", {"what": "a", "doer": "nobody"}, "doer"),
        ("intervention", {"what": "a", "doer": "person"}, "doer_person"),
        ("intervention", {"what": "a", "minutes": "50"}, "unit"),
        ("intervention", {"what": "a", "unit": "week", "minutes": "0"}, "minutes"),
        ("intervention", {"what": "a", "duration_count": "0"}, "duration_count"),
        ("intervention", {"what": "a", "objectives": ["x"]}, "objectives"),
        ("statement", {"statement_type": "hope"}, "client_words"),
        ("statement", {"statement_type": "gossip", "client_words": "a"}, "statement_type"),
        ("statement", {"statement_type": "look_again"}, "on"),
        ("statement", {"statement_type": "look_again", "client_words": "a", "on": "2026-01-01"}, "client_words"),
        ("statement", {"statement_type": "hope", "client_words": "a", "on": "2026-01-01"}, "on"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(kind: str, posted: dict[str, Any], field: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        content_from_form(kind, posted)
    assert list(refused.value.fields) == [field]
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        (Frequency("week"), "weekly"),
        (Frequency("week", every=2, minutes=60), "every 2 weeks, 60 minutes"),
        (Frequency("week", times=3), "3 times a week"),
        (Frequency("day", times=1), "once a day"),
        (Frequency("month", every=2, times=2), "twice in 2 months"),
        (Frequency("session"), "each session"),
        (Frequency("once", times=1, minutes=20), "once, 20 minutes"),
    ],
)
def test_how_often_is_said_as_people_say_it(frequency: Frequency, words: str) -> None:
    assert frequency.words() == words


def test_a_title_is_the_first_line_cut_at_a_word() -> None:
    long = GoalContent("Sleep through and stop lying there doing tomorrow in my head, every single night")
    assert title_of(long) == "Sleep through and stop lying there doing tomorrow in my…"
    assert title_of(GoalContent("One\nTwo")) == "One"
    assert words_of(StatementContent("look_again", on=date(2026, 6, 15))) == "15 June 2026"
    assert words_of(GoalContent("", "Commute")) == "Commute"


def test_only_what_has_them_gets_a_parent_or_words() -> None:
    assert with_parent(ObjectiveContent("a"), UUID(int=1)).parent == UUID(int=1)
    assert with_client_words(GoalContent("a"), "b").client_words == "b"
    with pytest.raises(ContentRefused):
        with_parent(StatementContent("hope", "a"), UUID(int=1))
    with pytest.raises(ContentRefused):
        with_client_words(ObjectiveContent("a"), "b")
