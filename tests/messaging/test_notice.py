"""That there is something leaves; what it is never does (MSG-3, REM-1, REM-3, CLIENT-2)."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.outgoing.models import Outgoing, Recorded
from careplan.outgoing.sending import send_due
from clients.models import ConsentKind, How, Shows
from clients.services.contact import ContactRules, update_contact
from clients.services.quiet import QuietWish, set_quiet
from messaging.models import Reminder
from messaging.services.offers import Offer, offer_resources
from messaging.services.reminders import Terms, run_reminders, say_terms
from messaging.services.thread import send_message
from messaging.stopping import stop_token
from tests.messaging.calendar import LONDON, Desk
from tests.messaging.conftest import FIRST_TWO, Talk

WITH_CONTACT = {DataClass.MESSAGE, DataClass.PLAN, DataClass.CONTACT}
CANARY = "Quetzalcoatl in the corridor"
MAIL = ContactRules(email="roz@example.test", email_ok=True)
TEXT = ContactRules(phone="+1 503 555 0142", text_ok=True)
TERMS = Terms(kinds=["something_new"], channel="email", most_a_week=7)


@pytest.fixture
def reached(talk: Talk) -> Talk:
    """Roz said yes to e-mail and to texts, and gave her address for the first."""
    talk.desk = Desk(talk.world)
    talk.texts, _mail = (talk.desk.says_yes(kind) for kind in (ConsentKind.TEXTS, ConsentKind.EMAIL))
    rules(talk, MAIL)
    return talk


def rules(talk: Talk, contact: ContactRules) -> None:
    with opened(talk.imani, clients=[talk.client_id], classes=[DataClass.CONTACT], via="test"):
        update_contact(client_id=talk.client_id, rules=contact, by=talk.imani)


def terms(talk: Talk, **said) -> None:
    with talk.acts(talk.roz, {DataClass.CONTACT}):
        say_terms(client_id=talk.client_id, terms=replace(TERMS, **said), by=talk.roz)


def writes(talk: Talk, text: str = CANARY) -> None:
    with talk.acts(talk.imani, WITH_CONTACT):
        send_message(client_id=talk.client_id, text=text, key=uuid4(), by=talk.imani)


def leaves() -> list[Recorded]:
    run_reminders()
    send_due()
    return list(Recorded.objects.all())


def what_came(talk: Talk) -> list[tuple[str, str]]:
    with talk.desk.works("imani"):
        return list(Reminder.objects.values_list("state", "why"))


@pytest.mark.committed
def test_a_neutral_notice_leaves_and_nothing_of_what_was_written(reached: Talk, caplog) -> None:
    """MSG-3: no word of it in the mail, its headers, the queue or a log; one notice, however much was written."""
    with caplog.at_level(logging.DEBUG):
        writes(reached)
        writes(reached)
        with reached.acts(reached.imani, WITH_CONTACT):
            offer = Offer(pieces=FIRST_TWO, note=CANARY, worry=CANARY)
            offer_resources(client_id=reached.client_id, offer=offer, by=reached.imani)
        (letter,) = leaves()
        writes(reached)
        assert len(leaves()) == 1
    assert letter.body.startswith("There’s something for you in your portal, whenever you like.")
    for told in (letter.subject, letter.body, str(letter.headers), caplog.text, str(Outgoing.objects.values_list())):
        assert not [word for word in ("Quetzalcoatl", "Imani", "Asking for", "Roz") if word in told.replace("roz@", "")]


def test_it_says_why_it_came_and_carries_the_step_to_no_more(reached: Talk) -> None:
    """REM-1, RFC 8058: the same link as every reminder; one post from it, and no notice leaves any more."""
    writes(reached)
    (letter,) = leaves()
    stop = reverse("my_messages:stop", kwargs={"token": stop_token(reached.world["roz_person"])})
    assert "This came because you said yes to it. No more of these: http" in letter.body
    assert letter.headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().post(stop, {"List-Unsubscribe": "One-Click"})
    writes(reached)
    assert len(leaves()) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kinds": ["session"]}, None),
        ({"channel": "none"}, None),
        ({"channel": "calendar"}, None),
        ({"channel": "text"}, "no_address"),
        ({"paused_through": date.today() + timedelta(days=9)}, "paused"),
    ],
    ids=["kind", "only-here", "calendar", "channel", "paused"],
)
def test_her_terms_decide_and_not_how_she_may_be_reached(reached: Talk, said, why) -> None:
    """REM-1: the way is the one she chose; what she does not want is not even put down."""
    terms(reached, **said)
    writes(reached)
    assert leaves() == []
    assert what_came(reached) == ([("dropped", why)] if why else [])


def test_her_terms_choose_the_way(reached: Talk) -> None:
    """REM-1: a text, though she may be reached by e-mail too."""
    rules(reached, replace(MAIL, phone=TEXT.phone, text_ok=True))
    writes(reached)
    terms(reached, channel="email")
    (letter,) = leaves()
    assert letter.channel == "email"


def test_in_her_quiet_time_it_waits_until_that_ends(reached: Talk) -> None:
    """REM-1, REM-6: by her own clock."""
    now = datetime.now(LONDON)
    edges = [(now + timedelta(hours=hours)).time().replace(microsecond=0) for hours in (-1, 1)]
    terms(reached, quiet_from=edges[0], quiet_until=edges[1])
    writes(reached)
    assert leaves() == []
    assert what_came(reached) == [("due", "")]
    with reached.desk.works("imani"):
        assert Reminder.objects.get().not_before > now


@pytest.mark.parametrize(
    "contact",
    [
        ContactRules(),
        ContactRules(email="roz@example.test", email_ok=False),
        ContactRules(email="roz@example.test", email_ok=True, do_not_contact=True),
        ContactRules(email="roz@example.test", email_ok=True, most_a_week=0),
    ],
)
def test_without_a_channel_they_said_yes_to_nothing_leaves(reached: Talk, contact: ContactRules) -> None:
    """CLIENT-2, REM-8: the message itself is in the pages all the same."""
    rules(reached, contact)
    writes(reached)
    assert leaves() == []
    assert reached.thread(reached.roz).said[0].text == CANARY


def test_an_address_without_a_yes_to_the_way_is_no_yes(talk: Talk) -> None:
    """CONS-4, REM-4: as for every reminder."""
    talk.desk = Desk(talk.world)
    rules(talk, MAIL)
    writes(talk)
    assert leaves() == []
    assert what_came(talk) == [("dropped", "no_channel")]


def test_the_clients_own_message_tells_the_client_nothing(reached: Talk) -> None:
    reached.say(reached.roz, "Hello")
    assert leaves() == []
    with reached.acts(reached.roz), connection.cursor() as ask, pytest.raises(ProgrammingError), transaction.atomic():
        ask.execute("select guard.something_new(%s, %s)", [reached.client_id, reached.world["roz_person"]])


def test_no_more_in_a_week_than_they_want(reached: Talk, owner) -> None:
    """REM-1: the weekly cap is the client's, and counts every kind of reminder."""
    terms(reached, most_a_week=1)
    writes(reached)
    assert len(leaves()) == 1
    owner.execute("update guard.mode set clock_offset = interval '1 day'")
    try:
        writes(reached)
        assert len(leaves()) == 1
        assert ("dropped", "enough") in what_came(reached)
    finally:
        owner.execute("update guard.mode set clock_offset = interval '0'")


