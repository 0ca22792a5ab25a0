"""ACC-2, ACC-3, ACC-4: nothing of a record is seen that was not first written into the client's access log."""

from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from careplan.access.actor import Actor, ActorKind, Hat, Purpose, anonymous, staff_actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, open_records, opened
from careplan.errors import NotYours
from careplan.ids import uuid7
from tests.access.town import Town, openings

pytestmark = pytest.mark.committed
LEDGER = [DataClass.LEDGER]


@pytest.fixture
def town(owner):
    return Town(owner)


@pytest.fixture
def lead(town):
    return town.staff()


@pytest.fixture
def client_id(town, lead):
    made = town.record(lead)
    town.relate(made, town.staff().person_id, "cover")  # leaves one event to look at
    return made


def events_seen():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from guard.event")
        return cursor.fetchone()[0]


def fresh(actor):
    return staff_actor(person_id=actor.person_id, practice_id=actor.practice_id)


def test_therapist_sees_the_record_only_after_the_log_says_so(town, lead, client_id, owner):
    """ACC-2: the row of the access log is committed before the first row of the record is shown."""
    reader = fresh(lead)
    with acting(reader):
        assert events_seen() == 0
    with opened(reader, clients=[client_id], classes=LEDGER, via="page:history"):
        assert openings(owner, client_id) == [(lead.person_id, True, "care", "lead", ["ledger"])]
        assert events_seen() == 1


def test_an_exception_while_reading_leaves_the_log_row(town, lead, client_id, owner):
    """ACC-2: no error and no rollback can take the record of a read back."""
    with pytest.raises(ZeroDivisionError), opened(fresh(lead), clients=[client_id], classes=LEDGER, via="page"):
        _ = events_seen() / 0
    assert len(openings(owner, client_id)) == 1


def test_a_rollback_leaves_the_log_row(town, lead, client_id, owner):
    """ACC-2: a page that rolls back has still been recorded as a read."""
    with opened(fresh(lead), clients=[client_id], classes=LEDGER, via="page"):
        events_seen()
        transaction.set_rollback(True)
    assert len(openings(owner, client_id)) == 1


def test_an_opening_in_the_reading_transaction_shows_nothing(lead, client_id, app):
    """ACC-2: an opening counts only once another transaction has committed it."""
    ticket = uuid4()
    with app.transaction():
        granted = app.execute(
            "select guard.open_records(%s, %s, %s, %s, 'care', '{ledger}', 'raw', null)",
            [ticket, lead.person_id, lead.practice_id, [client_id]],
        ).fetchone()
        assert granted == ([client_id],)
        app.execute("select set_config('careplan.ticket', %s, true)", [str(ticket)])
        app.execute("select set_config('careplan.person', %s, true)", [str(lead.person_id)])
        assert app.execute("select count(*) from guard.event").fetchone() == (0,)


