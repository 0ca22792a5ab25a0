"""Sessions: booked, moved, cancelled, kept; never two at once; the desk sees nothing else (APPT-1, CONS-12)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.accounts.models import StaffMember
from careplan.errors import NotYours, Refused
from clients.models import Consent, ConsentKind
from messaging.models import Agenda, Session, SessionLine, Slot
from messaging.selectors.calendar import calendar_of, free_times, rules_of, session_page
from messaging.selectors.timing import at_clock
from messaging.services.sessions import (
    Repeat,
    Rules,
    When,
    answer_asked,
    hold_time,
    link_lines,
    release_time,
    say_rules,
    write_agenda,
)
from messaging.sessions import SESSION_MOVES, SessionState
from tests.consents.hands import Hands
from tests.messaging.calendar import LONDON, Desk, next_week


def test_the_front_desk_works_the_calendar_and_sees_nothing_clinical(desk: Desk) -> None:
    """ACC-12, APPT-1: create, move, cancel, mark kept; no note, no agenda, no line of a plan."""
    moved = desk.book("sol")
    desk.moves("sol", moved, next_week(2))
    kept = desk.kept()
    cancelled = desk.book("sol", at=next_week(4))
    desk.cancels("sol", cancelled)
    states = {desk.row(each).state for each in (moved, kept, cancelled)}
    assert states == {SessionState.BOOKED, SessionState.KEPT, SessionState.CANCELLED}
    with desk.works("sol") as sol:
        assert [
            each.title for day in calendar_of(sol, first=next_week().date(), days=7).days for each in day.entries
        ] == [
            "Roz",
            "Roz",
        ]
        assert not Agenda.objects.exists()
        assert not SessionLine.objects.exists()


def test_two_sessions_of_a_clinician_never_overlap(desk: Desk) -> None:
    """APPT-1: the database refuses the second, whoever it is with; one after the other is fine."""
    desk.book(at=next_week(1, 10))
    with pytest.raises(Refused, match="taken"):
        desk.book(at=next_week(1, 10, 30), client="hollis")
    desk.book(at=next_week(1, 10, 50), client="hollis")
    desk.book(at=next_week(1, 10), client="tomek", clinician="wren")


@pytest.mark.committed
def test_of_eight_who_book_the_same_time_one_gets_it(desk: Desk) -> None:
    """APPT-1: real threads; the others are told that it is taken."""

    def book(number):
        try:
            return desk.book("sol", "roz" if number % 2 else "hollis", next_week(2, 14))
        except Refused as refused:
            return refused.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(book, range(8)))
    assert sum(1 for each in said if each == "That time is taken.") == 7
    with desk.works("sol"):
        assert Session.objects.count() == 1


def test_a_series_is_rows_of_their_own_at_the_same_time_of_day(desk: Desk) -> None:
    """APPT-1, REM-6: weekly or every two weeks, over the change of the clocks; all of it or nothing."""
    monday = datetime(2027, 3, 15, 10, tzinfo=LONDON)
    made = desk.book(at=monday, repeat=Repeat(weeks=1, times=3))
    times = [desk.row(each).starts_at.astimezone(LONDON) for each in made]
    assert [at.isoformat() for at in times] == [
        "2027-03-15T10:00:00+00:00",
        "2027-03-22T10:00:00+00:00",
        "2027-03-29T10:00:00+01:00",
    ]
    desk.book(at=datetime(2027, 3, 22, 14, tzinfo=LONDON), client="hollis")
    with pytest.raises(Refused, match=r"March 22: That time is taken"):
        desk.book(at=datetime(2027, 3, 15, 14, tzinfo=LONDON), repeat=Repeat(1, 2))
    with desk.works("sol"):
        assert Session.objects.count() == 4
    desk.cancels("imani", made[1])
    assert [desk.row(each).state for each in made] == ["booked", "cancelled", "booked"]


def test_a_time_that_the_clock_jumps_over_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    """REM-6: both edges."""
    with pytest.raises(Refused, match="clocks go forward"):
        at_clock(date(2027, 3, 28), time(1, 30), LONDON)
    assert at_clock(date(2026, 10, 25), time(1, 30), LONDON).utcoffset() == timedelta(hours=1)


def test_without_a_yes_to_treatment_no_new_time_is_booked(world) -> None:
    """CONS-12: bookings stop; what has been is written down all the same, and cancelling works (PROMISE 11)."""
    desk, hands = Desk(world), Hands(world)
    with hands.opens("imani", "roz"):
        treatment = Consent.objects.get(client_id=hands["roz"], kind=ConsentKind.TREATMENT)
    hands.stops(treatment.id)
    with pytest.raises(Refused, match="no yes to treatment"):
        desk.book("imani")
    with pytest.raises(Refused, match="no yes to treatment"):
        desk.ask()
    desk.cancels("imani", desk.book("imani", at=datetime.now(LONDON) - timedelta(hours=2)))


def test_only_the_care_team_and_the_desk_book_and_only_with_the_care_team(desk: Desk) -> None:
    """ACC-4, ACC-5: a colleague, billing, a supervisor and a client get not-found; a stranger can't be booked."""
    for key in ("nadia", "bram", "teo"):
        with pytest.raises(NotYours):
            desk.book(key)
    with pytest.raises(NotYours):
        desk.book("sunniva", client="tomek", clinician="wren")
    when = When(next_week().date(), time(9), 50)
    with desk.works("roz") as by, pytest.raises(NotYours):
        hold_time(clinician_id=by.person_id, when=when, held_for="Me", zone=LONDON, by=by)
    with pytest.raises(Refused, match="care team"):
        desk.book(clinician="wren")
    session_id = desk.book()
    for key in ("wren", "odile", "bram"):
        with pytest.raises(NotYours):
            desk.cancels(key, session_id)


