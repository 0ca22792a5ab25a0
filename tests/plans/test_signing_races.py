"""PLAN-15: signing twice, and signing what is being replaced: exactly one winner."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from careplan.access.actor import client_actor
from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.errors import Conflict
from plans.models import Signature, SignatureRequest
from plans.services.answers import answer_item
from plans.services.signing import Signing, ask_to_sign, sign
from tests.plans.room import Room, room_of, therapy

pytestmark = pytest.mark.committed
MINE = Signing("mine", name="Roz")


def asked(room: Room) -> SignatureRequest:
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        return SignatureRequest.objects.get(signer_id=room.client.person_id)


def test_of_two_devices_that_sign_at_once_one_signature_comes(world):
    """Neither device is told of an error."""
    room = room_of(world, "roz", "imani")
    room.agreed_goal()
    request = asked(room)

    def device(_):

        by = client_actor(person_id=room.client.person_id)
        try:
            with opened(by, clients=[room.client_id], classes=[DataClass.PLAN], via="test"):
                return sign(request_id=request.id, said=MINE, by=by).id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(device, range(8)))
    assert len(made) == 1


def test_of_signing_and_replacing_at_once_one_wins(world):
    """Either the old words are signed and then replaced, or the signature is refused."""

    room = room_of(world, "roz", "imani")
    old = room.agreed_intervention("Step ladder on the real bus")
    request = asked(room)
    newer = room.reword(old, therapy("Step ladder, with Jess first"), room.therapist)

    def does(what):
        by = client_actor(person_id=room.client.person_id)
        try:
            with opened(by, clients=[room.client_id], classes=[DataClass.PLAN], via="test"):
                if what == "sign":
                    return sign(request_id=request.id, said=MINE, by=by) is not None
                return answer_item(revision_id=newer.id, choice="yes", by=by) is not None
        except Conflict:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        signed, answered = pool.map(does, ("sign", "answer"))
    assert answered
    with room.acts(room.therapist):
        assert Signature.objects.exists() == signed
