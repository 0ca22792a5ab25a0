"""API-1, API-2: whatever software sends, the interface answers what its document says, and never with a 5xx.

Each operation is sent generated requests, right ones and wrong ones, made by schemathesis of the document. The suite
sends few and always the same; `make fuzz` (FUZZ_CASES=2000) sends many.
"""

import os
from uuid import uuid4

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from careplan.api.document import operations
from tests.billing.town import DAY, RECIPIENT, Software, Town

pytestmark = pytest.mark.committed
CASES = int(os.environ.get("FUZZ_CASES", "90"))
"""Of all operations together."""
CHECKS = [
    *(not_a_server_error, status_code_conformance, content_type_conformance),
    *(response_headers_conformance, response_schema_conformance),
]
SEEN_OPERATIONS = {operation.name for operation in operations()}


@pytest.fixture
def known(world, settings):
    """A record with everything in it, software that may read it, and the ids of both."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    town = Town(world)
    _, charge = town.billable("roz")
    software = Software(town.let_in(recipient=RECIPIENT))
    roz = software.get(f"billing/clients/{town['roz']}")
    return {
        "path": {"client_id": str(town["roz"]), "charge_id": str(charge.id), "system": "claims"},
        "query": {"client": str(town["roz"]), "on": str(DAY)},
        "headers": {"if-match": roz["ETag"]},
        "token": software.raw,
    }


def aimed(case, known, real):
    """The case, at a record that exists when it is to be real, with a token and a key of its own."""
    if real:
        headers = known["headers"] | {"idempotency-key": str(uuid4())}
        case.path_parameters = {name: known["path"].get(name, kept) for name, kept in case.path_parameters.items()}
        case.query = {name: known["query"].get(name, kept) for name, kept in case.query.items()}
        case.headers = {name: headers.get(name.lower(), kept) for name, kept in case.headers.items()}
    return case


def test_nothing_that_is_sent_is_answered_otherwise_than_the_document_says(known):
    """API-1, API-2: no undocumented status, header, type or field; no 5xx."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    found = {each.ok().definition.raw["operationId"]: each.ok() for each in schema.get_all_operations()}
    assert set(found) == SEEN_OPERATIONS
    each = max(CASES // len(found), 1)
    statuses = {}
    for name, operation in found.items():
        sends(name, operation, known, each, statuses)
    assert {200, 201, 400, 404, 422} <= set(statuses), statuses


def sends(name, operation, known, cases, statuses):
    modes = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]

    @settings(
        max_examples=cases,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(*modes), real=st.sampled_from([True, True, False]))
    def one(case, real):
        answer = aimed(case, known, real).call(headers={"Authorization": f"Bearer {known['token']}"})
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        case.validate_response(answer, checks=CHECKS)

    one()
