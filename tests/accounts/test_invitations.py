"""AUTH-1, REM-8: an invitation is neutral, works once, runs out, and issues itself anew in one click."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.accounts.models import Invitation, PasswordLink, Session, User
from careplan.errors import Refused
from careplan.outgoing.models import Outgoing, Recorded
from careplan.outgoing.sending import send_due
from clients.services.contact import ContactRules, update_contact
from clients.services.invite import invite_client
from tests.signed_in import browser
from tests.world import PASSWORD, actor, email

pytestmark = pytest.mark.committed
ALL = {DataClass.IDENTITY, DataClass.CONTACT}


def invited(world, *, by_hand=False, email_ok=True):
    by = actor(world, "wren")
    with opened(by, clients=[world["tomek"]], classes=ALL, via="test"):
        rules = ContactRules(email="tomek@example.test", email_ok=email_ok)
        update_contact(client_id=world["tomek"], rules=rules, by=by)
        return invite_client(client_id=world["tomek"], email="tomek@example.test", by_hand=by_hand, by=by)


def last_link():
    send_due()
    return re.search(r"https?://[^/]+(/\S+)", Recorded.objects.order_by("at").last().body).group(1)


def test_tomek_follows_the_link_chooses_a_password_and_is_in(world):
    invited(world)
    tomek = Client()
    page = tomek.get(last_link()).content.decode()
    assert "tomek@example.test" in page
    assert not re.search(r"therap|plan\b|Linden|Wren", page, re.IGNORECASE)
    came = tomek.post(last_link(), {"password": "a quiet orchard 71"}, follow=True)
    assert "Hello, Tomek" in came.content.decode()
    assert (
        "began to use their own pages"
        in browser(world["wren"]).get(f"/practice/clients/{world['tomek']}/history/").content.decode()
    )


def test_the_link_works_once(world):
    invited(world)
    link = last_link()
    Client().post(link, {"password": "a quiet orchard 71"})
    again = Client().post(link, {"password": "somebody else 99"})
    assert again.status_code == 410
    assert "run out" in again.content.decode()
    assert User.objects.get(email="tomek@example.test").check_password("a quiet orchard 71")


def test_a_link_that_ran_out_gives_a_fresh_one_in_one_click(world, owner):
    invited(world)
    old = last_link()
    owner.execute("update careplan_invitation set made_at = made_at - %s, expires_at = now()", [timedelta(days=8)])
    assert Client().get(old).status_code == 410
    asked = Client().post(old, {"again": "1"}, follow=True)
    unknown = Client().post("/begin/never-was-one/", {"again": "1"}, follow=True)
    assert asked.content == unknown.content
    fresh = last_link()
    assert fresh != old
    assert Client().get(fresh).status_code == 200
    assert Invitation.objects.filter(accepted_at=None, replaced_at=None).count() == 1


def test_nobody_is_written_to_who_has_not_said_yes_to_e_mail(world):
    """REM-8: a link by hand is the way then; nothing leaves."""
    with pytest.raises(Refused, match="said yes to e-mail"):
        invited(world, email_ok=False)
    path = invited(world, by_hand=True, email_ok=False)
    assert send_due() == 0
    assert Client().get(path).status_code == 200
    assert "If somebody gave it to you, ask them for another" in Client().get("/begin/never-was-one/").content.decode()
    Client().post(path, {"again": "1"})
    assert send_due() == 0


def test_a_weak_password_is_said_and_nothing_is_lost(world):
    invited(world)
    weak = Client().post(last_link(), {"password": "password"})
    assert weak.status_code == 422
    assert "too short" in weak.content.decode()
    assert not User.objects.filter(email="tomek@example.test").exists()


def test_only_a_digest_of_the_link_is_kept(world, owner):
    token = invited(world).strip("/").split("/")[-1]
    stored = owner.execute(
        "select i::text from careplan_invitation i union all select o::text from careplan_outgoing o"
    )
    assert not [row for row in stored.fetchall() if token in row[0]]


def test_a_lost_password_is_replaced_by_link_and_every_session_ends(world):
    roz = Client()
    roz.post("/my/sign-in/", {"email": email("roz"), "password": PASSWORD})
    allow_email(world)
    answers = {
        Client().post("/new-password/", {"email": who}, follow=True).content for who in (email("roz"), "x@example.test")
    }
    assert len(answers) == 1
    link = last_link()
    assert Client().post(link, {"password": "new and long enough"}, follow=True).status_code == 200
    assert not Session.objects.filter(user__email=email("roz")).exists()
    assert Client().post(link, {"password": "and once more, no"}).status_code == 410
    assert Client().post("/my/sign-in/", {"email": email("roz"), "password": "new and long enough"}).status_code == 302
    assert PasswordLink.objects.filter(used_at=None).count() == 0


def allow_email(world):
    by = actor(world, "imani")
    with opened(by, clients=[world["roz"]], classes=[DataClass.CONTACT], via="test"):
        update_contact(client_id=world["roz"], rules=ContactRules(email=email("roz"), email_ok=True), by=by)


def test_a_stranger_who_asks_for_a_link_is_put_out_too_and_taken_back(world):
    """AUTH-1: neither the answer nor what is done for it tells whether somebody signs in with an address."""
    asked = {}
    for who in (email("roz"), "x@example.test"):
        with CaptureQueriesContext(connection) as said:
            Client().post("/new-password/", {"email": who})
        asked[who] = len(said.captured_queries)
    assert abs(asked[email("roz")] - asked["x@example.test"]) <= 1
    send_due()
    (stranger,) = Outgoing.objects.filter(kind="new_password", person_id=None)
    assert (stranger.state, stranger.why, stranger.carries) == ("cancelled", "nobody", None)
    assert not Recorded.objects.filter(address="x@example.test").exists()


def test_a_new_password_by_link_begins_the_count_of_wrong_ones_anew(world):
    """AUTH-1: whoever guesses on purpose keeps nobody out who reads the mail."""
    allow_email(world)
    for number in range(6):
        said = {"email": email("roz"), "password": "a guess"}
        shut = Client(REMOTE_ADDR=f"198.51.100.{number}").post("/my/sign-in/", said)
    assert shut.status_code == 429
    assert "ask for a new password" in shut.content.decode()
    Client().post("/new-password/", {"email": email("roz")})
    Client().post(last_link(), {"password": "new and long enough"})
    assert Client().post("/my/sign-in/", {"email": email("roz"), "password": "new and long enough"}).status_code == 302


def test_whether_somebody_signs_in_with_an_address_is_not_said_to_whoever_invites(world):
    """AUTH-1, ACC-5: practices are separate; a therapist hears of nobody's account, here or elsewhere."""
    by = actor(world, "wren")
    for who in ("odile", "petra"):
        with opened(by, clients=[world["tomek"]], classes=ALL, via="test"), pytest.raises(Refused) as refused:
            invite_client(client_id=world["tomek"], email=email(who), by_hand=True, by=by)
        assert refused.value.sentence == "This address can’t be used here. Ask for another one."
