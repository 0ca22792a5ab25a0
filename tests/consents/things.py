"""What exists in a client's record of their consents, for the matrix of addresses."""

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from clients.models import ConsentKind
from clients.services.asking import ConsentAsk, offer_consent
from tests.world import actor

BEYOND_THEIR_ROLE = {("sunniva", "clients:consent_ask")}


def things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    with opened(by, clients=[client_id], classes={DataClass.CONSENT}, via="test"):
        ask = ConsentAsk(kind=ConsentKind.CALENDAR)
        return {"consent_id": offer_consent(client_id=client_id, ask=ask, by=by)}
