"""The demo's Roz finds something true on every page of her plan, and Imani on the practice's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from careplan.access.actor import Actor
from plans.content.rhythm import Duration
from plans.demo.own_hand import seed_own_hand
from tests.plans.room import Room, goal, therapy
from tests.plans_portal.mine import Mine, text_of
from tests.signed_in import browser


@dataclass
class Town:
    room: Room
    data: dict[str, Any]

    @property
    def clients(self) -> dict[str, UUID]:
        return {"roz": self.room.client_id}

    def lead_of(self, client: str) -> Actor:
        return self.room.therapist


def test_roz_and_imani_have_something_on_every_page(roz: Room, mine: Mine) -> None:
    for words in ("Ride the 14 to work like it’s just a bus.", "Sleep through and stop lying there", "Tell my manager"):
        roz.propose(goal(words), roz.client)
    roz.propose(therapy("Letter to the insurer about more sessions"), roz.client)
    ladder = roz.propose(therapy("Step ladder on the real bus", duration=Duration(12, "sessions")), roz.client)
    roz.answer(ladder, "yes", roz.therapist)
    seed_own_hand(Town(roz, {"password": "lantern canal orchard"}))
    home = mine.home()
    assert "2 suggestions to answer" in home
    assert "One line changed since you agreed" in home
    assert "Imani has 7 days left to answer." in home
    assert "Ask for my rota by Monday noon" in text_of(mine.get("plan"))
    assert "came into force" in text_of(mine.get("history"))
    assert text_of(mine.get("together")).count('class="answers answers-4') == 4
    assert "7 days left" in text_of(browser(roz.therapist.person_id).get("/practice/proposals/"))
