"""The rows that the desk is laid out from: standings, wordings, parties and answers, each read once for all items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from careplan.accounts.models import StaffMember
from plans.content import Content, content_of, title_of
from plans.kinds import CLIENT_SIDE, THERAPIST_ROLES, Choice, PartyKind, Role
from plans.models import Answer, ItemRevision, Party, Standing

Choose = Callable[[Sequence[Standing]], UUID | None]


@dataclass(frozen=True)
class Wording:
    """One wording of an item, with whom it asks and what they answered."""

    row: ItemRevision
    content: Content
    parties: tuple[Party, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def id(self) -> UUID:
        """Its row's id."""
        return self.row.id

    @property
    def number(self) -> int:
        """Its number among the wordings of its item."""
        return self.row.number

    @property
    def by_client(self) -> bool:
        """Whether the client's side wrote it by their own hand."""
        return self.row.author_role in CLIENT_SIDE

    @property
    def from_client(self) -> bool:
        """Whether the words came from the client's side: written, or said and written down for them."""
        return self.by_client or self.row.dictated

    @property
    def proposed_by_client(self) -> bool:
        """Whether it is the client's proposal that the therapist has to answer (PLAN-7)."""
        return self.from_client and self.with_therapist

    def last_word(self, party: Party) -> Answer | None:
        """The latest answer of whoever this party is."""
        said = [answer for answer in self.answers if _speaks_for(answer, party)]
        return max(said, key=lambda answer: answer.number, default=None)

    def waits_for(self) -> list[Party]:
        """The parties whose yes it still waits for."""
        return [party for party in self.parties if party.kind != PartyKind.ASSENT and not self._said_yes(party)]

    def _said_yes(self, party: Party) -> bool:
        last = self.last_word(party)
        return last is not None and last.choice == Choice.YES

    @property
    def with_client(self) -> bool:
        """Whether it waits for somebody who decides."""
        return any(party.kind == PartyKind.DECIDER for party in self.waits_for())

    @property
    def with_therapist(self) -> bool:
        """Whether it waits for the therapist."""
        return any(party.kind == PartyKind.THERAPIST for party in self.waits_for())


@dataclass(frozen=True)
class DeskRow:
    """One item as it stands: the wordings that matter now. `shown` is the one that stands for it."""

    standing: Standing
    in_force: Wording | None
    open: Wording | None
    highest: Wording
    off_answer: Answer | None = None

    @property
    def id(self) -> UUID:
        """The item's id."""
        return self.standing.item_id

    @property
    def shown(self) -> Wording:
        """What is in force, else what is proposed, else the last wording."""
        return self.in_force or self.open or self.highest

    @property
    def title(self) -> str:
        """A few words for a tree or a sentence."""
        return title_of(self.shown.content)


@dataclass(frozen=True)
class DeskRows:
    """Every item of a plan, in order, and the names in it."""

    rows: tuple[DeskRow, ...]
    names: dict[UUID, str] = field(default_factory=dict)

    def get(self, item_id: UUID | None) -> DeskRow | None:
        """The row of an item, or None."""
        return next((row for row in self.rows if row.id == item_id), None)

    def children(self, item_id: UUID | None) -> list[DeskRow]:
        """The items under another, in order."""
        return [row for row in self.rows if row.standing.parent_id == item_id]

    def open_rows(self) -> list[DeskRow]:
        """The items with a proposal that waits for an answer."""
        return [row for row in self.rows if row.open]


@dataclass(frozen=True)
class Story:
    """Everything that happened to one item: all its wordings and answers."""

    item_id: UUID | None = None
    wordings: tuple[Wording, ...] = ()


