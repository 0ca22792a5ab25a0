"""API-1: the document is what the code says, and each of its examples is what the program takes and gives."""

from pathlib import Path

import pytest
import yaml

from careplan.api.document import document, operations
from plans.api import examples
from tests.billing.town import DAY

pytestmark = pytest.mark.django_db
COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
WORDS = ("client_words", "clinical_wording", "notes", "content", "title", "label", "own_words")


def test_the_committed_document_is_the_one_in_force():
    """API-1: `manage.py spectacular --file docs/openapi.yaml` after a change."""
    assert yaml.safe_load(COMMITTED.read_text(encoding="utf-8")) == document()


def test_no_field_could_hold_a_clients_words():
    """BILL-1, BILL-7: no name of a clinical field, and no string without a limit, a pattern or a format."""
    for name, schema in document()["components"]["schemas"].items():
        if name == "Problem":
            continue
        for field, said in schema.get("properties", {}).items():
            assert field not in WORDS, (name, field)
            kinds = said.get("type", "")
            if "string" in (kinds if isinstance(kinds, list) else [kinds]):
                assert {"maxLength", "pattern", "format", "enum"} & set(said) or field == "manifest", (name, field)


def shape(body):
    """Names and nesting, without values."""
    if isinstance(body, dict):
        return {name: shape(part) for name, part in body.items()}
    return [shape(body[0])] if isinstance(body, list) and body else type(body) is list


def same_shape(answer, example):
    if isinstance(answer, dict) and isinstance(example, dict):
        assert set(answer) == set(example)
        for name in answer:
            same_shape(answer[name], example[name])
    elif isinstance(answer, list) and isinstance(example, list) and answer and example:
        same_shape(answer[0], example[0])


def test_every_operation_has_an_example_that_is_true(town, software):
    """API-1: what the document shows is sent, and what comes back has the same fields."""
    _, charge = town.billable("roz")
    roz, one = f"billing/clients/{town['roz']}", f"billing/clients/{town['roz']}/charges/{charge.id}"
    tag = software.get(roz)["ETag"]
    sent = {
        "readiness": (software.get(f"billing/readiness?client={town['roz']}&on={DAY}"), examples.READINESS),
        "clients": (software.get("billing/clients"), examples.CLIENTS),
        "client": (software.get(roz), examples.CLAIM),
        "set_external_id": (
            software.put(f"{roz}/external-ids/claims", examples.EXTERNAL_ID, If_Match=tag),
            examples.CLAIM,
        ),
        "charges": (software.get("billing/charges"), examples.CHARGES),
        "charge": (software.get(one), examples.CHARGE_BODY),
        "post_result": (software.post(f"{one}/results", examples.RESULT, "k1"), examples.RESULT_MADE),
        "evidence": (software.get(f"{one}/evidence"), examples.EVIDENCE),
        "events": (software.get("events"), examples.FEED),
    }
    assert set(sent) == {operation.name for operation in operations()}
    for name, (answer, example) in sent.items():
        assert answer.status_code in (200, 201), (name, answer.content)
        same_shape(answer.json(), example)


def test_the_page_shows_every_operation_without_anybody_elses_scripts(client):
    """API-1: served from here, under the same policy as every page."""
    page = client.get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert all(operation.path in text for operation in operations())
    assert "<script" not in text.replace('<script src="/static/', "")
    assert client.get("/api/openapi.json").json()["openapi"] == "3.1.0"
