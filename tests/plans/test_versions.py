"""Versions: cut with the change, chained, rebuilt to the same hashes, told in sentences (PLAN-8, PLAN-5d)."""

from __future__ import annotations

import json

import pytest

from careplan.accounts.practice_keys import public_key
from careplan.canonical import canonical_json, sha256_hex
from careplan.errors import NotYours, Refused
from careplan.signing import verify_seal
from plans.models import Answer, ItemRevision, Version, VersionNumber
from plans.selectors.versions import version_diff, version_history, version_page
from plans.services.items import move_item, reorder
from plans.services.sheets import SheetWriting
from plans.services.versions import number_version
from tests.plans.room import BUS, Room, goal, homework, strength, therapy


def versions(room: Room) -> list[Version]:
    with room.acts(room.therapist):
        return list(Version.objects.filter(plan_id=room.plan_id).order_by("sequence"))


def rebuild(room: Room) -> None:
    """Every hash of the plan again, from what is stored, as an offline check would."""
    previous = ""
    with room.acts(room.therapist):
        revisions = {row.sha256: row for row in ItemRevision.objects.all()}
        answers = {row.sha256: row for row in Answer.objects.select_related("revision")}
    for row in (*revisions.values(), *answers.values()):
        assert row.sha256 == sha256_hex(row.hashed)
        assert canonical_json(json.loads(row.hashed)) == row.hashed
    for row in revisions.values():
        assert json.loads(row.hashed)["content"] == row.content
    for answer in answers.values():
        assert json.loads(answer.hashed)["revision"] in revisions
    for number, version in enumerate(versions(room), start=1):
        manifest = json.loads(version.manifest)
        assert canonical_json(manifest) == version.manifest
        assert (sha256_hex(version.manifest), number) == (version.sha256, version.sequence)
        assert manifest.get("previous", "") == version.previous_sha256 == previous
        assert {revisions[item["revision"]].id for item in manifest["items"]} == set(version.revision_ids)
        assert all(
            answers[sha].revision.sha256 == item["revision"] for item in manifest["items"] for sha in item["answers"]
        )
        previous = version.sha256


def test_every_change_of_what_is_in_force_cuts_one_version(room: Room) -> None:
    first = room.agreed_goal()
    room.agreed_intervention(parent=first.item_id)
    room.answer(first, "not_now", room.client)
    room.answer(first, "yes", room.client)
    assert [len(version.revision_ids) for version in versions(room)] == [1, 2, 0, 2]
    rebuild(room)


def test_one_sitting_cuts_one_version(room: Room) -> None:
    sheet = room.sheet()
    room.write(sheet, SheetWriting(strength()), SheetWriting(goal()), SheetWriting(homework()))
    room.said(sheet, to_the_rest="yes")
    assert [len(version.revision_ids) for version in versions(room)] == [3]
    rebuild(room)


def test_order_alone_cuts_no_version_but_is_kept_in_the_next(room: Room) -> None:
    """PLAN-5d: order among siblings is in the manifest only."""
    one, two = room.agreed_goal("Sleep"), room.agreed_goal("Bus")
    with room.acts(room.client):
        reorder(plan_id=room.plan_id, item_ids=[two.item_id, one.item_id], by=room.client)
    assert len(versions(room)) == 2
    room.agreed_intervention()
    items = json.loads(versions(room)[-1].manifest)["items"]
    assert [item["id"] for item in items][:2] == [str(two.item_id), str(one.item_id)]


def test_order_names_lines_of_this_plan_once(room: Room, roz: Room) -> None:
    mine, theirs = room.agreed_goal(), roz.agreed_goal()
    for order in ([mine.item_id, mine.item_id], [theirs.item_id]):
        with room.acts(room.therapist), pytest.raises(NotYours):
            reorder(plan_id=room.plan_id, item_ids=order, by=room.therapist)


