"""What the database refuses to cp_app, whatever Python does (PLAN-1, PLAN-3, PLAN-4, PLAN-5, PLAN-8, ACC-2a).

Every attempt starts from a sound row that would be accepted, with one thing forged: so the refusal is about that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, transaction

from careplan.access.actor import staff_actor
from careplan.accounts.models import User
from careplan.canonical import sha256_hex
from careplan.ids import uuid7
from plans.models import Answer, Item, Party, Plan, Sheet, Standing, Version
from plans.selectors.acting import now
from plans.services.revisions import yes_by_proposing
from plans.services.said import write_answer
from plans.services.sheets import SheetWriting, close_sheet
from plans.services.versions import settle
from tests.plans.forging import (
    Desk,
    accepted,
    given,
    raw_answer,
    raw_item,
    raw_line,
    raw_revision,
    raw_sheet,
    raw_version,
    refused,
    run,
)
from tests.plans.room import BUS, Room, goal, homework, objective, strength, therapy


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


def test_staff_cannot_answer_in_the_clients_name(room: Room, desk: Desk) -> None:
    """PLAN-4: nobody can give another's answer."""
    revision = room.propose(therapy(), room.therapist)
    with room.acts(room.therapist):
        refused("nobody_answers_for_another", desk.answer(revision, desk.client, "client"))
        refused("how_is_true", desk.answer(revision, desk.staff, "lead", how="own_hand_portal"))
    with room.acts(room.client):
        accepted(desk.answer(revision, desk.client, "client"))
        refused("nobody_answers_for_another", desk.answer(revision, desk.staff, "lead"))


def test_an_answer_cannot_be_written_down_without_an_open_sheet(room: Room, desk: Desk) -> None:
    """PLAN-16."""
    sheet = room.sheet()
    (written,) = room.write(sheet, SheetWriting(goal()))
    elsewhere = room.propose(homework(), room.client)
    recorded = {"recorded_by": desk.staff, "how": "said_in_session", "sheet_id": sheet.id}
    with room.acts(room.therapist):
        accepted(desk.answer(written, desk.client, "client", **recorded))
        refused("recorded_on_an_open_sheet", desk.answer(elsewhere, desk.client, "client", choice="no", **recorded))
        refused("recorded_on_an_open", desk.answer(written, desk.client, "client", **recorded | {"sheet_id": None}))
        refused(
            "recorded_says_by_whom",
            desk.answer(written, desk.client, "client", **recorded | {"how": "own_hand_portal"}),
        )
        refused("nobody_answers", desk.answer(written, desk.client, "client", **recorded | {"recorded_by": uuid7()}))
        close_sheet(sheet_id=sheet.id, by=room.therapist)
        refused("open_sheet", desk.answer(written, desk.client, "client", **recorded))


def test_a_client_cannot_write_down_somebody_elses_answer(two: Room) -> None:
    """PLAN-5a: assent and dissent are never written by another."""
    sheet = two.sheet()
    (written,) = two.write(sheet, SheetWriting(goal()))
    one, other = two.members
    desk = Desk(two)
    recorded = {"recorded_by": one.person_id, "how": "said_in_session", "sheet_id": sheet.id}
    with two.acts(one):
        refused("nobody_answers_for_another", desk.answer(written, other.person_id, "client", **recorded))


def test_staff_cannot_write_down_a_colleagues_answer(room: Room, world: dict) -> None:
    sheet = room.sheet()
    (written,) = room.write(sheet, SheetWriting(objective()))
    imani = room.colleague(world["imani"], "co_therapist")
    recorded = {"recorded_by": imani.person_id, "how": "said_in_session", "sheet_id": sheet.id}
    with room.acts(imani):
        refused("nobody_answers_for_another", Desk(room).answer(written, room.therapist.person_id, "lead", **recorded))


def test_only_those_who_are_asked_can_answer(room: Room, desk: Desk) -> None:
    """PLAN-5b: the deciders alone, for a statement."""
    revision = room.propose(strength(), room.client)
    with room.acts(room.therapist):
        refused("somebody_who_was_asked", desk.answer(revision, desk.staff, "lead"))


def test_the_role_is_the_one_held(room: Room, world: dict) -> None:
    """PLAN-5e: a cover is not the therapist."""
    revision = room.propose(objective(), room.client)
    nadia = staff_actor(person_id=world["nadia"], practice_id=room.practice_id)
    with room.acts(nadia):
        refused("keeps_the_role_held", Desk(room).answer(revision, nadia.person_id, "lead"))
        refused("somebody_who_was_asked", Desk(room).answer(revision, nadia.person_id, "cover"))


