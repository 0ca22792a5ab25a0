"""One example for each operation. They are in the document, and a test sends every one of them (API-1)."""

from __future__ import annotations

from typing import Any

CLIENT = "0198f3a2-7c1e-7b04-9d55-3f6a1c2e8b10"
CHARGE = "0198f3b0-11aa-7c3d-8e21-9b7f5d0c4a22"
PLAN = "0198f3a2-9f00-7d11-a6c2-51e0c9d37f42"
PERSON = "0198f39f-02bd-7e55-b1a4-6c8d2f9e0a13"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

SIGNATURE: dict[str, Any] = {
    "status": "signed",
    "signers": [{"role": "client", "at": "2026-05-04T14:12:00Z", "version": 4, "sha256": HASH}],
}
READINESS: dict[str, Any] = {
    "client": CLIENT,
    "on": "2026-05-04",
    "ready": True,
    "reasons": [{"code": "review_overdue", "effect": "note"}],
    "profile": "plain",
    "plan": {
        "on_file": True,
        "id": PLAN,
        "version": 4,
        "number": 3,
        "sha256": HASH,
        "effective_from": "2026-04-28T09:40:00Z",
        "review_due": "2026-05-01",
        "agreed": 5,
        "open": 1,
        "declined": 0,
    },
    "signature": SIGNATURE,
    "diagnoses": [{"system": "icd_10_cm", "code": "F41.1", "primary": True}],
    "sessions": [{"charge": CHARGE, "service_code": "S50", "modifier": ""}],
    "authorisations": [],
    "restrictions": [],
    "consent": {"active": True, "until": "2027-05-01T00:00:00Z"},
}
CLAIM: dict[str, Any] = {
    "client": CLIENT,
    "legal_name": "Rosalind Achterberg",
    "birth_date": "1991-03-09",
    "address": "12 Mill Lane\nLinden",
    "administrative_sex": "female",
    "coverages": [
        {
            "id": "0198f3aa-5d10-7a3e-9a77-0c4bb2d1f6e8",
            "payer": "Invented Mutual",
            "payer_id": "INV01",
            "member_id": "ROZ-1991",
            "subscriber": "",
            "relation": "self",
            "rank": 1,
            "starts_on": "2026-01-01",
            "ends_on": None,
        }
    ],
    "external_ids": [{"system": "claims", "value": "C-1042"}],
}
CHARGE_BODY: dict[str, Any] = {
    "id": CHARGE,
    "client": CLIENT,
    "session": None,
    "corrects": None,
    "service_on": "2026-05-04",
    "starts_at": "2026-05-04T09:00:00Z",
    "minutes": 50,
    "service_code": "S50",
    "modifier": "",
    "units": 1,
    "place": "11",
    "fee": "165.00",
    "currency": "GBP",
    "diagnoses": ["F41.1"],
    "rendering": {"id": PERSON, "npi": "1234567893", "licence": "L-204"},
    "supervising": None,
    "authorisation": None,
    "state": "billable",
    "state_at": "2026-05-04T10:02:00Z",
}
CURSOR = "AQJrMRk1vYk3…"
CLIENTS: dict[str, Any] = {"clients": [CLAIM], "next": None}
CHARGES: dict[str, Any] = {"charges": [CHARGE_BODY], "next": None}
EXTERNAL_ID: dict[str, Any] = {"value": "C-1042"}
RESULT: dict[str, Any] = {
    "outcome": "billed",
    "adjudication_codes": [],
    "payer_control_number": "PCN-88",
    "allowed": "150.00",
    "decided_on": "2026-05-20",
}
RESULT_MADE: dict[str, Any] = {"id": "0198f3c4-2b60-7f18-8d0e-77a9e1b3c5d6", "charge": CHARGE}
EVIDENCE: dict[str, Any] = {
    "client": CLIENT,
    "charge": CHARGE,
    "service_on": "2026-05-04",
    "plan": PLAN,
    "version": 4,
    "effective_from": "2026-04-28T09:40:00Z",
    "manifest": '{"items":[…ids and hashes…],"schema":"careplan.version/1"}',
    "sha256": HASH,
    "previous_sha256": HASH,
    "signature": SIGNATURE,
    "seal": None,
    "verify": ["jq -j .manifest evidence.json | sha256sum"],
}
FEED: dict[str, Any] = {
    "events": [
        {
            "id": "0198f3a3-1c2d-7e3f-8a4b-5c6d7e8f9a0b",
            "kind": "plan.version",
            "client": CLIENT,
            "object": PLAN,
            "version": 4,
            "sha256": HASH,
            "at": "2026-04-28T09:40:00Z",
        }
    ],
    "next": CURSOR,
    "more": False,
}
