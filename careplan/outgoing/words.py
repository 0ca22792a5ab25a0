"""The words of everything that leaves: no client, clinician or practice, and nothing that says what this is about.

One declaration a kind; a property test reads them all (REM-3).
"""

from __future__ import annotations

from dataclasses import dataclass

from careplan.outgoing.models import Channel

SUBJECT = "Something for you"
LEAVES = "leaves"
STOPS = {
    Channel.EMAIL: "This came because you said yes to it. No more of these: {stop}",
    Channel.TEXT: "You said yes to these. To end them, reply STOP or open {stop}",
}
"""Why it came, and the one step to no more of them (REM-1)."""


@dataclass(frozen=True)
class Words:
    """A kind's words. `body` holds `{link}` where it leads somewhere, and `{when}` where it names a moment.

    `stops` says that it comes with a way to end such messages.
    """

    kind: str
    subject: str
    body: str
    stops: bool = False


_WORDS: dict[str, Words] = {}


def declare(*, kind: str, subject: str = SUBJECT, body: str, stops: bool = False) -> Words:
    """The declared words. Raises ValueError for a kind that has some already."""
    if kind in _WORDS:
        raise ValueError(f"{kind} has its words already")
    _WORDS[kind] = Words(kind, subject, body, stops)
    return _WORDS[kind]


def words_of(kind: str) -> Words:
    """The words of a kind. Raises LookupError for one that was never declared."""
    try:
        return _WORDS[kind]
    except KeyError:
        raise LookupError(f"{kind} has no words, so nothing of it can leave") from None


def all_words() -> dict[str, Words]:
    """Every kind's words."""
    return dict(_WORDS)


declare(
    kind="invitation",
    subject="Your link",
    body="Here is the link you were told about. It works once, for a week:\n\n{link}\n\nNot expecting it? Ignore it.",
)
declare(
    kind="new_password",
    subject="Your link",
    body="Here is the link you asked for. It works once, for an hour:\n\n{link}\n\nIf you didn’t ask, ignore it.",
)
declare(
    kind="new_sign_in",
    subject="A new sign-in",
    body="Somebody signed in with this address on a new device. If it was you, all is well. If not:\n\n{link}",
)
