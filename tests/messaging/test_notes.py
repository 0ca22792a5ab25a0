"""Session notes: prefilled, signed and locked, read by the client, held back only on a ground (APPT-4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import opened
from careplan.errors import Conflict, NotYours, Refused
from careplan.ledger.history import events_of
from clients.services.care import start_care
from messaging.models import Note, NoteHeld
from messaging.selectors.notes import note_page, sessions_of, signed_notes
from messaging.selectors.waiting import waiting_asks
from messaging.services.notes import Held, Written, add_to_note, give_held, hold_on, keep_note, sign_note
from messaging.services.sessions import link_lines
from plans.services.items import propose_item, start_plan
from tests.messaging.calendar import LONDON, Desk
from tests.plans.room import goal
from tests.signed_in import browser, portal_browser

WITHOUT = frozenset({DataClass.NOTE, DataClass.PLAN})


def written(desk: Desk, session_id, **more) -> Written:
    row = desk.row(session_id)
    said = {"happened": "We drew the ladder.", "next": "The corridor at nine.", **more}
    return Written(starts_at=row.starts_at, stops_at=row.ends_at, **said)


def signs(desk: Desk, session_id, by="imani", **more):
    note = written(desk, session_id, **more)
    with desk.acts(by, classes=WITHOUT) as actor:
        return sign_note(client_id=desk.world["roz"], session_id=session_id, written=note, by=actor)


def reads(desk: Desk, session_id, by="roz"):
    with desk.acts(by):
        return signed_notes(desk.world["roz"], session_id)


def test_a_draft_is_its_authors_alone_until_it_is_signed(desk: Desk) -> None:
    session_id = desk.kept()
    note = written(desk, session_id)
    with desk.acts("imani") as by:
        keep_note(client_id=desk.world["roz"], session_id=session_id, written=note, by=by)
    assert reads(desk, session_id) == []
    signs(desk, session_id)
    (told,) = reads(desk, session_id)
    assert (told.author, told.happened, told.next) == ("Imani", "We drew the ladder.", "The corridor at nine.")


def test_signed_is_locked_and_later_words_stand_under_it(desk: Desk, owner) -> None:
    """APPT-4: to its author, to raw SQL as the application, to the table’s owner."""
    session_id = desk.kept()
    note = signs(desk, session_id)
    with pytest.raises(Refused, match="locked"):
        signs(desk, session_id, happened="Something else")
    with desk.acts("imani"), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(id=note.id).update(happened="Something else")
    with desk.acts("imani") as by:
        add_to_note(client_id=desk.world["roz"], note_id=note.id, words="It was the ninth rung.", by=by)
        with pytest.raises(Refused):
            add_to_note(client_id=desk.world["roz"], note_id=note.id, words="  ", by=by)
    (told,) = reads(desk, session_id)
    assert [(who, words) for who, _at, words in told.addenda] == [("Imani", "It was the ninth rung.")]


def test_a_part_is_held_back_only_on_a_ground_and_the_client_is_told(desk: Desk) -> None:
    session_id, soon = desk.kept(), date.today() + timedelta(days=30)
    for held in (Held("His brother rang.", "", soon), Held("His brother rang.", "about_another", None)):
        with pytest.raises(Refused):
            signs(desk, session_id, held=held)
    signs(desk, session_id, held=Held("His brother rang.", "about_another", soon))
    (hers,), (ours,) = reads(desk, session_id), reads(desk, session_id, "imani")
    assert (hers.holds_back, hers.held_words) == (True, "")
    assert (ours.held_words, ours.held_review_on) == ("His brother rang.", soon)
    with desk.acts("roz"):
        assert not NoteHeld.objects.exists()
    with desk.acts("imani") as by, pytest.raises(DatabaseError), transaction.atomic():
        NoteHeld.objects.filter(client_id=desk.world["roz"]).update(words="", by=by.person_id)


def test_signing_keeps_a_booked_session_and_notes_never_wait_for_a_consent(world) -> None:
    """CONS-12, PROMISE 11: no yes to treatment, no plan, no account; the note is written all the same."""
    desk = Desk(world)
    session_id = desk.book("imani", at=datetime.now(LONDON) - timedelta(hours=2))
    signs(desk, session_id)
    assert desk.row(session_id).state == "kept"


def test_agreed_and_proposed_lines_can_be_ticked_and_no_others(desk: Desk) -> None:
    """PLAN-18: what was worked on may be agreed or only proposed; a line of somebody else's is not theirs."""
    session_id = desk.kept()
    with desk.acts("imani") as by:
        plan = start_plan(client_id=desk.world["roz"], by=by)
    with desk.acts("roz") as by:
        item_id = propose_item(plan_id=plan.id, content=goal(), by=by).item_id
    with desk.acts("imani") as by:
        link_lines(session_id=session_id, client_id=desk.world["roz"], items=[item_id], by=by)
        (line,) = note_page(desk.world["roz"], session_id, by).lines
        assert (line.linked, line.agreed, line.hint) == (True, True, "Goal, agreed")
        with pytest.raises(NotYours):
            keep_note(
                client_id=desk.world["roz"],
                session_id=session_id,
                written=Written(plan.started_at, plan.started_at + timedelta(hours=1), worked_on=[plan.id]),
                by=by,
            )
    signs(desk, session_id, worked_on=[item_id])
    assert reads(desk, session_id)[0].worked_on == (line.title,)


