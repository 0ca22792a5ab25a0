"""What is kept about a client: in their words, with who may see it, never edited (CLIENT-1, CLIENT-3)."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.accounts.models import User
from careplan.errors import NotYours, Refused
from careplan.ledger.history import events_of
from clients.models import AboutLine, Client, How, Identity, InterpreterMode, Told, Topic, Visibility
from clients.selectors.about import about_client, about_lines
from clients.selectors.head import record_head
from clients.services.about import AboutChanges, Said, update_about
from tests.clients.town import text_of
from tests.world import client_actor_of

CARPENTER = "Carpenter from Lublin, 19 years here. Widower."


def lines_seen_by(town, who, client="tomek"):
    with town.opens(who, client) as by:
        return {line.topic: line.words for line in about_lines(record_head(town[client], by))}


def form_of(town, **changed):
    """The About form as it is on screen, with something changed in it."""
    response = town.gets("wren", "about")
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {**{name: "" if value is None else value for name, value in values.items()}, **changed}


@pytest.mark.parametrize("topic", list(Topic))
def test_every_topic_keeps_the_words_as_they_were_said(town, topic):
    """CLIENT-3: with who wrote them down, when, and how they were said."""
    town.says("tomek", lines={topic: Said("My faith is mine;\r\nask about it.  ")})
    with town.opens("wren", "tomek"):
        line = AboutLine.objects.get(client_id=town["tomek"], topic=topic)
    assert line.words == "My faith is mine;\nask about it."
    assert (line.written_by, line.how) == (town["wren"], How.SAID_IN_SESSION)


def test_new_words_end_the_old_line_and_keep_it(town):
    """Promise 3: words are never edited; what was said before stays readable in the record."""
    town.says("tomek", lines={Topic.OWN_WORDS: Said("Carpenter.")})
    town.says("tomek", lines={Topic.OWN_WORDS: Said(CARPENTER)})
    with town.opens("wren", "tomek"):
        rows = AboutLine.objects.filter(client_id=town["tomek"]).order_by("written_at", "id")
        assert [(row.words, row.ended_by) for row in rows] == [("Carpenter.", town["wren"]), (CARPENTER, None)]


def test_the_program_itself_cannot_edit_a_clients_words(town):
    """Promise 3, to raw SQL: the program has the right to end a line, and no other right to change it."""
    town.says("tomek", lines={Topic.OWN_WORDS: Said(CARPENTER)})
    with town.opens("wren", "tomek"), pytest.raises(DatabaseError), transaction.atomic():
        AboutLine.objects.filter(client_id=town["tomek"]).update(words="something else")
    with town.opens("wren", "tomek"), pytest.raises(DatabaseError), transaction.atomic():
        AboutLine.objects.filter(client_id=town["tomek"]).delete()


def test_empty_words_take_a_line_off(town):
    town.says("tomek", lines={Topic.DAYS: Said("Tuesdays")})
    town.says("tomek", lines={Topic.DAYS: Said("")})
    assert Topic.DAYS not in lines_seen_by(town, "wren")


def test_words_for_the_therapist_alone_are_not_shown_to_the_cover_or_the_supervisor(town):
    """CLIENT-3: each line has its own visibility."""
    town.says(
        "tomek",
        lines={
            Topic.OWN_WORDS: Said(CARPENTER, Visibility.CARE_TEAM),
            Topic.PLEASE_ASK: Said("About Halina.", Visibility.THERAPIST),
            Topic.DONT_ASSUME: Said("That I am alone.", Visibility.NO_SCREEN),
        },
    )
    assert lines_seen_by(town, "wren") == {
        Topic.OWN_WORDS: CARPENTER,
        Topic.PLEASE_ASK: "About Halina.",
        Topic.DONT_ASSUME: "",
    }
    for who in ("nadia", "sunniva"):
        assert set(lines_seen_by(town, who).values()) == {CARPENTER, ""}


@pytest.mark.parametrize("who", ["nadia", "sunniva"])
@pytest.mark.parametrize("page", ["overview", "about", "limits"])
def test_no_page_lets_a_hidden_word_out(town, who, page):
    """CLIENT-3: the page's source, its fields' values included, is scanned for words its reader may not see."""
    hidden = {topic: Said(f"canary-{topic}", Visibility.THERAPIST) for topic in Topic}
    town.says(
        "tomek",
        lines=hidden,
        birth_date=date(1967, 3, 9),
        birth_date_visibility=Visibility.THERAPIST,
        interpreter_needed=Told.YES,
        interpreter_mode=InterpreterMode.PHONE,
        interpreter_visibility=Visibility.THERAPIST,
    )
    response = town.gets(who, page)
    source = response.content.decode()
    assert "canary-" not in source
    assert "1967" not in source
    form = response.context.get("form")
    fields = {name: form[name].value() for name in form.fields if "interpreter" in name} if form else {}
    assert not {"yes", "phone", "By phone"} & set(map(str, fields.values()))
    assert "interpreter by phone" not in text_of(response)


def test_saving_a_page_that_hid_something_keeps_it(town):
    """UI-5: a cover who saves the page does not wipe out what the page did not show them."""
    town.says(
        "tomek",
        lines={Topic.PLEASE_ASK: Said("About Halina.", Visibility.THERAPIST)},
        birth_date=date(1967, 3, 9),
        birth_date_visibility=Visibility.NO_SCREEN,
        interpreter_needed=Told.YES,
        interpreter_mode=InterpreterMode.PHONE,
        interpreter_visibility=Visibility.THERAPIST,
        legal_name="Tomasz Wielgosz",
    )
    shown = town.gets("nadia", "about").context["form"]
    data = {name: shown[name].value() or "" for name in shown.fields}
    assert town.posts("nadia", "about", {**data, "pronouns": "he/they"}).status_code == 303
    assert lines_seen_by(town, "wren")[Topic.PLEASE_ASK] == "About Halina."
    with town.opens("wren", "tomek"):
        identity = Identity.objects.get(client_id=town["tomek"])
        assert (identity.birth_date, identity.birth_date_visibility) == (date(1967, 3, 9), Visibility.NO_SCREEN)
        assert (identity.interpreter_needed, identity.interpreter_mode) == (Told.YES, InterpreterMode.PHONE)
        assert identity.interpreter_visibility == Visibility.THERAPIST
        assert identity.legal_name == "Tomasz Wielgosz"
        assert Client.objects.get(client_id=town["tomek"]).pronouns == "he/they"


def test_once_a_client_has_pages_of_their_own_nobody_else_writes_their_words(town):
    """Promise 3: the client's words are the client's."""
    town.says("tomek", lines={Topic.OWN_WORDS: Said(CARPENTER)})
    with town.opens("wren", "tomek"):
        member = connection.cursor()
        member.execute("select person_id from guard.member where client_id = %s", [town["tomek"]])
        User.objects.create(person_id=member.fetchone()[0], email="tomek@example.test")
    with pytest.raises(Refused, match="the client’s own words"):
        town.says("tomek", lines={Topic.OWN_WORDS: Said("Put differently")})
    town.says("tomek", lines={Topic.ACCESS: Said("A chair with arms")})
    assert lines_seen_by(town, "wren")[Topic.OWN_WORDS] == CARPENTER


def test_staff_do_not_write_in_the_clients_own_pages(town):
    with pytest.raises(Refused, match="Only the client"):
        town.says("tomek", lines={Topic.OWN_WORDS: Said("Me")}, how=How.OWN_HAND_PORTAL)


def test_an_interpreters_mode_goes_when_no_interpreter_is_needed(town):
    town.says("tomek", interpreter_needed=Told.YES, interpreter_mode=InterpreterMode.PHONE)
    town.says("tomek", interpreter_needed=Told.NO)
    with town.opens("wren", "tomek"):
        assert Identity.objects.get(client_id=town["tomek"]).interpreter_mode == ""


def test_saving_without_a_change_leaves_no_event(town):
    with town.opens("wren", "tomek"):
        before = len(events_of(town["tomek"]))
    assert town.posts("wren", "about", form_of(town)).status_code == 303
    with town.opens("wren", "tomek"):
        assert len(events_of(town["tomek"])) == before


def test_a_change_is_told_in_a_sentence_without_its_content(town):
    """AUD-1, AUD-2: ids and names of fields, never words."""
    town.says("tomek", name_used="Tomasz", lines={Topic.OWN_WORDS: Said(CARPENTER)})
    with town.opens("wren", "tomek"):
        told = [event.sentence for event in events_of(town["tomek"])][:2]
        cursor = connection.cursor()
        cursor.execute("select string_agg(hashed, '') from guard.event where client_id = %s", [town["tomek"]])
        assert "Carpenter" not in cursor.fetchone()[0]
    assert told == [
        "Wren Adeyemi-Holt changed what is kept about the client.",
        "Wren Adeyemi-Holt changed the name, pronouns, language or place.",
    ]


def test_two_people_changing_it_at_once_are_told(town):
    """The second one gets a 409 with their words, and nothing of the first one's is lost."""
    data = form_of(town, own_words="My version")
    town.says("tomek", pronouns="he/they")
    response = town.posts("wren", "about", data)
    assert response.status_code == 409
    assert "My version" in text_of(response)
    assert Topic.OWN_WORDS not in lines_seen_by(town, "wren")