def test_dictation_is_no_yes_by_proposing(room: Room, desk: Desk) -> None:
    """PLAN-5, PLAN-16."""
    sheet = room.sheet()
    (words,) = room.write(sheet, SheetWriting(goal()))
    (own,) = room.write(sheet, SheetWriting(therapy()))
    with room.acts(room.therapist):
        refused("somebody_who_was_asked", desk.answer(words, desk.staff, "lead", how="by_proposing"))
        refused("proposing_is_a_yes_once", desk.answer(own, desk.staff, "lead", how="by_proposing"))
        refused("proposing_is_a_yes", desk.answer(own, desk.staff, "lead", how="by_proposing", choice="no", words="x"))
        dictated = desk.reword(own, therapy("As he said it"), desk.staff, "lead", sheet_id=sheet.id, dictated=True)

        def dictate_and_agree() -> None:
            revision = dictated()
            answer = given(room, desk.staff, "lead", how="by_proposing")
            write_answer(item=own.item, revision=revision, said=answer)

        accepted(dictated)
        refused("proposing_is_a_yes_once", dictate_and_agree)


def test_a_clients_words_are_not_edited_by_staff(room: Room, desk: Desk) -> None:
    """PLAN-3, in the database: not as themselves, not as the client, not as dictation without a sheet."""
    mine = room.agreed_goal()

    def forged(**more: Any) -> Callable[[], object]:
        return lambda: raw_revision(room, mine, goal("Other words"), author_id=desk.staff, author_role="lead", **more)

    with room.acts(room.therapist):
        refused("client_words_are_the_clients", forged())
        refused(
            "in_their_own_name",
            lambda: raw_revision(room, mine, goal("Other"), author_id=desk.client, author_role="client"),
        )
        refused(
            "in_their_own_name",
            lambda: raw_revision(room, mine, goal("Other"), author_id=desk.staff, author_role="client"),
        )
        refused("dictation_has_its_sheet|client_words|open_sheet", forged(dictated=True))
        sheet = raw_sheet(room)
        accepted(forged(dictated=True, sheet_id=sheet.id))
        close_sheet(sheet_id=sheet.id, by=room.therapist)
        refused("open_sheet", forged(dictated=True, sheet_id=sheet.id))


def test_no_dictation_for_somebody_with_an_account(room: Room, desk: Desk) -> None:
    """PLAN-3."""
    mine = room.agreed_goal()
    User.objects.create(person_id=desk.client, email="tomek@example.test")
    with room.acts(room.therapist):
        sheet = raw_sheet(room)
        refused(
            "with_an_account",
            lambda: raw_revision(
                room, mine, goal("Other"), author_id=desk.staff, author_role="lead", dictated=True, sheet_id=sheet.id
            ),
        )


def test_a_wording_is_written_on_the_latest(room: Room, desk: Desk) -> None:
    """PLAN-15, in the database."""
    first = room.agreed_intervention("One")
    room.reword(first, therapy("Two"), room.therapist)
    with room.acts(room.therapist):
        for number, base in ((2, first), (3, first), (4, None)):
            refused(
                "written_on_the_latest|numbers_are_unique",
                lambda n=number, b=base: raw_revision(
                    room, first, therapy("Three"), author_id=desk.staff, author_role="lead", number=n, base=b
                ),
            )


def test_a_wording_cannot_hide_whom_it_asks(room: Room, desk: Desk) -> None:
    """PLAN-5b: what it asks about follows from what changed, and its parties are the database's to write."""
    mine = room.agreed_goal()
    with room.acts(room.therapist):
        refused(
            "asks_about_what_changed",
            lambda: raw_revision(
                room, mine, goal(BUS, "Clinical"), author_id=desk.staff, author_role="lead", asks=["client_words"]
            ),
        )
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Party.objects.create(
                client_id=room.client_id, practice_id=room.practice_id, revision=mine, kind="doer", person_id=desk.staff
            )


def test_the_hash_is_of_these_words(room: Room, desk: Desk) -> None:
    """PLAN-8: hash, text and columns say the same."""
    mine = room.agreed_intervention()
    by = {"author_id": desk.staff, "author_role": "lead"}
    with room.acts(room.therapist):
        accepted(lambda: raw_revision(room, mine, therapy("Two"), **by))
        for forged in (
            {"sha256": sha256_hex("other")},
            {"content": therapy("Three").canonical()},
            {"salt": "0" * 32},
            {"at": now() - timedelta(days=3)},
            {"hashed": "{}", "sha256": sha256_hex("{}")},
        ):
            refused("hash_is_of_these_words", lambda f=forged: raw_revision(room, mine, therapy("Two"), after=f, **by))
    with room.acts(room.client):
        for forged in (
            {"words": "added"},
            {"choice": "yes"},
            {"until_raised": True},
            {"present": ["x"]},
        ):
            refused("hash_is_of_this_answer", lambda f=forged: raw_answer(room, mine, f))


