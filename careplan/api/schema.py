"""The OpenAPI document, generated from the endpoints (API-1)."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from careplan.api.problems import KINDS, MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `type` can be looked up.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "enum": sorted({kind.title for kind in KINDS.values()})},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "required_action": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "code": {"type": "string"}},
                "required": ["pointer", "code"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["type", "title", "status", "detail", "required_action"],
    "additionalProperties": False,
}
LIMITS = {
    name: {"description": text, "schema": {"type": "integer"}}
    for name, text in {
        "RateLimit-Limit": "Requests a minute.",
        "RateLimit-Remaining": "How many are left in this minute.",
        "RateLimit-Reset": "Seconds until the count begins anew.",
    }.items()
}
BLANK = {"type": "string", "maxLength": 0}
ALWAYS = (400, 401, 403, 406, 429, 500)
FOR_A_RECORD = (404,)
FOR_A_CHANGE = (409, 415, 422)
FOR_AN_UPDATE = (412, 428)
OPERATIONS = ("get", "put", "post", "patch", "delete")


class Schema(AutoSchema):
    """The generator as it is; what is the same everywhere is added to the whole document at once."""


class BearerScheme(OpenApiAuthenticationExtension):
    """How software signs in, for the document."""

    target_class = "careplan.api.callers.BearerToken"
    name = "software"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """OAuth 2 by client credentials."""
        scopes = {"billing:read": "Read", "billing:write": "Post results and ids"}
        return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes}}}


def with_problems_and_limits(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """The document with its problems, limits and strict objects."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    result["components"]["headers"] = LIMITS
    for path, operations in result["paths"].items():
        for method in OPERATIONS:
            if method in operations:
                _complete(operations[method], method, path)
    for schema in result["components"]["schemas"].values():
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
        for name, said in schema.get("properties", {}).items():
            schema["properties"][name] = _one_way_to_be_blank(said)
    return result


def _one_way_to_be_blank(said: dict[str, Any]) -> dict[str, Any]:
    """What may be blank by its pattern says so once: two ways would make a blank match neither exactly."""
    ways = said.get("oneOf", [])
    if BLANK not in ways:
        return said
    others = [way for way in ways if way != BLANK]
    rest = {key: value for key, value in said.items() if key != "oneOf"}
    if len(others) == 1 and re.match(others[0].get("pattern", "(?!)"), ""):
        return {**rest, **others[0]}
    return {**rest, "anyOf": ways}


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    for answer in operation["responses"].values():
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in LIMITS}
        if method == "get":
            answer["headers"]["ETag"] = {"schema": {"type": "string"}}
    if method == "get":
        operation["responses"]["304"] = {"description": "You have it already."}
    for status in _statuses(operation, method, path):
        operation["responses"][str(status)] = {
            "description": _titles(status),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _statuses(operation: dict[str, Any], method: str, path: str) -> list[int]:
    found = [*ALWAYS, *(FOR_A_RECORD if "{" in path or operation["operationId"] == "readiness" else ())]
    found += FOR_A_CHANGE if method != "get" else ()
    found += FOR_AN_UPDATE if method == "put" else ()
    return sorted({*found, *((410,) if operation["operationId"] == "events" else ())})


def _titles(status: int) -> str:
    return "; ".join(kind.title for kind in KINDS.values() if kind.status == status)
