"""Before and after, word by word, as safe HTML."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def word_diff(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, with what went in <del> and what came in <ins>. Unequal wholes are not chopped into crumbs."""
    old, new = _pieces(before), _pieces(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.3:
        return format_html("{}", before), format_html("{}", after)
    left: list[str] = []
    right: list[str] = []
    for verb, i, j, k, m in matcher.get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        left.append(_mark("del", gone) if verb != "equal" else format_html("{}", gone))
        right.append(_mark("ins", come) if verb != "equal" else format_html("{}", come))
    return mark_safe("".join(left)), mark_safe("".join(right))


def _pieces(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _mark(element: str, text: str) -> SafeString:
    body = text.rstrip()
    if not body:
        return format_html("{}", text)
    return format_html("<{}>{}</{}>{}", mark_safe(element), body, mark_safe(element), text[len(body) :])
