"""Every answer carries the same strict headers (AUTH-3)."""

import pytest

from careplan.ui.security import OFF

pytestmark = pytest.mark.django_db

EXACTLY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
KINDS = {
    "a page": ("get", "/help-now/", 200),
    "an unknown page": ("get", "/nowhere/", 404),
    "a redirect": ("get", "/practice/sign-in", 301),
    "the door": ("get", "/practice/sign-in/", 200),
    "a method that isn't there": ("post", "/left/", 405),
    "leaving": ("post", "/leave/", 303),
    "a neutral page": ("get", "/left/", 200),
    "a static file": ("get", "/static/ui/css/base.css", 200),
    "a sign of life": ("post", "/session/stay/", 401),
}


@pytest.fixture(params=KINDS)
def answer(request, client):
    method, path, status = KINDS[request.param]
    response = getattr(client, method)(path)
    assert response.status_code == status
    return path, response


def test_the_policy_has_no_inline_and_no_exception(answer):
    assert answer[1].headers["Content-Security-Policy"] == EXACTLY


def test_the_other_headers_are_there(answer):
    headers = answer[1].headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert all(f"{feature}=()" in headers["Permissions-Policy"] for feature in OFF)


def test_no_page_is_kept_by_a_cache(answer):
    path, response = answer
    assert ("no-store" in response.headers["Cache-Control"]) == (not path.startswith("/static/"))


def test_a_form_without_its_token_is_refused_kindly(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/session/stay/", {"words": "Two words kept"})
    assert response.status_code == 403
    assert "Two words kept" in response.content.decode()
    assert response.headers["Content-Security-Policy"] == EXACTLY


def test_leaving_ends_on_a_page_that_says_nothing(client):
    """UI-8."""
    response = client.post("/leave/")
    assert response.url == "/left/"
    page = client.get(response.url).content.decode()
    assert "<title>New page</title>" in page
    assert "Careplan" not in page.split("</head>")[1]


def test_another_site_cannot_make_somebody_leave(client):
    assert client.post("/leave/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
