"""REM-3, REM-8: what leaves says nothing of whom or what it is about."""

import re

import pytest

from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing
from careplan.outgoing.sending import letter_of
from careplan.outgoing.words import all_words
from tests.world import ELSEWHERE, STAFF

NEVER = re.compile(
    r"therap|\bplan|mental|client|patient|counsel|session|clinic|practice|diagnos|consent|treat|health",
    re.IGNORECASE,
)
NAMES = {"Tomek", "Roz", "Maren", "Linden", "Harbour"} | {
    word for person in (STAFF | ELSEWHERE).values() for word in re.findall(r"\w{3,}", person[0])
}


@pytest.mark.parametrize("kind", sorted(all_words()))
@pytest.mark.parametrize("channel", ["email", "text"])
def test_nothing_that_leaves_names_anybody_or_a_topic(kind, channel, settings):
    settings.PUBLIC_URL = "https://my.example"
    message = Outgoing(kind=kind, channel=channel)
    letter = letter_of(message, Carried("her@example.test", "/begin/abc/", "Tue 15:00", "/stop/abc/"))
    said = f"{letter.subject}\n{letter.body}\n{letter.headers}\n{settings.MAIL_FROM}"
    assert not NEVER.search(said), NEVER.search(said)
    assert not [name for name in NAMES if re.search(rf"\b{name}\b", said)]


def test_a_kind_without_words_cannot_leave():
    from careplan.outgoing.words import words_of

    with pytest.raises(LookupError):
        words_of("chatter")
