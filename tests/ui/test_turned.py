"""While the device is turned to the client, the session reaches that sheet and nothing else (PLAN-16)."""

import pytest
from django.http import HttpResponse

from careplan.ui.turned import TurnedMiddleware, hand_back, turn, turned_sheet
from tests.ui.markup import parse, request

SHEET = "/practice/clients/c1/sheets/s1/room/"
OPEN = [SHEET, SHEET + "back/", "/help-now/", "/static/ui/css/base.css", "/session/stay/"]
SHUT = [
    "/",
    "/practice/",
    "/practice/clients/c1/",
    "/practice/clients/c1/sheets/s1/",
    "/practice/clients/c1/sheets/s2/room/",
    "/practice/sign-out/",
    "/leave/",
    "/help-now/other/",
    "/healthz",
]


def through(path, *, turned=True, method="GET"):
    asked = request(path)
    asked.method = method
    if turned:
        turn(asked, client="c1", sheet="s1", url=SHEET)
    return TurnedMiddleware(lambda reached: HttpResponse("reached"))(asked)


@pytest.mark.parametrize("path", OPEN)
def test_the_sheet_and_help_stay_open(path):
    assert through(path).content == b"reached"


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("path", SHUT)
def test_everything_else_leads_back_to_the_sheet(path, method):
    response = through(path, method=method)
    assert (response.status_code, response.url) == (303, SHEET)


@pytest.mark.parametrize("path", [*OPEN, *SHUT])
def test_otherwise_nothing_is_in_the_way(path):
    assert through(path, turned=False).content == b"reached"


def test_handing_back_opens_the_rest_again():
    asked = request("/practice/")
    turn(asked, client="c1", sheet="s1", url=SHEET)
    assert turned_sheet(asked).sheet == "s1"
    hand_back(asked)
    assert turned_sheet(asked) is None


def test_a_sheets_address_must_end_where_its_own_pages_begin():
    with pytest.raises(ValueError, match="slash"):
        turn(request(), client="c1", sheet="s1", url="/practice/clients/c1/sheets/s1")


def test_help_leads_back_to_the_sheet_and_offers_no_way_out():
    from careplan.ui.pages import render

    asked = request("/help-now/")
    turn(asked, client="c1", sheet="s1", url=SHEET)
    from clients.portal.help_now import help_now

    page = parse(help_now(asked).content.decode())
    assert page.one("a", css="back").attrs["href"] == SHEET
    assert not page.all("button", css="leave")
    assert not parse(render(asked, "ui/room.html").content.decode()).all("nav")