def test_a_supervisor_writes_a_note_of_their_own_and_a_colleague_none(desk: Desk, world) -> None:
    """ACC-2b: by reach; each has one note of a session."""
    session_id = desk.kept()
    lead = desk.actor("imani")
    with opened(lead, clients=[world["roz"]], classes=[DataClass.IDENTITY], via="test"):
        start_care(client_id=world["roz"], person_id=world["sunniva"], role=CareRole.SUPERVISOR, by=lead)
    signs(desk, session_id)
    signs(desk, session_id, "sunniva", happened="Seen with Imani.")
    assert {note.author for note in reads(desk, session_id)} == {"Imani", "Sunniva"}
    with pytest.raises(NotYours):
        signs(desk, session_id, "wren")
    with pytest.raises(NotYours):
        signs(desk, session_id, "roz")


def test_a_note_is_kept_as_it_is_typed(desk: Desk, world) -> None:
    """AUTH-2: before the idle limit ends the session; what can't stand yet is tried again, and nothing is signed."""
    session_id = desk.kept()
    ids = {"client_id": world["roz"], "session_id": session_id}
    url, imani = reverse("messaging:note_draft", kwargs=ids), browser(world["imani"])
    page = reverse("messaging:note", kwargs=ids)
    assert f'data-draft-url="{url}"' in imani.get(page).text
    typed = {"start": "10:00", "stop": "10:50", "happened": "Two stops on the 14."}
    assert imani.post(url, typed).status_code == 204
    assert imani.post(url, typed | {"start": "half"}).status_code == 422
    assert "Two stops on the 14." in imani.get(page).text
    with desk.acts("imani"):
        assert Note.objects.get(session_id=session_id).signed_at is None


def test_the_pages_write_sign_and_show_it(desk: Desk, world) -> None:
    session_id = desk.kept()
    imani, ids = browser(world["imani"]), {"client_id": world["roz"], "session_id": session_id}
    url = reverse("messaging:note", kwargs=ids)
    page = imani.get(url)
    assert 'value="10:00"' in page.text
    said = {"start": "10:00", "stop": "10:50", "place": "Room 2", "who": "Roz", "happened": "", "next": ""}
    wrong = imani.post(url, said)
    assert (wrong.status_code, "Say in a few words" in wrong.text) == (422, True)
    assert imani.post(url, {**said, "happened": "Half of it", "draft": "1"}).status_code == 303
    assert "Half of it" in imani.get(url).text
    assert imani.post(url, {**said, "happened": "All of it"}).status_code == 303
    shown = imani.get(url).text
    assert "Signed by Imani" in shown
    with desk.acts("imani"):
        note_id = str(Note.objects.get().id)
    add = reverse("messaging:add_to", kwargs=ids)
    assert imani.post(add, {"note": note_id, "words": "And more"}).status_code == 303
    assert imani.post(add, {"note": note_id, "words": ""}).status_code == 422
    roz = portal_browser(world["roz_person"])
    hers = roz.get(reverse("my_messages:appointment", kwargs={"session_id": session_id})).text
    assert all(words in hers for words in ("All of it", "And more", "Imani"))
    assert "note signed" in imani.get(reverse("messaging:sessions", kwargs={"client_id": world["roz"]})).text
    with desk.acts("imani") as by:
        (line,) = sessions_of(world["roz"], by)
        assert (line.signed, line.needs_note) == (1, False)


