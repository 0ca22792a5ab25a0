"""Before and after, word by word, as safe HTML."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WENT = "<del>{}</del>{}"
CAME = "<ins>{}</ins>{}"
TOO_DIFFERENT = 0.3


def word_diff(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, with what went in <del> and what came in <ins>. Two texts with little in common stay whole."""
    old, new = _pieces(before), _pieces(after)
    matcher = SequenceMatcher(None, [piece.strip() for piece in old], [piece.strip() for piece in new], autojunk=False)
    if matcher.ratio() < TOO_DIFFERENT:
        return format_html("{}", before), format_html("{}", after)
    went, came = [], []
    for verb, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        same = verb == "equal"
        went.append(_part("".join(old[old_from:old_to]), WENT, same))
        came.append(_part("".join(new[new_from:new_to]), CAME, same))
    return _joined(went), _joined(came)


def _pieces(text: str) -> list[str]:
    """Words and runs of punctuation, each with the blanks after it."""
    return re.findall(r"^\s+|[\w\u2019'-]+\s*|[^\w\s]+\s*", text)


def _part(text: str, mark: str, same: bool) -> SafeString:
    """The text escaped, marked unless it is the same; the blanks at its end stay outside the mark."""
    body = text.rstrip()
    if same or not body:
        return format_html("{}", text)
    return format_html(mark, body, text[len(body) :])


def _joined(parts: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
