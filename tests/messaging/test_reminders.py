"""Reminders: the client's terms, decided when they leave, once (REM-1, REM-3..8, CONS-4, PROMISE 10)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.access.seam import acting, opened
from careplan.errors import NotYours, Refused
from careplan.outgoing import gate, sending
from careplan.outgoing.gateways import Undelivered
from careplan.outgoing.models import Outgoing, Recorded
from careplan.outgoing.sending import MOST_ATTEMPTS, send_due
from clients.models import ConsentKind, How
from clients.services.asking import ConsentAsk
from clients.services.consents import Answer, record_spoken
from clients.services.contact import ContactRules, update_contact
from messaging.models import Contract, Reminder
from messaging.selectors.reminders import reminders_of
from messaging.selectors.waiting import waiting_asks
from messaging.services.reminders import Going, Terms, plan_reminders, put_out_batch, run_reminders, say_terms
from messaging.services.sessions import Where
from messaging.stopping import person_of, stop_token
from plans.services.answers import answer_item
from plans.services.items import propose_item, start_plan
from plans.services.rests import pause
from tests.messaging.calendar import LONDON, Desk, next_week
from tests.plans.room import look_again
from tests.signed_in import browser, portal_browser

CONTACT = ContactRules(phone="+44 20 7946 0142", text_ok=True, email="roz@example.test", email_ok=True)
TERMS = Terms(kinds=["session"], channel="text", most_a_week=7)


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """Roz said yes to treatment and texts, and wants to be reminded of sessions by text."""
    desk.says_yes(ConsentKind.TEXTS)
    contact(desk, CONTACT)
    terms(desk, TERMS)
    return desk


def contact(desk: Desk, rules: ContactRules) -> None:
    by = desk.actor("imani")
    with opened(by, clients=[desk.world["roz"]], classes=[DataClass.CONTACT], via="test"):
        update_contact(client_id=desk.world["roz"], rules=rules, by=by)


def terms(desk: Desk, said: Terms, by="roz") -> None:
    with desk.acts(by, classes={DataClass.CONTACT}) as actor:
        say_terms(client_id=desk.world["roz"], terms=said, by=actor)


def rests(desk: Desk) -> None:
    with desk.acts("roz", classes={DataClass.PLAN, DataClass.IDENTITY, DataClass.CONSENT}) as by:
        pause(client_id=desk.world["roz"], scope="everything", by=by)


@pytest.fixture
def pass_hours(owner):
    """Lets the database's clock run ahead, for this test alone."""

    def passes(hours):
        owner.execute("update guard.mode set clock_offset = make_interval(hours => %s)", [hours])

    yield passes
    passes(0)


def book_in(desk: Desk, hours=30):
    """A session in so many hours."""
    return desk.book(at=datetime.now(LONDON).replace(second=0, microsecond=0) + timedelta(hours=hours))


def reminder(desk: Desk):
    with desk.works("imani"):
        return [(row.state, row.why) for row in Reminder.objects.order_by("due_at", "id")]


@pytest.fixture
def waiting(ready: Desk, pass_hours) -> Desk:
    """A reminder that is due, planned and not yet decided: for a session in twenty-three hours, booked before that."""
    ready.session_id = book_in(ready)
    pass_hours(7)
    assert plan_reminders() == 1
    return ready


def test_one_neutral_reminder_leaves_and_running_again_sends_no_other(waiting: Desk) -> None:
    """REM-3, REM-4, REM-6: planned, taken and sent twice over; one message, in her own time, with its way to stop."""
    for _ in range(3):
        run_reminders()
        send_due()
    (letter,) = Recorded.objects.all()
    local = waiting.row(waiting.session_id).starts_at.astimezone(LONDON)
    clock = local.strftime("%I:%M %p").lstrip("0").lower()
    assert letter.body.startswith(f"You have an appointment {local:%a} {clock}. Change or cancel: ")
    assert f"To end them, reply STOP or open http://localhost:8000{stop_url(waiting)}" in letter.body
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert reminder(waiting) == [("out", "")]
    with waiting.acts("imani", classes={DataClass.LEDGER}):
        assert EventRow.objects.filter(client_id=waiting.world["roz"], kind="reminder.put_out").count() == 1