def test_opening_inside_a_transaction_is_refused_by_the_seam(lead, client_id):
    """ACC-2d: open first, then begin: the seam says so instead of showing nothing silently."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="before the transaction"):
        open_records(lead, clients=[client_id], classes=LEDGER, via="page")


def read_with(app: psycopg.Connection, *, ticket, person):
    with app.transaction():
        app.execute("select set_config('careplan.ticket', %s, true)", [str(ticket)])
        app.execute("select set_config('careplan.person', %s, true)", [str(person)])
        return app.execute("select count(*) from guard.event").fetchone()[0]


def test_another_persons_ticket_sees_nothing(town, lead, client_id, app):
    """ACC-2: a ticket shows rows only to the person who opened with it."""
    reader = fresh(lead)
    open_records(reader, clients=[client_id], classes=LEDGER, via="page")
    thief = town.staff()
    assert read_with(app, ticket=reader.ticket, person=reader.person_id) == 1
    assert read_with(app, ticket=reader.ticket, person=thief.person_id) == 0
    assert read_with(app, ticket=uuid4(), person=reader.person_id) == 0


def test_a_ticket_cannot_be_reused_by_somebody_else(town, lead, client_id):
    """ACC-2: a ticket belongs to whoever used it first."""
    reader = fresh(lead)
    open_records(reader, clients=[client_id], classes=LEDGER, via="page")
    thief = town.staff()
    town.relate(client_id, thief.person_id, "co_therapist")
    stolen = Actor(ActorKind.PERSON, thief.person_id, Hat.STAFF, town.practice, Purpose.CARE, ticket=reader.ticket)
    with pytest.raises(Exception, match="no record"):
        open_records(stolen, clients=[client_id], classes=LEDGER, via="page")


def test_a_ticket_is_good_for_a_minute(lead, client_id, owner, app):
    """ACC-2: after sixty seconds an opening shows nothing any more."""
    reader = fresh(lead)
    open_records(reader, clients=[client_id], classes=LEDGER, via="page")
    owner.execute("update guard.mode set clock_offset = '59 seconds'")
    assert read_with(app, ticket=reader.ticket, person=reader.person_id) == 1
    owner.execute("update guard.mode set clock_offset = '61 seconds'")
    assert read_with(app, ticket=reader.ticket, person=reader.person_id) == 0


def test_an_opening_shows_only_its_class(lead, client_id, app):
    """ACC-2b: opened for the plan, the ledger stays shut, to raw SQL as well."""
    reader = fresh(lead)
    open_records(reader, clients=[client_id], classes=[DataClass.PLAN], via="page")
    assert read_with(app, ticket=reader.ticket, person=reader.person_id) == 0


def test_unknown_and_not_yours_look_alike_and_are_both_in_the_log(town, lead, client_id, owner):
    """ACC-2, ACC-5: a refusal is a row, and neither answer tells whether the record exists."""
    stranger, unknown = town.staff(), uuid7()
    assert open_records(stranger, clients=[client_id], classes=LEDGER, via="page") == frozenset()
    assert open_records(fresh(stranger), clients=[unknown], classes=LEDGER, via="page") == frozenset()
    for asked in (client_id, unknown):
        assert openings(owner, asked) == [(stranger.person_id, False, "care", "none", [])]
        with pytest.raises(NotYours), opened(fresh(stranger), clients=[asked], classes=LEDGER, via="page"):
            pass


def test_ending_a_relationship_ends_access_at_once(town, lead, client_id):
    """ACC-4: also for somebody who wrote in the record before."""
    helper = town.staff()
    relationship = town.relate(client_id, helper.person_id, "co_therapist")
    assert open_records(helper, clients=[client_id], classes=LEDGER, via="page")
    town.end(relationship)
    assert not open_records(fresh(helper), clients=[client_id], classes=LEDGER, via="page")


def test_leaving_the_practice_ends_access_at_once(town, lead, client_id, owner):
    """ACC-3, ACC-4: a care role counts only while its holder works in that practice."""
    owner.execute("select guard.end_role(%s, %s, 'therapist', null)", [town.practice, lead.person_id])
    assert not open_records(fresh(lead), clients=[client_id], classes=LEDGER, via="page")


@pytest.mark.parametrize("role", ["front_desk", "manager", "biller", "practice_lead", "auditor"])
def test_a_role_alone_opens_no_record(town, lead, client_id, role):
    """ACC-12: a role lists clients or nothing; it never reaches the record tier by itself."""
    assert not open_records(town.staff(role), clients=[client_id], classes=list(DataClass), via="page")


def test_cover_and_supervision_are_logged_as_what_they_are(town, lead, client_id, owner):
    """ACC-1, ACC-2b: the log names the purpose that the relationship gives, and supervision reads no messages."""
    cover, supervisor = town.staff(), town.staff("supervisor")
    town.relate(client_id, cover.person_id, "cover")
    town.relate(client_id, supervisor.person_id, "supervisor")
    both = [DataClass.PLAN, DataClass.MESSAGE]
    open_records(cover, clients=[client_id], classes=both, via="page")
    open_records(supervisor, clients=[client_id], classes=both, via="page")
    assert openings(owner, client_id) == [
        (cover.person_id, True, "cover", "cover", ["message", "plan"]),
        (supervisor.person_id, True, "supervision", "supervisor", ["plan"]),
    ]


def test_a_record_opens_only_under_its_own_practices_hat(town, lead, client_id, owner):
    """ACC-4: practices are separate; somebody who works in two opens each one's records under that hat only."""
    elsewhere = Town(owner)
    owner.execute("select guard.grant_role(%s, %s, 'therapist', null)", [elsewhere.practice, lead.person_id])
    other_hat = staff_actor(person_id=lead.person_id, practice_id=elsewhere.practice)
    assert not open_records(other_hat, clients=[client_id], classes=LEDGER, via="page")
    assert open_records(fresh(lead), clients=[client_id], classes=LEDGER, via="page")


def test_the_client_opens_their_own_record_and_no_other(town, lead, client_id):
    """ACC-2: the portal reaches the record that stands for this person."""
    other = town.record(lead)
    assert open_records(town.as_client(client_id), clients=[client_id], classes=LEDGER, via="portal")
    assert not open_records(town.as_client(client_id), clients=[other], classes=LEDGER, via="portal")


def test_anonymous_and_system_actors_open_nothing(client_id):
    """ACC-1: these kinds can open nothing by default."""
    system = Actor(ActorKind.SYSTEM, None, Hat.NONE, None, Purpose.OPERATIONS)
    assert open_records(anonymous(), clients=[client_id], classes=LEDGER, via="page") == frozenset()
    assert open_records(system, clients=[client_id], classes=LEDGER, via="task") == frozenset()


@pytest.mark.parametrize(
    "parts",
    [
        {"person_id": None},
        {"hat": Hat.NONE},
        {"practice_id": None},
        {"purpose": None},
    ],
)
def test_an_actor_cannot_be_built_in_part(parts):
    """ACC-1: building an actor without all its parts raises."""
    whole = {"person_id": uuid4(), "hat": Hat.STAFF, "practice_id": uuid4(), "purpose": Purpose.CARE}
    assert Actor(kind=ActorKind.PERSON, **whole)
    with pytest.raises(ValueError, match=r"actor needs|is not a valid"):
        Actor(kind=ActorKind.PERSON, **(whole | parts))


def test_the_next_user_of_a_pooled_connection_acts_as_nobody(lead, client_id):
    """ACC-2d: who acts is local to the transaction; nothing leaks to the next one."""
    with opened(fresh(lead), clients=[client_id], classes=LEDGER, via="page"):
        assert events_seen() == 1
    with transaction.atomic():
        assert events_seen() == 0


def test_an_unreachable_ledger_shows_nothing(lead, client_id, owner):
    """ACC-3: when the access log cannot be written, the record stays shut."""
    owner.execute("alter table guard.opening add constraint full_disk check (via <> 'page') not valid")
    with (
        pytest.raises(Exception, match="full_disk"),
        opened(fresh(lead), clients=[client_id], classes=LEDGER, via="page"),
    ):
        pytest.fail("the record was opened without its row")


def test_of_several_places_the_nearest_says_why(town, lead, client_id, owner):
    """ACC-1, AUD-3: role and purpose are those of one place; a lead who also covers opened it as the lead."""
    town.relate(client_id, lead.person_id, "cover")
    town.relate(client_id, lead.person_id, "co_therapist")
    open_records(lead, clients=[client_id], classes=[DataClass.PLAN], via="page")
    assert openings(owner, client_id)[-1] == (lead.person_id, True, "care", "lead", ["plan"])
