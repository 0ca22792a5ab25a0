"""ACC-4, ACC-5, ACC-12: every address of the program, asked for by everybody, with ids that really exist elsewhere."""

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship
from careplan.access.seam import opened
from clients.consents.cards import card_texts
from clients.services.people import Around, add_person_around
from plans.content import ObjectiveContent
from plans.kinds import SheetKind
from plans.models import Version
from plans.services.items import start_plan
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, open_sheet, write_sheet
from tests.signed_in import browser
from tests.world import actor

pytestmark = pytest.mark.django_db

LET_IN = {200, 302, 303, 400, 405, 409, 422}
CARERS = ("wren", "nadia", "sunniva")  # lead, cover, supervisor of record
STRANGERS = ("imani", "teo", "sol", "petra", "bram", "odile")  # colleagues, a trainee, jobs, another practice
KEYS = {"key": "about", "kind": "goal", "card_key": card_texts().cards[0].key}
BEYOND_THEIR_ROLE = {("sunniva", "clients:contact"), ("sunniva", "clients:person")}
STAFF_PAGES_BY_JOB = {"clients:add": {"wren", "imani", "nadia", "sunniva", "teo", "odile"}}


def named(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern


EVERYTHING = dict(named(get_resolver().url_patterns))


def by_guard(guard):
    return sorted(name for name, pattern in EVERYTHING.items() if getattr(pattern.callback, "page_guard", "") == guard)


def parts(name):
    return set(EVERYTHING[name].pattern.converters)


@pytest.fixture
def things(world):
    """What really exists in Tomek's record and in Roz's: one of everything that an address can name."""
    return {key: make_things(world, key, lead) for key, lead in (("tomek", "wren"), ("roz", "imani"))}


def make_things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    with opened(by, clients=[client_id], classes=set(DataClass), via="test"):
        plan = start_plan(client_id=client_id, by=by)
        sheet = open_sheet(plan_id=plan.id, kind=SheetKind.FIRST_PLAN, how="said_in_session", by=by)
        line = SheetWriting(content=ObjectiveContent(behaviour=f"What {key} will do."))
        (written,) = write_sheet(sheet_id=sheet.id, lines=[line], by=by)
        answer_sheet(sheet_id=sheet.id, answers=[SheetAnswer(revision_id=written.id, choice="yes")], by=by)
        around = add_person_around(client_id=client_id, around=Around(name="Somebody"), by=by)
        return {
            "client_id": client_id,
            "item_id": written.item_id,
            "sheet_id": sheet.id,
            "version_id": Version.objects.get(client_id=client_id).id,
            "person_around_id": around,
            "relationship_id": CareRelationship.objects.filter(client_id=client_id).first().id,
        }


def address(name, ids):
    return reverse(name, kwargs={part: (ids | KEYS)[part] for part in parts(name)})


def asks(client, url):
    return client.get(url), client.post(url)


def test_every_part_of_an_address_is_tried():
    """A new kind of id in an address fails here until the matrix knows one that exists elsewhere."""
    known = {"client_id", "item_id", "sheet_id", "version_id", "person_around_id", "relationship_id", *KEYS}
    assert {part for name in EVERYTHING for part in parts(name)} <= known


@pytest.mark.parametrize("person", STRANGERS)
def test_only_the_care_team_reaches_a_record(world, things, person):
    """ACC-4, ACC-5: whoever has no care relationship gets the same 404 as for a record that doesn't exist."""
    visitor = browser(world[person])
    for name in by_guard("record"):
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
