"""ACC-4, ACC-5, ACC-12: every address of the program, asked for by everybody, with ids that really exist elsewhere."""

import uuid
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.signed_in import browser, portal_browser

pytestmark = pytest.mark.django_db

LET_IN = {200, 302, 303, 400, 405, 409, 422}
CARERS = ("wren", "nadia", "sunniva")  # lead, cover, supervisor of record
STRANGERS = ("imani", "teo", "sol", "petra", "bram", "odile")  # colleagues, a trainee, jobs, another practice


def named(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern


EVERYTHING = dict(named(get_resolver().url_patterns))


def by_guard(guard):
    return sorted(name for name, pattern in EVERYTHING.items() if getattr(pattern.callback, "page_guard", "") == guard)


def of_clients():
    return by_guard("client") + by_guard("own")


def parts(name):
    return set(EVERYTHING[name].pattern.converters)


def contributions():
    """What each app's tests know: `tests/<app>/things.py` makes one of everything its addresses can name."""
    found = sorted(Path(__file__).parents[1].glob("*/things.py"))
    return [import_module(f"tests.{path.parent.name}.things") for path in found]


PARTS = contributions()
BEYOND_THEIR_ROLE = set().union(*(getattr(part, "BEYOND_THEIR_ROLE", set()) for part in PARTS))
STAFF_PAGES_BY_JOB = {name: who for part in PARTS for name, who in getattr(part, "STAFF_PAGES_BY_JOB", {}).items()}
WITHIN_THEIR_JOB = set().union(*(getattr(part, "WITHIN_THEIR_JOB", set()) for part in PARTS))
KEYS = {name: key for part in PARTS for name, key in getattr(part, "KEYS", {}).items()}


@pytest.fixture
def things(world):
    """What really exists in Tomek's record and in Roz's: one of everything that an address can name."""
    return {key: make_things(world, key, lead) for key, lead in (("tomek", "wren"), ("roz", "imani"))}


def make_things(world, key, lead):
    made = {"client_id": world[key]}
    for part in PARTS:
        made |= part.things(world, key, lead)
    return made


def address(name, ids):
    return reverse(name, kwargs={part: (ids | KEYS)[part] for part in parts(name)})


def asks(client, url):
    return client.get(url), client.post(url)


def test_every_part_of_an_address_is_tried(things):
    """A new kind of id in an address fails here until the matrix knows one that exists elsewhere."""
    assert {part for name in EVERYTHING for part in parts(name)} <= {*things["tomek"], *KEYS}


@pytest.mark.parametrize("person", STRANGERS)
def test_only_the_care_team_reaches_a_record(world, things, person):
    """ACC-4, ACC-5: whoever has no care relationship gets the same 404 as for a record that doesn't exist."""
    visitor = browser(world[person])
    for name in by_guard("record"):
        if (person, name) in WITHIN_THEIR_JOB:  # a ground of its own that somebody has written down (ACC-12)
            assert visitor.get(address(name, things["tomek"])).status_code in LET_IN, name
            continue
        url, nowhere = address(name, things["tomek"]), address(name, things["tomek"] | {"client_id": uuid.uuid4()})
        for refused, unknown in zip(asks(visitor, url), asks(visitor, nowhere), strict=True):
            assert (refused.status_code, unknown.status_code) == (404, 404), name
            assert refused.content == unknown.content, name


@pytest.mark.parametrize("person", CARERS)
def test_the_care_team_gets_in(world, things, person):
    """ACC-4: lead, cover and supervisor of record reach every page of the record that their role reaches."""
    visitor = browser(world[person])
    for name in by_guard("record"):
        shown = visitor.get(address(name, things["tomek"]))
        expected = {404} if (person, name) in BEYOND_THEIR_ROLE else LET_IN
        assert shown.status_code in expected, (name, shown.status_code)


def test_an_id_from_another_record_is_not_found(world, things):
    """ACC-5: the therapist's own client's address with another client's item, sheet or version."""
    lead = browser(world["wren"])
    for name in by_guard("record"):
        for part in parts(name) - {"client_id"} - set(KEYS):
            elsewhere = asks(lead, address(name, things["tomek"] | {part: things["roz"][part]}))
            unknown = asks(lead, address(name, things["tomek"] | {part: uuid.uuid4()}))
            for answer, nothing in zip(elsewhere, unknown, strict=True):
                assert answer.status_code == nothing.status_code, (name, part)
                assert answer.status_code in (303, 404, 405), (name, part, answer.status_code)
                assert answer.status_code == 303 or answer.content == nothing.content, (name, part)


def test_signed_out_means_sign_in(things):
    """AUTH-1: nothing behind the door is shown to nobody; the answer doesn't depend on what exists."""
    for name in by_guard("record") + by_guard("staff"):
        for answer in asks(Client(), address(name, things["tomek"])):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/practice/sign-in/"), name


def test_a_sheet_on_a_call_asks_everybody_else_for_digits(world):
    """PLAN-16: being signed in, as whoever, opens none of it."""
    for visitor in (Client(), browser(world["wren"]), portal_browser(world["roz_person"])):
        for name in by_guard("call"):
            for answer in asks(visitor, address(name, {})):
                assert (answer.status_code, answer["Location"]) == (303, "/code/"), name


def test_a_clients_own_pages_ask_everybody_else_to_sign_in(things):
    """AUTH-1: signed out, a client's pages lead to the clients' door, whatever exists behind them."""
    for name in of_clients():
        for answer in asks(Client(), address(name, things["roz"])):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/my/sign-in/"), name


def test_staff_have_no_way_into_a_clients_own_pages(world, things):
    """ACC-1: a hat is chosen at the door; at work nobody reaches the portal, not even of their own client."""
    lead = browser(world["imani"])
    for name in of_clients():
        for answer in asks(lead, address(name, things["roz"])):
            assert answer.status_code == 403, name


def test_a_client_reaches_their_own_pages_and_nothing_of_the_practices(world, things):
    """ACC-1, ACC-5: Roz gets into every page of hers, and into none of the practice's, her own record's included."""
    roz = portal_browser(world["roz_person"])
    for name in of_clients():
        assert roz.get(address(name, things["roz"])).status_code in LET_IN, name
    for name in by_guard("record") + by_guard("staff"):
        for answer in asks(roz, address(name, things["roz"])):
            assert answer.status_code == 403, name


def test_a_client_finds_nothing_of_somebody_elses_by_its_id(world, things):
    """ACC-5: another client's item in the address of one's own page is the same 404 as one that isn't there."""
    roz = portal_browser(world["roz_person"])
    for name in of_clients():
        for part in parts(name) - set(KEYS):
            elsewhere = asks(roz, address(name, things["roz"] | {part: things["tomek"][part]}))
            unknown = asks(roz, address(name, things["roz"] | {part: uuid.uuid4()}))
            for answer, nothing in zip(elsewhere, unknown, strict=True):
                assert (answer.status_code, nothing.status_code) in ((404, 404), (405, 405)), (name, part)
                assert answer.content == nothing.content, (name, part)


def test_staff_pages_by_job(world, things):
    """ACC-12: pages of the directory are for staff; adding a client is for those who will care."""
    for person in (*CARERS, *STRANGERS):
        visitor = browser(world[person])
        for name in by_guard("staff"):
            answer = visitor.get(address(name, things["tomek"]))
            allowed = STAFF_PAGES_BY_JOB.get(name)
            expected = LET_IN if allowed is None or person in allowed else {404}
            assert answer.status_code in expected, (person, name, answer.status_code)


def test_open_pages_answer_anybody():
    """UI-2: doors and help answer signed out, and none of them fails."""
    for name in by_guard("open"):
        for answer in asks(Client(), address(name, {})):
            assert answer.status_code < 500, name


def test_a_supervisor_reads_and_does_not_write_the_plan(world, things):
    """ACC-2b: the supervisor of record may open the plan; a proposal of theirs is refused."""
    supervisor = browser(world["sunniva"])
    assert supervisor.get(address("plans:plan", things["tomek"])).status_code == 200
    answer = supervisor.post(address("plans:start", things["tomek"]))
    assert answer.status_code in (403, 404, 409, 422), answer.status_code