@pytest.mark.committed
def test_the_ledger_says_once_a_day_that_a_job_looked(waiting: Desk, owner) -> None:
    """ACC-2a, AUD-3: a job opens nothing; its look is one line a day."""
    run_reminders()
    run_reminders()
    lines = owner.execute("select role, purpose, reads from guard.opening where via = 'job:reminders'").fetchall()
    assert lines == [("system", "operations", ["contact"])]
    page = portal_browser(waiting.world["roz_person"]).get("/my/who-saw/").content.decode()
    assert "This system</b>, by itself, opened how to reach you." in page
    assert "Why: to send what you said yes to" in page
    assert "This system opened your record on 1 day." in page
    assert "Somebody" not in page


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda desk: terms(desk, replace(TERMS, kinds=[])), "not_wanted"),
        (lambda desk: terms(desk, replace(TERMS, channel="none")), "only_here"),
        (lambda desk: terms(desk, replace(TERMS, paused_through=date.today() + timedelta(days=9))), "paused"),
        (lambda desk: terms(desk, replace(TERMS, channel="email")), "no_channel"),
        (lambda desk: contact(desk, replace(CONTACT, do_not_contact=True)), "do_not_contact"),
        (lambda desk: contact(desk, replace(CONTACT, text_ok=False)), "no_address"),
        (lambda desk: desk.cancels("sol", desk.session_id), "over"),
        (lambda desk: rests(desk), "resting"),
    ],
    ids=["kind", "only-here", "paused", "channel", "do-not-contact", "address", "cancelled", "everything-rests"],
)
def test_what_holds_when_it_would_leave_decides(waiting: Desk, change, why) -> None:
    """REM-4, CONS-4, PLAN-14: put out, not yet gone; the change takes it back in its own transaction; none leaves."""
    put_out_batch()
    change(waiting)
    assert reminder(waiting) == [("dropped", why)]
    assert Outgoing.objects.get(kind="reminder_session").state == "cancelled"
    send_due()
    assert not Recorded.objects.exists()


@pytest.mark.committed
@pytest.mark.parametrize("kind", [ConsentKind.TREATMENT, ConsentKind.TEXTS])
@pytest.mark.parametrize("put_out", [True, False], ids=["put-out", "due"])
def test_a_withdrawal_between_due_and_sent_takes_it_back_at_once(waiting: Desk, kind, put_out) -> None:
    """CONS-4, CONS-12: due or already put out, cancelled in the transaction of the withdrawal."""
    if put_out:
        put_out_batch()
    waiting.stops(waiting.consents["roz", kind])
    why = "no_treatment" if kind is ConsentKind.TREATMENT else "no_channel"
    assert reminder(waiting) == [("dropped", why)]
    run_reminders()
    send_due()
    assert not Recorded.objects.exists()


def test_a_quiet_time_puts_it_off_also_when_it_was_put_out(waiting: Desk) -> None:
    """REM-1, REM-4: asked again when it is about to leave; it goes back and waits for the end of the quiet."""
    put_out_batch()
    now = datetime.now(LONDON) + timedelta(hours=7)
    edges = [(now + timedelta(hours=hours)).time().replace(microsecond=0) for hours in (-1, 1)]
    terms(waiting, replace(TERMS, quiet_from=edges[0], quiet_until=edges[1]))
    send_due()
    assert not Recorded.objects.exists()
    assert reminder(waiting) == [("due", "")]
    with waiting.works("imani"):
        assert Reminder.objects.get().not_before > now
    assert put_out_batch() == 0


def test_a_date_to_look_again_and_a_permission_that_ends_are_reminded_of(ready: Desk, owner, pass_hours) -> None:
    """REM-2, REM-6: fourteen and thirty days before, in the morning by her clock; one neutral message each, once."""
    terms(ready, replace(TERMS, kinds=["review", "consent_end"]))
    today = datetime.now(LONDON).date()
    plan_id, ending = looks_again(ready, today + timedelta(days=15)), ends_on(ready, today + timedelta(days=31))
    for _ in range(2):
        plan_reminders()
    with ready.works("imani"):
        due = {row.kind: (row.subject_id, row.due_at) for row in Reminder.objects.all()}
    morning = datetime.combine(today + timedelta(days=1), time(10), LONDON)
    assert due["review"] == (plan_id, morning)
    assert due["consent_end"][0] == ending
    assert due["consent_end"][1].astimezone(LONDON).time() == time(10)
    pass_hours(60)
    for _ in range(2):
        run_reminders()
        send_due()
    words = sorted(letter.body.partition(".")[0] for letter in Recorded.objects.all())
    assert words == [
        "Something in your pages comes to its end soon",
        "There is a day coming up in your pages, whenever you like to look",
    ]
    assert reminder(ready) == [("out", ""), ("out", "")]


