"""UI-10: off means not there, for staff and clients; a solo starts with five entries; nobody sees an empty one."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.test import Client

from careplan.accounts.models import Practice
from careplan.modules import modules
from tests.signed_in import browser, portal_browser

PAGE = "/practice/staff/modules/"


def text(who: Client, path: str) -> str:
    return who.get(path).content.decode()


@pytest.fixture
def petra(world) -> Client:
    return browser(world["petra"])


def test_what_a_practice_switches_off_is_nowhere_and_comes_back(world, petra):
    """Menu, record, first page, their pages and addresses; another practice keeps its own."""
    imani, roz, odile = browser(world["imani"]), portal_browser(world["roz_person"]), browser(world["odile"])
    record = f"/practice/clients/{world['roz']}/"
    staff = {"/practice/messages/": imani, "/practice/library/": imani, f"{record}messages/": imani}
    clients = {"/my/messages/": roz, "/my/resources/": roz, "/my/billing/": roz}
    there = staff | clients
    assert {path: who.get(path).status_code for path, who in there.items()} == dict.fromkeys(there, 200)
    assert '<a href="/practice/staff/" aria-current="true">' in text(petra, PAGE)
    assert petra.post(PAGE, {"on": []}).status_code == 303
    assert {path: who.get(path).status_code for path, who in there.items()} == dict.fromkeys(there, 404)
    for path in ("/practice/", record, f"{record}more/"):
        shown = text(imani, path)
        assert not [each for each in ("/practice/messages/", "/practice/library/", "/billing/") if each in shown]
    for path in ("/my/", "/my/more/"):
        shown = text(roz, path)
        assert not [each for each in clients if f'href="{each}"' in shown]
    assert "/practice/messages/" in text(odile, "/practice/")
    assert petra.post(PAGE, {"on": [module.key for module in modules]}).status_code == 303
    assert {path: who.get(path).status_code for path, who in there.items()} == dict.fromkeys(there, 200)


def test_whoever_cares_for_nobody_has_no_messages(world, petra):
    """ACC-12: a front desk sees no empty entry, and nothing at its address."""
    sol = browser(world["sol"])
    assert "/practice/messages/" not in text(sol, "/practice/clients/")
    assert sol.get("/practice/messages/").status_code == 404
    assert "/practice/messages/" in text(browser(world["wren"]), "/practice/clients/")


@pytest.mark.committed
def test_a_solo_starts_without_what_nobody_uses_yet(monkeypatch):
    """A practice that is made by the command begins with Today, Clients, Calendar, Messages, Library."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a quiet orchard 71\n"))
    call_command(
        "add_staff", "--practice=Alone", "--new-practice", "--country=NZ", "--time-zone=Pacific/Auckland",
        "--name=Aroha Tamati", "--email=aroha@example.test", "--role=therapist", "--password-stdin",
        stdout=io.StringIO(),
    )  # fmt: skip
    assert Practice.objects.get(name="Alone").modules_off == ["billing"]
