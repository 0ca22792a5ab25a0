"""The pages of messages and resources: what they refuse, keep and show, and how often they ask the database."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import opened
from clients.services.care import start_care
from messaging.everything import RESOURCES
from messaging.models import Resource
from messaging.services.own import add_own
from messaging.services.thread import About
from plans.services.pace import set_pace
from tests.messaging.conftest import Talk
from tests.signed_in import browser, portal_browser

MOST = 15


@pytest.fixture
def desk(talk: Talk):
    return browser(talk.world["imani"])


@pytest.fixture
def portal(talk: Talk):
    return portal_browser(talk.world["roz_person"])


def practice(name: str, talk: Talk, **more) -> str:
    return reverse(f"messaging:{name}", kwargs={"client_id": talk.client_id, **more})


def my(name: str, **more) -> str:
    return reverse(f"my_messages:{name}", kwargs=more)


def test_an_empty_message_is_a_sentence_and_loses_nothing(talk, desk, portal):
    """UI-5: 422 with what is missing; a draft is kept without scripts; what was chosen stays chosen."""
    for client, url in ((desk, practice("thread", talk)), (portal, my("thread"))):
        told = client.post(url, {"text": "  ", "about": "", "key": str(uuid4())})
        assert told.status_code == 422
        assert "There is nothing written yet." in told.content.decode()
        assert client.post(url, {"text": "Half a tho", "draft": "1", "key": str(uuid4())}).status_code == 303
        assert "Half a tho</textarea>" in client.get(url).content.decode()
    wrong = portal.post(my("thread"), {"text": "About what?", "about": "item:nonsense", "key": str(uuid4())})
    assert wrong.status_code == 422
    assert "About what?</textarea>" in wrong.content.decode()


def test_what_is_typed_is_kept_as_it_is_typed(talk, desk, portal):
    """UI-5: the few seconds' autosave of both sides."""
    for client, url in ((desk, practice("thread_draft", talk)), (portal, my("thread_draft"))):
        assert client.post(url, {"text": "Not yet"}).status_code == 204
    assert talk.thread(talk.roz).front.draft == talk.thread(talk.imani).front.draft == "Not yet"


def test_supervision_is_told_that_messages_stay_between_them(talk):
    """ACC-2b: no word of a message, no count, no box to write in; nothing is sent."""
    talk.say(talk.roz, "For Imani alone.")
    visitor = browser(talk.world["sunniva"])
    page = visitor.get(practice("thread", talk)).content.decode()
    assert "not read in supervision" in page
    assert "For Imani alone." not in page
    visitor.post(practice("thread", talk), {"text": "Hello", "key": str(uuid4())})
    assert "Hello" not in [said.text for said in talk.thread(talk.roz).said]


def test_what_was_taken_back_is_gone_and_answering_it_says_so(talk, desk, portal):
    """MSG-5: 404 for the page, 409 with a sentence for the answer that came too late."""
    first, _ = talk.offer()
    assert portal.get(my("resource", resource_id=first.id)).status_code == 200
    assert desk.post(practice("recall", talk, resource_id=first.id)).status_code == 303
    assert portal.get(my("resource", resource_id=first.id)).status_code == 404
    late = portal.post(my("resource_answer", resource_id=first.id), {"choice": "keep"})
    assert late.status_code == 409
    assert "taken back just before you answered" in late.content.decode()


def test_offering_while_the_client_just_listens_is_said_before_and_refused_after(talk, desk):
    """PLAN-20: the page says so instead of a form; a form sent all the same is refused."""
    talk.a_goal()
    with talk.acts(talk.imani):
        set_pace(client_id=talk.client_id, pace="listening", said_how="said_in_session", by=talk.imani)
    assert "just listening for now" in desk.get(practice("offer", talk)).content.decode()
    sent = {"pieces": ["what-panic-does", "build-your-own-ladder"], "about": "worry", "worry": "Buses", "note": "Here"}
    assert desk.post(practice("offer", talk), sent).status_code == 422


def test_a_piece_that_was_declined_cannot_be_ticked_again(talk, desk):
    first, _ = talk.offer()
    talk.answers(first, "not_for_me")
    assert f'value="{first.piece}"' not in desk.get(practice("offer", talk)).content.decode()


