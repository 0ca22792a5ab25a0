"""Several at once: at most seven lines with the client, their way, their answers (PLAN-17)."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from careplan.errors import Conflict, NotYours, Refused
from plans.models import Answer, Ask, AskLine
from plans.selectors.asks import running_ask, still_waiting
from plans.services.answers import Given
from plans.services.asks import answer_several, choose_way, send_ask, withdraw_ask
from plans.services.pace import set_pace
from plans.services.sheets import SheetWriting
from tests.plans.room import Room, homework, therapy


def offers(room: Room, many: int) -> list:
    """So many open wordings of the therapist's: a first plan's sheet knows no pace."""
    sheet = room.sheet()
    return room.write(sheet, *[SheetWriting(homework(f"Thing {n} to try at home {n * 7919}")) for n in range(many)])


def send(room: Room, revisions, by=None) -> Ask:
    by = by or room.therapist
    with room.acts(by):
        return send_ask(plan_id=room.plan_id, revision_ids=[each.id for each in revisions], by=by)


def given(room: Room, revision, choice: str) -> Given:
    return Given(revision_id=revision.id, choice=choice, person_id=room.client.person_id, how="own_hand_portal")


def test_a_sheet_of_seven_goes_out_and_is_answered_together(roz: Room) -> None:
    """PLAN-17: not eight; the state is read from the answers; the same sheet twice is one."""
    lines = offers(roz, 8)
    with pytest.raises(Refused):
        send(roz, lines)
    with pytest.raises(Refused):
        send(roz, [])
    ask = send(roz, lines[:7])
    assert send(roz, lines[:7]).id == ask.id
    with pytest.raises(Refused):
        send(roz, lines[7:])
    with roz.acts(roz.client):
        assert still_waiting(ask) == 7
        choose_way(ask_id=ask.id, way="page", by=roz.client)
        answers = [given(roz, each, "not_now" if n else "yes") for n, each in enumerate(lines[:7])]
        assert len(answer_several(plan_id=roz.plan_id, answers=answers, by=roz.client)) == 7
    with roz.acts(roz.therapist):
        assert running_ask(roz.plan_id) is None
    assert send(roz, lines[7:]).id != ask.id


def test_all_or_none_and_a_line_that_moved_is_a_conflict(roz: Room) -> None:
    """PLAN-15."""
    one, two = offers(roz, 2)
    send(roz, [one, two])
    roz.reword(two, homework("Something else entirely"), roz.therapist)
    with roz.acts(roz.client), pytest.raises(Conflict):
        answer_several(plan_id=roz.plan_id, answers=[given(roz, one, "yes"), given(roz, two, "yes")], by=roz.client)
    assert roz.standing(one).in_force_id is None


def test_taking_a_sheet_back_takes_back_the_asking_alone(roz: Room) -> None:
    lines = offers(roz, 2)
    ask = send(roz, lines)
    with roz.acts(roz.therapist):
        withdraw_ask(ask_id=ask.id, by=roz.therapist)
        assert running_ask(roz.plan_id) is None
    with roz.acts(roz.client), pytest.raises(Refused):
        choose_way(ask_id=ask.id, way="one", by=roz.client)
    roz.answer(lines[0], "yes", roz.client)
    assert roz.standing(lines[0]).in_force_id == lines[0].id


def test_only_staff_send_and_only_open_wordings_of_this_plan(roz: Room, room: Room) -> None:
    (line,) = offers(roz, 1)
    with pytest.raises(Refused):
        send(roz, [line], by=roz.client)
    theirs = room.propose(therapy(), room.therapist)
    with pytest.raises(Refused):
        send(roz, [theirs])
    roz.answer(line, "no", roz.client)
    with pytest.raises(Refused):
        send(roz, [line])
    with roz.acts(roz.therapist), pytest.raises(NotYours):
        send_ask(plan_id=room.plan_id, revision_ids=[theirs.id], by=roz.therapist)


FORGED = {
    "an eighth line": "update plans_ask_line set position = 7",
    "the client's way, by staff": "update plans_ask set way = 'page', way_at = guard.now(), way_by_id = %(therapist)s",
    "another sender": "update plans_ask set sent_by_id = %(client)s",
    "a line nobody proposed": "insert into plans_ask_line select gen_random_uuid(), client_id, practice_id, 5, ask_id, "
    "item_id, gen_random_uuid() from plans_ask_line",
}


@pytest.mark.parametrize("what", FORGED)
def test_the_database_keeps_asking_honest(roz: Room, what: str) -> None:
    (line,) = offers(roz, 1)
    send(roz, [line])
    people = {"therapist": str(roz.therapist.person_id), "client": str(roz.client.person_id)}
    with roz.acts(roz.therapist), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORGED[what], people)
    with roz.acts(roz.therapist):
        assert AskLine.objects.get().position == 0
        assert not Answer.objects.filter(how="own_hand_portal").exists()


def test_the_pace_is_the_clients_own_to_set(roz: Room) -> None:
    """PLAN-20."""
    with roz.acts(roz.client):
        assert set_pace(client_id=roz.client_id, pace="slower", said_how="own_hand_portal", by=roz.client).by_id