def looks_again(desk: Desk, on: date):
    with desk.acts("imani") as by:
        plan = start_plan(client_id=desk.world["roz"], by=by)
    with desk.acts("imani") as by:
        proposed = propose_item(plan_id=plan.id, content=look_again(on), by=by)
    with desk.acts("roz") as by:
        answer_item(revision_id=proposed.id, choice="yes", by=by)
    return plan.id


def ends_on(desk: Desk, last_day: date):
    with desk.acts("imani", classes={DataClass.CONSENT}) as by:
        ask, said = ConsentAsk(kind=ConsentKind.PORTAL_MESSAGES), Answer(how=How.SAID_IN_SESSION, last_day=last_day)
        return record_spoken(client_id=desk.world["roz"], ask=ask, answer=said, by=by)


def test_no_more_in_a_week_than_she_wants(ready: Desk, pass_hours) -> None:
    """REM-1: the cap counts what was put out, whichever batch it was in."""
    terms(ready, replace(TERMS, most_a_week=1))
    for hours in (30, 31, 32):
        book_in(ready, hours)
    pass_hours(10)
    run_reminders()
    assert sorted(reminder(ready)) == [("dropped", "enough"), ("dropped", "enough"), ("out", "")]


def test_somebody_who_just_booked_is_not_reminded_of_it(ready: Desk) -> None:
    """REM-5: booked within the last day: they know. No nagging."""
    book_in(ready, 20)
    assert plan_reminders() == 0


def test_moved_sessions_are_reminded_of_at_their_new_time_only(waiting: Desk) -> None:
    """REM-4: the old one is dropped in the same transaction."""
    waiting.moves("sol", waiting.session_id, datetime.now(LONDON) + timedelta(hours=50))
    assert reminder(waiting) == [("dropped", "over")]
    assert plan_reminders() == 1


@pytest.mark.parametrize(
    ("starts", "zone", "due"),
    [
        ("2027-03-28T10:00:00+01:00", "Europe/London", "2027-03-27T10:00:00+00:00"),
        ("2027-10-31T10:00:00+00:00", "Europe/London", "2027-10-30T09:00:00+00:00"),
        ("2027-03-14T10:00:00-07:00", "America/Los_Angeles", "2027-03-13T18:00:00+00:00"),
        ("2027-11-07T10:00:00-08:00", "America/Los_Angeles", "2027-11-06T17:00:00+00:00"),
    ],
)
def test_the_day_before_is_the_same_time_of_day_on_both_edges(world, owner, starts, zone, due) -> None:
    """REM-6: by the person's clock."""
    found = owner.execute("select guard.days_before(%s, 1, %s)", [starts, zone]).fetchone()[0]
    assert found == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2027-03-28T00:30:00+00:00", "2027-03-28T07:00:00+00:00"),
        ("2027-10-31T00:30:00+00:00", "2027-10-31T08:00:00+00:00"),
        ("2027-06-01T21:30:00+00:00", "2027-06-02T07:00:00+00:00"),
        ("2027-06-01T12:00:00+00:00", None),
    ],
)
def test_a_quiet_time_over_midnight_ends_by_the_clock_on_the_wall(world, owner, now, ends) -> None:
    """REM-6: over both changes of the clocks."""
    found = owner.execute("select guard.quiet_ends('20:00', '08:00', 'Europe/London', %s)", [now]).fetchone()[0]
    assert found == (datetime.fromisoformat(ends) if ends else None)


@pytest.mark.committed
def test_eight_sweepers_at_once_put_it_out_once(waiting: Desk) -> None:
    """REM-4, REM-6: real threads, planning, taking and sending."""

    def work(_):
        try:
            run_reminders()
            send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    run_reminders()
    send_due()
    assert Recorded.objects.count() == 1


def stop_url(desk: Desk) -> str:
    return reverse("my_messages:stop", kwargs={"token": stop_token(desk.world["roz_person"])})


class Shut:
    """A provider that takes nothing."""

    def send(self, letter):
        raise Undelivered


