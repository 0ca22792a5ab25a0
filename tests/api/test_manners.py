"""API-2 to API-5: problems, versions, keys, cursors, parameters and limits."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from careplan.api.problems import KINDS
from careplan.software import once as sending
from tests.billing.town import DAY, Software, Town

PROBLEM = "application/problem+json"


def results(town, charge):
    return f"billing/clients/{town['roz']}/charges/{charge.id}/results"


@pytest.mark.django_db
def test_everything_that_goes_wrong_is_a_problem_with_a_page_of_its_own(town, software):
    """API-2: unknown addresses, methods, bodies and tokens; no HTML, nothing of what exists."""
    town.billable("roz")
    http, nobody = software.http, Client()
    answers = {
        404: [http.get("/api/nothing/here"), http.get("/api/v1/billing/"), nobody.get("/api/v2/x")],
        401: [nobody.get("/api/v1/events"), Client(headers={"Authorization": "Bearer x"}).get("/api/v1/events")],
        405: [http.delete("/api/v1/events"), http.options("/api/v1/events"), http.post("/api/v1/billing/clients")],
        406: [http.get("/api/v1/events", headers={"Accept": "text/html"})],
        415: [http.put(f"/api/v1/billing/clients/{town['roz']}/external-ids/x", "a=b", content_type="text/plain",
                       headers={"If-Match": "*"})],
        400: [
            software.get("events?limit=0"), software.get("events?after=x"), software.get("events?what=1"),
            software.get(f"billing/readiness?client=x&on={DAY}"),
            software.get(f"billing/readiness?client={town['roz']}&on=yesterday"),
            http.put(f"/api/v1/billing/clients/{town['roz']}/external-ids/x", "{", content_type="application/json",
                     headers={"If-Match": "*"}),
        ],
    }  # fmt: skip
    for status, sent in answers.items():
        for answer in sent:
            assert answer.status_code == status, (status, answer.status_code, answer.content)
            assert answer["Content-Type"] == PROBLEM
            said = answer.json()
            assert said["status"] == status
            assert said["required_action"]
            assert nobody.get(said["type"]).status_code == 200
            assert "<" not in answer.content.decode()


@pytest.mark.django_db
def test_every_kind_of_problem_has_its_page():
    """API-2: each `type` can be looked up, and an unknown one is not found."""
    for code, kind in KINDS.items():
        page = Client().get(f"/api/problems/{code}")
        assert kind.title in page.content.decode()
    assert Client().get("/api/problems/made-up").status_code == 404


@pytest.mark.django_db
def test_what_is_read_has_a_version_and_an_update_needs_it(town, software):
    """API-3: 304 for what one has, 428 without If-Match, 412 for an older one."""
    town.billable("roz")
    at = f"billing/clients/{town['roz']}"
    first = software.get(at)
    assert software.get(at, If_None_Match=first["ETag"]).status_code == 304
    ids = f"{at}/external-ids/claims"
    assert software.put(ids, {"value": "C-1"}).status_code == 428
    changed = software.put(ids, {"value": "C-1"}, If_Match=first["ETag"])
    assert changed.json()["external_ids"] == [{"system": "claims", "value": "C-1"}]
    assert software.put(ids, {"value": "C-2"}, If_Match=first["ETag"]).status_code == 412
    assert software.put(ids, {"value": "no sentence here"}, If_Match=changed["ETag"]).status_code == 422
    assert software.put(ids, {"value": "C-2", "more": 1}, If_Match=changed["ETag"]).status_code == 422
    assert software.get(at)["ETag"] == changed["ETag"]


@pytest.mark.django_db
def test_a_key_makes_one_thing_and_names_one_body(town, software):
    """API-4: 400 without, the same answer again, 422 for another body; another software's key is another key."""
    _, charge = town.billable("roz")
    software.get("billing/charges")
    at, body = results(town, charge), {"outcome": "billed", "payer_control_number": "P1"}
    assert software.post(at, body).status_code == 400
    first = software.post(at, body, "k1")
    again = software.post(at, dict(reversed(body.items())), "k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert software.post(at, {"outcome": "rejected"}, "k1").status_code == 422
    assert Software(town.let_in()).post(at, {"outcome": "rejected"}, "k1").status_code == 201


@pytest.mark.django_db
def test_a_key_that_is_being_worked_on_says_so_and_a_crash_leaves_it_free(town, software, monkeypatch):
    """API-4: the row goes with the transaction that made the thing, so a crash half-way leaves neither."""
    _, charge = town.billable("roz")
    software.get("billing/charges")
    kept = sending.keep

    def crash(*arguments):
        kept(*arguments)
        raise RuntimeError("the machine stops")

    monkeypatch.setattr(sending, "keep", crash)
    broken = software.post(results(town, charge), {"outcome": "billed"}, "k1")
    assert broken.status_code == 500
    assert "machine" not in broken.content.decode()
    monkeypatch.setattr(sending, "keep", kept)
    assert software.post(results(town, charge), {"outcome": "billed"}, "k1").status_code == 201


@pytest.mark.committed
def test_eight_at_once_with_one_key_make_one_thing(world):
    """API-4: one is made, the others hear 409 or get the same answer."""
    town = Town(world)
    software = Software(town.let_in())
    _, charge = town.billable("roz")
    software.get("billing/charges")

    def send(_):
        from django.db import connection

        try:
            answer = software.post(results(town, charge), {"outcome": "billed"}, "k1")
            return answer.status_code, answer.json().get("id")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(send, range(8)))
    assert {status for status, _ in said} <= {201, 409}
    assert len({made for status, made in said if status == 201}) == 1


