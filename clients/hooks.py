"""What higher apps add to the list of clients and to Today. Filled in AppConfig.ready(), like `careplan.hooks`.

Everything here reads the directory and operations tiers alone: ids, counts, dates and codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.hooks import Registry


@dataclass(frozen=True)
class ClientColumn:
    """A column of the list: `load(actor, ids)` gives, by client, what `template` shows as `cell`. One query.

    Only clients the actor cares for are asked about.
    """

    key: str
    label: str
    template: str
    load: Callable[[Actor, Sequence[UUID]], Mapping[UUID, object]]
    order: int


@dataclass(frozen=True)
class ClientFilter:
    """A choice above the list: `matching(actor, value)` gives the ids it leaves. One query, when it is used."""

    key: str
    label: str
    anything: str
    choices: tuple[tuple[str, str], ...]
    matching: Callable[[Actor, str], Collection[UUID]]
    order: int


@dataclass(frozen=True)
class Ask:
    """Something that waits for this person. `sentence` may hold `{name}`: the name the client uses.

    `url_name` is reversed with the client's id, unless it opens no record. Without a day it has no clock, and `when`
    says so or says how far it is (“2 of 5”, “6 days left”). What is told even of clients who stopped says so.
    """

    client_id: UUID
    sentence: str
    url_name: str
    icon: str
    detail: str = ""
    due: date | None = None
    when: str = ""
    opens_record: bool = True
    even_ended: bool = False


@dataclass(frozen=True)
class AskSource:
    """Where asks come from: `load(actor, ids)` looks at the clients the actor cares for. One query."""

    key: str
    load: Callable[[Actor, Sequence[UUID]], Sequence[Ask]]
    order: int


@dataclass(frozen=True)
class DiagnosisLinks:
    """What leads to a diagnosis: `load(client_id)` gives, by diagnosis, titles of what is linked to it. One query."""

    key: str
    load: Callable[[UUID], Mapping[UUID, Sequence[str]]]
    order: int


@dataclass(frozen=True)
class OwnAsk:
    """Something that waits for this person and is about no client. `url_name` takes no arguments."""

    sentence: str
    url_name: str
    icon: str
    detail: str = ""
    due: date | None = None
    when: str = ""


@dataclass(frozen=True)
class OwnAskSource:
    """Where such asks come from: `load(actor)`, in a fixed number of queries."""

    key: str
    load: Callable[[Actor], Sequence[OwnAsk]]
    order: int


@dataclass(frozen=True)
class SentOut:
    """Something that left: to whom, what, why, in words for the client. `url` leads to exactly what they got."""

    to: str
    what: str
    why: str
    at: datetime
    url: str = ""


@dataclass(frozen=True)
class SentOutSource:
    """Where such lines come from: `load(client_id)`, one query, under an opening of ledger and consent."""

    key: str
    load: Callable[[UUID], Sequence[SentOut]]
    order: int


@dataclass(frozen=True)
class ExactView:
    """What a recipient would get now (CONS-9): `load(client_id, recipient)` gives it, part by part, as (what, words).

    `key` is the kind of consent: “texts”, “billing” … It is made by the same code that would send it. `files` says that
    the parts are read by machines: they are shown character by character.
    """

    key: str
    load: Callable[[UUID, str], Sequence[tuple[str, str]]]
    classes: frozenset[str]
    order: int
    files: bool = False


class ExactViews(Registry[ExactView]):
    """What each kind of recipient would get."""

    def classes(self) -> frozenset[str]:
        """Every data class that some view reads."""
        return frozenset().union(*(view.classes for view in self))


@dataclass(frozen=True)
class TuckSource:
    """Things of one kind that a client's pages can leave out (SAFE-7): `load(client_id)` gives their keys and words.

    `key` is the kind, as `clients.models.Hidden` calls it.
    """

    key: str
    load: Callable[[UUID], Sequence[tuple[str, str]]]
    classes: frozenset[str]
    order: int


class TuckSources(Registry[TuckSource]):
    """Everything that can be tucked away."""

    def classes(self) -> frozenset[str]:
        """Every data class that some source reads."""
        return frozenset().union(*(source.classes for source in self))


client_columns: Registry[ClientColumn] = Registry("columns of the list of clients")
client_filters: Registry[ClientFilter] = Registry("filters of the list of clients", most=3)
exact_views = ExactViews("what a recipient would get")
asks: Registry[AskSource] = Registry("what needs somebody")
lead_asks: Registry[AskSource] = Registry("what needs whoever leads the practice")
"""Asked for practice leads alone, about no client in particular: `load(actor, ())`. Opens nothing."""
diagnosis_links: Registry[DiagnosisLinks] = Registry("what is linked to a diagnosis")
own_asks: Registry[OwnAskSource] = Registry("what needs somebody about no client")
tuckables = TuckSources("what can be tucked away")
sent_out: Registry[SentOutSource] = Registry("what was sent out")
