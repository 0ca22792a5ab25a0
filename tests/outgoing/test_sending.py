"""REM-4, REM-8: exactly one, checked when it is sent, settled by the provider's word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.outgoing import Channel, Recipient, cancel, enqueue
from careplan.outgoing.gateways import Undelivered
from careplan.outgoing.models import Outgoing, Recorded
from careplan.outgoing.sending import MOST_ATTEMPTS, send_due, send_one
from clients.services.contact import ContactRules, update_contact
from tests.world import actor

pytestmark = pytest.mark.committed
STRANGER = Recipient(None, Channel.EMAIL, "somebody@example.test")


def put_out(key="k:1", to=STRANGER, **more):
    return enqueue(kind="new_sign_in", to=to, key=key, link="/my/", **more)


def test_the_same_key_is_one_message(world):
    """REM-4: however often it is asked for."""
    assert put_out() == put_out()
    send_due()
    send_due()
    assert Recorded.objects.count() == 1


def test_what_is_rolled_back_never_leaves(world):
    with transaction.atomic():
        put_out()
        transaction.set_rollback(True)
    assert send_due() == 0


def test_once_sent_nothing_of_it_is_kept_but_that_it_was(world):
    message = put_out()
    send_one(message)
    row = Outgoing.objects.get(id=message)
    assert (row.state, row.carries, row.why) == ("sent", None, "")


def test_eight_workers_at_once_send_it_once(world):
    message = put_out()

    def work(_):
        try:
            send_one(message)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert Recorded.objects.count() == 1
    assert Outgoing.objects.get(id=message).attempts == 1


def test_somebody_who_asked_not_to_be_contacted_gets_nothing(world):
    """REM-8: what holds is what her record says when it is sent, not when it was put out."""
    roz = Recipient(world["roz_person"], Channel.EMAIL, "roz@example.test")
    allow(world, email="roz@example.test", email_ok=True)
    first = put_out("a", roz)
    send_one(first)
    second = put_out("b", roz)
    allow(world, email="roz@example.test", email_ok=True, do_not_contact=True)
    send_one(second)
    states = {str(row.key): (row.state, row.why) for row in Outgoing.objects.all()}
    assert states == {"a": ("sent", ""), "b": ("cancelled", "do_not_contact")}


def allow(world, **rules):
    by = actor(world, "imani")
    with opened(by, clients=[world["roz"]], classes=[DataClass.CONTACT], via="test"):
        update_contact(client_id=world["roz"], rules=ContactRules(**rules), by=by)


def test_taking_back_what_has_not_left(world):
    put_out("reminder:x:1", due_at=timezone.now() + timedelta(hours=1))
    put_out("reminder:y:1", due_at=timezone.now() + timedelta(hours=1))
    assert cancel(keys_begin="reminder:x:") == 1
    assert sorted(Outgoing.objects.values_list("state", flat=True)) == ["cancelled", "due"]


class Shut:
    """A provider that takes nothing."""

    def send(self, letter):
        raise Undelivered


def test_a_provider_that_takes_nothing_is_tried_again_later_and_then_said(world, monkeypatch):
    """REM-4: never marked sent without the provider's word; after the last try it is visible as failed."""
    from careplan.outgoing import sending

    message = put_out()
    monkeypatch.setattr(sending, "gateway_of", lambda channel: Shut())
    for _ in range(MOST_ATTEMPTS):
        Outgoing.objects.filter(id=message, state="due").update(due_at=Outgoing.objects.get(id=message).made_at)
        send_one(message)
    row = Outgoing.objects.get(id=message)
    assert (row.state, row.why, row.attempts) == ("failed", "not_taken", MOST_ATTEMPTS)
    assert not Recorded.objects.exists()


class Taking:
    """A provider that can't tell whether it had a message before, and whose taker dies right after."""

    knows_again = False
    took = 0

    def send(self, letter):
        Taking.took += 1
        raise SystemExit


def test_whoever_dies_while_handing_it_over_leaves_it_visible_and_not_doubled(world, owner, monkeypatch):
    """REM-6: nobody can know whether it left, so it is said to be failed and never sent a second time."""
    from careplan.outgoing import sending

    message = put_out()
    monkeypatch.setattr(sending, "gateway_of", lambda channel: Taking())
    with pytest.raises(SystemExit):
        send_one(message)
    owner.execute("update careplan_outgoing set claimed_until = now() - interval '1 second'")
    send_one(message)
    row = Outgoing.objects.get(id=message)
    assert (Taking.took, row.state, row.why) == (1, "failed", "not_known")


def test_a_worker_that_died_with_it_gives_it_back_after_a_minute(world, owner):
    from careplan.outgoing.sending import claim

    message = put_out()
    assert claim(message) is not None
    assert claim(message) is None
    owner.execute("update careplan_outgoing set claimed_until = now() - interval '1 second'")
    send_one(message)
    assert Recorded.objects.count() == 1
