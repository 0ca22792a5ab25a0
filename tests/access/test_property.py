"""ACC-10: for random people, hats, relationships and times, raw SQL shows exactly what the reference model says."""

from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.ids import uuid7
from clients.models import Hidden, How, Shows
from clients.services.diagnoses import Called, record_diagnosis
from clients.services.quiet import QuietWish, set_quiet, tuck_away
from plans.content import GoalContent
from plans.services.diagnoses import link_diagnoses
from plans.services.items import propose_item, start_plan
from tests.access.reference import DIAGNOSES, EVERYTHING, NOT_ON_A_CALL, Call, Care, Person, Span, Work
from tests.world import actor

pytestmark = pytest.mark.committed

spans = st.builds(Span, st.sampled_from([-400, -1, 1]), st.sampled_from([None, None, -1, 1]))
CARE_ROLES = ["lead", "co_therapist", "cover", "supervisor", "trainee"]
WORK_ROLES = ["front_desk", "manager", "biller", "therapist", "trainee", "supervisor", "practice_lead", "auditor"]


@pytest.fixture
def records(owner):
    """Every record of the world with its practice: client → practice."""
    return dict(owner.execute("select client_id, practice_id from guard.record").fetchall())


@pytest.fixture
def tables(owner):
    return owner.execute("select table_name, tier, data_class from guard.protected_table order by 1").fetchall()


@pytest.fixture
def untold(world):
    """A diagnosis in two records: one was talked over with the client, the other was not. The clients it was not."""
    for key, lead, shared in (("tomek", "wren", True), ("hollis", "imani", False)):
        by = actor(world, lead)
        with opened(by, clients=[world[key]], classes=set(DataClass), via="test"):
            diagnosis = record_diagnosis(client_id=world[key], called=Called("Something"), shared=shared, by=by)
            plan = start_plan(client_id=world[key], by=by)
            goal = propose_item(plan_id=plan.id, content=GoalContent(clinical_wording="Something."), by=by)
            link_diagnoses(item_id=goal.item_id, diagnoses=[diagnosis], by=by)
            set_quiet(client_id=world[key], wish=QuietWish(Shows.NOTHING), how=How.ON_PAPER, by=by)
            tuck_away(client_id=world[key], kind=Hidden.ITEM, key=goal.item_id, how=How.ON_PAPER, by=by)
    return {world["hollis"]}


@pytest.fixture
def filled(owner, tables, untold):
    """Which clients really have rows in each table: the most that anybody could see."""
    return {
        name: {row[0] for row in owner.execute(f'select distinct client_id from app."{name}"')} for name, _, _ in tables
    }


def people(records):
    clients = st.sampled_from(sorted(records))
    practices = st.sampled_from(sorted(set(records.values())))
    care = st.tuples(clients, st.sampled_from(CARE_ROLES), spans).map(
        lambda drawn: Care(drawn[0], records[drawn[0]], drawn[1], drawn[2])
    )
    call = st.tuples(clients, st.booleans()).map(lambda drawn: Call(drawn[0], records[drawn[0]], drawn[1]))
    work = st.builds(Work, practices, st.sampled_from(WORK_ROLES), spans)
    return st.builds(
        Person,
        st.lists(care, max_size=4).map(tuple),
        st.lists(work, max_size=3, unique_by=lambda w: (w.practice, w.role)).map(tuple),
        st.frozensets(clients, max_size=1),
        st.lists(call, max_size=2).map(tuple),
        st.frozensets(clients, max_size=2),
        st.just(tuple(records.items())),
    )


