"""Writing one wording down, with the yes that proposing by one's own hand is (PLAN-1, PLAN-3, PLAN-5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from careplan.errors import Refused
from careplan.ids import uuid7
from plans.content import Content, parts_asked
from plans.kinds import THERAPIST_ROLES, Choice, How, Part, PartyKind, Role
from plans.models import Answer, Item, ItemRevision, Party
from plans.selectors.acting import is_staff
from plans.selectors.people import can_dictate, deciders_of, name_of_client
from plans.services.documents import revision_document
from plans.services.said import Said, write_answer


@dataclass(frozen=True)
class Author:
    """Who writes, as what, when; on which sheet, and whether they only write down what was said."""

    person_id: UUID
    role: Role
    at: datetime
    sheet_id: UUID | None = None
    dictated: bool = False


@dataclass(frozen=True)
class Latest:
    """The wordings that a new one is measured against: the highest, and the one in force."""

    highest: ItemRevision | None = None
    in_force: ItemRevision | None = None

    @property
    def counts(self) -> ItemRevision:
        """Returns the wording in force, else the highest; only an item without a wording has neither."""
        found = self.in_force or self.highest
        if found is None:
            raise LookupError("an item without a wording")
        return found


def write_revision(
    *, item: Item, content: Content, author: Author, latest: Latest, why: str = "", raised_over: UUID | None = None
) -> ItemRevision:
    """Returns the stored wording; the database fixes whom it asks. No yes is written."""
    said, base = content.canonical(), latest.highest
    dictated = author.dictated or _is_dictation(item, said, author, latest)
    asks = parts_asked(said, latest.in_force.content if latest.in_force else None)
    number = base.number + 1 if base else 1
    hashed = revision_document(
        item_id=item.id,
        kind=item.kind,
        statement_type=item.statement_type,
        number=number,
        base=base.sha256 if base else None,
        content=said,
        asks=asks,
        author_id=author.person_id,
        author_role=author.role,
        dictated=dictated,
        at=author.at,
    )
    return ItemRevision.objects.create(
        id=uuid7(),
        client_id=item.client_id,
        practice_id=item.practice_id,
        item=item,
        number=number,
        base=base,
        content=said,
        parent_id=getattr(content, "parent", None),
        asks=asks,
        author_id=author.person_id,
        author_role=author.role,
        dictated=dictated,
        sheet_id=author.sheet_id,
        why=why,
        raised_over_id=raised_over,
        at=author.at,
        salt=hashed.salt,
        hashed=hashed.text,
        sha256=hashed.sha256,
    )


def yes_by_proposing(*, item: Item, revision: ItemRevision) -> Answer | None:
    """Returns the author's yes to their own words, when they are asked and did not merely write them down."""
    if revision.dictated and Part.CLINICAL_WORDING not in revision.asks:
        return None
    if not is_asked(revision, revision.author_id, Role(revision.author_role)):
        return None
    said = Said(
        person_id=revision.author_id,
        role=Role(revision.author_role),
        choice=Choice.YES,
        how=How.BY_PROPOSING,
        at=revision.at,
        sheet_id=revision.sheet_id,
    )
    return write_answer(item=item, revision=revision, said=said)


def is_asked(revision: ItemRevision, person_id: UUID, role: Role) -> bool:
    """Says whether this person's answer to a wording is asked: by name, or as the therapist. One query."""
    parties = Party.objects.filter(revision=revision).values_list("kind", "person_id")
    return any(
        person == person_id or (kind == PartyKind.THERAPIST and role in THERAPIST_ROLES) for kind, person in parties
    )


def asks_everyone(revision: ItemRevision) -> bool:
    """Says whether a wording asks exactly those who are asked now; else the same words can be proposed again."""
    rows = list(Party.objects.filter(revision=revision, person__isnull=False).values_list("person_id", "kind"))
    by_right = {person for person, kind in rows if kind != PartyKind.DOER}
    now = {decider.person_id for decider in deciders_of(revision.client_id)}
    return by_right <= now <= {person for person, _ in rows}


def ensure_dictation_is_possible(client_id: UUID) -> None:
    """Raises Refused when somebody of the record has an account: then only they change their words (PLAN-3)."""
    if not can_dictate(client_id):
        name = name_of_client(client_id)
        raise Refused(f"{name} has an account, so only {name} can change {name}’s own words.")


def _is_dictation(item: Item, said: dict[str, Any], author: Author, latest: Latest) -> bool:
    if not is_staff(author.role) or not _changes_client_words(said, latest):
        return False
    if author.sheet_id is None:
        name = name_of_client(item.client_id)
        raise Refused(
            f"These are {name}’s own words. They change on a sheet you write together, or by {name}’s own hand."
        )
    ensure_dictation_is_possible(item.client_id)
    return True


def _changes_client_words(said: dict[str, Any], latest: Latest) -> bool:
    kept = [revision.content or {} for revision in (latest.highest, latest.in_force) if revision]
    return said.get("client_words", "") not in {content.get("client_words", "") for content in kept or [{}]}
