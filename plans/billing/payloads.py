"""From facts to what is sent. The client's own page shows these very payloads (“See exactly what billing sees”)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from plans.billing.serializers import ChargeSerializer, ClaimFactsSerializer, EvidenceSerializer, ReadinessSerializer
from plans.models import Charge
from plans.selectors.readiness import Readiness

Facts = Mapping[str, Any]
NO_CONSENT = {"active": False, "until": None}
VERIFY = [
    "jq -j .manifest evidence.json | sha256sum",
    "jq -j .seal.text evidence.json > seal.txt",
    "jq -r .seal.signature evidence.json | base64 -d > seal.sig",
    "(printf 302a300506032b6570032100; jq -r .seal.public_key evidence.json) | xxd -r -p > key.der",
    "openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in seal.txt -sigfile seal.sig",
]


def readiness_payload(found: Readiness) -> dict[str, Any]:
    """One day's readiness."""
    facts = found.facts
    said = {
        "client": found.client_id,
        "on": found.on,
        "ready": found.ready,
        "reasons": [{"code": why.code, "effect": why.effect} for why in found.reasons],
        "profile": found.profile,
        "plan": facts["plan"],
        "signature": facts["signature"],
        "diagnoses": facts["diagnoses"],
        "sessions": facts["sessions"],
        "authorisations": facts["authorisations"],
        "restrictions": facts["restrictions"],
        "consent": facts["consent"] or NO_CONSENT,
    }
    return as_sent(ReadinessSerializer, said)


def claim_payload(client_id: UUID, facts: Facts) -> dict[str, Any]:
    """What a claim says about a client."""
    return as_sent(ClaimFactsSerializer, {"client": client_id, **facts})


def charge_payload(row: Charge) -> dict[str, Any]:
    """One charge."""
    said = {
        "id": row.id,
        "client": row.client_id,
        "session": row.session_id,
        "corrects": row.corrects_id,
        "diagnoses": row.diagnosis_codes,
        "rendering": {"id": row.rendering_id, "npi": row.rendering_npi, "licence": row.rendering_licence},
        "supervising": _supervising(row),
        "authorisation": row.authorisation_id,
    }
    kept = (
        *("service_on", "starts_at", "minutes", "service_code", "modifier", "units", "place", "fee", "currency"),
        *("state", "state_at"),
    )
    return as_sent(ChargeSerializer, said | {name: getattr(row, name) for name in kept})


def evidence_payload(client_id: UUID, row: Charge, facts: Facts) -> dict[str, Any]:
    """The proof of agreement for one charge's day."""
    about = {"client": client_id, "charge": row.id, "service_on": row.service_on, "verify": VERIFY}
    return as_sent(EvidenceSerializer, about | dict(facts))


def as_sent(serializer: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a serializer, filled, and nothing beside them."""
    sent: dict[str, Any] = dict(serializer(said).data)
    return sent


def _supervising(row: Charge) -> dict[str, Any] | None:
    if row.supervising_id is None:
        return None
    return {"id": row.supervising_id, "npi": row.supervising_npi, "licence": row.supervising_licence}
