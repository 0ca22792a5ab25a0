"""What the apps hang into the kernel: menu entries, record tabs, panels. Filled in AppConfig.ready().

The kernel imports no app: an app names its URL and hands over a function. UI-10: at most seven entries in the
menu and seven tabs on a record, so an eighth is refused at start-up, not found later on a screen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from careplan.everything import Section

SEVEN = 7
Words: TypeAlias = "str | StrPromise"
"""Words as they are, or marked for translation."""


class Ordered(Protocol):
    """Anything with a place in a row and a name of its own."""

    @property
    def order(self) -> int: ...

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Ordered)


@dataclass
class Registry(Generic[T]):
    """Entries in their order; a second entry with the same key, or one too many, raises ValueError."""

    name: str
    most: int | None = None
    entries: list[T] = field(default_factory=list)

    def hang(self, entry: T) -> None:
        if entry.key in {there.key for there in self.entries}:
            raise ValueError(f"{self.name}: {entry.key} is there already")
        if self.most is not None and len(self.entries) >= self.most:
            raise ValueError(f"{self.name}: at most {self.most} entries, {entry.key} is one too many")
        self.entries.append(entry)
        self.entries.sort(key=lambda there: (there.order, there.key))

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self.entries))

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True)
class Link:
    """A place a person can go to: what it is called, its icon and the name of its URL.

    `shows` says whether this person sees it at all (it gets the actor); without it everybody does. With `roles`, only
    who holds one of them.
    """

    label: Words
    url_name: str
    order: int
    icon: str = ""
    shows: Callable[[Any], bool] | None = None
    wide_only: bool = False
    roles: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return self.url_name

    def visible_to(self, actor: Any, roles: frozenset[str] = frozenset()) -> bool:
        return (self.shows is None or self.shows(actor)) and (not self.roles or bool(self.roles & roles))


@dataclass(frozen=True)
class TodayPanel:
    """A part of Today: `load(actor)` gives what `template` shows as `panel`. Operations and directory only."""

    key: str
    template: str
    load: Callable[[Any], object]
    order: int
    aside: bool = False


@dataclass(frozen=True)
class OverviewPanel:
    """A part of a record's overview: `load(actor, client_id)` gives what `template` shows as `panel`.

    `classes` are the data classes it reads; the overview opens the union of its panels' classes.
    """

    key: str
    template: str
    load: Callable[[Any, UUID], object]
    classes: frozenset[str]
    order: int
    aside: bool = False


class Links(Registry[Link]):
    """A row of links; `add` hangs one more."""

    def add(
        self, label: str, url_name: str, order: int, *, icon: str = "", shows: Callable[[Any], bool] | None = None
    ) -> None:
        self.hang(Link(label=label, url_name=url_name, order=order, icon=icon, shows=shows))


class Menu(Links):
    """The practice's menu: every entry has an icon."""

    def add(  # type: ignore[override]
        self,
        label: str,
        icon: str,
        url_name: str,
        order: int,
        *,
        shows: Callable[[Any], bool] | None = None,
        roles: frozenset[str] = frozenset(),
    ) -> None:
        self.hang(Link(label=label, url_name=url_name, order=order, icon=icon, shows=shows, roles=roles))


class TodayPanels(Registry[TodayPanel]):
    """The parts of Today."""

    def add(self, key: str, template: str, load: Callable[[Any], object], order: int, *, aside: bool = False) -> None:
        self.hang(TodayPanel(key=key, template=template, load=load, order=order, aside=aside))


class OverviewPanels(Registry[OverviewPanel]):
    """The parts of a record's overview."""

    def add(
        self,
        key: str,
        template: str,
        load: Callable[[Any, UUID], object],
        classes: frozenset[str] | set[str],
        order: int,
        *,
        aside: bool = False,
    ) -> None:
        panel = OverviewPanel(
            key=key, template=template, load=load, classes=frozenset(classes), order=order, aside=aside
        )
        self.hang(panel)

    def classes(self) -> frozenset[str]:
        """Every data class that some panel reads."""
        return frozenset().union(*(panel.classes for panel in self))


class Place(StrEnum):
    """Where on the first page of the portal a panel stands."""

    TOP = "top"
    WAITING = "waiting"
    SINCE = "since"
    MAIN = "main"


@dataclass(frozen=True)
class PortalPanel:
    """A part of a client's first page: `load(actor, client_id)` gives what `template` shows as `panel`.

    `classes` are the data classes it reads. A panel that loads None isn't shown.
    """

    key: str
    template: str
    load: Callable[[Any, UUID], object]
    classes: frozenset[str]
    order: int
    place: Place