def desk_rows(
    plan_id: UUID | None, *, story_of: Choose | UUID | None = None, names: dict[UUID, str] | None = None
) -> tuple[DeskRows, Story]:
    """Returns the plan's items, and the whole story of one of them (an id, or a choice among the standings).

    Four queries, whatever the number of items, and a fifth for the names when they are not at hand.
    """
    standings = list(Standing.objects.filter(plan_id=plan_id).order_by("position", "item_id")) if plan_id else []
    if not standings:
        return DeskRows(()), Story()
    item_id = story_of(standings) if callable(story_of) else story_of
    wordings = _wordings(standings, item_id)
    off = _off_answers(standings, wordings)
    rows = tuple(_row(standing, wordings, off) for standing in standings)
    story = sorted((each for each in wordings.values() if each.row.item_id == item_id), key=lambda each: each.number)
    called = staff_names(_people(wordings)) if names is None else names
    return DeskRows(rows, called), Story(item_id, tuple(story))


def plan_lines(plan_id: UUID | None) -> DeskRows:
    """Returns the plan's items with their words alone: no parties, answers or names. Two queries."""
    standings = list(Standing.objects.filter(plan_id=plan_id).order_by("position", "item_id")) if plan_id else []
    if not standings:
        return DeskRows(())
    types = {row.item_id: (row.kind, row.statement_type) for row in standings}
    wordings = {row.id: Wording(row, _content(row, types[row.item_id])) for row in _revisions(standings, None)}
    return DeskRows(tuple(_row(standing, wordings, {}) for standing in standings))


def staff_names(people: Iterable[UUID]) -> dict[UUID, str]:
    """Returns the first names of members of staff. One query."""
    return dict(StaffMember.objects.filter(person_id__in=set(people)).values_list("person_id", "first_name"))


def _wordings(standings: list[Standing], story_of: UUID | None) -> dict[UUID, Wording]:
    types = {row.item_id: (row.kind, row.statement_type) for row in standings}
    rows = _revisions(standings, story_of)
    ids = [row.id for row in rows]
    parties: dict[UUID, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(revision_id__in=ids).order_by("kind", "id"):
        parties[party.revision_id].append(party)
    answers: dict[UUID, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(revision_id__in=ids).defer("hashed").order_by("number"):
        answers[answer.revision_id].append(answer)
    return {
        row.id: Wording(row, _content(row, types[row.item_id]), tuple(parties[row.id]), tuple(answers[row.id]))
        for row in rows
    }


def _revisions(standings: list[Standing], story_of: UUID | None) -> list[ItemRevision]:
    wanted = {each for row in standings for each in (row.highest_id, row.in_force_id, row.open_id) if each}
    return list(ItemRevision.objects.filter(Q(id__in=wanted) | Q(item_id=story_of)).defer("hashed"))


def _content(row: ItemRevision, kinds: tuple[str, str]) -> Content:
    kind, statement_type = kinds
    return content_of(kind, row.content or {}, statement_type=statement_type)


def _off_answers(standings: list[Standing], wordings: dict[UUID, Wording]) -> dict[UUID, Answer]:
    wanted = {row.off_answer_id for row in standings if row.off_answer_id}
    found = {answer.id: answer for wording in wordings.values() for answer in wording.answers if answer.id in wanted}
    missing = wanted - found.keys()
    return found | ({row.id: row for row in Answer.objects.filter(id__in=missing)} if missing else {})


def _row(standing: Standing, wordings: dict[UUID, Wording], off: dict[UUID, Answer]) -> DeskRow:
    return DeskRow(
        standing,
        wordings.get(standing.in_force_id) if standing.in_force_id else None,
        wordings.get(standing.open_id) if standing.open_id else None,
        wordings[standing.highest_id],
        off.get(standing.off_answer_id) if standing.off_answer_id else None,
    )


def _people(wordings: dict[UUID, Wording]) -> set[UUID]:
    said = {answer.person_id for wording in wordings.values() for answer in wording.answers}
    recorded = {answer.recorded_by_id for wording in wordings.values() for answer in wording.answers}
    asked = {party.person_id for wording in wordings.values() for party in wording.parties}
    return {each for each in {wording.row.author_id for wording in wordings.values()} | said | recorded | asked if each}


def _speaks_for(answer: Answer, party: Party) -> bool:
    if party.kind == PartyKind.THERAPIST:
        return Role(answer.role_held) in THERAPIST_ROLES
    return answer.person_id == party.person_id
