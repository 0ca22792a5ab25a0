"""Pause and stop: one step, no reason, a way back (PLAN-14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from careplan.errors import NotYours, Refused
from careplan.outgoing.gate import Recipient, enqueue
from careplan.outgoing.models import Channel, Outgoing
from careplan.outgoing.sending import send_due
from clients.models import Client, ClientSummary
from clients.services.contact import ContactRules, update_contact
from plans.hooks import RestListener, when_resting
from plans.models import Pause, Pausing, Plan
from plans.selectors.acting import now
from plans.selectors.pausing import is_paused, resting_of, running_pauses
from plans.selectors.people import local_day
from plans.services.items import start_plan
from plans.services.rests import go_on, pause, stop_therapy, take_up_therapy
from tests.plans.room import Room, homework

OPEN = (DataClass.PLAN, DataClass.IDENTITY, DataClass.CONSENT)


def does(room: Room, doing, by=None, **more):
    by = by or room.client
    with opened(by, clients=[room.client_id], classes=OPEN, via="test"):
        return doing(by=by, **more)


def today(room: Room):
    with room.acts(room.client):
        return local_day(room.client_id, now())


def seen(room: Room) -> tuple[str, str, str, bool]:
    with opened(room.therapist, clients=[room.client_id], classes=OPEN, via="test"):
        return (
            Plan.objects.get(id=room.plan_id).status,
            Client.objects.get(client_id=room.client_id).status,
            ClientSummary.objects.get(client_id=room.client_id).status,
            is_paused(room.client_id),
        )


def test_pausing_everything_and_going_on(roz: Room) -> None:
    """PLAN-14: reminders cease, lists say so, and one step brings all of it back."""
    roz.agreed_goal()
    begun = does(roz, pause, client_id=roz.client_id, scope="everything")
    assert does(roz, pause, client_id=roz.client_id, scope="everything").id == begun.id
    assert seen(roz) == ("on_hold", "paused", "paused", True)
    with acting(roz.therapist):
        assert is_paused(roz.client_id)
    does(roz, go_on, pause_id=begun.id)
    assert seen(roz) == ("active", "active", "active", False)


def test_a_line_rests_by_itself_and_its_progress_stays_what_it_was(roz: Room) -> None:
    line = roz.agreed_goal()
    day = today(roz) + timedelta(days=10)
    does(roz, pause, client_id=roz.client_id, scope="item", item_id=line.item_id, until=day)
    with roz.acts(roz.therapist):
        (running,) = running_pauses(roz.client_id)
        assert (running.item_id, running.until) == (line.item_id, day)
    assert roz.item(line).progress == "not_started"
    assert seen(roz) == ("active", "active", "active", False)
    with pytest.raises(Refused):
        does(roz, pause, client_id=roz.client_id, scope="plan", until=today(roz))


def test_stopping_is_one_step_and_a_way_back_stays(roz: Room) -> None:
    """PLAN-14: the plan ends early, reading goes on, coming back is one step too."""
    line = roz.agreed_goal()
    does(roz, pause, client_id=roz.client_id, scope="plan")
    does(roz, stop_therapy, client_id=roz.client_id)
    does(roz, stop_therapy, client_id=roz.client_id)
    assert seen(roz) == ("ended_early", "ended", "ended", True)
    assert roz.standing(line).in_force_id == line.id
    does(roz, take_up_therapy, client_id=roz.client_id)
    assert seen(roz)[1:] == ("active", "active", False)
    with roz.acts(roz.client):
        assert start_plan(client_id=roz.client_id, by=roz.client).id != roz.plan_id


def test_pausing_is_the_clients_to_begin_and_derived_lines_are_nobodys_to_write(roz: Room, room: Room) -> None:
    """ACC-2c."""
    roz.agreed_goal()
    staff = opened(roz.therapist, clients=[roz.client_id], classes=OPEN, via="test")
    with staff, pytest.raises(Error), transaction.atomic():
        pause(client_id=roz.client_id, scope="plan", by=roz.therapist)
    theirs = room.agreed_goal()
    with pytest.raises(NotYours):
        does(roz, pause, client_id=roz.client_id, scope="item", item_id=theirs.item_id)
    does(roz, pause, client_id=roz.client_id, scope="plan")
    with roz.acts(roz.client), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update pausing set plan_since = null")
    day = today(roz)
    with roz.acts(roz.client), pytest.raises(Error), transaction.atomic():
        Pause.objects.update(until=day)


@pytest.mark.committed
def test_nothing_leaves_while_everything_rests_but_a_link_one_asked_for(roz: Room) -> None:
    """PLAN-14, promise 4: asked at the moment of sending, so what was queued before stays too."""
    contact = ContactRules(email="roz@example.test", email_ok=True)
    with opened(roz.therapist, clients=[roz.client_id], classes=[DataClass.CONTACT], via="test"):
        update_contact(client_id=roz.client_id, rules=contact, by=roz.therapist)
    queued(roz, "something_new", "before")
    begun = does(roz, pause, client_id=roz.client_id, scope="everything")
    queued(roz, "new_password", "link")
    send_due()
    assert {row.key: row.why for row in Outgoing.objects.filter(state="cancelled")} == {"before": "resting"}
    does(roz, go_on, pause_id=begun.id)
    queued(roz, "something_new", "after")
    send_due()
    assert set(Outgoing.objects.filter(state="sent").values_list("key", flat=True)) == {"link", "after"}


def queued(room: Room, kind: str, key: str) -> None:
    to = Recipient(room.client.person_id, Channel.EMAIL, "roz@example.test")
    enqueue(kind=kind, to=to, key=key, link="/my/")


def test_whatever_hangs_in_is_told_in_the_same_transaction(roz: Room) -> None:
    told = []
    when_resting.hang(RestListener("test", lambda rest, by: told.append(rest.scope), frozenset(), 10))
    try:
        does(roz, pause, client_id=roz.client_id, scope="everything")
        does(roz, stop_therapy, client_id=roz.client_id)
    finally:
        when_resting.entries.clear()
    assert told == ["everything", "therapy"]


@pytest.mark.committed
def test_a_pause_with_a_day_is_over_at_its_first_moment(roz: Room, owner) -> None:
    """PLAN-14: by the database's clock and the client's own midnight, with nobody doing anything."""
    roz.propose(homework(), roz.client)
    day = today(roz) + timedelta(days=2)
    begun = does(roz, pause, client_id=roz.client_id, scope="everything", until=day)
    with acting(roz.therapist):
        at = now()
    for much, rests in ((timedelta(seconds=-5), True), (timedelta(seconds=5), False)):
        owner.execute("update guard.mode set clock_offset = %s", [begun.goes_on - at + much])
        with acting(roz.therapist):
            assert is_paused(roz.client_id) is rests
            assert resting_of([roz.client_id])[roz.client_id].silent is rests
    with acting(roz.therapist):
        assert Pausing.objects.count() == 1
