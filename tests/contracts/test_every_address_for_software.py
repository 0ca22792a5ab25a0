"""BILL-7, ACC-5, OAUTH-2: every address of the program, asked for by software with a billing token."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.billing.town import Software, Town
from tests.contracts.test_every_address_by_every_role import EVERYTHING, KEYS, by_guard, make_things, parts

pytestmark = pytest.mark.django_db
QUERY = {"billing_api:readiness": "?client={client_id}&on=2026-11-20"}


@pytest.fixture
def town(world):
    return Town(world)


@pytest.fixture
def things(world):
    return {key: make_things(world, key, lead) for key, lead in (("tomek", "wren"), ("roz", "imani"))}


def address(name, ids):
    known = ids | KEYS
    url = reverse(name, kwargs={part: known[part] for part in parts(name)})
    return url + QUERY.get(name, "").format(**{"client_id": ids["client_id"]})


def test_a_billing_token_gets_403_at_every_page(town, things):
    """BILL-7: whatever the page, whoever the client, whether they permit or not."""
    town.permits("tomek")
    software = Software(town.let_in())
    pages = [name for guard in ("staff", "record", "client", "own") for name in by_guard(guard)]
    assert len(pages) > 40
    for name in pages:
        for ask in (software.http.get, software.http.post):
            answer = ask(address(name, things["tomek"]))
            assert answer.status_code == 403, (name, answer.status_code)
            assert answer["Content-Type"] == "application/problem+json", name


def test_nobody_reaches_the_interface_without_a_token(things):
    """OAUTH-1: a session is no token."""
    for name in by_guard("api"):
        for ask in (Client().get, Client().post):
            assert ask(address(name, things["tomek"])).status_code == 401, name


def test_software_reaches_a_client_only_by_their_permission(town, things):
    """ACC-5: of a client who permits nothing, of one elsewhere and of nobody: 404, the same bytes."""
    software = Software(town.let_in())
    for name in by_guard("api"):
        if "client_id" not in parts(name) and name not in QUERY:
            continue
        ids = things["roz"]
        found = [software.http.get(address(name, ids | {"client_id": who})) for who in (ids["client_id"], uuid.uuid4())]
        if found[0].status_code != 405:
            assert [answer.status_code for answer in found] == [404, 404], name
        assert found[0].content == found[1].content, name


def test_an_id_of_another_client_is_not_found(town, things):
    """ACC-5: a permitted client's address with another's charge."""
    town.permits("tomek")
    software = Software(town.let_in())
    for name in by_guard("api"):
        for part in parts(name) - {"client_id"} - set(KEYS):
            for other in (things["roz"][part], uuid.uuid4()):
                answer = software.http.get(address(name, things["tomek"] | {part: other}))
                assert answer.status_code in (404, 405), (name, part)


def test_every_address_for_software_is_in_the_matrix():
    """A new address below /api/v1/ is asked for here."""
    assert {
        name for name, pattern in EVERYTHING.items() if getattr(pattern.callback, "page_guard", "") == "api"
    } == set(by_guard("api"))
