"""Threads: said once, in one's own name, never edited; who reads and who does not (MSG-1, MSG-2)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.access.seam import opened
from careplan.accounts.models import StaffMember
from careplan.accounts.staff import close_way_in, let_go
from careplan.errors import NotYours, Refused
from messaging.models import Message, MessageDraft, MessageHead, Seen
from messaging.selectors.hours import Hours, hours_of
from messaging.selectors.inbox import inbox, message_asks
from messaging.selectors.portal import new_panel
from messaging.selectors.thread import thread_of
from messaging.services.change import message_counts
from messaging.services.hours import say_hours
from messaging.services.thread import About, keep_message_draft, mark_seen
from tests.messaging.calendar import Desk, next_week
from tests.messaging.conftest import CLASSES, Talk, at_the_desk
from tests.signed_in import portal_browser
from tests.world import actor

LONDON = ZoneInfo("Europe/London")
ALWAYS = Hours(weekdays=(1, 2, 3, 4, 5, 6, 7), opens=time(0), closes=time(23, 59, 59))


def one_minute_a_day() -> Hours:
    """Hours that are never now, whenever the test runs."""
    early, late = Hours(opens=time(3), closes=time(3, 1)), Hours(opens=time(15), closes=time(15, 1))
    return early if datetime.now(LONDON).hour >= 12 else late


def reads_at(talk: Talk, hours: Hours) -> None:
    with at_the_desk(talk.imani):
        say_hours(hours=hours, by=talk.imani)


def words(thread):
    return [said.text for said in thread.said]


def test_both_write_and_read_under_their_own_names(talk: Talk) -> None:
    """MSG-1: a thread between the client and the care team; the author is who wrote."""
    reads_at(talk, ALWAYS)
    talk.say(talk.roz, "Can we move Thursday?\r\nThey changed my rota.  ")
    talk.say(talk.imani, "Of course.")
    for reader in (talk.roz, talk.imani, talk.nadia):
        assert [(said.who, said.text) for said in talk.thread(reader).said] == [
            ("Roz", "Can we move Thursday?\nThey changed my rota."),
            ("Imani", "Of course."),
        ]
    with talk.acts(talk.imani, {DataClass.LEDGER}):
        told = EventRow.objects.filter(client_id=talk.client_id, kind="message.sent").values_list("detail", "after")
        assert sorted(told) == [({}, "client"), ({}, "lead")]


def test_the_same_form_sent_twice_is_one_message(talk: Talk) -> None:
    key = uuid4()
    assert talk.say(talk.roz, "Hello", key=key).id == talk.say(talk.roz, "Hello", key=key).id
    assert words(talk.thread(talk.roz))[:1] == ["Hello"]
    with talk.acts(talk.roz):
        assert Message.objects.filter(automatic=False).count() == 1


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001])
def test_nothing_and_too_much_are_said_so(talk: Talk, text: str) -> None:
    with pytest.raises(Refused):
        talk.say(talk.roz, text)


def test_whose_messages_nobody_else_reads(talk: Talk, world) -> None:
    """MSG-1, ACC-2b: the supervisor of record opens the record and finds no message in it; strangers open nothing."""
    talk.say(talk.roz, "For Imani alone.")
    supervisor = actor(world, "sunniva")
    with opened(supervisor, clients=[talk.client_id], classes=CLASSES, via="test"):
        assert not Message.objects.exists()
    with pytest.raises(NotYours):
        talk.thread(supervisor)
    for person in ("wren", "sol", "petra", "bram", "odile"):
        with pytest.raises(NotYours):
            talk.thread(actor(world, person))
        with at_the_desk(actor(world, person)):
            assert not Message.objects.exists()
            assert inbox(actor(world, person)).new == ()


def test_an_opening_of_the_plan_shows_no_message(talk: Talk) -> None:
    """ACC-2b: raw SQL as well."""
    talk.say(talk.roz, "Not for the plan’s page.")
    with talk.acts(talk.imani, {DataClass.PLAN, DataClass.NOTE}), connection.cursor() as cursor:
        cursor.execute("select count(*) from messaging_message")
        assert cursor.fetchone() == (0,)


def test_a_message_is_never_edited_and_never_in_anothers_name(talk: Talk) -> None:
    """MSG-1: append-only, and nobody writes as somebody else; the catalogue test holds the frozen tables."""
    sent = talk.say(talk.roz, "As I said it.")
    with pytest.raises(ProgrammingError), talk.acts(talk.roz):
        Message.objects.filter(id=sent.id).update(text="Other words")
    with pytest.raises(ProgrammingError), talk.acts(talk.imani):
        Message.objects.create(
            client_id=talk.client_id,
            practice_id=sent.practice_id,
            author_id=talk.roz.person_id,
            role="client",
            text="Forged",
            at=sent.at,
        )


def test_before_typing_everybody_is_told_who_reads_and_when(talk: Talk) -> None:
    """MSG-1: who reads this, and the usual reply time, which each clinician says for themself."""
    assert talk.thread(talk.roz).hours == "Imani reads messages on weekdays, usually within 2 days."
    assert talk.thread(talk.roz).also == "So does Nadia, if Imani is away."
    reads_at(talk, Hours(weekdays=(1, 3), within_days=1))
    assert talk.thread(talk.roz).hours == "Imani reads messages on Mondays and Wednesdays, usually within a day."


def test_hours_without_a_day_or_without_length_are_refused(talk: Talk) -> None:
    for wrong in (Hours(weekdays=()), Hours(opens=time(17), closes=time(9)), Hours(within_days=0)):
        with pytest.raises(Refused):
            reads_at(talk, wrong)
    with at_the_desk(talk.imani):
        assert hours_of(talk.imani.practice_id, talk.imani.person_id) == Hours()


def test_out_of_hours_the_client_is_told_once(talk: Talk) -> None:
    """MSG-1: a neutral automatic reply, in nobody's name, once until somebody reads again; staff get none."""
    reads_at(talk, one_minute_a_day())
    talk.say(talk.roz, "It is late.")
    talk.say(talk.roz, "One more thing.")
    talk.say(talk.imani, "Good morning.")
    first, automatic, second, answer = talk.thread(talk.roz).said
    assert (first.text, second.text, answer.text) == ("It is late.", "One more thing.", "Good morning.")
    assert automatic.automatic
    assert automatic.who == "Automatic reply"
    assert automatic.text.endswith("use Need help now.")
    assert "Imani reads messages" in automatic.text


