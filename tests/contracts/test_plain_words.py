"""UI-4: what a client reads is in plain words, and every word of it can be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from careplan.reading import reading_grade

ROOT = Path(__file__).resolve().parents[2]
APPS = ("careplan", "clients", "plans", "messaging")
MOST = 8.0
LONG_ENOUGH = 30  # words: a button or two says nothing about a page
SHELLS = tuple(f'extends "ui/{shell}.html"' for shell in ("portal", "sign", "door", "error", "room", "print"))
FOR_BOTH = {"kept.html", "moved.html", "refused.html", "error_summary.html", "leave.html", "base.html", "left.html"}
TRANSLATED = re.compile(
    r"{%\s*trans(?:late)?\s+\"((?:[^\"\\]|\\.)*)\"[^%]*%}|{%\s*blocktrans(?:late)?[^%]*%}(.*?){%\s*endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>|&\w+;")
STAFF_DOORS = {"sign_in.html", "second_step.html", "set_up_second_step.html", "choose_practice.html", "confirm.html"}
STAFF_DOORS |= {"recovery_codes.html"}
NOT_FOR_CLIENTS = {"docs.html", "problem.html", "outbox.html"}
NAMES_OF_THINGS = {"English", "Careplan"}


def client_pages() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("templates/**/*.html")):
            text = path.read_text(encoding="utf-8")
            if path.name not in STAFF_DOORS | NOT_FOR_CLIENTS and (
                _is_in_the_portal(path) or any(shell in text for shell in SHELLS)
            ):
                yield path


def _is_in_the_portal(path: Path) -> bool:
    """In a folder of the portal's own, or a part that both shells show."""
    folders = path.parts[path.parts.index("templates") :]
    return "my" in folders or (folders[1] == "ui" and path.name in FOR_BOTH)


def said(text: str) -> str:
    """The page's own sentences, one a line."""
    found = [one or many for one, many in TRANSLATED.findall(text)]
    return "\n".join(MARKUP.sub("", TAGS.sub("something", each)).strip() for each in found)


PAGES = list(client_pages())
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_clients_page_is_read_with_ease(path: Path):
    """UI-4: grade 8 at most, by Flesch and Kincaid."""
    words = said(path.read_text(encoding="utf-8"))
    if len(words.split()) >= LONG_ENOUGH:
        assert reading_grade(words) <= MOST, f"{reading_grade(words)}: {words}"


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_word_of_a_clients_page_can_be_translated(path: Path):
    text = TRANSLATED.sub("", path.read_text(encoding="utf-8"))
    left = re.sub(r"{#.*?#}|{% block (?:main_class|body|help_current) %}.*?{% endblock[^%]*%}", "", text)
    bare = MARKUP.sub(" ", TAGS.sub(" ", left))
    words = [word for word in re.findall(r"[A-Za-z’]{2,}", bare) if word not in NAMES_OF_THINGS]
    assert words == [], f"not marked for translation: {' '.join(words)[:200]}"
