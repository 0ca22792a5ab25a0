"""That there is something leaves; what it is never does (MSG-3, REM-3, CLIENT-2)."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.outgoing.models import Outgoing, Recorded
from careplan.outgoing.sending import send_due
from clients.models import ConsentKind, How, Shows
from clients.services.contact import ContactRules, update_contact
from clients.services.quiet import QuietWish, set_quiet
from messaging.services.notice import not_before
from messaging.services.offers import Offer, offer_resources
from messaging.services.thread import send_message
from tests.messaging.calendar import Desk
from tests.messaging.conftest import FIRST_TWO, Talk

WITH_CONTACT = {DataClass.MESSAGE, DataClass.PLAN, DataClass.CONTACT}
CANARY = "Quetzalcoatl in the corridor"
MAIL = ContactRules(email="roz@example.test", email_ok=True)


def rules(talk: Talk, contact: ContactRules) -> None:
    with opened(talk.imani, clients=[talk.client_id], classes=[DataClass.CONTACT], via="test"):
        update_contact(client_id=talk.client_id, rules=contact, by=talk.imani)


def writes(talk: Talk, text: str = CANARY) -> None:
    with talk.acts(talk.imani, WITH_CONTACT):
        send_message(client_id=talk.client_id, text=text, key=uuid4(), by=talk.imani)


@pytest.mark.committed
def test_a_neutral_notice_leaves_and_nothing_of_what_was_written(talk: Talk, caplog) -> None:
    """MSG-3: no word of it in the mail, its headers, the queue or a log; one notice, however much was written."""
    rules(talk, MAIL)
    with caplog.at_level(logging.DEBUG):
        writes(talk)
        writes(talk)
        with talk.acts(talk.imani, WITH_CONTACT):
            offer = Offer(pieces=FIRST_TWO, note=CANARY, worry=CANARY)
            offer_resources(client_id=talk.client_id, offer=offer, by=talk.imani)
        send_due()
    (letter,) = Recorded.objects.all()
    assert letter.body.startswith("There’s something for you in your portal, whenever you like.")
    for told in (letter.subject, letter.body, str(letter.headers), caplog.text, str(Outgoing.objects.values_list())):
        assert not [word for word in ("Quetzalcoatl", "Imani", "Asking for", "Roz") if word in told.replace("roz@", "")]


@pytest.mark.parametrize(
    "contact",
    [
        ContactRules(),
        ContactRules(email="roz@example.test", email_ok=False),
        ContactRules(email="roz@example.test", email_ok=True, do_not_contact=True),
        ContactRules(email="roz@example.test", email_ok=True, most_a_week=0),
    ],
)
def test_without_a_channel_they_said_yes_to_nothing_leaves(talk: Talk, contact: ContactRules) -> None:
    """CLIENT-2, REM-8: the message itself is in the pages all the same."""
    rules(talk, contact)
    writes(talk)
    assert not Outgoing.objects.filter(kind="something_new").exists()
    assert talk.thread(talk.roz).said[0].text == CANARY


def test_the_clients_own_message_tells_the_client_nothing(talk: Talk) -> None:
    rules(talk, MAIL)
    talk.say(talk.roz, "Hello")
    assert not Outgoing.objects.filter(kind="something_new").exists()


def test_in_a_quiet_time_it_waits_until_that_ends(talk: Talk) -> None:
    """REM-1: by the client's own clock, over midnight as well."""

    class Quiet:
        quiet_from, quiet_until = time(20), time(9)

    zone = ZoneInfo("Europe/London")
    for hour, expected in ((19, None), (20, 1), (23, 1), (3, 0), (8, 0), (9, None)):
        at = datetime(2026, 1, 10, hour, 30 if hour != 9 else 0, tzinfo=UTC)
        due = not_before(at, Quiet, zone)
        day = datetime(2026, 1, 10, 9, tzinfo=zone)
        assert due == (None if expected is None else day + timedelta(days=expected)), hour


def test_no_more_in_a_week_than_they_want(talk: Talk) -> None:
    """REM-1: the weekly cap is the client's."""
    rules(talk, replace(MAIL, most_a_week=1))
    writes(talk)
    writes(talk)
    assert Outgoing.objects.filter(kind="something_new").count() == 1


def test_a_notice_that_waits_goes_with_the_yes(talk: Talk) -> None:
    """CONS-4: stopping messages takes back what has not left, in the same transaction."""
    rules(talk, MAIL)
    writes(talk)
    talk.stops_messages()
    assert Outgoing.objects.get(kind="something_new").state == "cancelled"


def test_stopping_texts_stops_the_text_that_waits_and_every_later_one(talk: Talk) -> None:
    """CONS-4: her no to texts counts, whatever the contact rules still say."""
    rules(talk, ContactRules(phone="+1 503 555 0142", text_ok=True))
    desk = Desk(talk.world)
    given = desk.says_yes(ConsentKind.TEXTS)
    writes(talk)
    desk.stops(given)
    assert Outgoing.objects.get(kind="something_new").state == "cancelled"
    Outgoing.objects.update(key="an earlier one")
    writes(talk)
    send_due()
    assert not Recorded.objects.exists()
    assert Outgoing.objects.exclude(key="an earlier one").get().why == "consent_ended"


def test_pages_that_show_nothing_are_not_announced(talk: Talk) -> None:
    """SAFE-7: a notice that waits when the client's pages go quiet does not leave."""
    rules(talk, MAIL)
    writes(talk)
    with opened(talk.imani, clients=[talk.client_id], classes=[DataClass.SAFETY], via="test"):
        set_quiet(client_id=talk.client_id, wish=QuietWish(Shows.NOTHING), how=How.ON_PAPER, by=talk.imani)
    send_due()
    assert not Recorded.objects.exists()
    notice = Outgoing.objects.get(kind="something_new")
    assert (notice.state, notice.why) == ("cancelled", "shows_nothing")