def test_every_page_asks_a_fixed_number_of_questions(talk, desk, portal):
    """09-bars: at most fifteen statements a page, and no more for more messages, offers or clients."""
    line = talk.a_goal()
    talk.say(talk.roz, "One")
    talk.offer("what-panic-does", "when-sleep-wont-come", item_id=line.item_id)
    pages = {
        "thread": (desk, practice("thread", talk)),
        "resources": (desk, practice("resources", talk)),
        "offer": (desk, practice("offer", talk)),
        "inbox": (desk, reverse("messaging:inbox")),
        "my thread": (portal, my("thread")),
        "my resources": (portal, my("resources")),
    }
    few = {name: _statements(*page) for name, page in pages.items()}
    for number in range(4):
        talk.say(talk.roz if number % 2 else talk.imani, f"Word {number}")
    talk.offer("build-your-own-ladder", "asking-for-what-you-need")
    with talk.acts(talk.roz):
        add_own(client_id=talk.client_id, title="Mine", text="", shown=True, by=talk.roz)
    with opened(talk.imani, clients=[talk.client_id], classes=[DataClass.IDENTITY], via="test"):
        start_care(client_id=talk.client_id, person_id=talk.world["teo"], role=CareRole.TRAINEE, by=talk.imani)
    assert {name: _statements(*page) for name, page in pages.items()} == few
    assert {name: asked for name, asked in few.items() if asked > MOST} == {}


def _statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len([each for each in queries if "SAVEPOINT" not in each["sql"]])


def test_what_the_client_put_away_is_gone_without_a_gap_and_stays_for_staff(talk, desk, portal):
    """SAFE-7: a message and a resource leave the pages, their titles and their counts with them."""
    first, _other = talk.offer()
    talk.say(talk.imani, "Somebody might see this.", about=About(resource_id=first.id))
    (said,) = [each for each in talk.thread(talk.roz).said if not each.automatic]
    for kind, key in (("message", said.id), ("resource", first.id)):
        assert portal.post(reverse("my:tuck"), {"kind": kind, "key": str(key)}).status_code == 303
    title = talk.resources(talk.roz).get(first.id).piece.title
    for url in (my("thread"), my("resources"), "/my/"):
        page = portal.get(url).content.decode()
        assert "Somebody might see this." not in page
        assert title not in page
    assert "One thing is offered to you" in portal.get("/my/").content.decode()
    assert portal.get(my("resource", resource_id=first.id)).status_code == 404
    assert "Somebody might see this." in desk.get(practice("thread", talk)).content.decode()


def test_something_is_offered_from_a_goal(talk, desk):
    """MSG-5: the goal's page leads to the offer, with the goal chosen already."""
    line = talk.a_goal()
    page = desk.get(reverse("plans:item", kwargs={"client_id": talk.client_id, "item_id": line.item_id}))
    link = f"{practice('offer', talk)}?item={line.item_id}"
    assert link in page.content.decode()
    assert f'value="{line.item_id}" id="id_about_0" checked' in desk.get(link).content.decode()


def test_the_copy_a_client_takes_along_holds_the_words_they_were_given(talk):
    """MSG-4: not a name of a piece alone, but the text in its version."""
    (given, _other) = talk.offer()
    labels = {str(line.label): line.text for line in everything_of(given)}
    assert labels["Title"] == "Asking for what you need"
    assert "Asking is not the same as demanding." in labels["Words"]


def everything_of(resource):
    (table,) = [table for table in RESOURCES.tables if table.model is Resource]
    return list(table.tell(resource))


def test_once_stopped_the_pages_say_why_and_where_it_is_switched_on(talk, desk, portal):
    """CONS-4: no box to write in, what was written stays, and a way to say yes again."""
    talk.say(talk.roz, "Before.")
    talk.stops_messages()
    mine, theirs = (
        client.get(url).content.decode() for client, url in ((portal, my("thread")), (desk, practice("thread", talk)))
    )
    for page in (mine, theirs):
        assert "Before." in page
        assert "<textarea" not in page
    assert "You stopped this." in mine
    assert reverse("my:permissions") in mine
    assert "the client stopped it." in theirs
