"""What the client's side declined and may still stand by, and whether something new repeats it (PLAN-6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from plans.content import Content, GoalContent, content_of, words_of
from plans.kinds import Choice, ItemKind, PartyKind
from plans.models import ItemRevision, LastWord, Standing
from plans.selectors.people import names_of

NEARLY_THE_SAME = 0.85


@dataclass(frozen=True)
class Declined:
    """A wording that the client's side said no or not now to, and may still stand by."""

    item_id: UUID
    answer_id: UUID
    number: int
    person_id: UUID | None
    choice: str
    until: date | None
    until_raised: bool
    content: Content


def question(client_id: UUID, declined: Declined) -> str:
    """Returns the sentence staff read: “Roz asked to leave this until 15 June. Raise it anyway?”"""
    name = names_of(client_id, [declined.person_id]).get(declined.person_id or client_id, "The client")
    return f"{asked_to_leave(name, declined.choice, declined.until, declined.until_raised)} Raise it anyway?"


def asked_to_leave(name: str, choice: str | None, until: date | None, until_raised: bool | None) -> str:
    """Returns what somebody said about something off the table, as a sentence."""
    if until_raised:
        return f"{name} asked to leave this until {name} brings it up."
    if choice == Choice.NO:
        return f"{name} said no thanks to this."
    if until is not None:
        return f"{name} asked to leave this until {until.day} {until:%B}."
    return f"{name} asked to leave this for now."


def still_off(choice: str | None, until: date | None, today: date) -> bool:
    """Says whether a no or a not now still keeps something off the table."""
    return choice == Choice.NO or (choice == Choice.NOT_NOW and (until is None or today < until))


def alike(one: str, other: str) -> bool:
    """Says whether two wordings are the same, or nearly, apart from case, blanks and punctuation."""
    left, right = _bare(one), _bare(other)
    if not left or not right:
        return False
    return left == right or SequenceMatcher(None, left, right).ratio() >= NEARLY_THE_SAME


def first_match(client_id: UUID, item_id: UUID | None, content: Content, today: date) -> Declined | None:
    """Returns the declined wording that this one raises again: of the same line, or in nearly the same words."""
    declined = [each for each in _declined(client_id) if still_off(each.choice, each.until, today)]
    if not declined:
        return None
    standing = Standing.objects.filter(item_id__in={each.item_id for each in declined}).in_bulk()
    agreed = _numbers_in_force(standing.values())
    standing_by = [each for each in declined if each.number > agreed.get(each.item_id, 0)]
    for each in standing_by:
        if each.item_id == item_id and each.answer_id == standing[item_id].off_answer_id:
            return each
    return next((each for each in standing_by if _repeats(content, each.content)), None)


def _numbers_in_force(rows: Iterable[Standing]) -> dict[UUID, int]:
    """Returns the number of the wording in force by item: what was agreed to later outweighs an earlier no."""
    in_force = [row.in_force_id for row in rows if row.in_force_id]
    return dict(ItemRevision.objects.filter(id__in=in_force).values_list("item_id", "number"))


def _declined(client_id: UUID) -> list[Declined]:
    words = LastWord.objects.filter(
        client_id=client_id, kind=PartyKind.DECIDER, choice__in=(Choice.NO, Choice.NOT_NOW)
    ).order_by("-number")
    spoken = list(words)
    revisions = ItemRevision.objects.select_related("item").in_bulk([word.revision_id for word in spoken])
    return [_read(word, revisions[word.revision_id]) for word in spoken if revisions[word.revision_id].content]


def _read(word: LastWord, revision: ItemRevision) -> Declined:
    item = revision.item
    return Declined(
        item_id=item.id,
        answer_id=word.answer_id or word.party_id,
        number=revision.number,
        person_id=word.person_id,
        choice=word.choice,
        until=word.until,
        until_raised=bool(word.until_raised),
        content=content_of(item.kind, revision.content or {}, statement_type=item.statement_type),
    )


def _repeats(new: Content, old: Content) -> bool:
    if new.kind == ItemKind.STATEMENT or old.kind == ItemKind.STATEMENT:
        return new == old
    return any(alike(one, other) for one in _texts(new) for other in _texts(old))


def _texts(content: Content) -> Iterable[str]:
    if isinstance(content, GoalContent):
        return [text for text in (content.client_words, content.clinical_wording) if text]
    return [words_of(content)]


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())
