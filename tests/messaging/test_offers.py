"""Offered, not assigned: alternatives with a reason, four equal answers, nothing tracked (MSG-4, MSG-5)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.errors import Conflict, NotYours, Refused
from messaging.library import piece_of
from messaging.models import OwnResource, ReadMark, Resource
from messaging.selectors.inbox import message_asks
from messaging.selectors.offers import resources_of
from messaging.selectors.portal import offered_panel
from messaging.services.offers import Offer, offer_resources
from messaging.services.own import add_own, mark_read, show_own
from messaging.services.thread import About
from plans.kinds import How, Pace
from plans.services.pace import set_pace
from tests.messaging.conftest import FIRST_TWO, Talk, at_the_desk

PANIC, SLEEP = "what-panic-does", "when-sleep-wont-come"


def events(talk: Talk) -> list[str]:
    with talk.acts(talk.imani, {DataClass.LEDGER}):
        kinds = EventRow.objects.filter(client_id=talk.client_id).order_by("number").values_list("kind", flat=True)
        return [kind for kind in kinds if kind.startswith("resource.")]


def test_alternatives_are_offered_for_a_goal_or_a_worry_with_a_reason(talk: Talk) -> None:
    """MSG-5: two or three, tied to a line of the plan or to a worry, with a note the client reads."""
    line = talk.a_goal()
    talk.offer(PANIC, SLEEP, item_id=line.item_id, note="You asked why your hands go numb.")
    first, second = talk.resources(talk.roz).before_the_client
    assert [first.piece.title, second.piece.title] == ["What panic does and doesn’t do", "When sleep won’t come"]
    assert (first.note, first.who) == ("You asked why your hands go numb.", "Imani")
    assert first.about == "Ride the 14 to work like it’s just a bus."
    with talk.acts(talk.roz):
        assert offered_panel(talk.roz, talk.client_id) == 2


@pytest.mark.parametrize(
    "offer",
    [
        {"pieces": (PANIC,)},
        {"pieces": (PANIC, PANIC)},
        {"pieces": (PANIC, SLEEP, "build-your-own-ladder", "asking-for-what-you-need")},
        {"pieces": (PANIC, SLEEP), "note": "  "},
        {"pieces": (PANIC, SLEEP), "worry": ""},
    ],
)
def test_one_alone_too_many_or_no_reason_is_refused(talk: Talk, offer: dict) -> None:
    pieces = offer.pop("pieces")
    with pytest.raises(Refused):
        talk.offer(*pieces, **offer)
    assert talk.resources(talk.imani).offered == ()


def test_a_piece_or_a_line_that_is_not_there_is_not_found(talk: Talk) -> None:
    for wrong in ({"pieces": (PANIC, "no-such-piece")}, {"pieces": (PANIC, SLEEP), "item_id": uuid4()}):
        with pytest.raises(NotYours):
            talk.offer(*wrong.pop("pieces"), **wrong)


def test_the_version_that_was_given_stays(talk: Talk) -> None:
    """MSG-4: the offer remembers which text it was, by its hash, and never changes."""
    given, _ = talk.offer()
    piece = piece_of(given.piece, given.version)
    assert (given.sha256, given.language) == (piece.sha256, "en")
    with talk.acts(talk.imani), connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('cp_app', 'app.messaging_resource', 'update')")
        assert cursor.fetchone() == (False,)


def test_four_answers_each_in_one_step_and_changeable(talk: Talk) -> None:
    """MSG-5: keep, later, not for me, tell me more; the last counts, the same again is nothing new."""
    one, _ = talk.offer()
    for choice in ("later", "not_for_me", "not_for_me", "tell_me_more", "keep"):
        talk.answers(one, choice)
    there = talk.resources(talk.imani).get(one.id)
    assert (there.choice, there.kept) == ("keep", True)
    assert events(talk) == ["resource.offered"] + ["resource.answered"] * 4


def test_nobody_answers_for_the_client_and_the_client_offers_nothing_for_staff(talk: Talk) -> None:
    one, _ = talk.offer()
    with pytest.raises(NotYours):
        talk.answers(one, "keep", by=talk.imani)


def test_not_for_me_does_not_come_back(talk: Talk) -> None:
    """MSG-5: it is not offered again, and leaves nothing that asks anybody."""
    one, _ = talk.offer(PANIC, SLEEP)
    talk.answers(one, "not_for_me")
    with pytest.raises(Refused, match="was not for them"):
        talk.offer(PANIC, "build-your-own-ladder")
    assert [each.piece.key for each in talk.resources(talk.roz).declined] == [PANIC]
    with at_the_desk(talk.imani):
        assert message_asks(talk.imani, [talk.client_id]) == []


def test_tell_me_more_asks_the_care_team_until_they_wrote(talk: Talk) -> None:
    one, _ = talk.offer()
    talk.answers(one, "tell_me_more")
    with at_the_desk(talk.imani):
        (ask,) = message_asks(talk.imani, [talk.client_id])
        assert ask.sentence.format(name="Roz") == "Roz would like to hear more"
    talk.say(talk.imani, "It is about your breath.", about=About(resource_id=one.id))
    with at_the_desk(talk.imani):
        assert message_asks(talk.imani, [talk.client_id]) == []


def test_what_is_not_kept_can_be_taken_back_and_what_is_kept_stays(talk: Talk) -> None:
    """MSG-5: recallable, once; a kept piece belongs to the client."""
    kept, other = talk.offer()
    talk.answers(kept, "keep")
    with pytest.raises(Refused, match="Roz has kept this"):
        talk.takes_back(kept)
    talk.takes_back(other)
    talk.takes_back(other)
    assert events(talk).count("resource.recalled") == 1
    assert talk.resources(talk.roz).before_the_client == ()
    with pytest.raises(Conflict):
        talk.answers(other, "keep")
    assert [each.resource_id for each in talk.resources(talk.roz).kept] == [kept.id]


def test_just_listening_stops_offers(talk: Talk) -> None:
    """PLAN-20: the pace is the client's; nothing new is offered until they say so."""
    talk.a_goal()
    with talk.acts(talk.roz):
        set_pace(client_id=talk.client_id, pace=Pace.LISTENING, said_how=How.OWN_HAND_PORTAL, by=talk.roz)
    with pytest.raises(Refused, match="just listening"):
        talk.offer()