@pytest.fixture
def held(desk: Desk):
    """A signed note of which a part is held back."""
    session_id, soon = desk.kept(), date.today() + timedelta(days=30)
    return signs(desk, session_id, held=Held("His brother rang.", "about_another", soon))


def test_what_is_held_back_is_given_after_all_and_that_stays(desk: Desk, held) -> None:
    """APPT-4: only for a while; the client reads it from then on, in their copy too, and it is told."""
    with desk.acts("imani") as by:
        give_held(client_id=desk.world["roz"], note_id=held.id, by=by)
        with pytest.raises(Conflict):
            hold_on(client_id=desk.world["roz"], note_id=held.id, ground="about_another", review_on=None, by=by)
    (hers,) = reads(desk, held.session_id)
    assert (hers.held_words, hers.held_given_at is not None) == ("His brother rang.", True)
    with desk.acts("roz"):
        assert NoteHeld.objects.get().words == "His brother rang."
    with desk.acts("imani", classes={DataClass.LEDGER}):
        assert "had been held back" in events_of(desk.world["roz"], limit=1)[0].sentence
    with desk.acts("imani"), pytest.raises(DatabaseError), transaction.atomic():
        NoteHeld.objects.update(given_at=None)


def test_it_is_held_on_only_on_a_ground_and_to_another_day(desk: Desk, held) -> None:
    """APPT-4: by the care team and not by the client; Today says when the day has come."""
    later = date.today() + timedelta(days=60)
    with desk.acts("imani") as by:
        for ground, day in (("", later), ("about_another", None), ("about_another", date.today())):
            with pytest.raises(Refused):
                hold_on(client_id=desk.world["roz"], note_id=held.id, ground=ground, review_on=day, by=by)
        hold_on(client_id=desk.world["roz"], note_id=held.id, ground="about_another", review_on=later, by=by)
    (ours,) = reads(desk, held.session_id, "imani")
    assert (ours.held_review_on, ours.held_words) == (later, "His brother rang.")
    with desk.acts("roz") as roz, pytest.raises(NotYours):
        give_held(client_id=desk.world["roz"], note_id=held.id, by=roz)
    assert "held part" not in browser(desk.world["imani"]).get("/practice/").text
    with desk.works("imani") as by:
        assert waiting_asks(by, [desk.world["roz"]]) == []
    with desk.works("wren") as by:
        assert waiting_asks(by, [desk.world["roz"]]) == []


def test_today_asks_on_the_day_and_the_page_answers(desk: Desk, held, time_machine) -> None:
    imani, ids = browser(desk.world["imani"]), {"client_id": desk.world["roz"], "session_id": held.session_id}
    with desk.works("imani") as by:
        time_machine.move_to(datetime.now(LONDON) + timedelta(days=31))
        (ask,) = waiting_asks(by, [desk.world["roz"]])
        assert ask.sentence == "{name}: a held part of a note to look at again"
        time_machine.move_to(datetime.now(LONDON) - timedelta(days=31))
    review = reverse("messaging:review_held", kwargs=ids)
    assert imani.post(review, {"note": held.id, "ground": "about_another", "review_on": ""}).status_code == 422
    assert imani.post(review, {"note": uuid4(), "give": "1"}).status_code == 422
    assert imani.post(review, {"note": held.id, "give": "1"}).status_code == 303
    roz = portal_browser(desk.world["roz_person"])
    assert (
        "His brother rang." in roz.get(reverse("my_messages:appointment", kwargs={"session_id": held.session_id})).text
    )
