"""Reading rendered pages in tests: a small tree of elements, and what a page says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.template import Context, Template
from django.test import RequestFactory

EMPTY = {"input", "meta", "link", "br", "hr", "img", "use", "rect", "path"}


@dataclass
class Element:
    """One element with what is in it."""

    name: str
    attrs: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, name: str = "", /, **attrs: str) -> list[Element]:
        """Every element below this one with this name and these attributes; `css` is one of its classes."""
        return [element for element in self.below() if element.matches(name, attrs)]

    def one(self, name: str = "", /, **attrs: str) -> Element:
        (found,) = self.all(name, **attrs)
        return found

    def below(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()

    def matches(self, name: str, attrs: dict[str, str]) -> bool:
        wanted = dict(attrs)
        css = wanted.pop("css", None)
        if css is not None and css not in self.attrs.get("class", "").split():
            return False
        return (not name or self.name == name) and all(
            self.attrs.get(key.rstrip("_").replace("_", "-")) == value for key, value in wanted.items()
        )

    @property
    def text(self) -> str:
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        assert self.open[-1].name == tag, f"<{self.open[-1].name}> closed by </{tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """The tree of a page. Fails where an element is not closed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"not closed: {[element.name for element in reader.open[1:]]}"
    return reader.root


def shown(source: str, **context: object) -> Element:
    """What a piece of template with our tags shows."""
    return parse(Template("{% load ui %}" + source).render(Context(context)))


def request(path: str = "/"):
    """A request by nobody, with an empty session."""
    made = RequestFactory().get(path)
    made.session = {}
    return made