def test_within_hours_nothing_answers_by_itself(talk: Talk) -> None:
    reads_at(talk, ALWAYS)
    talk.say(talk.roz, "Hello")
    assert words(talk.thread(talk.roz)) == ["Hello"]


@pytest.mark.parametrize(
    ("at", "since"),
    [
        ("2026-05-04 10:00", None),
        ("2026-05-04 17:00", "2026-05-04 17:00"),
        ("2026-05-05 08:59", "2026-05-04 17:00"),
        ("2026-05-10 12:00", "2026-05-08 17:00"),  # a Sunday: closed since Friday
        ("2026-03-29 12:00", "2026-03-27 17:00"),  # the clocks went forward that night
    ],
)
def test_closed_since_the_last_working_day_ended(at: str, since: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    expected = datetime.fromisoformat(since).replace(tzinfo=LONDON) if since else None
    assert Hours().quiet_since(moment, LONDON) == expected


def test_a_message_may_be_about_a_line_or_a_resource_of_this_record(talk: Talk, world) -> None:
    """MSG-2: a typed link, shown by its title; another record's id is not found."""
    line, (offered, _) = talk.a_goal(), talk.offer()
    talk.say(talk.roz, "About the bus.", about=About(item_id=line.item_id))
    talk.say(talk.roz, "About what you offered.", about=About(resource_id=offered.id))
    about = [said.about for said in talk.thread(talk.imani).said if said.from_client]
    assert about == ["Ride the 14 to work like it’s just a bus.", "Asking for what you need"]
    for other in (About(item_id=uuid4()), About(resource_id=uuid4()), About(session_id=uuid4())):
        with pytest.raises(NotYours):
            talk.say(talk.roz, "About nothing of mine.", about=other)


def test_unread_counts_are_each_persons_own(talk: Talk) -> None:
    """MSG-2, ACC-2a: counted without opening anything; reading clears one's own count and nobody else's."""
    talk.say(talk.roz, "One")
    talk.say(talk.roz, "Two")
    for reader in (talk.imani, talk.nadia):
        with at_the_desk(reader):
            assert [(row.name, row.unread, row.covered) for row in inbox(reader).new] == [
                ("Roz", 2, reader.person_id == talk.nadia.person_id)
            ]
            (ask,) = message_asks(reader, [talk.client_id])
            assert ask.sentence == "{name}: 2 new messages"
    seen(talk, talk.imani)
    with at_the_desk(talk.imani):
        assert inbox(talk.imani).new == ()
    with at_the_desk(talk.nadia):
        assert inbox(talk.nadia).new[0].unread == 2


def seen(talk: Talk, by) -> None:
    thread = talk.thread(by)
    with talk.acts(by):
        mark_seen(front=thread.front, by=by)


def test_whether_the_client_has_read_is_nobody_elses_to_know(talk: Talk) -> None:
    """MSG-2: not in a table, not in the events, not in the access log; delivery is what staff see."""
    talk.say(talk.imani, "When you like.")
    with talk.acts(talk.roz):
        assert new_panel(talk.roz, talk.client_id).unread == 1
    with talk.acts(talk.imani, {DataClass.LEDGER}):
        before = EventRow.objects.filter(client_id=talk.client_id).count()
    seen(talk, talk.roz)
    with talk.acts(talk.roz):
        assert new_panel(talk.roz, talk.client_id) is None
    with talk.acts(talk.imani, set(DataClass)), connection.cursor() as cursor:
        assert not Seen.objects.filter(person_id=talk.roz.person_id).exists()
        assert EventRow.objects.filter(client_id=talk.client_id).count() == before
        cursor.execute("select count(*) from guard.access_rows(%s) where purpose = 'portal'", [talk.client_id])
        assert cursor.fetchone() == (0,)
    assert talk.thread(talk.imani).said[0].delivered
    with talk.acts(talk.roz, {DataClass.LEDGER}), connection.cursor() as cursor:
        cursor.execute("select count(*) > 0 from guard.access_rows(%s) where purpose = 'portal'", [talk.client_id])
        assert cursor.fetchone() == (True,)


def test_a_draft_is_its_writers_alone_and_gone_once_sent(talk: Talk) -> None:
    """UI-5: what is typed is kept, for nobody else to read; the care team keeps drafts of its own."""
    for by, text in ((talk.roz, "I am not sure yet"), (talk.imani, "Half a thought")):
        for typed in (text[:5], text):
            with talk.acts(by):
                keep_message_draft(client_id=talk.client_id, text=typed, by=by)
    assert talk.thread(talk.roz).front.draft == "I am not sure yet"
    assert talk.thread(talk.imani).front.draft == "Half a thought"
    assert talk.thread(talk.nadia).front.draft == ""
    with talk.acts(talk.imani):
        assert [row.text for row in MessageDraft.objects.all()] == ["Half a thought"]
    talk.say(talk.roz, "I am sure now")
    assert talk.thread(talk.roz).front.draft == ""
    assert talk.thread(talk.imani).front.draft == "Half a thought"


def test_the_head_says_what_the_tables_say(talk: Talk) -> None:
    """ACC-2a: counts in the operations tier, written with each event, rebuilt and compared."""
    talk.say(talk.roz, "One")
    talk.say(talk.imani, "Two")
    kept, more = talk.offer()
    talk.answers(kept, "keep")
    talk.answers(more, "tell_me_more")
    with talk.acts(talk.imani):
        head, counted = MessageHead.objects.get(client_id=talk.client_id), message_counts(talk.client_id)
    assert {name: getattr(head, name) for name in counted} == counted
    assert (head.from_client, head.from_care, head.offered, head.more_asked) == (1, 1, 0, 1)


def test_a_longer_thread_costs_no_more_questions(talk: Talk) -> None:
    """09-bars: a fixed number of statements, however much was written."""

    def asked() -> int:
        with talk.acts(talk.imani), CaptureQueriesContext(connection) as queries:
            thread_of(talk.client_id, talk.imani)
        return len(queries)

    talk.say(talk.roz, "One")
    talk.offer()
    few = asked()
    for number in range(5):
        talk.say(talk.roz if number % 2 else talk.imani, f"Word {number}")
    assert asked() == few


def test_closing_times_in_the_future_are_never_used() -> None:
    """The reply's quiet time began in the past, whatever the hour."""
    now = datetime.now(LONDON)
    for hours in range(0, 24 * 7, 5):
        since = Hours().quiet_since(now + timedelta(hours=hours), LONDON)
        assert since is None or since <= now + timedelta(hours=hours)


def test_without_a_yes_nobody_writes_and_stopping_it_stops_at_once(talk: Talk) -> None:
    """CONS-4: both sides, in the same moment; what was written stays readable; a new yes opens it again."""
    talk.say(talk.roz, "Before.")
    talk.stops_messages()
    for by in (talk.roz, talk.imani):
        with pytest.raises(Refused):
            talk.say(by, "After.")
        assert words(talk.thread(by))[0] == "Before."
        assert not talk.thread(by).allowed
    assert talk.thread(talk.imani).not_allowed == "the client stopped it."
    talk.says_yes()
    assert talk.say(talk.imani, "Again.").text == "Again."


def test_a_message_may_be_about_a_session(talk: Talk, world) -> None:
    """MSG-2: a session that is near can be chosen by its day, and is named by it."""
    desk, at = Desk(world), next_week()
    desk.says_yes()
    session = desk.book(at=at)
    called = f"The session on {at:%A, %B} {at.day}"
    assert called in [title for _, title in talk.thread(talk.roz).sessions]
    talk.say(talk.roz, "Can we move it?", about=About(session_id=session))
    assert [said.about for said in talk.thread(talk.imani).said if said.from_client] == [called]


@pytest.mark.parametrize("gone", [let_go, close_way_in])
def test_a_client_whose_therapist_has_gone_is_told_that_nobody_reads(talk: Talk, world, gone) -> None:
    """MSG-1: no name, no usual reply time, no reader that isn't there; on the page and in the automatic reply."""
    talk.say(talk.imani, "See you on Thursday.")
    for who in ("nadia", "imani"):
        petra = actor(world, "petra")
        with at_the_desk(petra):
            gone(member=StaffMember.objects.get(person_id=world[who], until=None), by=petra.person_id)
    nobody = "Nobody is here to read messages just now."
    assert talk.thread(talk.roz).hours == nobody
    page = portal_browser(world["roz_person"]).get(reverse("my_messages:thread")).content.decode()
    assert nobody in page
    assert "reads this" not in page
    assert "usually within" not in page
    talk.say(talk.roz, "Is anybody there?")
    *_, reply = talk.thread(talk.roz).said
    assert reply.automatic
    assert nobody in reply.text
    assert "usually within" not in reply.text
    talk.say(talk.roz, "Hello?")
    assert [said.automatic for said in talk.thread(talk.roz).said].count(True) == 1
