"""The demo's people have written to each other, through the services (issue 4)."""

from __future__ import annotations

from dataclasses import dataclass

from messaging.demo.seeding import seed_talk
from plans.services.items import propose_item
from tests.messaging.conftest import Talk
from tests.plans.room import goal
from tests.world import actor


@dataclass
class Town:
    world: dict
    clients: dict

    def actor(self, key):
        return actor(self.world, key)

    def lead_of(self, client):
        return self.actor("imani")


def test_roz_has_a_thread_and_something_offered(talk: Talk) -> None:
    line = talk.a_goal()
    with talk.acts(talk.roz):
        sleep = "Sleep through and stop lying there doing tomorrow in my head."
        propose_item(plan_id=line.item.plan_id, content=goal(sleep), by=talk.roz)
    seed_talk(Town(talk.world, {"roz": talk.client_id}))
    written = [said.who for said in talk.thread(talk.roz).said if not said.automatic]
    resources = talk.resources(talk.imani)
    assert written == ["Roz", "Imani", "Roz", "Imani"]
    assert [each.piece.title for each in resources.before_the_client] == ["When sleep won’t come"]
    assert {each.piece.title: each.read for each in resources.kept} == {
        "What panic does and doesn’t do": True,
        "Build your own ladder": None,
        "Asking for what you need": None,
    }
    assert [own.title for own in resources.own] == ["My running log, week 1 to 4"]