def test_a_supervisor_reads_and_does_not_change(town):
    """ACC-2b: a supervisor of record reads identity and writes none of it; the answer is the same 404."""
    page = text_of(town.gets("sunniva", "about"))
    assert "<textarea" not in page
    assert town.posts("sunniva", "about", {"name_used": "X"}).status_code == 404
    with pytest.raises(NotYours), town.opens("sunniva", "tomek") as by:
        update_about(client_id=town["tomek"], changes=AboutChanges(pronouns="x"), how=How.ON_PAPER, by=by)


def test_the_legal_name_shows_on_one_page_only(town):
    """UI-9: legal name only where billing needs it."""
    town.says("tomek", legal_name="Tomasz Wielgosz")
    assert "Wielgosz" in town.gets("wren", "about").content.decode()
    for page in ("overview", "contact", "people", "consents", "limits", "history", "team", "more"):
        assert "Wielgosz" not in town.gets("wren", page).content.decode(), page
    for page in ("overview", "about"):
        assert "Wielgosz" not in town.gets("nadia", page).content.decode(), page


def test_whoever_covers_can_write_down_an_interpreter_they_do_not_see(town):
    """CLIENT-3: a field that is kept off their screen can still be replaced."""
    town.says("tomek", interpreter_needed=Told.NO, interpreter_visibility=Visibility.THERAPIST)
    shown = town.gets("nadia", "about").context["form"]
    data = {name: shown[name].value() or "" for name in shown.fields}
    told = {"interpreter_needed": "yes", "interpreter_mode": "phone", "interpreter_seen": "care_team"}
    assert town.posts("nadia", "about", {**data, **told}).status_code == 303
    with town.opens("wren", "tomek"):
        identity = Identity.objects.get(client_id=town["tomek"])
        assert (identity.interpreter_needed, identity.interpreter_mode) == (Told.YES, InterpreterMode.PHONE)


