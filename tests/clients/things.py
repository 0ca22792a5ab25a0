"""What exists in a client's record of the clients app, for the matrix of addresses."""

from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship
from careplan.access.seam import opened
from clients.consents.cards import card_texts
from clients.services.people import Around, add_person_around
from tests.world import actor

KEYS = {"card_key": card_texts().cards[0].key}
BEYOND_THEIR_ROLE = {("sunniva", "clients:contact"), ("sunniva", "clients:person")}
STAFF_PAGES_BY_JOB = {"clients:add": {"wren", "imani", "nadia", "sunniva", "teo", "odile"}}


def things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    with opened(by, clients=[client_id], classes={DataClass.IDENTITY}, via="test"):
        return {
            "person_around_id": add_person_around(client_id=client_id, around=Around(name="Somebody"), by=by),
            "relationship_id": CareRelationship.objects.filter(client_id=client_id).first().id,
        }