def test_a_yes_with_changes_closes_even_when_no_wording_follows(room: Room, desk: Desk) -> None:
    """PLAN-5e: a wording that somebody wants changed isn't open any more; a later yes opens or brings it in."""
    revision = room.propose(therapy(), room.therapist)
    with room.acts(room.client):
        desk.answer(revision, desk.client, "client", choice="yes_with_changes")()
        assert Standing.objects.get(item_id=revision.item_id).open_id is None
    room.answer(revision, "yes", room.client)
    assert room.standing(revision).effective


def test_replaced_wordings_take_no_answers(room: Room, desk: Desk) -> None:
    """PLAN-5e."""
    old = room.agreed_intervention("One")
    new = room.reword(old, therapy("Two"), room.therapist)
    room.answer(new, "yes", room.client)
    with room.acts(room.client):
        refused("replaced_wordings_take_no_answers", desk.answer(old, desk.client, "client"))
        accepted(desk.answer(new, desk.client, "client", choice="no"))


WRITTEN_ONCE = (
    "plans_item_revision",
    "plans_answer",
    "plans_party",
    "plans_version",
    "plans_version_number",
    "plans_pace",
)
CHANGED_BY_MOVES = ("plans_plan", "plans_item", "plans_sheet", "plans_sheet_line", "plans_draft", "plan_head")


@pytest.mark.committed
def test_what_was_written_once_stays(room: Room, owner: psycopg.Connection) -> None:
    """Append-only, for the owner too: no UPDATE, DELETE or TRUNCATE."""
    room.agreed_intervention()
    for table in WRITTEN_ONCE:
        for verb in (f"update {table} set id = id", f"delete from {table}", f"truncate {table} cascade"):
            with room.acts(room.therapist), pytest.raises(DatabaseError, match="permission denied"):
                run(verb)
            with owner.transaction(force_rollback=True):
                if owner.execute(f"select 1 from {table}").fetchone() or verb.startswith("truncate"):
                    with pytest.raises(psycopg.Error, match="append only"):
                        owner.execute(verb)


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, *CHANGED_BY_MOVES])
def test_nothing_is_ever_deleted(room: Room, table: str) -> None:
    with room.acts(room.therapist):
        for verb in (f"delete from {table}", f"truncate {table}"):
            with pytest.raises(DatabaseError, match="permission denied"):
                run(verb)


def test_a_version_says_exactly_what_is_in_force(room: Room, desk: Desk) -> None:
    """PLAN-8: an answer that changes what is in force without its version is not committed, nor a version that lies."""
    revision = room.agreed_intervention("One")
    other = room.agreed_intervention("Two")
    with room.acts(room.client):
        refused("says_what_is_in_force", desk.answer(revision, desk.client, "client", choice="no"))
    with room.acts(room.therapist):
        last = Version.objects.latest("sequence")
        lie = last.manifest.replace(f'"sequence":{last.sequence}', f'"sequence":{last.sequence + 1}')
        lie = lie.replace(f'"previous":"{last.previous_sha256}"', f'"previous":"{last.sha256}"')
        sound = {
            "sequence": last.sequence + 1,
            "previous_sha256": last.sha256,
            "manifest": lie,
            "sha256": sha256_hex(lie),
        }
        accepted(lambda: raw_version(last, **sound))
        refused("says_what_is_in_force", lambda: raw_version(last, **sound, revision_ids=[revision.id]))
        swapped = lie.replace(revision.sha256, other.sha256)
        refused(
            "manifest_says", lambda: raw_version(last, **sound | {"manifest": swapped, "sha256": sha256_hex(swapped)})
        )
        refused("follows_the_one_before", lambda: raw_version(last, **sound | {"sequence": last.sequence + 2}))
        refused("follows_the_one_before", lambda: raw_version(last, **sound | {"previous_sha256": "0" * 64}))
        refused("hash_is_of_this_manifest", lambda: raw_version(last, **sound | {"sha256": "0" * 64}))