def test_about_keeps_what_was_typed_when_the_name_is_missing(town):
    """UI-5."""
    response = town.posts("wren", "about", form_of(town, name_used="", own_words="Twenty years a carpenter."))
    assert response.status_code == 422
    assert "Twenty years a carpenter." in text_of(response)


def test_a_character_that_cannot_be_kept_is_refused_with_a_sentence(town):
    with pytest.raises(Refused, match="can’t be kept"):
        town.says("tomek", lines={Topic.OWN_WORDS: Said("half a letter \ud800")})


def test_there_is_no_pick_list_of_cultures_and_nothing_is_suggested(town):
    """CLIENT-3: free words only; the one list is of places."""
    page = text_of(town.gets("wren", "about")).lower()
    for word in ("ethnic", "race", "religion", "culture", "datalist"):
        assert word not in page


def test_about_client_needs_the_record_opened(town):
    """ACC-3: without an opening there is nothing."""
    with town.opens("wren", "tomek") as by:
        head = record_head(town["tomek"], by)
    with town.at_work("wren"), pytest.raises(NotYours):
        about_client(head)


def test_who_sees_the_clients_own_words_is_the_clients_to_say(town):
    """CLIENT-3: staff may show them to fewer, never to more, once the client has pages of their own."""
    by = client_actor_of(town.ids, "roz")
    with opened(by, clients=[town["roz"]], classes=[DataClass.IDENTITY], via="test"):
        said = AboutChanges(lines={Topic.OWN_WORDS: Said("I bake.", Visibility.THERAPIST)})
        update_about(client_id=town["roz"], changes=said, how=How.OWN_HAND_PORTAL, by=by)
    with pytest.raises(Refused, match="own words"):
        town.says("roz", "imani", lines={Topic.OWN_WORDS: Said("I bake.", Visibility.CARE_TEAM)})
    town.says("roz", "imani", lines={Topic.OWN_WORDS: Said("I bake.", Visibility.NO_SCREEN)})
