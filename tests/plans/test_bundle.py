"""A plan that proves itself, with nothing but its file (PLAN-12)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from careplan.access.actor import Purpose
from careplan.canonical import canonical_json
from plans.bundle.schemas import part_hash, parts_of, seal_text
from plans.bundle.verify import verify
from plans.models import SignatureRequest, VersionNumber
from plans.services.bundle import number_for_export, sealed_bundle
from plans.services.signing import Signing, ask_to_sign, sign
from tests.plans.room import EVERYTHING, Room, goal, objective

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bundle(roz: Room) -> str:
    """Roz's plan: a goal reworded and agreed anew, something agreed, something declined; exported."""
    first = roz.agreed_goal()
    roz.agreed_intervention()
    roz.reword(first, goal("Ride the 14 without counting stops.\n“Just a bus.”"), roz.client)
    declined = roz.propose(objective(), roz.therapist)
    roz.answer(declined, "no", roz.client)
    with roz.acts(roz.therapist):
        ask_to_sign(plan_id=roz.plan_id, by=roz.therapist)
    with roz.acts(roz.client):
        request = SignatureRequest.objects.get(signer_id=roz.client.person_id)
        sign(request_id=request.id, said=Signing("parts", name="Roz", notes="Not the stops."), by=roz.client)
    return exported(roz)


def exported(room: Room) -> str:
    with room.acts(room.client):
        number_for_export(client_id=room.client_id, by=room.client)
    with room.acts(replace(room.client, purpose=Purpose.EXPORT)):
        return sealed_bundle(client_id=room.client_id)


def broken(document: dict) -> str:
    found = verify(canonical_json(document).encode())
    assert not found.whole
    return found.broken


def test_an_untouched_file_is_whole_and_says_whose_keys(bundle: str) -> None:
    found = verify(bundle.encode())
    assert (found.broken, found.whole) == ("", True)
    assert (found.counts["versions"], found.counts["numbers"], found.counts["signatures"]) == (3, 1, 1)
    (key,) = found.keys
    assert verify(bundle.encode(), trusted=[key.split()[0]]).whole
    assert "not one that you trust" in verify(bundle.encode(), trusted=["0" * 64]).broken


def test_any_altered_dropped_or_added_byte_is_noticed(bundle: str) -> None:
    """PLAN-12: wherever it is; at places drawn from the whole, and around the key and the last seal."""
    written, chance = bundle.encode(), Random(12)  # noqa: S311 - places, not secrets
    keys, end = written.index(b'"keys"'), len(written)
    places = [chance.randrange(end) for _ in range(150)]
    places += chance.sample(range(keys, keys + 260), 30) + list(range(end - 120, end, 3))
    for place in places:
        flipped = written[:place] + bytes([written[place] ^ chance.choice((1, 2, 4, 16, 32))]) + written[place + 1 :]
        assert not verify(flipped).whole, place
        assert not verify(written[:place] + written[place + 1 :]).whole, place
        assert not verify(written[:place]).whole, place
    assert not verify(written + b"\n").whole
    assert not verify(b"").whole


def test_the_first_broken_link_is_named(bundle: str) -> None:
    """PLAN-12: changed words, a dropped answer, versions in another order, an end that is missing."""

    def changed(alter) -> str:
        document = json.loads(bundle)
        alter(document["body"]["plans"][0])
        return broken(document)

    def words(plan: dict) -> None:
        plan["revisions"][0]["hashed"] = plan["revisions"][0]["hashed"].replace("bus", "tram")

    def readable(plan: dict) -> None:
        plan["versions"][1]["snapshot"]["items"][0]["content"] = {"client_words": "Something else"}

    assert "wording 1 of line" in changed(words)
    assert "answer" in changed(lambda plan: plan["answers"].pop(0))
    assert "version at place 1" in changed(lambda plan: plan["versions"].reverse())
    assert "its readable copy" in changed(readable)
    assert "number 1 for people" in changed(lambda plan: plan["numbers"][0].update(seal="A" * 86 + "=="))
    assert changed(lambda plan: plan["versions"].pop()).startswith("Plan 1, number 1 for people")
    assert "signature" in changed(lambda plan: plan["signatures"][0].update(statement="mine"))
    assert changed(lambda plan: plan["signatures"].pop()) == "plan 1: signatures: it is not what was exported."
    assert changed(lambda plan: plan["items"].pop()) == "plan 1: items: it is not what was exported."


def test_names_and_dates_beside_the_chains_are_held_by_the_seal(bundle: str) -> None:
    document = json.loads(bundle)
    document["body"]["people"][0]["name"] = "Somebody"
    assert broken(document) == "people: it is not what was exported."
    body = document["body"]
    parts = [[name, part_hash(name, value)] for name, value in parts_of(body)]
    document["seal"]["text"] = seal_text(at=body["made_at"], parts=parts)
    assert broken(document) == "The seal: it was not made by this key over this list of parts."


def test_the_same_words_are_not_whole_in_another_spelling(bundle: str) -> None:
    """PLAN-5f: one way to write it, so that nothing hides between the bytes."""
    assert not verify(json.dumps(json.loads(bundle)).encode()).whole
    twice = bundle.replace('{"body":', '{"body":{},"body":', 1)
    assert verify(twice.encode()).broken == "The file: something in it stands twice."


def test_it_is_checked_without_a_database(bundle: str, tmp_path: Path) -> None:
    """PLAN-12: on any machine, by one command, with no settings at all."""
    file = tmp_path / "plan.json"
    file.write_bytes(bundle.encode())
    bare = {"PATH": os.environ["PATH"]}

    def run() -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-c",
            "import sys; from config.console import run; sys.exit(run('verify_plan', sys.argv[1:]))",
        ]
        return subprocess.run([*command, str(file)], cwd=ROOT, env=bare, capture_output=True, text=True)

    said = run()
    assert (said.returncode, said.stdout.split(":")[0]) == (0, "Whole"), said.stderr
    file.write_bytes(bundle.encode().replace(b"bus", b"tra"))
    said = run()
    assert (said.returncode, said.stderr[:21]) == (1, "Broken. First of all:")


def test_a_copy_gives_the_latest_version_its_number_once(roz: Room) -> None:
    """PLAN-8: exported is why; the same copy again gives no second one."""
    roz.agreed_goal()
    assert exported(roz)
    assert exported(roz)
    with roz.acts(roz.client):
        assert [(row.number, row.why) for row in VersionNumber.objects.all()] == [(1, "exported")]


def test_without_a_plan_there_is_still_a_file(world) -> None:
    """Promise 8: nothing agreed, nothing signed, and it still opens."""
    from careplan.access.seam import opened
    from tests.world import client_actor_of

    by = replace(client_actor_of(world, "roz"), purpose=Purpose.EXPORT)
    with opened(by, clients=[world["roz"]], classes=EVERYTHING, via="test"):
        assert verify(sealed_bundle(client_id=world["roz"]).encode()).whole
