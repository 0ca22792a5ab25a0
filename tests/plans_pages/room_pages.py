"""A sheet in the room through its pages: what is typed, chosen and pressed, as a browser would send it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import Any

from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from plans.models import Answer, Sheet, Standing
from tests.signed_in import browser
from tests.ui.markup import parse
from tests.world import actor

PLAN = frozenset({DataClass.PLAN})
TYPED = {
    "line-going_for_me-1-client_words": "I finish what I start.",
    "line-brings_me-1-client_words": "My dad died and I drink too much.",
    "line-goal-1-client_words": "Be someone my daughter rings up.",
    "line-goal-1-clinical_wording": "Rebuild contact with his daughter.",
    "line-objective-1-behaviour": "One phone call with her every week.",
    "line-intervention-1-what": "Grief-focused therapy",
    "line-intervention-1-unit": "week",
    "line-intervention-1-minutes": "50",
    "line-intervention-2-what": "A drink diary on the fridge",
    "line-intervention-2-unit": "day",
    "line-intervention-2-doer": "client",
    "line-look_again-1-on": "2027-02-01",
}
HERE = {"sheet-how": "said_in_session", "sheet-present": ["Tomek"]}


class Room:
    """One therapist at one client's sheet, through the pages."""

    def __init__(self, world: dict[str, Any], key: str = "wren", client: str = "tomek") -> None:
        self.world, self.key, self.client_id = world, key, world[client]
        self.browser = browser(world[key])
        self.sheet_id = ""

    def open(self, client_id: Any = None) -> Any:
        response = self.browser.post(reverse("plans:sheet_open", args=[client_id or self.client_id]))
        found = re.search(r"/sheets/([0-9a-f-]{36})/", response.headers.get("Location", ""))
        self.sheet_id = found.group(1) if found else self.sheet_id
        return response

    def url(self, name: str = "sheet") -> str:
        return reverse(f"plans:{name}", args=[self.client_id, self.sheet_id])

    def page(self, name: str = "sheet") -> Any:
        response = self.browser.get(self.url(name))
        assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
        return response

    def form(self, name: str = "sheet") -> dict[str, Any]:
        """The page's form as it would be sent untouched."""
        return fields_of(self.page(name).content.decode())

    def send(self, typed: dict[str, Any], name: str = "sheet", do: str = "save", **more: Any) -> Any:
        return self.browser.post(self.url(name), {**self.form(name), **typed, "do": do, **more})

    @contextmanager
    def reading(self):
        by = actor(self.world, self.key)
        with opened(by, clients=[self.client_id], classes=PLAN, via="test"):
            yield

    def standings(self) -> list[Standing]:
        with self.reading():
            return list(Standing.objects.filter(client_id=self.client_id).order_by("position"))

    def standing(self, kind: str) -> Standing:
        return next(row for row in self.standings() if kind in (row.kind, row.statement_type))

    def answers(self) -> list[Answer]:
        with self.reading():
            return list(Answer.objects.filter(client_id=self.client_id).order_by("at", "number"))

    def sheet(self) -> Sheet:
        with self.reading():
            return Sheet.objects.get(id=self.sheet_id)

    def first_plan(self) -> None:
        """A first plan, typed and all of it answered yes."""
        self.open()
        assert self.send({**TYPED, "sheet-how": "said_in_session", "sheet-answer": "yes"}).status_code == 303


def answer_name(standing: Standing, field: str = "answer") -> str:
    return f"line-{standing.item_id}-{field}"


def fields_of(html: str) -> dict[str, Any]:
    """The fields of the sheet's form with their values, as a browser sends them."""
    form = re.search(r"<form[^>]*sheet-form.*?</form>", html, re.S)
    assert form, html[:2000]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form.group(0)):
        kind, name = _attr(tag, "type") or "text", _attr(tag, "name")
        if name and (kind not in ("radio", "checkbox") or " checked" in tag):
            found.setdefault(name, []).append(
                _attr(tag, "value") if kind != "checkbox" else _attr(tag, "value") or "on"
            )
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form.group(0), re.S):
        found.setdefault(name, []).append(_plain(text.removeprefix("\n")))
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form.group(0), re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found.setdefault(name, []).append(chosen.group(1) if chosen else "")
    found.pop("csrfmiddlewaretoken", None)
    return found


def text_of(response: Any) -> str:
    """What the page says, blanks collapsed."""
    html = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(_plain(re.sub(r"<[^>]+>", " ", html)).split())


def _attr(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return _plain(found.group(1)) if found else ""


def _plain(text: str) -> str:
    import html

    return html.unescape(text)


__all__ = ["HERE", "TYPED", "Room", "answer_name", "fields_of", "parse", "text_of"]
