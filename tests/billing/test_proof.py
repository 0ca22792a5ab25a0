"""BILL-3, BILL-8, PLAN-8: proof of agreement that anybody can check, and claim facts field by field."""

import json
import subprocess
from datetime import date, datetime, timedelta
from shutil import which
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from careplan.access.classes import DataClass
from careplan.canonical import sha256_hex
from careplan.signing import verify_seal
from clients.models import How
from clients.services.about import AboutChanges, update_about
from clients.services.contact import ContactRules, update_contact
from plans.models import SignatureRequest, Version, VersionNumber
from plans.services.billing import update_billing_details
from plans.services.signing import Signing, ask_to_sign, sign
from tests.plans.room import Room, room_of

pytestmark = pytest.mark.django_db
WORDS = "Take the bus to the market by herself"
TODAY = datetime.now(ZoneInfo("Europe/London")).date()


@pytest.fixture
def room(town):
    room = room_of(town.world, "roz", "imani")
    room.agreed_goal(WORDS)
    return room


@pytest.fixture
def proof(town, software, room):
    """What the evidence for today's session says."""
    town.permits("roz")
    town.service()
    town.diagnosed("roz")
    charge = town.kept("roz", on=TODAY)
    return lambda: software.get(f"billing/clients/{town['roz']}/charges/{charge.id}/evidence")


def latest(room: Room) -> Version:
    with room.acts(room.therapist):
        return Version.objects.order_by("-sequence")[0]


def test_the_proof_is_about_one_version_numbered_for_billing_and_sealed(proof, room):
    """BILL-3, PLAN-8: version, hashes, signature facts and the practice's seal over exactly that version; no words."""
    answer, version = proof(), latest(room)
    said = answer.json()
    assert (said["plan"], said["version"]) == (str(room.plan_id), version.sequence)
    assert (said["sha256"], said["manifest"]) == (version.sha256, version.manifest)
    assert said["sha256"] == sha256_hex(said["manifest"])
    assert said["previous_sha256"] == (version.previous_sha256 or None)
    assert said["signature"] == {"status": "not_offered", "signers": []}
    sealed = json.loads(said["seal"]["text"])
    assert (sealed["version"], sealed["number"], sealed["why"]) == (version.sha256, said["seal"]["number"], "billing")
    key = bytes.fromhex(said["seal"]["public_key"])
    assert verify_seal(said["seal"]["text"], said["seal"]["signature"], public_key=key)
    assert not verify_seal(said["seal"]["text"] + " ", said["seal"]["signature"], public_key=key)
    assert WORDS not in answer.text


def test_reading_it_again_gives_no_second_number(proof, room):
    """PLAN-8: a version gets one number once, and billing has no name among people: the event says which software."""
    assert proof().json()["seal"] == proof().json()["seal"]
    with room.acts(room.therapist):
        (number,) = VersionNumber.objects.filter(client_id=room.client_id)
    assert (number.number, number.why, number.by_id) == (1, "billing", None)


@pytest.mark.skipif(not all(map(which, ("jq", "openssl", "xxd", "sha256sum"))), reason="jq, openssl, xxd, sha256sum")
def test_the_commands_it_lists_really_check_it(proof, tmp_path):
    """BILL-3: copied into a shell they say the hash and that the seal is true; of another text, that it is not."""
    said = proof().json()

    def run(body):
        (tmp_path / "evidence.json").write_text(json.dumps(body), encoding="utf-8")
        ran = [
            subprocess.run(["bash", "-c", each], cwd=tmp_path, capture_output=True, text=True)
            for each in said["verify"]
        ]
        return ran[0].stdout.split()[0], ran[-1].returncode

    assert run(said) == (said["sha256"], 0)
    forged = said | {"seal": said["seal"] | {"text": said["seal"]["text"].replace('"number":1', '"number":2')}}
    assert run(forged)[1] != 0


def test_a_signature_counts_for_its_own_plan_from_its_own_moment(proof, room):
    """BILL-1, PLAN-11: what was signed later, or in another plan, is not how that day stood."""
    before = datetime.now(ZoneInfo("UTC"))
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        request = SignatureRequest.objects.get(signer_id=room.client.person_id)
    with room.acts(room.client):
        sign(request_id=request.id, said=Signing("mine", name="Roz"), by=room.client)
    said = proof().json()["signature"]
    assert said["status"] == "signed"
    assert [(each["role"], each["version"]) for each in said["signers"]] == [("client", latest(room).sequence)]

    def status(plan, at):
        with room.acts(room.therapist), connection.cursor() as cursor:
            cursor.execute("select status from guard.plans_signature_status(%s, %s, %s)", [room.client_id, plan, at])
            return cursor.fetchone()[0]

    soon = before + timedelta(hours=1)
    assert status(room.plan_id, soon) == "signed"
    assert status(room.plan_id, before) == "not_offered"
    assert status(room.client_id, soon) == "not_offered"


def test_claim_facts_are_these_and_no_others(town, software):
    """BILL-8: name, birth date, address, administrative sex, coverages, the recipient's own ids. No way to reach."""
    with town.at_work("roz", DataClass.IDENTITY, DataClass.CONTACT, DataClass.BILLING) as by:
        named = AboutChanges(legal_name="Rosalind Achterberg", birth_date=date(1991, 3, 9))
        update_about(client_id=town["roz"], changes=named, how=How.SAID_IN_SESSION, by=by)
        reach = ContactRules(email="roz@example.test", phone="+447700900123")
        update_contact(client_id=town["roz"], rules=reach, by=by)
        address = {"address": "12 Mill Lane\nLinden", "administrative_sex": "female"}
        update_billing_details(client_id=town["roz"], by=by, **address)
    town.permits("roz")
    town.covered("roz", starts_on=date(2026, 1, 1))
    roz = f"billing/clients/{town['roz']}"
    software.put(f"{roz}/external-ids/claims", {"value": "C-1042"}, If_Match=software.get(roz)["ETag"])
    answer = software.get(roz)
    said = json.loads(answer.text)
    (coverage,) = said.pop("coverages")
    del coverage["id"]
    assert said == {
        "client": str(town["roz"]),
        "legal_name": "Rosalind Achterberg",
        "birth_date": "1991-03-09",
        **address,
        "external_ids": [{"system": "claims", "value": "C-1042"}],
    }
    assert coverage == {
        "payer": "Invented Mutual",
        "payer_id": "INV01",
        "member_id": "ROZ-1",
        "subscriber": "",
        "relation": "self",
        "rank": 1,
        "starts_on": "2026-01-01",
        "ends_on": None,
    }
    listed = software.get("billing/clients").json()["clients"]
    assert listed == [answer.json()]
    assert "roz@example.test" not in answer.text
    assert "7700900123" not in answer.text