@pytest.mark.django_db
def test_a_list_is_read_page_by_page_by_a_cursor_that_says_nothing(town, software):
    """API-5: sealed for this list and this software; two for the same place differ."""
    town.billable("roz")
    town.permits("tomek")
    town.kept("roz")
    first = software.get("billing/clients?limit=1").json()
    second = software.get(f"billing/clients?limit=1&after={first['next']}").json()
    assert [each["client"] for page in (first, second) for each in page["clients"]] == sorted(
        str(town[key]) for key in ("roz", "tomek")
    )
    assert second["next"] is None
    assert software.get("billing/clients?limit=1").json()["next"] != first["next"]
    assert software.get(f"billing/charges?after={first['next']}").status_code == 400
    assert Software(town.let_in()).get(f"billing/clients?after={first['next']}").status_code == 400
    charges = software.get("billing/charges?limit=1").json()
    assert len(software.get(f"billing/charges?limit=1&after={charges['next']}").json()["charges"]) == 1


@pytest.mark.django_db
def test_the_limit_is_said_in_every_answer_and_kept(town, software, settings):
    """API-5: 429 with Retry-After once a minute's requests are used up; counted for each software apart."""
    settings.API_REQUESTS_A_MINUTE = 2
    first = software.get("billing/clients")
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
    software.get("billing/clients")
    over = software.get("billing/clients")
    assert over.status_code == 429
    assert 1 <= int(over["Retry-After"]) <= 60
    assert Software(town.let_in()).get("billing/clients").status_code == 200


@pytest.mark.django_db
def test_scope_is_needed_and_never_enough(town):
    """OAUTH-2: a reader posts nothing, and what a scope covers is still the client's to permit."""
    reader = Software(town.let_in("billing:read"), "billing:read")
    _, charge = town.billable("tomek")
    refused = reader.post(f"billing/clients/{town['tomek']}/charges/{charge.id}/results", {"outcome": "billed"}, "k")
    assert refused.status_code == 403
    assert refused.json()["errors"] == [{"pointer": "/scope", "code": "billing:write"}]
    assert reader.get(f"billing/clients/{town['roz']}").status_code == 404
    assert json.loads(reader.get("billing/clients").content)["clients"][0]["client"] == str(town["tomek"])