def test_moving_a_line_needs_new_answers(room: Room) -> None:
    """PLAN-5d: the parent is part of a revision's content."""
    one, two = room.agreed_goal("Sleep"), room.agreed_goal("Bus")
    child = room.agreed_intervention("Step ladder", parent=one.item_id)
    with room.acts(room.therapist):
        moved = move_item(item_id=child.item_id, parent_id=two.item_id, base=1, by=room.therapist)
    assert room.standing(child).parent_id == one.item_id
    room.answer(moved, "yes", room.client)
    assert room.standing(child).parent_id == two.item_id


def test_a_line_stands_only_where_it_fits(room: Room) -> None:
    one, two = room.agreed_goal("Sleep"), room.agreed_goal("Bus")
    child = room.agreed_intervention("Step ladder", parent=one.item_id)
    with room.acts(room.client):
        move_item(item_id=two.item_id, parent_id=one.item_id, base=1, by=room.client)
        for item_id, parent_id in (
            (one.item_id, two.item_id),
            (one.item_id, one.item_id),
            (one.item_id, child.item_id),
        ):
            with pytest.raises(Refused):
                move_item(item_id=item_id, parent_id=parent_id, base=1, by=room.client)


def test_a_version_gets_one_number_sealed_by_the_practice(room: Room) -> None:
    """PLAN-8: a number for people, only when it is printed, sent, reviewed, exported or read by billing."""
    room.agreed_goal()
    room.agreed_intervention()
    with room.acts(room.therapist):
        last = Version.objects.latest("sequence")
        number = number_version(version_id=last.id, why="printed", by=room.therapist)
        assert number_version(version_id=last.id, why="exported", by=room.therapist).id == number.id
        assert (number.number, VersionNumber.objects.count()) == (1, 1)
        assert json.loads(number.sealed)["version"] == last.sha256
        assert verify_seal(number.sealed, number.seal, public_key=public_key(key_id=number.key_id))
        assert not verify_seal(
            number.sealed.replace("printed", "sign_off"), number.seal, public_key=public_key(key_id=number.key_id)
        )
        with pytest.raises(Refused):
            number_version(version_id=last.id, why="whim", by=room.therapist)


def test_the_history_tells_what_changed_in_plain_sentences(room: Room) -> None:
    mine = room.agreed_goal()
    talks = room.agreed_intervention("Weekly talks", parent=mine.item_id)
    new = room.reword(talks, therapy("Talks every two weeks", parent=mine.item_id), room.therapist)
    room.answer(new, "yes", room.client)
    room.answer(mine, "no", room.client)
    with room.acts(room.therapist):
        history = version_history(plan_id=room.plan_id)
    day = history.versions[0].at
    date = f"{day.day} {day:%B} {day.year}"
    told = [[change.sentence for change in version.changes] for version in reversed(history.versions)]
    assert told == [
        [f"“{BUS}” came into force."],
        ["“Weekly talks” came into force."],
        ["The wording of “Talks every two weeks” changed."],
        [f"“{BUS}” is out of force since {date}.", f"“Talks every two weeks” waits for “{BUS}” since {date}."],
    ]
    change = history.versions[1].changes[0]
    assert ("Weekly talks" in change.before, "every two weeks" in change.after) == (True, True)


def test_any_two_versions_can_be_compared(room: Room, roz: Room) -> None:
    room.agreed_goal("Sleep")
    bus = room.agreed_goal("Bus")
    room.answer(bus, "no", room.client)
    first, _, third = versions(room)
    with room.acts(room.therapist):
        assert version_diff(older_id=first.id, newer_id=third.id).sentences == ()
        assert len(version_page(version_id=first.id).items) == 1
        assert version_page(version_id=first.id).items[0].answers[0].name == "Tomek"
    with roz.acts(roz.therapist):
        for attempt in (
            lambda: version_diff(older_id=first.id, newer_id=third.id),
            lambda: version_page(version_id=first.id),
            lambda: version_history(plan_id=room.plan_id),
        ):
            with pytest.raises(NotYours):
                attempt()


def test_an_answer_that_changes_nothing_in_force_cuts_nothing(room: Room) -> None:
    revision = room.agreed_intervention()
    room.answer(revision, "yes_with_changes", room.client, wording=therapy("Other words"))
    assert len(versions(room)) == 1
    rebuild(room)