def test_what_could_not_be_sent_is_visible_and_then_in_today(waiting: Desk, monkeypatch) -> None:
    """REM-4: bounded tries, never marked sent; then those who care are told, without a word of it elsewhere."""
    put_out_batch()
    monkeypatch.setattr(sending, "gateway_of", lambda channel: Shut())
    for _ in range(MOST_ATTEMPTS):
        Outgoing.objects.filter(state="due").update(due_at=Outgoing.objects.get().made_at)
        send_due()
    with waiting.works("imani") as by:
        (ask,) = waiting_asks(by, [waiting.world["roz"]])
    assert ask.sentence == "{name}: a reminder could not be sent"
    with waiting.acts("imani", classes={DataClass.CONTACT}):
        (line,) = reminders_of(waiting.world["roz"]).lines
    assert (line.failed, line.outcome) == (True, "Could not be sent")


def test_one_post_to_its_link_stops_everything_and_looking_stops_nothing(waiting: Desk) -> None:
    """REM-1, RFC 8058: no sign-in, no token of a form; she starts again only by her own hand."""
    put_out_batch()
    url = stop_url(waiting)
    stranger = Client(enforce_csrf_checks=True)
    assert "Stop these messages?" in stranger.get(url).text
    assert reminder(waiting) == [("out", "")]
    assert "Stopped" in stranger.post(url, {"List-Unsubscribe": "One-Click"}).text
    assert stranger.post(url).status_code == 200
    assert reminder(waiting) == [("dropped", "stopped")]
    with waiting.acts("imani", classes={DataClass.CONTACT, DataClass.LEDGER}):
        assert Contract.objects.get().stopped
        assert EventRow.objects.filter(kind="reminders.stopped", client_id=waiting.world["roz"]).count() == 1
    assert stranger.get(reverse("my_messages:stop", kwargs={"token": "AAAA"})).status_code == 404
    assert person_of(stop_token(waiting.world["tomek"])) == waiting.world["tomek"]


@pytest.mark.parametrize(
    ("number", "words", "stops"),
    [
        ("+442079460142", " Stop. ", True),
        ("442079460142", "STOPALL", True),
        ("+442079460142", "Please stop by", False),
        ("+442079460143", "STOP", False),
        ("", "STOP", False),
    ],
)
def test_stop_in_reply_to_a_text_stops_everything(waiting: Desk, settings, number, words, stops) -> None:
    """REM-1: whoever is reached by that number, from the provider's address alone; nothing of the reply is kept."""
    settings.TEXT_INCOMING = "only-the-provider-knows"
    put_out_batch()
    provider = Client(enforce_csrf_checks=True)
    url = reverse("my_messages:text_came", kwargs={"token": settings.TEXT_INCOMING})
    assert provider.get(url).status_code == 405
    assert provider.post(url[:-2] + "/", {"From": number, "Body": words}).status_code == 404
    assert provider.post(url, {"From": number, "Body": words}).status_code == 204
    assert provider.post(url, {"from": number, "text": words}, content_type="application/json").status_code == 204
    assert provider.post(url, "no json", content_type="application/json").status_code == 204
    assert reminder(waiting) == ([("dropped", "stopped")] if stops else [("out", "")])
    with waiting.acts("imani", classes={DataClass.LEDGER}):
        told = EventRow.objects.filter(kind="reminders.stopped", client_id=waiting.world["roz"]).count()
    assert told == stops


def test_without_an_address_for_replies_there_is_none(world) -> None:
    assert Client().post(reverse("my_messages:text_came", kwargs={"token": "x"}), {}).status_code == 404


def test_whoever_keeps_them_in_their_own_calendar_is_sent_nothing_and_takes_a_file(ready: Desk, pass_hours) -> None:
    """REM-1, REM-8: a neutral title, no place, no name, the day before; a move and a cancellation change that entry."""
    terms(ready, replace(TERMS, channel="calendar"))
    session_id = ready.book(at=next_week(2), where=Where(modality="video", link="https://meet.example.test/roz"))
    roz = portal_browser(ready.world["roz_person"])
    url = reverse("my_messages:calendar_file", kwargs={"session_id": session_id})
    assert url in roz.get(reverse("my_messages:appointment", kwargs={"session_id": session_id})).text
    taken = roz.get(url)
    assert taken.headers["Content-Type"].startswith("text/calendar")
    entry = dict(line.split(":", 1) for line in taken.text.split("\r\n") if line)
    assert entry["SUMMARY"] == "Appointment"
    assert entry["DTSTART"] == f"{next_week(2).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert (entry["TRIGGER"], entry["SEQUENCE"], entry["STATUS"]) == ("-P1D", "0", "CONFIRMED")
    assert not [word for word in ("Roz", "Imani", "Linden", "meet.", "LOCATION") if word in taken.text]
    ready.moves("sol", session_id, next_week(3))
    assert f"UID:{session_id}\r\nSEQUENCE:1" in roz.get(url).text
    ready.cancels("sol", session_id)
    assert "METHOD:CANCEL" in roz.get(url).text
    book_in(ready)
    pass_hours(10)
    run_reminders()
    assert not Outgoing.objects.filter(kind="reminder_session").exists()


