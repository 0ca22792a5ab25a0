"""The limits of confidentiality: told card by card, said back, asked about, told again (CONS-1, CONS-5, CONS-11a)."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from careplan.errors import Conflict, NotYours, Refused
from clients.consents.cards import card_texts, current_cards
from clients.consents.moves import CONSENT
from clients.models import Consent, ConsentKind, ConsentState, How, LimitsCardTold, LimitsState, TeachBack
from clients.services.limits import CardTold, LimitsTelling, answer_question, in_months, record_limits
from tests.clients.town import CARDS, text_of

YOU_CAN_CALL = CardTold("life_in_danger", said_back="You can call. You’d tell me.")
WHO = CardTold("child_hurt", question="Who are these people?")


def limits_of(town, client="tomek"):
    with town.opens("wren", client):
        return list(Consent.objects.filter(client_id=town[client], kind=ConsentKind.LIMITS).order_by("made_at"))


def form_of(town, query=None, **changed):
    form = town.gets("wren", "limits", query=query).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {**{name: value for name, value in values.items() if value not in (None, False)}, **changed}


def test_the_cards_are_five_short_texts_that_say_who_hears_what_and_when_you_are_told():
    """CONS-5, and CONS-7: they say that they are a draft for local review."""
    cards = card_texts().cards
    assert tuple(card.key for card in cards) == CARDS
    assert all(card.shares and card.with_whom and card.told_first_words for card in cards)
    assert "local review" in card_texts().review
    assert all(sha256(card.text.encode()).hexdigest() == card.sha256 for card in cards)


def test_telling_every_card_counts_as_told_with_everything_about_how(town):
    """CONS-1: text and language shown, told in, interpreter, aids, who explained, how, own words, authority."""
    town.tells(
        "tomek",
        YOU_CAN_CALL,
        *CARDS[1:],
        told_in="Polish",
        interpreter="By phone",
        reading_aids="Read out",
        again_on=date(2027, 1, 4),
    )
    (row,) = limits_of(town)
    assert (row.state, row.how, row.language, row.told_in) == ("given", "said_in_session", "en", "Polish")
    assert (row.interpreter, row.reading_aids, row.explained_by) == ("By phone", "Read out", town["wren"])
    assert (row.teach_back, row.authority, row.ask_again_on) == (TeachBack.SAID_BACK, "self", date(2027, 1, 4))
    assert (row.text_version, row.text_sha256) == (card_texts().version, card_texts().sha256)
    summary = town.summary("tomek")
    assert (summary.limits_state, summary.limits_told_by, summary.cards_told) == (LimitsState.TOLD, town["wren"], 5)


def test_each_card_keeps_the_very_text_that_was_told(town):
    """Lessons: recorded text = shown text; the hash is of the bytes kept beside it."""
    town.tells("tomek", YOU_CAN_CALL)
    with town.opens("wren", "tomek"):
        row = LimitsCardTold.objects.get(client_id=town["tomek"])
        card = current_cards()["life_in_danger"]
        assert (row.card_text, row.text_sha256, row.told_first) == (card.text, card.sha256, card.told_first)
        forged = LimitsCardTold(client_id=row.client_id, practice_id=row.practice_id, consent_id=row.consent_id)
        for name in ("card_key", "text_version", "text_sha256", "told_first", "told_at", "told_by"):
            setattr(forged, name, getattr(row, name))
        forged.card_text = row.card_text + " "
        with pytest.raises(IntegrityError), transaction.atomic():
            forged.save(force_insert=True)


def test_some_cards_now_and_the_rest_next_time(town):
    town.tells("tomek", YOU_CAN_CALL, WHO)
    assert town.summary("tomek").limits_state == LimitsState.PARTLY_TOLD
    town.tells("tomek", *CARDS[2:])
    assert town.summary("tomek").limits_state == LimitsState.TOLD_WITH_QUESTIONS
    assert [row.state for row in limits_of(town)] == ["given"]


def test_a_question_stays_open_until_it_is_answered(town):
    town.tells("tomek", WHO, *(card for card in CARDS if card != "child_hurt"))
    assert town.summary("tomek").questions_open == 1
    assert "A question is open" in text_of(town.gets("wren", "limits"))
    response = town.posts("wren", "limits_answer", {"answer": "The council’s people."}, card_key="child_hurt")
    assert response.status_code == 303
    assert town.summary("tomek").limits_state == LimitsState.TOLD
    assert "The council’s people." in text_of(town.gets("wren", "limits"))


def test_an_answer_to_nothing_is_a_conflict(town):
    town.tells("tomek", YOU_CAN_CALL)
    with pytest.raises(Conflict), town.opens("wren", "tomek") as by:
        answer_question(client_id=town["tomek"], card_key="life_in_danger", answer="Yes", by=by)


def test_leaving_it_for_another_time_is_written_down_and_stays_in_view(town):
    """CONS-12: care goes on; Today keeps it in view."""
    town.tells("tomek", how=None, left_for_later=True)
    assert town.summary("tomek").limits_state == LimitsState.NOT_NOW
    assert "Tomek: limits left for later" in text_of(town.browser("wren").get("/practice/"))
    town.tells("tomek", *CARDS)
    assert town.summary("tomek").limits_state == LimitsState.TOLD


def test_telling_them_again_replaces_the_last_telling_when_it_is_complete(town):
    """CONS-5: repeated at intervals; the first telling stays readable."""
    town.tells("tomek", YOU_CAN_CALL, *CARDS[1:])
    town.tells("tomek", how=None, left_for_later=True)
    assert town.summary("tomek").limits_state == LimitsState.TOLD
    town.tells("tomek", *CARDS)
    first, last = limits_of(town)
    assert (first.state, last.state, last.replaces_id) == ("replaced", "given", first.id)


def test_not_saying_it_back_is_fine(town):
    town.tells("tomek", *CARDS, would_rather_not_say_back=True)
    assert limits_of(town)[0].teach_back == TeachBack.RATHER_NOT
    assert town.summary("tomek").limits_state == LimitsState.TOLD


def test_the_next_telling_is_half_a_year_on_unless_said_otherwise(town):
    town.tells("tomek", *CARDS)
    assert limits_of(town)[0].ask_again_on == in_months(timezone.now().date(), 6)
    assert in_months(date(2026, 8, 31), 6) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("telling", "sentence"),
    [
        (LimitsTelling(), "Tick the cards"),
        (LimitsTelling(cards=(YOU_CAN_CALL,)), "Say how it was done"),
        (LimitsTelling(cards=(CardTold("tax"),), how=How.ON_PAPER), "not among the ones in use"),
        (LimitsTelling(cards=(CardTold("court_order", answer="Yes"),), how=How.ON_PAPER), "needs the question"),
    ],
)
def test_half_a_telling_is_refused_with_a_sentence_and_keeps_nothing(town, telling, sentence):
    with pytest.raises(Refused, match=sentence), town.opens("wren", "tomek") as by:
        record_limits(client_id=town["tomek"], telling=telling, by=by)
    assert limits_of(town) == []


def test_cards_that_have_new_words_are_not_recorded_as_told_with_the_old(town):
    telling = LimitsTelling(cards=(YOU_CAN_CALL,), how=How.ON_PAPER, text_version="0")
    with pytest.raises(Conflict, match="new words"), town.opens("wren", "tomek") as by:
        record_limits(client_id=town["tomek"], telling=telling, by=by)


def test_the_same_page_sent_twice_counts_once(town):
    data = form_of(town, told_court_order="on", how="said_in_session")
    browser = town.browser("wren")
    for _ in range(2):
        assert browser.post(town.url("limits"), data).status_code == 303
    with town.opens("wren", "tomek"):
        assert LimitsCardTold.objects.filter(client_id=town["tomek"]).count() == 1


def test_a_page_from_before_somebody_elses_telling_is_a_conflict_with_its_words(town):
    data = form_of(town, said_court_order="Only what the order says.", how="said_in_session")
    town.tells("tomek", YOU_CAN_CALL)
    response = town.posts("wren", "limits", data)
    assert response.status_code == 409
    assert "Only what the order says." in text_of(response)


def test_the_page_reads_out_the_cards_and_prefills_no_answer(town):
    """CONS-1: nothing pre-ticked; UI-11: the words are on the page."""
    page = text_of(town.gets("wren", "limits"))
    assert "If a life is in danger" in page
    assert "Will you be told first?" in page
    assert "checked" not in page
    assert 'value="Polish"' in page


def test_a_missing_how_keeps_what_was_said_back(town):
    """UI-5."""
    response = town.posts("wren", "limits", form_of(town, said_court_order="Only what the order says."))
    assert response.status_code == 422
    assert "Say how it was done." in text_of(response)
    assert "Only what the order says." in text_of(response)


def test_a_supervisor_sees_what_was_told_and_records_nothing(town):
    town.tells("tomek", YOU_CAN_CALL)
    page = text_of(town.gets("sunniva", "limits"))
    assert "You can call." in page
    assert "How it went" not in page
    assert town.posts("sunniva", "limits", {"later": "1"}).status_code == 404
    with pytest.raises(NotYours), town.opens("sunniva", "tomek") as by:
        record_limits(client_id=town["tomek"], telling=LimitsTelling(left_for_later=True), by=by)


def test_a_telling_is_never_edited(town):
    """CONS-1: append-only cards, frozen terms; to raw SQL as well."""
    town.tells("tomek", *CARDS)
    with town.opens("wren", "tomek"):
        for change in ({"told_in": "English"}, {"how": How.ON_PAPER}, {"until": timezone.now() + timedelta(days=900)}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Consent.objects.filter(client_id=town["tomek"]).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            LimitsCardTold.objects.filter(client_id=town["tomek"]).update(said_back="Something else")


def test_no_consent_is_born_given(town):
    town.tells("tomek", YOU_CAN_CALL)
    (row,) = limits_of(town)
    row.pk, row.state, row.purpose = town["wren"], ConsentState.GIVEN, "Another"
    with town.opens("wren", "tomek"), pytest.raises(DatabaseError, match="begins as a draft"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(("source", "to", "allowed"), list(CONSENT.every_pair()))
def test_the_database_holds_the_same_table_of_moves(town, owner, source, to, allowed):
    """CONS-2: every state to every state, as the trigger sees it."""
    refused = f"does not move from {source} to {to}"
    definition = owner.execute("select prosrc from pg_proc where proname = 'clients_consent_moves'").fetchone()[0]
    assert (f"('{source}', '{to}')" in definition) == allowed, refused


def test_what_today_asks_for_comes_back_when_it_is_due(town):
    """CONS-5: two weeks before the day, Today shows it with its day."""
    town.tells("tomek", *CARDS, again_on=timezone.now().date() + timedelta(days=10))
    assert "Tomek: limits to say again" in text_of(town.browser("wren").get("/practice/"))
    town.tells("tomek", *CARDS, again_on=timezone.now().date() + timedelta(days=90))
    assert "limits to say again" not in text_of(town.browser("wren").get("/practice/"))


def test_the_ledger_holds_no_word_of_what_was_said(town):
    """AUD-1."""
    town.tells("tomek", YOU_CAN_CALL, WHO)
    with town.opens("wren", "tomek"), connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(hashed || detail::text, '') from guard.event where client_id = %s", [town["tomek"]]
        )
        ledger = cursor.fetchone()[0]
    assert "You can call" not in ledger
    assert "Who are these" not in ledger
