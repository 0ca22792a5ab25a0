"""Who may ask for a page, and how its errors look (ACC-5, UI-5)."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from careplan.access.actor import anonymous, staff_actor
from careplan.ids import uuid7
from careplan.ui import errors
from careplan.ui.pages import open_page, record_page, staff_page
from tests.ui import urls
from tests.ui.markup import parse

pytestmark = [pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db]


def asked(path="/made-up/desk/", *, actor=None, post=None, session=None):
    """A request by a member of staff, or by nobody."""
    made = RequestFactory().post(path, post) if post is not None else RequestFactory().get(path)
    made.session = session if session is not None else {}
    made.actor = actor or anonymous()
    made.user = AnonymousUser()
    made.staff = SimpleNamespace(name="Wren Adeyemi-Holt") if actor else None
    return made


@pytest.fixture
def wren():
    return staff_actor(person_id=uuid7(), practice_id=uuid7())


def said(response):
    return parse(response.content.decode())


def test_a_page_says_which_guard_it_has():
    assert urls.record.page_guard == "record"
    assert urls.desk.page_guard == "staff"
    assert {str(data_class) for data_class in urls.record.page_classes} == {"plan"}
    assert open_page(lambda request: None).page_guard == "open"
    assert callable(staff_page)
    assert callable(record_page)


def test_somebody_signed_out_is_led_to_the_door_and_back():
    response = urls.desk(asked("/made-up/desk/?do=say"))
    assert response.status_code == 302
    assert response.url.endswith("?next=/made-up/desk/%3Fdo%3Dsay")


def test_a_form_sent_after_the_session_ended_is_not_sent_again_after_sign_in():
    response = urls.desk(asked(post={"x": "y"}))
    assert response.url.endswith("?next=/")


def test_signed_in_without_work_here_is_no_circle():
    request = asked()
    request.user = SimpleNamespace(is_authenticated=True)
    assert urls.desk(request).status_code == 403


def test_unknown_and_not_yours_are_the_same_bytes(client, wren):
    """ACC-5."""
    not_yours = urls.record(asked(actor=wren), client_id=uuid7())
    unknown = client.get("/made-up/no-such-page/")
    assert (not_yours.status_code, unknown.status_code) == (404, 404)
    assert not_yours.content == unknown.content
    assert said(unknown).one("title").text == "Not here – My pages"


def test_a_refusal_is_a_sentence(wren):
    response = urls.desk(asked("/made-up/desk/?do=refuse", actor=wren))
    page = said(response)
    assert response.status_code == 422
    assert page.one("title").text == "Error: Not now – Careplan"
    assert "Roz asked for a slower pace." in page.one("main").text


def test_a_conflict_shows_what_moved(wren):
    response = urls.desk(asked("/made-up/desk/?do=conflict", actor=wren))
    page = said(response)
    assert response.status_code == 409
    assert "Wren saved new words." in page.one("main").text
    assert (page.one("del").text, page.one("ins").text) == ("20", "16")


def test_an_error_keeps_what_was_written(wren):
    """UI-5: nothing typed is ever lost; secrets are not shown."""
    typed = {"words": "Just a bus, not public transport", "password": "correct horse battery", "how": "said"}
    page = said(urls.desk(asked("/made-up/desk/?do=refuse", actor=wren, post=typed)))
    assert [part.text for part in page.all("p", css="own-words")] == ["Just a bus, not public transport"]


def test_staff_stay_in_their_shell_and_a_turned_device_sees_no_menu(wren):
    at_work = said(urls.desk(asked("/made-up/desk/?do=refuse", actor=wren)))
    assert at_work.all("header", css="rail")
    turned = {"turned_sheet": {"client": "c", "sheet": "s", "url": "/made-up/"}}
    with_client = said(urls.desk(asked("/made-up/desk/?do=refuse", actor=wren, session=turned)))
    assert not with_client.all("header", css="rail")


def test_a_form_with_errors_says_so_in_the_title(wren):
    response = urls.desk(asked("/made-up/desk/?do=invalid", actor=wren))
    assert response.status_code == 422
    assert said(response).one("title").text.startswith("Error: ")


def test_the_practice_page_names_the_person_and_lets_them_out(wren):
    page = said(urls.desk(asked(actor=wren)))
    assert "Wren Adeyemi-Holt" in page.one("div", css="rail-person").text
    assert page.one("form", method="post").one("button").text == "Sign out"
    assert page.one("a", css="skip").attrs["href"] == "#main"
    assert page.one("main").attrs["id"] == "main"
    assert page.one("meta", name="referrer").attrs["content"] == "same-origin"


def test_our_fault_says_nothing_of_the_inside(client, wren):
    client.raise_request_exception = False
    page = errors.server_error(asked())
    assert page.status_code == 500
    assert "secret" not in page.content.decode()


@pytest.mark.parametrize("view", [errors.not_found, errors.permission_denied, errors.bad_request, errors.csrf_failure])
def test_help_is_on_every_error_page(view):
    """UI-2."""
    page = said(view(asked()))
    assert page.one("a", css="help-now").text == "Need help now"
    assert page.one("button", css="leave").text == "Leave quickly"
