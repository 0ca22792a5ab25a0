"""A wording as screens show it: who wrote it, what it asks, and what everyone who is asked last said to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from plans.content import Content, Line, lines_of, title_of, words_of
from plans.kinds import THERAPIST_ROLES, Choice, How, Part, PartyKind, Role
from plans.models import Answer, Item, ItemRevision, Party
from plans.selectors.standing import typed

THE_THERAPIST = "The therapist"


@dataclass(frozen=True)
class Spoken:
    """One answer as it was given."""

    answer_id: UUID
    revision_id: UUID
    revision_number: int
    person_id: UUID
    name: str
    role: Role
    choice: Choice
    words: str
    until: date | None
    until_raised: bool
    how: How
    recorded_by: str
    present: tuple[str, ...]
    sheet_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class Asked:
    """Somebody whose answer to a wording is asked, and the last one they gave."""

    kind: PartyKind
    person_id: UUID | None
    name: str
    authority: str
    last: Spoken | None

    @property
    def choice(self) -> str:
        return self.last.choice if self.last else ""


@dataclass(frozen=True)
class Wording:
    """One wording of a line, in full."""

    revision_id: UUID
    item_id: UUID
    number: int
    content: Content
    title: str
    words: str
    lines: tuple[Line, ...]
    asks: tuple[Part, ...]
    author_id: UUID
    author_name: str
    author_role: Role
    dictated: bool
    why: str
    at: datetime
    raised_again: bool
    asked: tuple[Asked, ...]


def wordings(
    *, client_id: UUID, items: Mapping[UUID, Item], revisions: Sequence[ItemRevision], names: Mapping[UUID, str]
) -> dict[UUID, Wording]:
    """Returns wordings by id, with who is asked and what they said. Two queries."""
    ids = [revision.id for revision in revisions]
    parties = _grouped(Party.objects.filter(client_id=client_id, revision_id__in=ids).order_by("kind", "person_id"))
    numbers = {revision.id: revision.number for revision in revisions}
    answers = spoken(_answers(client_id, ids), names, numbers)
    return {
        revision.id: _wording(revision, items[revision.item_id], parties.get(revision.id, []), answers, names)
        for revision in revisions
    }


def spoken(answers: Iterable[Answer], names: Mapping[UUID, str], numbers: Mapping[UUID, int]) -> list[Spoken]:
    """Returns answers as they were given, oldest first."""
    return [
        Spoken(
            answer_id=answer.id,
            revision_id=answer.revision_id,
            revision_number=numbers.get(answer.revision_id, 0),
            person_id=answer.person_id,
            name=names.get(answer.person_id, "Somebody else"),
            role=Role(answer.role_held),
            choice=Choice(answer.choice),
            words=answer.words or "",
            until=answer.until,
            until_raised=answer.until_raised,
            how=How(answer.how),
            recorded_by=names.get(answer.recorded_by_id, "") if answer.recorded_by_id else "",
            present=tuple(answer.present),
            sheet_id=answer.sheet_id,
            at=answer.at,
        )
        for answer in answers
    ]


def everyone_in(revisions: Iterable[ItemRevision], answers: Iterable[Answer], parties: Iterable[Party]) -> set[UUID]:
    """Returns everyone whose name these rows need."""
    found: set[UUID | None] = {revision.author_id for revision in revisions}
    for answer in answers:
        found |= {answer.person_id, answer.recorded_by_id}
    found |= {party.person_id for party in parties}
    return {person for person in found if person is not None}


def _answers(client_id: UUID, revision_ids: Sequence[UUID]) -> list[Answer]:
    rows = Answer.objects.filter(client_id=client_id, revision_id__in=revision_ids).defer("hashed")
    return list(rows.order_by("item_id", "number"))


def _grouped(parties: Iterable[Party]) -> dict[UUID, list[Party]]:
    found: dict[UUID, list[Party]] = {}
    for party in parties:
        found.setdefault(party.revision_id, []).append(party)
    return found


def _wording(
    revision: ItemRevision,
    item: Item,
    parties: Sequence[Party],
    answers: Sequence[Spoken],
    names: Mapping[UUID, str],
) -> Wording:
    content = typed(revision, item.kind, item.statement_type)
    mine = [answer for answer in answers if answer.revision_id == revision.id]
    return Wording(
        revision_id=revision.id,
        item_id=revision.item_id,
        number=revision.number,
        content=content,
        title=title_of(content),
        words=words_of(content),
        lines=lines_of(content),
        asks=tuple(Part(part) for part in revision.asks),
        author_id=revision.author_id,
        author_name=names.get(revision.author_id, "Somebody else"),
        author_role=Role(revision.author_role),
        dictated=revision.dictated,
        why=revision.why or "",
        at=revision.at,
        raised_again=revision.raised_over_id is not None,
        asked=tuple(_asked(party, mine, names) for party in parties),
    )


def _asked(party: Party, answers: Sequence[Spoken], names: Mapping[UUID, str]) -> Asked:
    heard = [answer for answer in answers if _speaks_for(answer, party)]
    last = heard[-1] if heard else None
    name = names.get(party.person_id, "Somebody else") if party.person_id else (last.name if last else THE_THERAPIST)
    return Asked(kind=PartyKind(party.kind), person_id=party.person_id, name=name, authority=party.authority, last=last)


def _speaks_for(answer: Spoken, party: Party) -> bool:
    if party.kind == PartyKind.THERAPIST:
        return answer.role in THERAPIST_ROLES
    return answer.person_id == party.person_id
