"""UI-4: whatever Python says on a page of the portal is marked for translation, seen in a language that marks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import trans_real

from plans.services.signing import ask_to_sign
from tests.plans.room import homework, room_of
from tests.plans_portal.mine import suggestions
from tests.signed_in import portal_browser

ROOT = Path(__file__).resolve().parents[2]
APPS = ("careplan", "clients", "plans", "messaging")
NODES = re.compile(r">([^<>]+)<")
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<code>.*?</code>", re.DOTALL)
PAGES = (
    "/help-now/", "/my/sign-in/", "/no/such/page/", "/my/", "/my/more/", "/my/plan/", "/my/plan/waiting/",
    "/my/plan/history/", "/my/plan/pause-or-stop/", "/my/plan/pace/", "/my/plan/add/", "/my/plan/together/",
    "/my/permissions/", "/my/before-we-start/", "/my/about/", "/my/people/", "/my/reach-me/",
    "/my/who-saw/", "/my/what-shows/",
    "/my/everything/", "/my/account/", "/my/account/password/", "/my/messages/", "/my/resources/", "/my/appointments/",
    "/my/reminders/", "/my/what-they-call-it/",
)  # fmt: skip


class Marked(trans_real.DjangoTranslation):
    """English in marks: what is not in them was never asked to be translated."""

    def gettext(self, message: str) -> str:
        return f"⟦{super().gettext(message)}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{super().ngettext(one, many, number)}⟧"


@pytest.fixture
def marked(monkeypatch) -> Iterator[None]:
    monkeypatch.setitem(trans_real._translations, "en", Marked("en"))
    yield
    trans_real.deactivate()


@cache
def sentences() -> frozenset[str]:
    """Every string that the program's own code says, as it stands in it."""
    found: set[str] = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str
            }
    return frozenset(words for words in found if re.search(r"^[A-Z“].*[a-z]|[a-z] [a-z]", words))


def bare(page: str) -> set[str]:
    """What the page says outside the marks that is a sentence of the code's own."""
    nodes = {unescape(each).strip() for each in NODES.findall(UNSEEN.sub("", page))}
    return {each for each in nodes if each in sentences()}


@pytest.mark.django_db
def test_every_sentence_that_python_says_in_the_portal_can_be_translated(world, marked):
    room = room_of(world, "roz", "imani")
    *_, line = suggestions(room)
    room.propose(homework("Sleep worksheet"), room.client)
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
    roz: Client = portal_browser(world["roz_person"])
    pages = [*PAGES, *(f"/my/plan/items/{line.item_id}/{way}/" for way in ("answer", "talk", "change", "pause"))]
    left = {path: bare(roz.get(path).content.decode()) for path in pages}
    left["refused"] = bare(roz.post("/my/put-away/", {"kind": "nothing"}).content.decode())
    left["missing"] = bare(roz.post(pages[-4], {}).content.decode())
    said = "\n".join(f"{path}: {each}" for path, words in left.items() for each in sorted(words))
    assert not said, said
