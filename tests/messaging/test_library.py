"""The library: what a piece says about itself, how it reads, and that a published version stays (MSG-4)."""

import pytest

from careplan.errors import NotYours
from careplan.reading import reading_grade
from messaging.library import Piece, every_version, library, newest, piece_of
from messaging.library.markup import as_html

# Published versions, by their hash. A correction is a new file; nothing here is ever edited.
PUBLISHED = {
    ("asking-for-what-you-need", 1): "cc45c45b7b5d093b44e18c89d082ef6c5c85199863d03698acf601b57f85182c",
    ("build-your-own-ladder", 1): "5456cfb09027df8f57f4229fe193b3bb6ddeafb7635e210e3b12200ed16d3cb9",
    ("what-panic-does", 1): "f26f01e85272a9af7f567144d6f56fd50f15847101b3ee70a0b48f5a5d8f8dd8",
    ("when-sleep-wont-come", 1): "c9e52c0944c88bddad89f10a56ecbd3661eb131509e309b8af5bf25ebec8e765",
}
TOLD_TO_CLIENTS = ("summary", "helps", "wont", "skip", "stirs", "evidence")


def test_four_pieces_are_there_to_be_offered():
    assert [piece.title for piece in library()] == [
        "Asking for what you need",
        "Build your own ladder",
        "What panic does and doesn’t do",
        "When sleep won’t come",
    ]


def test_a_published_version_is_never_edited():
    """MSG-4: people keep the version they were given, to the byte."""
    assert {(piece.key, piece.version): piece.sha256 for piece in every_version().values()} == PUBLISHED


@pytest.mark.parametrize("piece", every_version().values(), ids=lambda piece: f"{piece.key}.{piece.version}")
def test_every_piece_says_what_it_is_and_reads_easily(piece: Piece):
    """MSG-4, UI-4: every field is filled, grade 8 at most, with nothing that a patient leaflet would say."""
    told = {name: getattr(piece, name) for name in Piece.__dataclass_fields__ if name not in ("translator", "version")}
    assert all(told.values()), told
    assert piece.grade <= 8
    for name in TOLD_TO_CLIENTS:
        assert reading_grade(getattr(piece, name)) <= 8, name
    words = f"{piece.text} {' '.join(getattr(piece, name) for name in TOLD_TO_CLIENTS)}".lower()
    assert not {word for word in ("patient", "compliance", "refuse", "homework", "symptom") if word in words}


def test_a_version_that_is_not_there_is_not_found():
    with pytest.raises(NotYours):
        piece_of("what-panic-does", 99)
    with pytest.raises(NotYours):
        newest("../../etc/passwd")


def test_only_our_own_marks_become_html():
    """MSG-4: whatever else is written comes out as the words it is."""
    html = as_html(
        "## A <b>title</b>\n\nOne **two** *three* <script>alert(1)</script>\n\n- [x](javascript:alert(1))\n"
        "1. ____\n\n____"
    )
    assert html.split("\n") == [
        "<h2>A &lt;b&gt;title&lt;/b&gt;</h2>",
        "<p>One <strong>two</strong> <em>three</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<ul><li>[x](javascript:alert(1))</li></ul>",
        '<ol><li><span class="to-fill"></span></li></ol>',
        '<p class="to-fill-line"><span class="to-fill"></span></p>',
    ]
