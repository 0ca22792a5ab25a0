"""The head that lists read says what the plan says (ACC-2a); drafts are kept and private (UI-5)."""

from __future__ import annotations

from datetime import date

from careplan.access.actor import staff_actor
from careplan.access.seam import acting
from plans.models import Answer, Draft, ItemRevision, Party, Plan, PlanHead, Standing, Version
from plans.services.drafts import drop_draft, load_draft, save_draft
from tests.plans.room import Room, goal, homework, look_again, objective, strength, therapy


def rebuilt(room: Room) -> dict:
    """The head again, from the standing and the raw answers, without the code that writes it."""
    with room.acts(room.therapist):
        plan = Plan.objects.get(id=room.plan_id)
        rows = list(Standing.objects.filter(plan_id=plan.id))
        answers = list(Answer.objects.order_by("number"))
        parties = list(Party.objects.all())
        content = dict(ItemRevision.objects.values_list("id", "content"))
        versions = Version.objects.filter(plan=plan).count()
    open_ids = {row.open_id for row in rows if row.open_id}

    def unsaid(party: Party) -> bool:
        heard = [
            a.choice
            for a in answers
            if a.revision_id == party.revision_id
            and (
                a.person_id == party.person_id
                or (party.kind == "therapist" and a.role_held in ("lead", "co_therapist"))
            )
        ]
        return heard[-1:] != ["yes"]

    waits = {
        kind: {p.revision_id for p in parties if p.kind == kind and p.revision_id in open_ids and unsaid(p)}
        for kind in ("decider", "therapist")
    }
    days = [content[row.in_force_id]["on"] for row in rows if row.effective and row.statement_type == "look_again"]
    return {
        "plan_id": plan.id,
        "status": plan.status,
        "agreed": len([row for row in rows if row.effective]),
        "waiting": len([row for row in rows if row.waiting]),
        "declined": len([row for row in rows if row.off_choice]),
        "open_count": len([row for row in rows if not row.in_force_id and not row.off_choice]),
        "with_client": len(waits["decider"]),
        "with_therapist": len(waits["therapist"]),
        "versions": versions,
        "look_again_on": date.fromisoformat(min(days)) if days else None,
    }


def test_the_head_is_what_the_plan_says(room: Room) -> None:
    mine = room.agreed_goal()
    child = room.agreed_intervention("Step ladder", parent=mine.item_id)
    room.reword(child, therapy("Two-step ladder", parent=mine.item_id), room.therapist)
    room.propose(objective("72 hours’ notice"), room.client)
    declined = room.propose(homework(), room.client)
    room.propose(look_again(), room.client)
    room.propose(strength(), room.client)
    for step in (
        lambda: room.answer(declined, "not_now", room.client),
        lambda: room.answer(mine, "no", room.client),
        lambda: room.propose(goal("Another goal"), room.client),
        lambda: room.answer(mine, "yes", room.client),
    ):
        step()
        with room.acts(room.therapist):
            head = PlanHead.objects.filter(client_id=room.client_id).values(*HEAD).get()
        assert head == rebuilt(room)


HEAD = [
    *("plan_id", "status", "agreed", "waiting", "declined", "open_count"),
    *("with_client", "with_therapist", "versions", "look_again_on"),
]


def test_lists_read_the_head_without_opening_the_record(room: Room) -> None:
    """ACC-2a: counts, codes and dates for those who are related; nothing for anybody else."""
    room.agreed_goal()
    fresh = staff_actor(person_id=room.therapist.person_id, practice_id=room.practice_id)
    with acting(fresh):
        assert PlanHead.objects.get(client_id=room.client_id).agreed == 1
        assert not ItemRevision.objects.exists()
        assert not Standing.objects.exists()


def test_nothing_typed_is_lost_and_nobody_else_reads_it(room: Room, world: dict) -> None:
    """UI-5."""
    with room.acts(room.therapist):
        save_draft(client_id=room.client_id, key="item:new", content={"what": "half a th"}, by=room.therapist)
        save_draft(client_id=room.client_id, key="item:new", content={"what": "half a thought"}, by=room.therapist)
        assert load_draft(client_id=room.client_id, key="item:new", by=room.therapist) == {"what": "half a thought"}
        assert load_draft(client_id=room.client_id, key="item:other", by=room.therapist) == {}
    with room.acts(room.client):
        assert not Draft.objects.exists()
    with room.acts(room.therapist):
        drop_draft(client_id=room.client_id, key="item:new", by=room.therapist)
        assert load_draft(client_id=room.client_id, key="item:new", by=room.therapist) == {}