def test_a_client_asks_and_it_is_booked_or_not_possible(desk: Desk) -> None:
    """APPT-1: nothing is held until it is answered; what was taken meanwhile is said."""
    first, second = desk.ask(next_week(3, 11)), desk.ask(next_week(3, 11))
    third = desk.ask(next_week(4, 11))
    with pytest.raises(Refused, match="Three times"):
        desk.ask()
    with desk.works("sol") as sol:
        answer_asked(session_id=first, accept=True, by=sol)
        with pytest.raises(Refused, match="taken"):
            answer_asked(session_id=second, accept=True, by=sol)
        answer_asked(session_id=second, accept=False, by=sol)
    desk.cancels("roz", third)
    assert [desk.row(each).state for each in (first, second, third)] == ["booked", "turned_down", "cancelled"]


def test_a_client_moves_until_the_notice_begins_and_may_always_cancel(desk: Desk) -> None:
    """APPT-1: the notice is the practice's; a late cancel is kept as one, and nobody is held to a time."""
    with desk.works("petra") as petra:
        say_rules(rules=Rules(notice_hours=48), by=petra)
    soon, later = datetime.now(LONDON) + timedelta(hours=30), next_week(5, 9) + timedelta(days=7)
    near, far = desk.book(at=soon.replace(minute=0)), desk.book(at=later)
    desk.moves("roz", far, later + timedelta(hours=2))
    assert (desk.row(far).sequence, desk.row(far).starts_at) == (1, later + timedelta(hours=2))
    with pytest.raises(Refused, match="too close"):
        desk.moves("roz", near, later)
    desk.cancels("roz", near)
    desk.cancels("roz", far)
    rows = [desk.row(each) for each in (near, far)]
    assert [(row.cancelled_for, row.short_notice) for row in rows] == [("client", True), ("client", False)]
    assert desk.book(at=later + timedelta(hours=2), client="hollis")


def test_kept_is_said_when_its_time_has_come_and_can_be_put_right(desk: Desk) -> None:
    session_id = desk.book()
    with pytest.raises(Refused, match="once its time has come"):
        desk.settles("imani", session_id)
    kept = desk.kept()
    desk.settles("imani", kept, kept=False)
    assert desk.row(kept).state == SessionState.DID_NOT_ATTEND
    desk.settles("imani", kept)
    with pytest.raises(Refused):
        desk.cancels("imani", kept)


