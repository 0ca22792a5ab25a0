"""AUTH-1: two steps to come in, and nothing on the way that tells a stranger who works here."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from careplan.accounts.models import Practice, Session, User
from careplan.accounts.roles import Role
from careplan.accounts.selectors import hats_of
from careplan.accounts.services import NewStaff, add_staff, disable_user

from .conftest import PASSWORD, SECOND_STEP, SET_UP, SIGN_IN, Browser, Staff, equip, events, hire

pytestmark = pytest.mark.committed


def test_password_and_six_digits_sign_in(browser: Browser, wren: Staff):
    answer = browser.sign_in(wren)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.is_in
    assert events(wren.user.pk)[-2:] == ["password_accepted", "signed_in"]


def test_a_password_alone_reaches_nothing(browser: Browser, wren: Staff):
    answer = browser.give_password(wren.email)
    assert answer.headers["Location"] == SECOND_STEP
    assert not browser.is_in
    assert browser.get("/practice/recovery-codes/").headers["Location"].startswith(SIGN_IN)


def test_the_second_step_cannot_be_skipped_by_setting_up_another(browser: Browser, wren: Staff):
    browser.give_password(wren.email)
    assert browser.get(SET_UP).headers["Location"] == SECOND_STEP
    assert browser.get(SET_UP + "picture.svg").headers["Location"] == SECOND_STEP
    assert browser.post(SET_UP, {"code": wren.digits()}).headers["Location"] == SECOND_STEP
    assert not browser.is_in


def test_no_step_opens_without_the_one_before(browser: Browser, wren: Staff):
    for page in (SECOND_STEP, SET_UP, SET_UP + "picture.svg", "/practice/sign-in/practice/"):
        assert browser.get(page).headers["Location"] == SIGN_IN
    assert browser.give_code(wren.digits()).headers["Location"] == SIGN_IN


def test_a_wrong_code_is_refused_with_a_sentence(browser: Browser, wren: Staff):
    browser.give_password(wren.email)
    answer = browser.give_code(wren.wrong_digits())
    assert answer.status_code == 422
    assert "doesn’t fit" in answer.content.decode()
    assert not browser.is_in
    assert events(wren.user.pk)[-1] == "second_step_refused"
    assert browser.give_code(wren.digits()).status_code == 302


def test_six_digits_work_once(browser: Browser, wren: Staff, clock):
    digits = wren.digits()
    browser.give_password(wren.email)
    assert browser.give_code(digits).status_code == 302
    another = Browser("192.0.2.2")
    another.give_password(wren.email)
    assert another.give_code(digits).status_code == 422
    clock.shift(31)
    assert another.give_code(wren.digits()).status_code == 302


def test_digits_of_a_moment_ago_still_fit_but_not_after_newer_ones(browser: Browser, wren: Staff, clock):
    older = wren.digits()
    clock.shift(30)
    newer = wren.digits()
    browser.give_password(wren.email)
    assert browser.give_code(newer).status_code == 302
    another = Browser("192.0.2.2")
    another.give_password(wren.email)
    assert another.give_code(older).status_code == 422


def test_a_recovery_code_works_once(browser: Browser, wren: Staff):
    browser.give_password(wren.email)
    assert browser.give_code(f"{wren.codes[3][:5]} {wren.codes[3][5:]}", **{"with": "recovery"}).status_code == 302
    assert browser.is_in
    assert "recovery_code_used" in events(wren.user.pk)
    another = Browser("192.0.2.2")
    another.give_password(wren.email)
    assert another.give_code(wren.codes[3], **{"with": "recovery"}).status_code == 422
    assert another.give_code(wren.codes[4], **{"with": "recovery"}).status_code == 302


def test_another_persons_recovery_code_does_not_fit(browser: Browser, wren: Staff, orchard: Practice):
    imani = equip(hire(orchard, "Imani"))
    browser.give_password(imani.email)
    assert browser.give_code(wren.codes[0], **{"with": "recovery"}).status_code == 422


def test_unknown_wrong_and_closed_look_the_same(wren: Staff, orchard: Practice):
    closed = hire(orchard, "Petra")
    disable_user(user=closed)
    gone = hire(orchard, "Sol")
    orchard.staff.filter(person=gone.person).update(until="2020-01-01T00:00Z", since="2019-01-01T00:00Z")
    tries = [
        ("nobody@orchard.example", PASSWORD),
        (wren.email, "not the password"),
        (closed.email, PASSWORD),
        (gone.email, PASSWORD),
    ]
    answers = []
    for number, (email, password) in enumerate(tries):
        answer = Browser(f"192.0.2.{number}").give_password(email, password)
        answers.append((answer.status_code, plain(answer, email), sorted(answer.headers)))
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)


def plain(answer, email: str) -> str:
    """The page without the typed address and the form's token, which differ for everybody."""
    lines = answer.content.decode().replace(email, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("who", ["unknown", "wrong", "closed"])
def test_every_refusal_costs_one_password_hash(wren: Staff, who: str, monkeypatch):
    from django.contrib.auth.hashers import ScryptPasswordHasher

    if who == "closed":
        disable_user(user=wren.user)
    hashed = []
    original = ScryptPasswordHasher.encode
    monkeypatch.setattr(
        ScryptPasswordHasher, "encode", lambda *args, **kwargs: hashed.append(1) or original(*args, **kwargs)
    )
    email = "nobody@orchard.example" if who == "unknown" else wren.email
    Browser().give_password(email, PASSWORD if who == "closed" else "not the password")
    assert len(hashed) == 1


def test_the_case_of_the_address_does_not_matter_and_stays_as_typed(browser: Browser, orchard: Practice):
    new = NewStaff(name="Nadia Okafor-Lind", first_name="Nadia", email="Nadia@Orchard.example", password=PASSWORD)
    add_staff(practice=orchard, new=new, roles=[Role.THERAPIST])
    assert User.objects.with_email("NADIA@orchard.example").get().email == "Nadia@Orchard.example"
    assert browser.give_password("nadia@ORCHARD.example").headers["Location"] == SET_UP


def test_the_session_key_changes_at_every_step(browser: Browser, wren: Staff):
    browser.get(SIGN_IN)
    browser.session.save()
    keys = [browser.session.session_key]
    browser.give_password(wren.email)
    keys.append(browser.session.session_key)
    browser.give_code(wren.digits())
    keys.append(browser.session.session_key)
    assert len(set(keys)) == 3
    assert list(Session.objects.values_list("session_key", flat=True)) == [keys[-1]]


def test_the_session_cookie_is_the_browsers_alone(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    cookie = browser.cookies["__Host-session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
    assert not cookie["domain"]
    assert not cookie["max-age"]


def test_somebody_else_signing_in_on_the_same_browser_gets_nothing_of_the_first(
    browser: Browser, wren: Staff, orchard: Practice
):
    imani = equip(hire(orchard, "Imani"))
    browser.sign_in(wren)
    browser.session["left behind"] = "something"
    browser.sign_in(imani)
    assert browser.get("/practice/confirm/").wsgi_request.staff.person_id == imani.user.person_id
    assert "left behind" not in browser.session
    assert events(wren.user.pk)[-1] == "signed_out"


def test_after_signing_in_the_page_one_wanted_opens(browser: Browser, wren: Staff):
    way = browser.get("/practice/confirm/").headers["Location"]
    assert "next=/practice/confirm/" in way
    browser.give_password(wren.email, next="/practice/confirm/")
    assert browser.give_code(wren.digits()).headers["Location"] == "/practice/confirm/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_door_leads_nowhere_else(browser: Browser, wren: Staff, elsewhere: str):
    browser.give_password(wren.email, next=elsewhere)
    assert browser.give_code(wren.digits()).headers["Location"] == "/"


def test_somebody_who_works_in_two_practices_chooses_one(
    browser: Browser, wren: Staff, orchard: Practice, quay: Practice
):
    again = NewStaff(name="Wren Adeyemi-Holt", first_name="Wren", email=wren.email, password="")
    add_staff(practice=quay, new=again, roles=[Role.SUPERVISOR])
    answer = browser.sign_in(wren)
    assert answer.headers["Location"] == "/practice/sign-in/practice/"
    assert not browser.is_in
    page = browser.get("/practice/sign-in/practice/").content.decode()
    assert "Quay House: Supervisor of record" in page
    assert "Orchard House: Therapist" in page
    assert browser.post("/practice/sign-in/practice/", {}).status_code == 422
    assert browser.post("/practice/sign-in/practice/", {"practice": str(quay.pk)}).headers["Location"] == "/"
    staff = browser.get("/practice/confirm/").wsgi_request.staff
    assert (staff.practice_id, staff.roles) == (quay.pk, {Role.SUPERVISOR})


def test_a_practice_one_does_not_work_in_cannot_be_chosen(
    browser: Browser, wren: Staff, orchard: Practice, quay: Practice
):
    again = NewStaff(name="Wren Adeyemi-Holt", first_name="Wren", email=wren.email, password="")
    add_staff(practice=quay, new=again, roles=[Role.SUPERVISOR])
    third = hire_elsewhere()
    browser.sign_in(wren)
    assert browser.post("/practice/sign-in/practice/", {"practice": str(third.pk)}).status_code == 422
    assert third.pk not in {hat.practice_id for hat in hats_of(wren.user.person_id)}


def hire_elsewhere() -> Practice:
    from careplan.accounts.services import add_practice

    return add_practice(name="Mill Lane", country="NZ", time_zone="Pacific/Auckland")


def test_none_of_allauths_own_pages_is_there():
    names = (
        "account_login account_signup account_logout account_email account_change_password account_set_password "
        "account_reset_password account_inactive account_reauthenticate mfa_index mfa_authenticate "
        "mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes socialaccount_signup usersessions_list"
    )
    for name in names.split():
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_the_pages_of_the_door_are_kept_nowhere(browser: Browser, wren: Staff):
    assert "no-store" in browser.get(SIGN_IN).headers["Cache-Control"]
    browser.give_password(wren.email)
    assert "no-store" in browser.get(SECOND_STEP).headers["Cache-Control"]


def test_password_fields_may_be_pasted_into_and_say_what_they_are(browser: Browser):
    page = browser.get(SIGN_IN).content.decode()
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert "onpaste" not in page


def test_what_is_missing_is_said_and_the_address_stays(browser: Browser, committed_database: str):
    answer = browser.give_password("wren@orchard.example", "")
    assert answer.status_code == 422
    assert "Write your password." in answer.content.decode()
    assert 'value="wren@orchard.example"' in answer.content.decode()
