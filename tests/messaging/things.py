"""What exists of a client's messages and resources, for the matrix of addresses."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from careplan.access.actor import client_actor
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.access.seam import acting, opened
from messaging.library import library
from messaging.models import Resource
from messaging.services.offers import Offer, offer_resources
from messaging.services.own import add_own
from messaging.services.sessions import When, Where, book_session
from messaging.services.thread import send_message
from tests.messaging.conftest import says_yes_to_messages
from tests.world import actor

LONDON = ZoneInfo("Europe/London")
CARE = {"wren", "imani", "nadia", "sunniva", "teo", "odile"}
STAFF_PAGES_BY_JOB = {
    "messaging:session": {"wren", "nadia", "sunniva", "sol", "petra"},
    "messaging:inbox": CARE,
    "messaging:hours": CARE,
}
KEYS = {"token": "bm90LW91cnM", "piece": "what-panic-does"}
BEYOND_THEIR_ROLE = {
    ("sunniva", "messaging:resources"),
    ("sunniva", "messaging:offer"),
}


def things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    with opened(by, clients=[client_id], classes={DataClass.MESSAGE, DataClass.PLAN, DataClass.CONSENT}, via="test"):
        says_yes_to_messages(client_id, by)
        send_message(client_id=client_id, text=f"A word to {key}.", key=uuid4(), by=by)
        pieces = tuple(piece.key for piece in library()[:2])
        offer_resources(client_id=client_id, offer=Offer(pieces=pieces, note="For you.", worry="The nights"), by=by)
        resource_id = Resource.objects.filter(client_id=client_id).first().id
        client = client_actor(person_id=Member.objects.get(client_id=client_id).person_id)
    with opened(client, clients=[client_id], classes={DataClass.MESSAGE, DataClass.PLAN}, via="test"):
        own = add_own(client_id=client_id, title=f"Something of {key}’s", text="", shown=True, by=client)
    with acting(by):
        past = datetime.now(LONDON).replace(hour=9, minute=0) - timedelta(days=2)
        (session_id,) = book_session(
            client_id=client_id,
            clinician_id=world[lead],
            when=When(past.date(), past.time(), 50),
            where=Where(),
            zone=LONDON,
            by=by,
        )
    return {"session_id": session_id, "resource_id": resource_id, "own_id": own.id}
