"""BILL-1: readiness is facts without words, and blocks only for what the payer's profile says."""

import json

import pytest

from tests.billing.town import DAY, Software

pytestmark = pytest.mark.django_db


def asked(software, client, on=DAY):
    return software.get(f"billing/readiness?client={client}&on={on}")


def test_a_kept_session_with_permission_code_and_diagnosis_is_ready(town, software):
    """BILL-1: nobody signed anything and there is no plan: that is a note, and the session can be billed."""
    town.billable("roz")
    answer = asked(software, town["roz"])
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert said["ready"] is True
    assert said["diagnoses"] == [{"system": "icd_10_cm", "code": "F41.1", "primary": True}]
    assert {why["effect"] for why in said["reasons"]} == {"note"}
    assert "plan_missing" in {why["code"] for why in said["reasons"]}
    assert said["consent"]["active"] is True


@pytest.mark.parametrize(
    ("missing", "code"),
    [("service", "service_code_missing"), ("diagnosis", "diagnosis_missing"), ("session", "session_not_kept")],
)
def test_each_thing_that_is_missing_blocks_by_its_code(town, software, missing, code):
    """BILL-1: session, service code and diagnosis code block by default."""
    town.permits("roz")
    if missing != "service":
        town.service()
    if missing != "diagnosis":
        town.diagnosed("roz")
    if missing != "session":
        town.kept("roz")
    said = asked(software, town["roz"]).json()
    assert said["ready"] is False
    assert {"code": code, "effect": "blocking"} in said["reasons"]


def test_a_diagnosis_that_was_not_told_to_the_client_is_not_told_to_a_payer(town, software):
    """BILL-1: nobody hears it before the client does."""
    town.permits("roz")
    town.diagnosed("roz", told=False)
    said = asked(software, town["roz"]).json()
    assert said["diagnoses"] == []


@pytest.mark.parametrize(
    ("profile", "blocks"),
    [
        ("plain", set()),
        ("authorised", {"authorisation_missing"}),
        ("plan_on_file", {"plan_missing", "signature_missing"}),
    ],
)
def test_the_payers_profile_decides_what_blocks(town, software, profile, blocks):
    """BILL-1: a plan or a signature blocks only where the payer asks for it."""
    town.permits("roz")
    town.service()
    town.diagnosed("roz")
    town.covered("roz", profile)
    town.kept("roz")
    said = asked(software, town["roz"]).json()
    assert {why["code"] for why in said["reasons"] if why["effect"] == "blocking"} == blocks


def test_a_service_that_comes_before_a_plan_waits_for_none(town, software):
    """BILL-1: never for services that come before a plan."""
    town.permits("roz")
    town.service("INTAKE", before_plan=True)
    town.diagnosed("roz")
    town.covered("roz", "plan_on_file")
    town.kept("roz", "INTAKE")
    assert asked(software, town["roz"]).json()["ready"] is True


def test_an_active_no_stops_it_like_no_permission(town, software):
    """CONS-2, BILL-2: who pays themself is not told to a payer at all."""
    town.billable("roz")
    assert asked(software, town["roz"]).status_code == 200
    town.permits("roz", kind="self_pay")
    assert asked(software, town["roz"]).status_code == 403


def test_unknown_not_permitted_and_elsewhere_look_alike(town, software):
    """ACC-5, BILL-6: who never had the client learns nothing: 404, the same bytes."""
    town.service()
    answers = [
        asked(software, client) for client in (town["roz"], town["maren"], "0198f3a2-7c1e-7b04-9d55-3f6a1c2e8b10")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_withdrawal_stops_the_next_call_and_says_so_to_who_had_the_client(town, software):
    """BILL-6: 403 consent_withdrawn for this recipient; another one that never had them gets 404."""
    consent, _ = town.billable("roz")
    assert asked(software, town["roz"]).status_code == 200
    town.withdraws("roz", consent)
    refused = asked(software, town["roz"])
    assert refused.status_code == 403
    assert refused.json()["type"] == "/api/problems/consent-withdrawn"
    stranger = Software(town.let_in(recipient="Somebody Else"))
    assert asked(stranger, town["roz"]).status_code == 404


def test_the_answer_holds_no_words(town, software):
    """BILL-1, BILL-7: nothing of what was planted in the record is in any answer."""
    town.billable("roz")
    text = json.dumps(asked(software, town["roz"]).json())
    assert "As the therapist calls it" not in text
    assert "Roz" not in text
