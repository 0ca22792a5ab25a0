"""Two wordings beside each other, detail by detail: before staff propose, and before the client answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from plans.content import Content, GoalContent, InterventionContent, lines_of, words_of
from plans.kinds import Doer, ItemKind

WORDS = {
    ItemKind.STATEMENT: _("Words"),
    ItemKind.GOAL: _("The goal"),
    ItemKind.OBJECTIVE: _("What you would both see"),
    ItemKind.INTERVENTION: _("What we’ll do"),
}
NOTHING, OWN_WORDS = _("(not there)"), _("Own words")


@dataclass(frozen=True)
class Difference:
    """One detail that reads differently."""

    label: str
    before: str
    after: str
    own_words: bool = False


def differences(
    before: Content | None, after: Content, titles: Mapping[UUID, str], people: Mapping[UUID, str] | None = None
) -> list[Difference]:
    """Returns what reads differently, in the order of a page; with nothing before, everything is new."""
    old, new = _read(before, titles, people or {}), _read(after, titles, people or {})
    order = list(dict.fromkeys([*new, *old]))
    nothing, own = str(NOTHING), (str(OWN_WORDS), str(WORDS[ItemKind.STATEMENT]))
    return [
        Difference(label, old.get(label, nothing), new.get(label, nothing), label in own)
        for label in order
        if old.get(label) != new.get(label)
    ]


def _read(content: Content | None, titles: Mapping[UUID, str], people: Mapping[UUID, str]) -> dict[str, str]:
    if content is None:
        return {}
    found = _words(content) | {line.label: line.text for line in lines_of(content)}
    if isinstance(content, InterventionContent):
        found[str(_("Who does it"))] = _doer(content, people)
    parent = getattr(content, "parent", None)
    return found | ({str(_("Under")): titles.get(parent, str(_("another line")))} if parent else {})


def _words(content: Content) -> dict[str, str]:
    if isinstance(content, GoalContent):
        texts = {str(OWN_WORDS): content.client_words, str(_("Clinical wording")): content.clinical_wording}
        return {label: text for label, text in texts.items() if text}
    return {str(WORDS[content.kind]): words_of(content)}


def _doer(content: InterventionContent, people: Mapping[UUID, str]) -> str:
    if content.doer.person:
        return people.get(content.doer.person, str(_("Somebody else")))
    return str(Doer(content.doer.who).label)