def test_the_readable_snapshot_says_what_the_manifest_says(room: Room) -> None:
    """PLAN-8: pages and API serve the snapshot, so it cannot say other words than those that were agreed."""
    room.agreed_intervention("One")
    with room.acts(room.therapist):
        last = Version.objects.latest("sequence")
        text = last.manifest.replace('"sequence":1', '"sequence":2')
        text = text.replace('"schema":', f'"previous":"{last.sha256}","schema":')
        sound = {"sequence": 2, "previous_sha256": last.sha256, "manifest": text, "sha256": sha256_hex(text)}
        accepted(lambda: raw_version(last, **sound))
        (item,) = last.snapshot["items"]
        other = item | {"content": item["content"] | {"what": "Something else"}}
        refused(
            "snapshot_shows_what_was_agreed",
            lambda: raw_version(last, **sound, snapshot=last.snapshot | {"sequence": 2, "items": [other]}),
        )


def test_a_version_names_the_answers_it_stands_on(room: Room) -> None:
    revision = room.agreed_intervention("One")
    with room.acts(room.therapist):
        last = Version.objects.latest("sequence")
        yes = Answer.objects.get(revision=revision, person_id=room.client.person_id)
        lie = last.manifest.replace(yes.sha256, "0" * 64).replace('"sequence":1', '"sequence":2')
        lie = lie.replace('"schema":', f'"previous":"{last.sha256}","schema":')
        refused(
            "names_the_answers",
            lambda: raw_version(last, sequence=2, previous_sha256=last.sha256, manifest=lie, sha256=sha256_hex(lie)),
        )


def test_a_plan_is_not_active_before_its_first_agreed_line(room: Room) -> None:
    room.propose(therapy(), room.therapist)
    with room.acts(room.therapist):
        refused(
            "first_agreed_line",
            lambda: Plan.objects.filter(id=room.plan_id).update(status="active", activated_at=now()),
        )


def test_there_is_one_plan_that_has_not_ended(room: Room) -> None:
    with room.acts(room.therapist):
        refused(
            "one_that_has_not_ended",
            lambda: Plan.objects.create(
                client_id=room.client_id,
                practice_id=room.practice_id,
                started_at=now(),
                started_by_id=room.therapist.person_id,
            ),
        )


def test_a_line_cannot_hang_under_another_clients(room: Room, roz: Room) -> None:
    """ACC-2a: composite keys keep a child under its own client."""
    mine, theirs = room.agreed_goal(), roz.agreed_goal()
    by = {"author_id": room.therapist.person_id, "author_role": "lead"}
    child = room.propose(therapy(), room.therapist)
    with room.acts(room.therapist):
        accepted(lambda: raw_revision(room, child, therapy(parent=mine.item_id), **by))
        refused("parent_fits", lambda: raw_revision(room, child, therapy(parent=theirs.item_id), **by))
        with pytest.raises(DatabaseError, match=r"foreign key|plan_has_ended"), transaction.atomic():
            raw_item(room, plan_id=roz.plan_id)
        refused("foreign key|own|sheet", lambda: raw_line(room, theirs))


def test_a_line_cannot_stand_under_itself(room: Room) -> None:
    """PLAN-5d."""
    one, two = room.agreed_goal("One"), room.agreed_goal("Two")
    by = {"author_id": room.client.person_id, "author_role": "client"}
    with room.acts(room.client):
        refused("no_circle", lambda: raw_revision(room, one, goal("One", parent=one.item_id), **by))
        second = raw_revision(room, two, goal("Two", parent=one.item_id), **by)
        with transaction.atomic():
            refused("no_circle", lambda: raw_revision(room, one, goal("One", parent=two.item_id), **by))
        assert second.parent_id == one.item_id
        yes_by_proposing(item=second.item, revision=second)
        settle(plan=Plan.objects.get(id=room.plan_id), cause="test", at=now())


def test_a_line_without_a_wording_is_not_committed(room: Room) -> None:
    with room.acts(room.therapist):
        refused("has_a_wording", lambda: raw_item(room))


def test_lines_keep_what_they_were_made_with(room: Room) -> None:
    revision = room.agreed_goal()
    with room.acts(room.therapist):
        for forged in ({"kind": "objective"}, {"created_by": room.therapist.person_id}, {"plan_id": uuid7()}):
            refused(
                "keeps what it was made with",
                lambda f=forged: Item.objects.filter(id=revision.item_id).update(**f),
            )
        refused(
            "keeps what it was made with", lambda: Sheet.objects.filter(id=raw_sheet(room).id).update(kind="first_plan")
        )
        refused("its own name|own name", lambda: raw_sheet(room, opened_by_id=room.client.person_id))