def test_an_offer_without_the_plan_opened_is_refused_rather_than_paceless(talk: Talk) -> None:
    """PLAN-20: the pace is read from the plan; a request that cannot see it offers nothing."""
    offer = Offer(pieces=FIRST_TWO, note="A note", worry="The nights")
    with pytest.raises(NotYours), talk.acts(talk.imani, {DataClass.MESSAGE}):
        offer_resources(client_id=talk.client_id, offer=offer, by=talk.imani)


def test_reading_is_marked_by_the_client_and_shown_only_if_they_say(talk: Talk) -> None:
    """MSG-5: no silent tracking: not in a row staff could read, and not among the events."""
    one, _ = talk.offer()

    def mark(shown: bool) -> None:
        with talk.acts(talk.roz):
            mark_read(client_id=talk.client_id, resource_id=one.id, shown=shown, by=talk.roz)

    mark(shown=False)
    assert talk.resources(talk.roz).get(one.id).read is False
    assert talk.resources(talk.imani).get(one.id).read is None
    with talk.acts(talk.imani, set(DataClass)):
        assert not ReadMark.objects.exists()
    assert events(talk) == ["resource.offered"]
    mark(shown=True)
    assert talk.resources(talk.imani).get(one.id).read is True
    mark(shown=False)
    assert talk.resources(talk.imani).get(one.id).read is None
    assert events(talk) == ["resource.offered", "resource.read_shown", "resource.read_hidden"]


def test_something_of_ones_own_is_ones_own_until_it_is_shown(talk: Talk) -> None:
    """MSG-5: either side suggests; what the client adds is theirs alone until they show it."""
    with talk.acts(talk.roz):
        own = add_own(client_id=talk.client_id, title=" My  running log ", text="Week 1", shown=False, by=talk.roz)
    with talk.acts(talk.imani, set(DataClass)):
        assert not OwnResource.objects.exists()
    assert events(talk) == []
    with talk.acts(talk.roz):
        show_own(client_id=talk.client_id, own_id=own.id, shown=True, by=talk.roz)
    assert [each.title for each in talk.resources(talk.imani).own] == ["My running log"]
    assert events(talk) == ["resource.own_shown"]
    with pytest.raises(NotYours), talk.acts(talk.imani):
        show_own(client_id=talk.client_id, own_id=own.id, shown=False, by=talk.imani)
    with pytest.raises(Refused), talk.acts(talk.roz):
        add_own(client_id=talk.client_id, title=" ", text="", shown=False, by=talk.roz)


def test_more_offers_cost_no_more_questions(talk: Talk) -> None:
    def asked() -> int:
        with talk.acts(talk.imani), CaptureQueriesContext(connection) as queries:
            resources_of(talk.client_id)
        return len(queries)

    talk.offer(PANIC, SLEEP)
    few = asked()
    talk.offer("build-your-own-ladder", "asking-for-what-you-need")
    with talk.acts(talk.imani):
        assert Resource.objects.count() == 4
    assert asked() == few <= 15


def test_nothing_is_offered_once_the_client_has_stopped_messages(talk: Talk) -> None:
    """CONS-4: “No new notes from us come here.”"""
    talk.stops_messages()
    with pytest.raises(Refused, match="the client stopped it"):
        talk.offer()
