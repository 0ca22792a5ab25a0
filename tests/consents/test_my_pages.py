"""My permissions and the first day, page by page (CONS-4, CONS-5, CONS-9, CONS-11a, UI-1)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from clients.models import Consent, ConsentKind, ConsentState, How, LimitsState
from clients.services.asking import ConsentAsk
from clients.services.limits import CardTold, LimitsTelling, answer_question, record_limits
from tests.clients.town import CARDS, statements, text_of
from tests.consents.hands import INSURER, insurer, release
from tests.signed_in import portal_browser
from tests.world import PASSWORD

TEXTS = ConsentAsk(kind=ConsentKind.TEXTS)
PLAN, NOTE = DataClass.PLAN, DataClass.NOTE


@pytest.fixture
def roz(hands):
    return portal_browser(hands["roz_person"])


def url(page, consent=None, **more):
    return reverse(f"my:{page}", kwargs={"consent_id": consent} if consent else more)


def forget_the_password(browser):
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()


def test_a_yes_asks_for_the_password_and_a_stop_asks_for_nothing(hands, roz):
    """AUTH-2, CONS-4: giving is confirmed; stopping is one press, with a receipt, and no reason."""
    consent = hands.asks(insurer())
    forget_the_password(roz)
    answer = {"answer": "yes", "limits": "", "question": ""}
    refused = roz.post(url("permission", consent), answer)
    assert refused.status_code == 422
    assert hands.row(consent).state == ConsentState.OFFERED
    roz.post(url("permission", consent), {**answer, "password": PASSWORD})
    assert hands.may(ConsentKind.BILLING, INSURER, DataClass.BILLING).allowed
    forget_the_password(roz)
    receipt = roz.post(url("stop_permission", consent), follow=True)
    assert "You have stopped this." in text_of(receipt)
    assert "Your receipt" in text_of(receipt)
    assert not hands.may(ConsentKind.BILLING, INSURER, DataClass.BILLING).allowed
    assert "Stopped" in text_of(roz.get(url("permissions")))


def test_the_receipt_of_a_yes_with_changes_says_that_it_waits_for_the_practice(hands, roz):
    """CONS-2: her words are kept by people, so nothing goes out until they are, and the receipt says so."""
    consent = hands.asks(insurer())
    said = {"answer": "yes_with_changes", "limits": "Only the dates", "question": ""}
    receipt = roz.post(url("permission", consent), said, follow=True)
    assert "Only the dates" in text_of(receipt)
    assert "Nothing goes out until this is set up." in text_of(receipt)


def test_a_no_asks_for_no_password_and_no_reason(hands, roz):
    """AUTH-2, UI-1."""
    forget_the_password(roz)
    for said, state in (("not_now", ConsentState.NOT_NOW), ("no", ConsentState.DECLINED)):
        consent = hands.asks(TEXTS)
        assert roz.post(url("permission", consent), {"answer": said}).status_code == 303
        assert hands.row(consent).state == state


def test_nothing_is_chosen_beforehand_and_nothing_said_changes_nothing(hands, roz):
    """CONS-1, lessons: a missing or malformed answer changes no consent."""
    consent = hands.asks(TEXTS)
    assert " checked" not in text_of(roz.get(url("permission", consent)))
    for said in ({}, {"answer": "maybe"}, {"answer": "yes_with_changes"}, {"answer": ["", "yes "]}):
        assert roz.post(url("permission", consent), said).status_code == 422
    assert hands.row(consent).state == ConsentState.OFFERED


def test_before_stopping_it_says_what_stops_what_goes_on_and_what_can_not_be_undone(hands, roz):
    """CONS-4, CONS-9: and, by the decision itself, whether another yes would still stand."""
    hands.records(release(PLAN))
    page = text_of(roz.get(url("permissions")))
    assert all(words in page for words in ("What stops", "What goes on", "What can’t be undone", "They may keep that."))
    assert "in another way too" not in page
    hands.records(release(PLAN, purpose="For the letter in June"))
    assert "in another way too" in text_of(roz.get(url("permissions")))


def test_less_of_it_counts_at_once_without_a_password(hands, roz):
    """CONS-4: fewer kinds of information."""
    consent = hands.records(release(PLAN, NOTE))
    forget_the_password(roz)
    roz.post(url("change_permission", consent), {"scope": ["plan"], "last_day": ""})
    assert hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN).allowed
    assert not hands.may(ConsentKind.RELEASE, "Dr Quill", NOTE).allowed


def test_what_she_forbids_she_lifts_herself_after_her_password(hands, roz):
    """AUTH-2: lifting lets more out, so it asks once more who she is; staff have no easier way."""
    hands.records(insurer())
    deny = hands.asks(ConsentAsk(kind=ConsentKind.SELF_PAY, recipient=INSURER))
    hands.gives(deny)
    assert url("lift_permission", deny) in text_of(roz.get(url("permissions")))
    assert roz.post(url("stop_permission", deny)).status_code == 422
    forget_the_password(roz)
    asked = roz.post(url("lift_permission", deny))
    assert asked["Location"].startswith(reverse("accounts:my_confirm"))
    assert hands.row(deny).state == ConsentState.GIVEN
    roz.post(asked["Location"], {"password": PASSWORD})
    receipt = roz.post(url("lift_permission", deny), follow=True)
    assert "Lifted. It counts from now." in text_of(receipt)
    assert hands.may(ConsentKind.BILLING, INSURER, DataClass.BILLING).allowed
    assert roz.post(url("lift_permission", deny))["Location"] == url("permission", deny)


def test_whom_she_put_away_is_on_no_page_of_permissions(hands, roz):
    """SAFE-7: the card, its pages, the picture and the first page leave no gap; staff see all of it."""
    consent, waiting = hands.records(insurer()), hands.asks(insurer(purpose="For last year"))
    page = text_of(roz.get(url("permissions")))
    assert f'name="kind" value="organisation"><input type="hidden" name="key" value="{INSURER}"' in page
    assert INSURER in text_of(roz.get(reverse("my:home")))
    assert roz.post(reverse("my:tuck"), {"kind": "organisation", "key": INSURER.lower()}).status_code == 303
    for there in (url("permissions"), reverse("my:home"), reverse("my:ledger")):
        assert INSURER not in text_of(roz.get(there))
    for there in ("permission", "exactly", "change_permission"):
        assert roz.get(url(there, consent)).status_code == 404
    assert roz.post(url("permission", waiting), {"answer": "no"}).status_code == 404
    assert INSURER in text_of(hands.gets("imani", "consents", client="roz"))


def test_looked_at_again_it_is_asked_in_todays_words(hands, roz):
    """CONS-2: a change of mind is a new question, and gives nothing by itself."""
    consent = hands.asks(TEXTS)
    hands.declines(consent)
    again = roz.post(url("permission_again", consent))
    assert again["Location"] != url("permission", consent)
    assert hands.may(ConsentKind.TEXTS).reason == "not_answered"


def test_the_first_day_asks_five_things_and_each_on_its_own_page(hands, roz):
    """CONS-11a, CONS-5: begun by the client; cards are read one by one and the own words can be skipped."""
    assert "4 short things" in text_of(roz.get(url("first_day")))
    first = roz.post(url("first_day"))
    assert first["Location"] == url("limits_card", card_key=CARDS[0])
    at = first["Location"]
    for card in CARDS:
        assert at == url("limits_card", card_key=card)
        at = roz.post(at, {"said_back": "You can call." if card == CARDS[0] else ""})["Location"]
    assert hands.summary("roz", who="imani").limits_state == LimitsState.TOLD
    for said in ("yes", "no", "not_now"):
        page = text_of(roz.get(at))
        assert len(re.findall('type="radio"', page)) == 4
        at = roz.post(at, {"answer": said})["Location"]
    assert at == url("first_day")
    assert "That is all. Thank you." in text_of(roz.get(at))
    with hands.opens("imani", "roz"):
        states = dict(Consent.objects.exclude(kind="limits").values_list("kind", "state"))
    assert states == {"treatment": "given", "electronic": "given", "portal_messages": "declined", "texts": "not_now"}
    assert "Before we start" not in text_of(roz.get(reverse("my:home")))


def test_two_devices_stop_the_same_and_there_is_one_stop(hands, roz):
    """CONS-4: stopped twice is stopped once; answered twice, the second hears where it stands."""
    consent = hands.records(TEXTS)
    other = portal_browser(hands["roz_person"])
    assert {each.post(url("stop_permission", consent)).status_code for each in (roz, other)} == {303}
    with hands.opens("imani", "roz"):
        assert EventRow.objects.filter(kind="consent.withdrawn", object_id=consent).count() == 1
    answered = hands.asks(TEXTS)
    roz.post(url("permission", answered), {"answer": "no"})
    assert other.post(url("permission", answered), {"answer": "yes"}).status_code == 409


def test_what_they_see_names_what_went_to_them(hands, roz):
    """CONS-9: what would go out now, and what has been told so far; for billing the very file it would read."""
    consent, told = hands.records(insurer()), hands.records(release(PLAN))
    shown = text_of(roz.get(url("exactly", consent)))
    assert "Nothing goes out by itself" not in shown
    assert f'"client": "{hands["roz"]}"' in unescape(shown)
    assert "Nothing goes out by itself" in text_of(roz.get(url("exactly", told)))
    assert "<dd>Nothing.</dd>" in text_of(roz.get(url("exactly", hands.records(TEXTS))))
    hands.stops(consent)
    assert "Nothing. This is not on." in text_of(roz.get(url("exactly", consent)))


def test_the_page_takes_as_many_statements_for_ten_as_for_one(hands, roz):
    """Fifteen at most, whatever was asked."""
    for number in range(6):
        hands.records(release(PLAN, to=f"Somebody {number}"))
    with statements(15):
        roz.get(url("permissions"))


def test_a_card_read_once_more_keeps_its_answer_and_begins_nothing_anew(hands, roz):
    """CONS-5: and a question added later goes into the telling that stands."""
    with hands.opens("imani", "roz") as by:
        cards = tuple(CardTold(card, question="Who?" if card == CARDS[1] else "") for card in CARDS)
        telling = LimitsTelling(cards=cards, how=How.SAID_IN_SESSION, told_in="Polish", interpreter="By phone")
        record = record_limits(client_id=hands["roz"], telling=telling, by=by)
        answer_question(client_id=hands["roz"], card_key=CARDS[1], answer="Children’s services.", by=by)
    for card, said in ((CARDS[0], {"said_back": ""}), (CARDS[1], {"question": "Who?"})):
        assert roz.post(url("limits_card", card_key=card), said).status_code == 303
    assert hands.summary("roz", who="imani").limits_state == LimitsState.TOLD
    assert "Children’s services." in text_of(roz.get(url("limits_card", card_key=CARDS[1])))
    roz.post(url("limits_card", card_key=CARDS[2]), {"question": "And my boss?"})
    assert hands.summary("roz", who="imani").limits_state == LimitsState.TOLD_WITH_QUESTIONS
    with hands.opens("imani", "roz"):
        row = Consent.objects.get(client_id=hands["roz"], kind="limits")
        assert (row.id, row.told_in, row.interpreter) == (record, "Polish", "By phone")


def test_reading_the_rest_at_home_keeps_how_the_first_cards_were_told(hands, roz):
    """CONS-1: in which language, with which interpreter, who explained."""
    with hands.opens("imani", "roz") as by:
        told = LimitsTelling((CardTold(CARDS[0]),), How.SAID_IN_SESSION, told_in="Polish", interpreter="By phone")
        record_limits(client_id=hands["roz"], telling=told, by=by)
    roz.post(url("limits_card", card_key=CARDS[1]), {"said_back": ""})
    with hands.opens("imani", "roz"):
        row = Consent.objects.get(client_id=hands["roz"], kind="limits")
        assert (row.told_in, row.interpreter, row.explained_by) == ("Polish", "By phone", hands["imani"])
