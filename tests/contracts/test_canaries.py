"""AUD-4, MSG-3, REM-3: words planted in a record turn up in no log line, address, e-mail, cache, task or error page."""

import json
import logging
import logging.config

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.outgoing.models import Outgoing
from careplan.outgoing.sending import send_due
from clients.services.diagnoses import Called, record_diagnosis
from config.celery import app as celery
from tests.clients.town import Town
from tests.plans_pages.room_pages import TYPED, Room
from tests.signed_in import browser, portal_browser

CANARY = "kanarek"
NAMES = ("Kanarek-Roz", "Kanarek-Lia", "Kanarek-Sol")
SHOWN_TO_NOBODY = "/practice/clients/00000000-0000-7000-8000-000000000000/"


class Watched(Browser):
    """A browser whose every address is written down: what it asked for, and where it was sent."""

    addresses: list[str]

    def request(self, **request):
        self.addresses.append(f"{request.get('PATH_INFO', '')}?{request.get('QUERY_STRING', '')}")
        response = super().request(**request)
        self.addresses.append(response.headers.get("Location", ""))
        self.addresses.append(response.headers.get("Content-Disposition", ""))
        return response


def watched(signed_in, addresses):
    """The same session in a browser that is watched; an error of ours is a page, not an exception."""
    visitor = Watched(raise_request_exception=False)
    visitor.addresses, visitor.cookies = addresses, signed_in.cookies
    return visitor


@pytest.fixture
def lines():
    """Every log line of whatever level, as the program writes it."""
    kept, formatter = (
        [],
        logging.config.DictConfigurator({"version": 1}).configure_formatter(
            dict(settings.LOGGING["formatters"]["line"])
        ),
    )

    class Keeper(logging.Handler):
        def emit(self, record):
            kept.append(formatter.format(record))

    keeper, root, watched_loggers = Keeper(logging.INFO), logging.getLogger(), ["django.request", "careplan", "celery"]
    root.addHandler(keeper)
    levels = {name: logging.getLogger(name).level for name in watched_loggers}
    for name in watched_loggers:
        logging.getLogger(name).setLevel(logging.INFO)
    yield kept
    root.removeHandler(keeper)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def tasks(monkeypatch):
    """What every task was called with."""
    sent = []
    send = celery.send_task
    monkeypatch.setattr(celery, "send_task", lambda name, *args, **more: sent.append((name, args, more)) or send)
    monkeypatch.setattr(
        celery.Task, "apply_async", lambda self, args=(), kwargs=None, **more: sent.append((self.name, args, kwargs))
    )
    return sent


@pytest.mark.committed
def test_planted_words_and_names_turn_up_nowhere_but_in_the_record(world, lines, tasks):
    """A journey through a record, both sides of it, a canary in every box; then everything around it is searched."""
    town, addresses, errors = Town(world), [], []
    imani = watched(browser(world["imani"]), addresses)
    roz = watched(portal_browser(world["roz_person"]), addresses)
    record = {"client_id": world["roz"]}
    with opened(town.actor("imani"), clients=[world["roz"]], classes=set(DataClass), via="test"):
        diagnosis = record_diagnosis(
            client_id=world["roz"], called=Called(f"{CANARY} panic"), shared=True, by=town.actor("imani")
        )

    about = roz.get("/my/about/").context["form"]
    kept = {name: about[name].value() or "" for name in about.fields}
    words = {name: f"{CANARY} {name}" for name in ("own_words", "please_ask", "dont_assume", "speaks", "access")}
    assert roz.post("/my/about/", {**kept, **words, "name_used": NAMES[0]}).status_code == 303
    assert roz.post("/my/people/", {"name": NAMES[1], "relation": CANARY, "knows_they_are_listed": "yes",
                                    "may_be_called": "no"}).status_code == 303  # fmt: skip
    reach = {"phone": "+44 20 7946 0158", "call_ok": "on", "care_with": f"{CANARY} {NAMES[2]}"}
    assert roz.post("/my/reach-me/", reach).status_code == 303
    seen = {"diagnosis": diagnosis, "words": f"{CANARY} bells"}
    assert roz.post("/my/what-they-call-it/", seen).status_code == 303
    roz.get("/my/who-saw/")
    key = next(line.key for _, found in roz.get("/my/who-saw/").context["saw"].days for line in found)
    assert roz.post("/my/who-saw/", {"key": key, "words": f"{CANARY} why?"}).status_code == 303
    roz.post(reverse("my_messages:thread"), {"body": f"{CANARY} message", "words": f"{CANARY} message"})

    room = Room(world)
    room.browser = watched(room.browser, addresses)
    room.open()
    typed = {name: f"{CANARY} {value}" if name.endswith(("words", "wording", "what", "behaviour")) else value
             for name, value in TYPED.items()}  # fmt: skip
    room.send(typed)

    for page in ("overview", "about", "people", "contact", "diagnoses", "history", "access"):
        assert imani.get(reverse(f"clients:{page}", kwargs=record)).status_code == 200
    bad = {"label": "", "code": f"{CANARY} code"}
    errors.append(imani.post(SHOWN_TO_NOBODY, bad))
    errors.append(roz.post("/my/put-away/", {"kind": CANARY, "key": CANARY}))
    errors.append(roz.post("/my/who-saw/", {"key": CANARY}))
    errors.append(imani.post(reverse("clients:diagnosis_end", kwargs={**record, "diagnosis_id": diagnosis}),
                             {"ended_as": CANARY}))  # fmt: skip
    send_due()

    places = {
        "log": lines,
        "address": addresses,
        "error page": [page.content.decode() for page in errors],
        "e-mail": [f"{each.subject} {each.body} {each.extra_headers} {each.from_email}" for each in mail.outbox],
        "outgoing": [json.dumps([row.kind, row.key, row.why]) for row in Outgoing.objects.all()],
        "task": [repr(each) for each in tasks],
        "cache": in_the_cache(),
    }
    assert all(places[each] for each in ("log", "address", "error page")), "this test proves nothing"
    for place, said in places.items():
        found = [each for each in said if any(word.lower() in each.lower() for word in (CANARY, *NAMES))]
        assert not found, (place, found)


def in_the_cache():
    """Every key and value of the cache and the broker, whatever it holds."""
    valkey = cache._cache.get_client(None, write=True)
    found = []
    for key in valkey.scan_iter("*"):
        found += [repr(key), repr(valkey.dump(key))]
    return found


@pytest.mark.committed
def test_a_canary_in_the_cache_would_be_found():
    cache.set("somewhere", f"{CANARY} in a value")
    assert any(CANARY in each for each in in_the_cache())
    cache.delete("somewhere")