def test_a_notice_that_waits_goes_with_the_yes(reached: Talk) -> None:
    """CONS-4: stopping messages takes back what has not left, in the same transaction."""
    writes(reached)
    run_reminders()
    reached.stops_messages()
    assert Outgoing.objects.get(kind="something_new").state == "cancelled"
    assert what_came(reached) == [("dropped", "no_messages")]


def test_stopping_texts_stops_the_text_that_waits_and_every_later_one(reached: Talk) -> None:
    """CONS-4: her no to texts counts, whatever the contact rules still say."""
    rules(reached, TEXT)
    writes(reached)
    run_reminders()
    reached.desk.stops(reached.texts)
    assert Outgoing.objects.get(kind="something_new").state == "cancelled"
    assert leaves() == []
    assert what_came(reached) == [("dropped", "no_channel")]


def test_pages_that_show_nothing_are_not_announced(reached: Talk) -> None:
    """SAFE-7: a notice that waits when the client's pages go quiet does not leave."""
    writes(reached)
    run_reminders()
    with opened(reached.imani, clients=[reached.client_id], classes=[DataClass.SAFETY], via="test"):
        set_quiet(client_id=reached.client_id, wish=QuietWish(Shows.NOTHING), how=How.ON_PAPER, by=reached.imani)
    assert leaves() == []
    notice = Outgoing.objects.get(kind="something_new")
    assert (notice.state, notice.why) == ("cancelled", "shows_nothing")
