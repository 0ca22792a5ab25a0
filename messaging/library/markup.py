"""The few marks a piece is written with, as HTML: everything is escaped first, so nothing else gets through (MSG-4).

`##` and `###` headings, paragraphs, `- ` and `1. ` lists, `**strong**`, `*soft*`, and `____` for a line to write on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString

HEADING = re.compile(r"(#{2,3}) +(.+)")
POINT = re.compile(r"- +(.+)")
NUMBERED = re.compile(r"\d+\. +(.+)")
STRONG = re.compile(r"\*\*(.+?)\*\*")
SOFT = re.compile(r"\*(.+?)\*")
TO_FILL = re.compile(r"_{3,}")
FILL = '<span class="to-fill"></span>'


def as_html(text: str) -> SafeString:
    """The text as HTML made of our own tags alone."""
    return SafeString("\n".join(_blocks(text.splitlines())))


def as_words(text: str) -> str:
    """The text without its marks: what is read aloud, and what a reading grade is computed of."""
    lines = (re.sub(r"^(#{2,3}|-|\d+\.) +", "", line) for line in text.splitlines())
    return TO_FILL.sub("", "\n".join(lines).replace("*", ""))


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby((line.strip() for line in lines), key=_kind):
        rows = list(group)
        match kind:
            case "ul" | "ol":
                yield f"<{kind}>" + "".join(f"<li>{_inline(_after_mark(row))}</li>" for row in rows) + f"</{kind}>"
            case "h":
                yield from map(_heading, rows)
            case "p":
                yield f"<p>{_inline(' '.join(rows))}</p>"
            case "fill":
                yield from (f'<p class="to-fill-line">{FILL}</p>' for _ in rows)


def _kind(line: str) -> str:
    for kind, mark in (("h", HEADING), ("ul", POINT), ("ol", NUMBERED), ("fill", TO_FILL)):
        if mark.fullmatch(line):
            return kind
    return "p" if line else ""


def _after_mark(row: str) -> str:
    found = POINT.fullmatch(row) or NUMBERED.fullmatch(row)
    return found.group(1) if found else row


def _heading(row: str) -> str:
    found = HEADING.fullmatch(row)
    marks, words = found.groups() if found else ("##", row)
    level = len(marks)
    return f"<h{level}>{_inline(words)}</h{level}>"


def _inline(words: str) -> str:
    safe = STRONG.sub(r"<strong>\1</strong>", escape(words))
    return TO_FILL.sub(FILL, SOFT.sub(r"<em>\1</em>", safe))