def test_every_move_of_the_table_and_no_other_is_the_databases(desk: Desk, owner) -> None:
    """APPT-1: the trigger holds the same table as the code, to the owner too."""
    allowed = {(source, to) for source, to, moves in SESSION_MOVES.every_pair() if moves}
    told = owner.execute("select pg_get_functiondef('guard.messaging_session_moves'::regproc)").fetchone()[0]
    for source, to, _ in SESSION_MOVES.every_pair():
        assert (f"('{source}', '{to}')" in told) == ((source, to) in allowed), (source, to)


def test_the_application_writes_no_session_by_itself(desk: Desk) -> None:
    """ACC-2c: only the functions do; and each tells the client’s chain of events."""
    session_id = desk.book()
    with desk.acts("imani"), pytest.raises(ProgrammingError), transaction.atomic():
        Session.objects.filter(id=session_id).update(state="kept")
    with desk.acts("imani", classes={DataClass.LEDGER}):
        assert EventRow.objects.filter(client_id=desk.world["roz"], kind="session.booked").count() == 1


def test_held_time_is_its_owners(desk: Desk) -> None:
    when = When(next_week(5).date(), time(9), 180)
    with desk.works("imani") as imani:
        slot_id = hold_time(clinician_id=imani.person_id, when=when, held_for="Notes", zone=LONDON, by=imani)
    with pytest.raises(Refused, match="taken"):
        desk.book(at=next_week(5, 11))
    with pytest.raises(NotYours), desk.works("wren") as wren:
        release_time(slot_id=slot_id, by=wren)
    with desk.works("odile"):
        assert not Slot.objects.exists()
    with desk.works("sol") as sol:
        release_time(slot_id=slot_id, by=sol)
    desk.book(at=next_week(5, 11))


def test_an_agenda_is_the_clients_and_read_by_the_care_team(desk: Desk) -> None:
    """VOICE-4: written beforehand if she likes; nobody else writes it, the desk does not see it."""
    session_id = desk.book()
    roz = desk.world["roz"]
    with desk.acts("roz") as by:
        write_agenda(session_id=session_id, client_id=roz, words="My sister. ", by=by)
        write_agenda(session_id=session_id, client_id=roz, words="My sister, and the rota.", by=by)
    with desk.acts("imani") as by:
        assert Agenda.objects.get().words == "My sister, and the rota."
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            write_agenda(session_id=session_id, client_id=roz, words="Mine", by=by)


def test_a_session_of_another_client_takes_no_agenda_and_no_lines(desk: Desk) -> None:
    """ACC-2a: what hangs on a session stays under its client."""
    theirs = desk.book(client="hollis")
    with desk.acts("imani") as by, pytest.raises(NotYours):
        link_lines(session_id=theirs, client_id=desk.world["roz"], items=[], by=by)
    with desk.acts("roz") as by, pytest.raises(NotYours):
        write_agenda(session_id=theirs, client_id=desk.world["roz"], words="x", by=by)


def test_free_times_are_inside_the_hours_and_beside_what_is_taken(desk: Desk) -> None:
    desk.book(at=next_week(1, 9))
    with desk.works("roz"):
        practice = desk.world["linden"]
        times = free_times(desk.world["roz"], desk.world["imani"], rules=rules_of(practice), zone=LONDON, most=50)
        assert next_week(1, 9) not in times
        assert all(9 <= at.astimezone(LONDON).hour < 18 and at.astimezone(LONDON).isoweekday() < 6 for at in times)


def test_a_longer_calendar_asks_no_more(desk: Desk) -> None:
    desk.book(at=next_week(1, 9))

    def queries():
        with desk.works("sol") as sol, CaptureQueriesContext(connection) as asked:
            calendar_of(sol, first=next_week().date(), days=7)
            session_page(Session.objects.first().id, sol)
        return len(asked)

    before = queries()
    for hour in (10, 11, 12):
        desk.book(at=next_week(1, hour), client="hollis")
    assert queries() == before <= 22
    assert StaffMember.objects.exists()
