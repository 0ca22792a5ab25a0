"""What exists in a client's record of the clients app, for the matrix of addresses."""

from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship, Decider
from careplan.access.seam import opened
from clients.consents.cards import card_texts
from clients.models import Hidden, How
from clients.selectors.quiet import quiet_now
from clients.services.diagnoses import Called, record_diagnosis
from clients.services.people import Around, add_person_around
from clients.services.quiet import tuck_away
from tests.world import actor

KEYS = {"card_key": card_texts().cards[0].key, "token": "no-such-link"}
BEYOND_THEIR_ROLE = {
    ("sunniva", "clients:contact"),
    ("sunniva", "clients:person"),
    ("sunniva", "clients:diagnosis"),
    ("sunniva", "clients:tuck"),
}
STAFF_PAGES_BY_JOB = {
    "clients:add": {"wren", "imani", "nadia", "sunniva", "teo", "odile"},
    "clients:nobody_leads": {"petra", "odile"},
}


def things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    classes = {DataClass.IDENTITY, DataClass.NOTE, DataClass.PLAN, DataClass.SAFETY}
    with opened(by, clients=[client_id], classes=classes, via="test"):
        tuck_away(client_id=client_id, kind=Hidden.ORGANISATION, key="Somewhere", how=How.SAID_IN_SESSION, by=by)
        return {
            "tucked_id": quiet_now(client_id).tucked[0].id,
            "person_around_id": add_person_around(client_id=client_id, around=Around(name="Somebody"), by=by),
            "diagnosis_id": record_diagnosis(client_id=client_id, called=Called("Something"), shared=False, by=by),
            "decider_id": Decider.objects.filter(client_id=client_id).first().id,
            "relationship_id": CareRelationship.objects.filter(client_id=client_id).first().id,
        }
