"""A small conversation beside each line, for both sides (PLAN-1)."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import Error, connection, transaction

from careplan.access.models import CareRole, EventRow
from careplan.access.seam import opened
from careplan.errors import NotYours, Refused
from plans.kinds import Says
from plans.models import Comment, PlanHead
from plans.selectors.comments import comments_on
from plans.services.comments import comment_on_item
from plans.services.items import move_plan
from tests.plans.room import EVERYTHING, Room, goal, therapy


def writes(room: Room, revision, words: str, by, **more) -> Comment:
    with room.acts(by):
        return comment_on_item(item_id=revision.item_id, words=words, by=by, **more)


def now_of(room: Room) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select guard.now()")
        return cursor.fetchone()[0]


def test_client_and_therapist_talk_beside_a_line(roz: Room) -> None:
    """PLAN-1: each in their own name, in order, perhaps about one wording; the line itself stays what it was."""
    line = roz.agreed_goal()
    before = roz.standing(line)
    writes(roz, line, "I did 2 stops with Jess. Hated it.", roz.client)
    writes(roz, line, "You did the hard bit.", roz.therapist, about_id=line.id)
    with roz.acts(roz.therapist):
        said = comments_on(roz.client_id, line.item_id)
        head = PlanHead.objects.get(client_id=roz.client_id)
    assert [(each.author_role, each.words) for each in said] == [
        ("client", "I did 2 stops with Jess. Hated it."),
        ("lead", "You did the hard bit."),
    ]
    assert said[1].about_id == line.id
    assert (head.comments_from_client, head.comments_from_staff) == (0, 1)
    assert roz.standing(line).in_force_id == before.in_force_id == line.id


def test_a_comment_is_told_without_its_words(roz: Room) -> None:
    """AUD-2: one event; a double click is one comment."""
    line = roz.agreed_goal()
    first = writes(roz, line, "Talk about the rota", roz.client)
    assert writes(roz, line, "Talk about the rota", roz.client).id == first.id
    with opened(roz.therapist, clients=[roz.client_id], classes=EVERYTHING, via="test"):
        told = list(EventRow.objects.filter(client_id=roz.client_id, kind="item.commented"))
    assert len(told) == 1
    assert "rota" not in str(told[0].detail)


def test_nothing_said_is_refused_and_an_ended_plan_is_only_read(roz: Room) -> None:
    line = roz.agreed_goal()
    with pytest.raises(Refused):
        writes(roz, line, "  \n ", roz.client)
    with roz.acts(roz.therapist):
        move_plan(plan_id=roz.plan_id, verb="end_early", by=roz.therapist)
    with pytest.raises(Refused):
        writes(roz, line, "One more thing", roz.client)


def test_a_comment_is_not_about_another_lines_wording_and_a_supervisor_only_reads(roz: Room, world) -> None:
    line, other = roz.agreed_goal(), roz.agreed_goal("Sleep through")
    with pytest.raises(NotYours):
        writes(roz, line, "About this", roz.client, about_id=other.id)
    supervisor = roz.colleague(world["sunniva"], CareRole.SUPERVISOR)
    with pytest.raises(NotYours):
        writes(roz, line, "As I see it", supervisor)


def test_staff_see_it_differently_beside_the_clients_words_and_whose_yes_stays(roz: Room) -> None:
    """PLAN-5b: beside a statement or a goal in her words, never elsewhere, never by her; nothing waits for it."""
    line, ours = roz.agreed_goal(), roz.propose(therapy(), roz.client)
    before = roz.standing(line)
    said = writes(roz, line, "I’d start with the tram.", roz.therapist, says=Says.DIFFERENTLY)
    assert (said.says, said.author_role) == ("differently", "lead")
    assert (roz.standing(line).in_force_id, roz.standing(line).open_id) == (before.in_force_id, None)
    with pytest.raises(Refused):
        writes(roz, ours, "Too often for me", roz.therapist, says=Says.CANNOT_OFFER)
    with pytest.raises(NotYours):
        writes(roz, line, "So do I", roz.client, says=Says.DIFFERENTLY)
    with roz.acts(roz.therapist), pytest.raises(Error, match="differs_from_own_words"), transaction.atomic():
        Comment.objects.create(
            client_id=roz.client_id,
            practice_id=roz.practice_id,
            item_id=ours.item_id,
            author_id=roz.therapist.person_id,
            author_role="lead",
            says="cannot_offer",
            words="Too often for me",
            at=now_of(roz),
        )


FORGED = {
    "in another's name": {"author_id": "therapist"},
    "as something one isn't": {"author_role": "lead"},
    "about another line's wording": {"about_id": "other"},
    "without words": {"words": None},
    "as staff's other view of their own words": {"says": "differently"},
    "for yesterday": {"at": "yesterday"},
}


@pytest.mark.parametrize("what", FORGED)
def test_the_database_keeps_comments_honest(roz: Room, what: str) -> None:
    """PLAN-1, ACC-2c: by raw SQL nobody writes in another's name, nor changes what was said."""
    line, other = roz.agreed_goal(), roz.propose(therapy(), roz.client)
    comment = writes(roz, line, "Mine", roz.client)
    values = {"author_id": str(roz.client.person_id), "author_role": "client", "about_id": None, "words": "x"}
    values["says"] = "comment"
    forged = {"therapist": str(roz.therapist.person_id), "other": str(other.id)}
    values |= {name: forged.get(value, value) for name, value in FORGED[what].items()}
    at = "guard.now() - interval '1 day'" if values.pop("at", "") else "guard.now()"
    with roz.acts(roz.client), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into plans_comment"
            "(id, client_id, practice_id, item_id, author_id, author_role, about_id, says, words, at) "
            f"select gen_random_uuid(), client_id, practice_id, item_id, %(author_id)s, %(author_role)s, "
            f"%(about_id)s, %(says)s, %(words)s, {at} from plans_comment where id = %(id)s",
            {**values, "id": comment.id},
        )
    with roz.acts(roz.client), pytest.raises(Error), transaction.atomic():
        Comment.objects.filter(id=comment.id).update(words="Other words")


def test_a_clinical_goal_can_be_talked_about_by_whoever_covers(roz: Room, world) -> None:
    line = roz.propose(goal("", clinical="Commute without avoidance"), roz.therapist)
    cover = roz.colleague(world["nadia"], CareRole.COVER)
    assert writes(roz, line, "She asked about this while you were away.", cover).author_role == "cover"
