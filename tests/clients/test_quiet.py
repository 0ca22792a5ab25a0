"""A quieter portal, at the client's word, that leaves no gap, count or mark (SAFE-7)."""

import re
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.errors import NotYours, Refused
from clients.models import BigSteps, Hidden, How, Part, Quiet, Shows, TuckedAway
from clients.selectors.quiet import tucked_away
from clients.services.quiet import QuietWish, bring_back, ensure_big_step_here, set_quiet, tuck_away
from tests.clients.town import text_of
from tests.signed_in import portal_browser
from tests.world import client_actor_of

SAID = How.SAID_IN_SESSION


def at_her_word(town, wish, who="imani"):
    with town.opens(who, "roz") as by:
        set_quiet(client_id=town["roz"], wish=wish, how=SAID, by=by)


def portal(town, classes=(DataClass.IDENTITY,)):
    by = client_actor_of(town.ids, "roz")
    return by, opened(by, clients=[town["roz"]], classes=classes, via="test")


@pytest.mark.parametrize(
    ("wish", "there"),
    [
        (QuietWish(Shows.APPOINTMENTS), {"/my/": 200, "/my/what-shows/": 404, "/my/appointments/": 200}),
        (QuietWish(Shows.CHOSEN, [Part.INFORMATION]), {"/my/": 200, "/my/what-shows/": 200}),
        (QuietWish(Shows.CHOSEN, [Part.MESSAGES]), {"/my/": 200, "/my/what-shows/": 404, "/my/appointments/": 404}),
        (QuietWish(Shows.NOTHING), {"/my/": 200, "/my/what-shows/": 404}),
    ],
)
def test_only_what_the_client_wants_is_there(town, wish, there):
    """Pages, menu and the page of everything: what isn't shown is as if it weren't there."""
    at_her_word(town, wish)
    roz = portal_browser(town["roz_person"])
    assert {page: roz.get(page).status_code for page in there} == there
    assert ("/my/what-shows/" in text_of(roz.get("/my/more/"))) == (there["/my/what-shows/"] == 200)


def test_the_page_says_nothing_about_what_is_set(town):
    """The same bytes before and after, but for the token of the form."""
    roz = portal_browser(town["roz_person"])

    def page():
        return [line for line in text_of(roz.get("/my/what-shows/")).splitlines() if "csrf" not in line]

    before = page()
    sent = {"shows": "everything", "big_steps": "with_us"}
    assert roz.post("/my/what-shows/", sent).status_code == 303
    assert roz.post("/my/put-away/", {"kind": "item", "key": str(uuid4())}).status_code == 303
    roz.get("/my/")  # what was said once is said
    assert page() == before
    with portal(town)[1]:
        assert tucked_away(town["roz"]).keeps_big_steps
        with pytest.raises(Refused, match="together"):
            ensure_big_step_here(town["roz"])


def test_what_is_tucked_away_is_seen_and_brought_back_by_staff_alone(town):
    """Recorded where only staff see it: the tables show nothing under a portal opening."""
    item = uuid4()
    by, own = portal(town, set(DataClass))
    with own:
        for _twice in range(2):
            tuck_away(client_id=town["roz"], kind=Hidden.ITEM, key=item, how=How.OWN_HAND_PORTAL, by=by)
        assert tucked_away(town["roz"]).hides(Hidden.ITEM, item)
        assert not TuckedAway.objects.exists()
        with pytest.raises(NotYours):
            bring_back(client_id=town["roz"], tucked_id=item, by=by)
    page = text_of(town.gets("imani", "quiet", "roz"))
    assert "A line of the plan" in page
    with town.opens("imani", "roz"):
        row = TuckedAway.objects.get()
    assert town.posts("imani", "show_again", {}, "roz", tucked_id=row.id).status_code == 303
    with portal(town)[1]:
        assert not tucked_away(town["roz"]).hides(Hidden.ITEM, item)


def test_staff_tuck_away_any_thing_that_the_pages_show_at_her_word(town):
    """SAFE-7: a line of who saw it, picked by its words; what is no thing of theirs can't be picked."""
    town.gets("imani", "overview", "roz")
    page = text_of(town.gets("imani", "tuck", "roz"))
    (key,) = set(re.findall('value="(ledger:d:[^"]+:care)"', page))
    assert town.posts("imani", "tuck", {"thing": f"item:{uuid4()}", "how": "on_paper"}, "roz").status_code == 422
    assert town.posts("imani", "tuck", {"thing": key, "how": "on_paper"}, "roz").status_code == 303
    assert "A line of who saw it" in text_of(town.gets("imani", "quiet", "roz"))
    with portal(town)[1]:
        assert tucked_away(town["roz"]).hides(Hidden.LEDGER, key.removeprefix("ledger:"))


def test_the_agreed_word_is_kept_when_the_client_saves_the_page_herself(town):
    """SAFE-7: the page can't show the word, and a call still begins with it."""
    at_her_word(town, QuietWish(Shows.EVERYTHING, big_steps=BigSteps.WITH_US, agreed_word="heron"))
    roz = portal_browser(town["roz_person"])
    assert roz.post("/my/what-shows/", {"shows": "appointments", "big_steps": "with_us"}).status_code == 303
    assert "heron" in text_of(town.gets("imani", "quiet", "roz"))


def test_staff_set_it_only_as_told_and_the_pages_of_others_are_untouched(town):
    sent = {"do": "set", "shows": "chosen", "big_steps": "with_us", "agreed_word": "heron", "how": "said_in_session"}
    assert town.posts("imani", "quiet", sent, "roz").status_code == 422  # no part chosen
    assert town.posts("imani", "quiet", {**sent, "parts": ["messages"]}, "roz").status_code == 303
    assert "heron" in text_of(town.gets("imani", "quiet", "roz"))
    wish = QuietWish(Shows.NOTHING, big_steps=BigSteps.HERE)
    with town.opens("imani", "roz") as by, pytest.raises(Refused):
        set_quiet(client_id=town["roz"], wish=wish, how=How.OWN_HAND_PORTAL, by=by)
    with town.opens("imani", "roz"), pytest.raises(DatabaseError), transaction.atomic():
        Quiet.objects.update(shows=Shows.NOTHING)
    with town.opens("wren", "tomek"):
        assert tucked_away(town["tomek"]).shows is Shows.EVERYTHING
        assert tucked_away(town["roz"]).shows is Shows.NOTHING  # nothing of a record that isn't open (ACC-3)