def settle(owner, person):
    """The drawn person, in the database."""
    person_id = uuid7()
    owner.execute("insert into careplan_person (id, created_at) values (%s, now())", [person_id])
    day = "now() + %s * interval '1 day'"
    for care in person.cares:
        # A span that ends before it starts can't be written: skip it. The head stands in for a real start's event.
        with suppress(psycopg.errors.CheckViolation), owner.transaction():
            owner.execute("update guard.head set last_xact = pg_current_xact_id() where client_id = %s", [care.client])
            owner.execute(
                f"insert into guard.care_relationship (client_id, practice_id, person_id, role, since, until) "
                f"values (%s, %s, %s, %s, {day}, {day})",
                [care.client, care.practice, person_id, care.role, care.span.since, care.span.until],
            )
    for work in person.works:
        with suppress(psycopg.errors.CheckViolation):
            owner.execute(
                f"insert into guard.staff_role (practice_id, person_id, role, since, until) "
                f"values (%s, %s, %s, {day}, {day})",
                [work.practice, person_id, work.role, work.span.since, work.span.until],
            )
    owner.execute("alter table guard.billed disable trigger user")
    owner.execute("delete from guard.billed")
    for client in person.billed:
        owner.execute("insert into guard.billed values (%s, now(), %s)", [client, person_id])
    for client in person.own_records:
        owner.execute(
            "insert into guard.member (client_id, person_id, since) values (%s, %s, now() - interval '1 day')",
            [client, person_id],
        )
    for call in person.calls:
        owner.execute(
            "insert into guard.call_code (id, client_id, practice_id, object_id, made_at, made_by, finds, digest, "
            "good_until, opened_at, holder) values (gen_random_uuid(), %s, %s, gen_random_uuid(), now(), %s, '00', '', "
            "now() + %s * interval '1 day', now(), '')",
            [call.client, call.practice, person_id, 1 if call.runs else -1],
        )
    return person_id


def test_raw_sql_shows_exactly_what_the_reference_says(owner, app, records, tables, filled, untold):
    """ACC-10: every table, every class, reading and writing, for every actor drawn."""
    data = st.data()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(people(records), data)
    def compare(person, data):
        person_id = settle(owner, person)
        purpose = data.draw(
            st.sampled_from(["care", "cover", "supervision", "portal", "export", "billing", "operations", "call"])
        )
        classes = data.draw(st.sets(st.sampled_from(sorted(EVERYTHING)), min_size=1))
        practice = data.draw(st.sampled_from(sorted(set(records.values()))))
        ticket = uuid4()
        granted = app.execute(
            "select guard.open_records(%s, %s, %s, %s, %s, %s, 'property', null)",
            [ticket, person_id, practice, sorted(records), purpose, sorted(classes)],
        ).fetchone()[0]
        readable = {client: person.reads(client, purpose, practice) & classes for client in records}
        writable = {client: person.writes(client, purpose, practice) & classes for client in records}
        assert set(granted) == {client for client, parts in readable.items() if parts}
        called = frozenset(granted) if purpose == "call" else frozenset()
        with app.transaction(force_rollback=True):
            for name, value in (("ticket", ticket), ("person", person_id), ("practice", practice)):
                app.execute(f"select set_config('careplan.{name}', %s, true)", [str(value)])
            for table, tier, data_class in tables:
                seen = {row[0] for row in app.execute(f'select distinct client_id from app."{table}"')}
                if tier == "record":
                    expected = {client for client in records if data_class in readable[client]}
                    expected = {client for client in expected if person.sees(table, client, purpose, untold)}
                else:
                    on_list = (c for c in records if person.lists(c, records[c], practice, tier, table, called))
                    expected = set(on_list)
                assert seen == expected & filled[table], (table, purpose, classes)
                needed = {data_class, "plan"} if table in DIAGNOSES else {data_class}
                changeable = {client for client in seen if needed <= writable[client]} & filled[table]
                changeable = set() if called and table in NOT_ON_A_CALL else changeable
                assert changed(app, table) == changeable or frozen(app, table), (table, purpose, classes)

    compare()


def frozen(app, table):
    return updatable(app, table) is None


def updatable(app, table):
    """A column the application may change, if there is one."""
    row = app.execute(
        "select a.attname from pg_attribute a where a.attrelid = ('app.' || %s)::regclass and a.attnum > 0 "
        "and not a.attisdropped and has_column_privilege('cp_app', a.attrelid, a.attnum, 'update') "
        "order by a.attnum desc limit 1",
        [table],
    ).fetchone()
    return row[0] if row else None


def changed(app, table):
    """The clients whose rows an UPDATE of everything would touch; rolled back with the rest."""
    column = updatable(app, table)
    if column is None:
        return set()
    return {row[0] for row in app.execute(f'update app."{table}" set "{column}" = "{column}" returning client_id')}