class MoreGroup(StrEnum):
    """Under which heading of the portal's More page a link stands."""

    PLAN = "plan"
    INFORMATION = "information"


@dataclass(frozen=True)
class MoreLink:
    """A link of the portal's More page, with a few words about what is there."""

    label: Words
    url_name: str
    hint: Words
    group: MoreGroup
    order: int

    @property
    def key(self) -> str:
        return self.url_name


class PortalMore(Registry[MoreLink]):
    """Everything in a client's own pages, one link each."""

    def add(
        self, label: Words, url_name: str, order: int, *, hint: Words = "", group: MoreGroup = MoreGroup.INFORMATION
    ) -> None:
        self.hang(MoreLink(label, url_name, hint, group, order))


class PortalMenu(Links):
    """A client's menu: every entry has an icon; on a phone those marked `wide_only` are under More."""

    def add(  # type: ignore[override]
        self, label: Words, icon: str, url_name: str, order: int, *, wide_only: bool = False
    ) -> None:
        self.hang(Link(label=label, url_name=url_name, order=order, icon=icon, wide_only=wide_only))


class PortalPanels(Registry[PortalPanel]):
    """The parts of a client's first page."""

    def add(
        self,
        key: str,
        template: str,
        load: Callable[[Any, UUID], object],
        classes: frozenset[str] | set[str],
        order: int,
        place: Place = Place.MAIN,
    ) -> None:
        self.hang(PortalPanel(key, template, load, frozenset(classes), order, place))

    def classes(self) -> frozenset[str]:
        """Every data class that some panel reads."""
        return frozenset().union(*(panel.classes for panel in self))


@dataclass(frozen=True)
class DemoStep:
    """Something of an app that the demo's people do: `run(town)`, after the record and first plan are there."""

    key: str
    run: Callable[[Any], None]
    order: int


@dataclass(frozen=True)
class ConsentEnded:
    """What has to be taken back when a consent ends or shrinks (CONS-4): reminders, webhooks, cached renditions.

    `run(client_id, kind, recipient)` is called inside the transaction that ends it, under the record's head and an
    opening that writes consents; `kind` is the kind of consent (“texts”, “billing” …), `recipient` empty for the
    practice. It takes back only what is no longer permitted: another consent may still stand. It does not fail
    when there is nothing to do.
    """

    key: str
    run: Callable[[UUID, str, str], None]
    order: int


menu = Menu("menu", most=SEVEN)
record_tabs = Links("record tabs", most=SEVEN)
more_links = Links("more")
goal_links = Links("links beside a goal")
"""What staff can do for a goal: each URL takes the client's id, and the goal's as `?item=`."""
portal_menu = PortalMenu("portal menu", most=SEVEN)
portal_more = PortalMore("portal more")
portal_panels = PortalPanels("portal panels")
everything: Registry["Section"] = Registry("everything about me")
"""What a client takes along: a `careplan.everything.Section` from each app, naming the tables it tells."""
demo_steps: Registry[DemoStep] = Registry("demo steps")
consent_ended: Registry[ConsentEnded] = Registry("what ends with a consent")
today_panels = TodayPanels("today panels")
overview_panels = OverviewPanels("overview panels")


_clocks: list[Callable[[UUID], str]] = []


def tell_clock(of_client: Callable[[UUID], str]) -> None:
    """Who keeps the records says by which clock a client lives: `of_client(client_id)` gives its zone's name."""
    _clocks[:] = [of_client]


def clock_of(client_id: UUID) -> ZoneInfo:
    """The clock a client lives by, inside an opening of their record. One query."""
    return ZoneInfo(_clocks[0](client_id)) if _clocks else ZoneInfo("UTC")


class PortalShows(Protocol):
    """What one client's own pages show now."""

    @property
    def things(self) -> frozenset[tuple[str, str]]: ...

    @property
    def keeps_big_steps(self) -> bool: ...

    def shows_page(self, url_name: str) -> bool: ...


_quiet: list[Callable[[UUID], PortalShows]] = []


def tell_quiet(of_client: Callable[[UUID], PortalShows]) -> None:
    """An app says how to find what a client's own pages show (SAFE-7); asked once for each page, one query."""
    _quiet.append(of_client)


def portal_shows(client_id: UUID) -> PortalShows | None:
    """What the pages of this client show; None when nobody keeps that."""
    return next((of_client(client_id) for of_client in _quiet), None)
