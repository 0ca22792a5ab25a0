"""AUTH-2: sessions end after a while, at once when access ends, and really when somebody signs out."""

from __future__ import annotations

import pytest

from careplan.accounts.models import Practice, Session
from careplan.accounts.selectors import staff_session
from careplan.accounts.services import disable_user, enable_user, end_employment
from careplan.accounts.sessions import forget_expired

from .conftest import PASSWORD, SIGN_IN, Browser, Staff, events

pytestmark = pytest.mark.committed


def test_fifteen_idle_minutes_end_the_session(browser: Browser, wren: Staff, clock):
    browser.sign_in(wren)
    clock.shift(15 * 60 - 40)
    assert browser.is_in
    clock.shift(15 * 60 + 1)
    assert not browser.is_in
    assert events(wren.user.pk)[-1] == "session_ended"
    assert "Your session ended" in browser.get(SIGN_IN).content.decode()
    assert "Your session ended" not in browser.get(SIGN_IN).content.decode()


def test_twelve_hours_end_the_session_however_busy(browser: Browser, wren: Staff, clock):
    browser.sign_in(wren)
    for _ in range(12 * 6 - 1):
        clock.shift(10 * 60)
        assert browser.is_in
    clock.shift(10 * 60 + 1)
    assert not browser.is_in


def test_closing_the_way_in_ends_every_session_at_once(browser: Browser, wren: Staff, clock):
    browser.sign_in(wren)
    clock.shift(31)
    another = Browser("192.0.2.2")
    another.sign_in(wren)
    disable_user(user=wren.user)
    assert not browser.is_in
    assert not another.is_in
    assert not Session.objects.filter(user=wren.user).exists()
    assert events(wren.user.pk)[-1] == "disabled"
    assert another.give_password(wren.email).status_code == 422
    enable_user(user=wren.user)
    assert another.give_password(wren.email).status_code == 302


def test_a_session_ends_even_when_only_the_account_was_marked(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    wren.user.is_active = False
    wren.user.save()
    assert not browser.is_in
    assert events(wren.user.pk)[-1] == "session_ended"


def test_the_end_of_employment_ends_the_session_at_once(browser: Browser, wren: Staff, orchard: Practice):
    browser.sign_in(wren)
    end_employment(member=orchard.staff.get(person=wren.user.person))
    assert not browser.is_in
    assert browser.give_password(wren.email).status_code == 422


def test_the_end_of_employment_is_seen_even_when_only_the_day_was_written(
    browser: Browser, wren: Staff, orchard: Practice, clock
):
    browser.sign_in(wren)
    orchard.staff.update(until="2100-01-01T00:00Z")
    assert browser.is_in
    from django.utils import timezone

    orchard.staff.update(until=timezone.now())
    clock.shift(1)
    assert not browser.is_in


def test_closing_the_way_in_stops_a_sign_in_on_its_way(browser: Browser, wren: Staff):
    browser.give_password(wren.email)
    disable_user(user=wren.user)
    assert browser.give_code(wren.digits()).headers["Location"] == SIGN_IN
    assert not browser.is_in


def test_signing_out_really_ends_it_and_lands_on_a_page_that_says_nothing(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    kept = browser.cookies["__Host-session"].value
    answer = browser.post("/practice/sign-out/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/left/")
    assert not Session.objects.filter(session_key=kept).exists()
    browser.cookies["__Host-session"] = kept
    assert not browser.is_in
    assert events(wren.user.pk)[-1] == "signed_out"


def test_signing_out_is_a_button_not_a_link(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    assert browser.get("/practice/sign-out/").status_code == 405
    assert browser.is_in


def test_signing_out_needs_the_pages_own_form(wren: Staff):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/practice/sign-out/").status_code == 403


def test_a_session_knows_whose_it_is_and_what_they_do(browser: Browser, wren: Staff, orchard: Practice):
    browser.sign_in(wren)
    request = browser.get("/practice/confirm/").wsgi_request
    staff = staff_session(request)
    assert staff is not None
    assert (staff.person_id, staff.practice_id, staff.first_name) == (wren.user.person_id, orchard.pk, "Wren")
    assert staff.roles == {"therapist"}
    assert Session.objects.get().user_id == wren.user.pk


def test_a_password_change_ends_the_sessions_begun_with_the_old_one(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    wren.user.set_password(PASSWORD + " anew")
    wren.user.save()
    assert not browser.is_in


def test_a_page_costs_a_known_number_of_queries(browser: Browser, wren: Staff, django_assert_num_queries):
    browser.sign_in(wren)
    browser.get("/practice/confirm/")
    with django_assert_num_queries(10, exact=False):
        browser.get("/practice/confirm/")


def test_rows_of_expired_sessions_are_swept_away(browser: Browser, wren: Staff, clock):
    browser.sign_in(wren)
    assert forget_expired() == 0
    clock.shift(12 * 60 * 60 + 1)
    assert forget_expired() == 1
    assert not Session.objects.exists()
