"""OAUTH-1, OAUTH-2, OAUTH-3: software proves who it is, gets five minutes, and is ended at once."""

import base64
import json
import time
from uuid import uuid4

import pytest
from django.test import Client
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT
from oauth2_provider.models import AccessToken, Application

from careplan.access.seam import acting
from careplan.errors import NotYours, Refused
from careplan.software.assertions import NotProved
from careplan.software.key_sets import fetch_key_set, public_address
from careplan.software.scopes import Granted, Scope
from careplan.software.services import end_api_client
from tests.billing.town import DAY
from tests.world import actor

pytestmark = pytest.mark.django_db
TOKEN = "/oauth/token"
AUDIENCE = "http://testserver/oauth/token"


def asks(credentials, **more):
    return Client().post(
        TOKEN,
        {
            "grant_type": "client_credentials",
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret,
            **more,
        },
    )


def bearer(answer):
    return Client(headers={"Authorization": f"Bearer {answer.json()['access_token']}"})


def test_a_secret_gives_a_token_of_five_minutes_that_is_kept_as_a_checksum(town):
    """OAUTH-1: neither secret nor token lies in the database."""
    credentials = town.let_in(Scope.BILLING_READ)
    answer = asks(credentials)
    assert answer.status_code == 200, answer.content
    assert answer.json()["expires_in"] == 300
    assert answer.json()["scope"] == "billing:read"
    row = AccessToken.objects.get(application__client_id=credentials.client_id)
    assert answer.json()["access_token"] not in (row.token, row.token_checksum)
    secret = Application.objects.get(client_id=credentials.client_id).client_secret
    assert credentials.client_secret not in secret
    town.permits("roz")
    assert bearer(answer).get(f"/api/v1/billing/readiness?client={town['roz']}&on={DAY}").status_code == 200


def test_a_wrong_secret_another_grant_and_more_than_was_given_are_refused(town):
    """OAUTH-1, OAUTH-2: scope is what was given, no more."""
    credentials = town.let_in(Scope.BILLING_READ)
    assert asks(credentials, client_secret="x").status_code == 401
    assert asks(credentials, grant_type="password", username="a", password="b").status_code in (400, 401)
    assert asks(credentials, scope="billing:write").status_code == 400


def key(kind="EC"):
    made = JWK.generate(kty="EC", crv="P-384") if kind == "EC" else JWK.generate(kty="RSA", size=2048)
    return made, {"keys": [json.loads(made.export_public())]}


def assertion(held, client_id, *, alg="ES384", **claims):
    said = {"iss": client_id, "sub": client_id, "aud": AUDIENCE, "exp": int(time.time()) + 240, "jti": str(uuid4())}
    token = JWT(header={"alg": alg, "typ": "JWT"}, claims=json.dumps(said | claims))
    token.make_signed_token(held)
    return token.serialize()


def proves(text):
    return Client().post(
        TOKEN,
        {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": text,
        },
    )


@pytest.mark.parametrize(("kind", "alg"), [("EC", "ES384"), ("RSA", "RS384")])
def test_an_assertion_by_its_own_key_gives_a_token_once(town, kind, alg):
    """OAUTH-1: private_key_jwt; each jti counts once."""
    held, public = key(kind)
    credentials = town.let_in(jwks=public)
    text = assertion(held, credentials.client_id, alg=alg)
    assert proves(text).status_code == 200
    assert proves(text).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [{"aud": "http://elsewhere/token"}, {"exp": int(time.time()) + 3600}, {"exp": 1}, {"jti": ""}, {"sub": "other"}],
)
def test_an_assertion_for_somebody_else_or_for_too_long_proves_nothing(town, claims):
    """OAUTH-1: audience, five minutes, an id of its own, and the same name twice."""
    held, public = key()
    credentials = town.let_in(jwks=public)
    assert proves(assertion(held, credentials.client_id, **claims)).status_code == 401


def test_a_strangers_key_and_no_signature_prove_nothing(town):
    """OAUTH-1: only the keys that were left here count."""
    _, public = key()
    stranger, _ = key()
    credentials = town.let_in(jwks=public)
    assert proves(assertion(stranger, credentials.client_id)).status_code == 401
    unsigned = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"alg": "none"}, {"iss": credentials.client_id})
    )
    assert proves(f"{unsigned}.").status_code == 401
    assert proves("not a token").status_code == 401


def test_a_private_key_is_not_taken(town):
    """OAUTH-1: what never should have been sent is refused with a sentence."""
    held, _ = key()
    with pytest.raises(Refused, match="public keys only"):
        town.let_in(jwks={"keys": [json.loads(held.export_private())]})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]".strip("[]")])
def test_the_address_of_keys_leads_nowhere_inside(host):
    """OAUTH-1: no request of ours is led behind our own walls."""
    with pytest.raises(NotProved, match="not public"):
        public_address(host, 443)
    with pytest.raises(NotProved):
        fetch_key_set(f"http://{host}/keys")


def test_ending_software_ends_its_tokens_at_once(town):
    """OAUTH-3: by a manager; nobody else's to end."""
    credentials = town.let_in()
    http = bearer(asks(credentials))
    assert http.get("/api/v1/billing/clients").status_code == 200
    with pytest.raises(NotYours), acting(actor(town.world, "odile")):
        end_api_client(api_client_id=credentials.api_client_id, by=actor(town.world, "odile"))
    by = actor(town.world, "petra")
    with acting(by):
        end_api_client(api_client_id=credentials.api_client_id, by=by)
    assert http.get("/api/v1/billing/clients").status_code == 401
    assert asks(credentials).status_code == 401


def test_a_token_is_revoked_and_looked_into_by_its_own_software_only(town):
    """OAUTH-1: RFC 7009 and RFC 7662."""
    mine, other = town.let_in(), town.let_in(recipient="Somebody Else")
    token = asks(mine).json()["access_token"]

    def looks(credentials):
        named = {"client_id": credentials.client_id, "client_secret": credentials.client_secret}
        basic = base64.b64encode(":".join(named.values()).encode()).decode()
        return Client().post("/oauth/introspect", {"token": token}, headers={"Authorization": f"Basic {basic}"})

    assert looks(mine).json()["active"] is True
    assert looks(other).json() == {"active": False}
    ended = {"token": token, "client_id": mine.client_id, "client_secret": mine.client_secret}
    assert Client().post("/oauth/revoke", ended).status_code == 200
    assert looks(mine).json()["active"] is False


@pytest.mark.parametrize(
    ("held", "needed", "covers"),
    [
        ("billing:read", "billing:read", True),
        ("billing:read", "billing:write", False),
        ("system/CarePlan.rs", "system/CarePlan.r", True),
        ("system/CarePlan.r", "system/CarePlan.rs", False),
        ("system/*.rs", "system/Goal.s", True),
        ("patient/Goal.rs", "system/Goal.rs", False),
        ("system/Goal.rs?status=active", "system/Goal.rs", False),
        ("system/Goal.rs", "system/Goal.rs?status=active", True),
        ("system/Goal.sr", "system/Goal.r", False),
    ],
)
def test_one_engine_reads_scopes_in_both_grammars(held, needed, covers):
    """OAUTH-2: a narrowed scope never covers what is not narrowed."""
    assert Granted.of(held).covers(needed) == covers
