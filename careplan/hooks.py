"""What the apps hang into the kernel: menu entries, record tabs, panels. Filled in AppConfig.ready().

The kernel imports no app: an app names its URL and hands over a function. UI-10: at most seven entries in the
menu and seven tabs on a record, so an eighth is refused at start-up, not found later on a screen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

SEVEN = 7


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

    `shows` says whether this person sees it at all (it gets the actor); without it everybody does.
    """

    label: str
    url_name: str
    order: int
    icon: str = ""
    shows: Callable[[Any], bool] | None = None

    @property
    def key(self) -> str:
        return self.url_name

    def visible_to(self, actor: Any) -> bool:
        return self.shows is None or self.shows(actor)


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
        self, label: str, icon: str, url_name: str, order: int, *, shows: Callable[[Any], bool] | None = None
    ) -> None:
        super().add(label, url_name, order, icon=icon, shows=shows)


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


menu = Menu("menu", most=SEVEN)
record_tabs = Links("record tabs", most=SEVEN)
more_links = Links("more")
today_panels = TodayPanels("today panels")
overview_panels = OverviewPanels("overview panels")