def test_nobody_else_writes_her_terms(ready: Desk) -> None:
    """REM-1: staff see it and cannot override it, not by raw SQL either."""
    with pytest.raises((NotYours, ProgrammingError)):
        terms(ready, replace(TERMS, channel="email"), by="imani")
    with ready.acts("imani", classes={DataClass.CONTACT}), pytest.raises(ProgrammingError), transaction.atomic():
        Contract.objects.filter(client_id=ready.world["roz"]).update(stopped=True)
    with pytest.raises(Refused):
        terms(ready, replace(TERMS, quiet_from=time(20)))


def test_a_person_at_work_never_works_the_queue(waiting: Desk) -> None:
    """ACC-2a: only a job that nobody stands behind is told an address."""
    with acting(waiting.actor("imani")), pytest.raises(ProgrammingError), transaction.atomic():
        put_out_batch()
    with waiting.works("sol"):
        assert not Reminder.objects.exists()


def test_the_pages_show_the_whole_message_and_keep_the_terms(ready: Desk, world) -> None:
    """Portal screen 12: the preview is the very words; staff see the terms, read only."""
    roz = portal_browser(world["roz_person"])
    page = reverse("my_messages:reminders")
    assert "You have an appointment" in roz.get(page).text
    said = {
        "kinds": ["session", "review"],
        "channel": "text",
        "quiet_from": "20:00",
        "quiet_until": "09:00",
        "most_a_week": "2",
    }
    assert roz.post(page, {**said, "quiet_until": ""}).status_code == 422
    assert roz.post(page, said).status_code == 303
    shown = browser(world["imani"]).get(reverse("messaging:reminders", kwargs={"client_id": world["roz"]})).text
    assert "only Roz can change it" in shown
    assert "20:00 to 09:00" in shown


def test_the_command_shows_queue_last_run_and_failures(waiting: Desk, capsys) -> None:
    """REM-7: counts alone."""
    call_command("reminders", "--run")
    told = capsys.readouterr().out
    assert "put out now: 1" in told
    assert "waiting: 0" in told
    assert not [name for name in ("Roz", "example.test", "7946") if name in told]


def test_times_are_told_in_her_own_zone() -> None:
    """REM-6."""
    starts = datetime(2027, 7, 8, 0, 30, tzinfo=ZoneInfo("UTC"))
    going = Going(*[None] * 2, None, "session", 1, "text", "", starts, "America/Los_Angeles")
    assert going.when == "Wed 5:30 pm"
    assert gate.checks


def test_a_reminder_that_waits_goes_to_the_new_number_and_not_to_the_old(waiting: Desk, monkeypatch) -> None:
    """REM-4, REM-8: put out and not sent yet when the number changes: taken back, and put out anew."""

    def away(self, letter):
        raise Undelivered

    assert put_out_batch() == 1
    monkeypatch.setattr("careplan.outgoing.gateways.RecordingGateway.send", away)
    send_due()
    contact(waiting, replace(CONTACT, phone="+44 20 7946 0199"))
    monkeypatch.undo()
    assert (reminder(waiting), send_due()) == ([("due", "")], 0)
    assert put_out_batch() == 1
    send_due()
    assert [row.address for row in Recorded.objects.all()] == ["+44 20 7946 0199"]


def test_a_link_in_an_old_mail_goes_on_stopping_when_the_key_is_new(ready: Desk, settings) -> None:
    """REM-1, AUTH-4."""
    person = ready.world["roz_person"]
    old = stop_token(person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a newer key of the same installation", [settings.SECRET_KEY]
    assert (person_of(old), person_of(stop_token(person))) == (person, person)
    settings.SECRET_KEY_FALLBACKS = []
    assert person_of(old) is None
