"""Every error as `application/problem+json` (RFC 9457): a type that can be looked up, what is wrong, what to do."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from careplan.errors import Conflict, NotYours, Refused

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
PAGE = "/api/problems/"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, its title, what happened in a sentence, and what the caller can do."""

    status: int
    title: str
    sentence: str
    required_action: str


KINDS: dict[str, Kind] = {
    "malformed": Kind(400, "Malformed", "The body or a header cannot be read.", "Send valid JSON."),
    "unknown-parameter": Kind(400, "Unknown parameter", "A query parameter is not known here.", "Leave it out."),
    "invalid-parameter": Kind(400, "Invalid parameter", "A query parameter has no such value.", "See errors[]."),
    "bad-cursor": Kind(400, "Bad cursor", "The cursor is not one of this list.", "Begin without a cursor."),
    "key-missing": Kind(
        400, "No Idempotency-Key", "This request makes something.", "Send an Idempotency-Key of your own making."
    ),
    "token-missing": Kind(401, "Not signed in", "The token is missing, unknown or past.", "Ask /oauth/token for one."),
    "insufficient-scope": Kind(403, "Scope missing", "The token does not cover this.", "Ask for the scope named."),
    "consent-withdrawn": Kind(
        403,
        "Permission ended",
        "The client’s permission for this recipient has ended. Nothing new is handed out.",
        "Post the results of what was already sent. Ask the practice about the rest.",
    ),
    "not-found": Kind(404, "Not found", "There is nothing here for this token.", "Check the address."),
    "method-not-allowed": Kind(405, "Not possible here", "This address does not take this method.", "See Allow."),
    "not-acceptable": Kind(406, "Only JSON", "The answer is JSON.", "Accept application/json."),
    "in-flight": Kind(409, "Still being done", "The same key is being worked on.", "Try again in a moment."),
    "conflict": Kind(409, "Moved meanwhile", "Something changed meanwhile.", "Read it again."),
    "cursor-expired": Kind(
        410, "Cursor from before a restore", "A backup was restored since.", "Begin the feed again without a cursor."
    ),
    "stale": Kind(412, "Changed meanwhile", "If-Match names an older version.", "Read it again, then send it anew."),
    "media-type": Kind(415, "Only JSON", "The body has to be JSON.", "Send Content-Type: application/json."),
    "invalid": Kind(422, "Invalid", "Something in the body cannot be taken.", "See errors[]."),
    "refused": Kind(422, "Not possible now", "It cannot be done as things stand.", "See detail."),
    "key-reused": Kind(422, "Key used before", "The key was used for another body.", "Make a new key."),
    "if-match-missing": Kind(428, "If-Match missing", "An update needs the version it is based on.", "Send If-Match."),
    "too-many-requests": Kind(429, "Too many requests", "The limit of this token is reached.", "See Retry-After."),
    "server-error": Kind(500, "Our mistake", "Something went wrong on our side.", "Try again later."),
    "unavailable": Kind(503, "Not available", "The program cannot answer now.", "Try again later."),
}


@dataclass
class Problem(exceptions.APIException):
    """Raised anywhere in an endpoint; becomes the answer."""

    code: str
    detail: str = ""
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]


def body_of(problem: Problem) -> dict[str, Any]:
    """The problem as it is sent."""
    kind = problem.kind
    said: dict[str, Any] = {
        "type": f"{PAGE}{problem.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail or kind.sentence,
        "required_action": kind.required_action,
    }
    return {**said, "errors": list(problem.errors)} if problem.errors else said


def answer(error: Exception, context: Mapping[str, Any]) -> Response:
    """What the REST framework sends for an exception: always a problem, never a page, never what went wrong inside."""
    problem = _problem_of(error)
    if problem.code == "server-error":
        logger.error("An endpoint failed.", exc_info=error)
    return Response(body_of(problem), problem.kind.status, headers=dict(problem.headers), content_type=MEDIA_TYPE)


def plain_answer(code: str) -> JsonResponse:
    """A problem outside any endpoint: an unknown address, a host that is not ours, a failure."""
    problem = Problem(code)
    return JsonResponse(body_of(problem), status=problem.kind.status, content_type=MEDIA_TYPE)


def is_for_software(request: HttpRequest) -> bool:
    """Says whether an address belongs to software, so that its errors are problems and not pages."""
    return request.path.startswith("/api/")


def is_software(request: HttpRequest) -> bool:
    """Says whether somebody came with a token instead of a session: no page is for them (BILL-7)."""
    return request.headers.get("Authorization", "")[:7].lower() == "bearer "


FOR_STATUS = {
    400: "malformed",
    401: "token-missing",
    403: "insufficient-scope",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    415: "media-type",
}


def _problem_of(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case exceptions.ValidationError():
            return Problem("invalid", errors=list(_errors(error.detail)))
        case NotYours() | Http404():
            return Problem("not-found")
        case Refused():
            return Problem("refused", error.sentence)
        case Conflict():
            return Problem("conflict", error.sentence)
        case exceptions.APIException() if error.status_code in FOR_STATUS:
            return Problem(FOR_STATUS[error.status_code], headers=_headers(error))
    return Problem("server-error")


def _headers(error: exceptions.APIException) -> dict[str, str]:
    challenge = getattr(error, "auth_header", "")
    return {"WWW-Authenticate": challenge} if challenge else {}


def _errors(detail: Any, path: str = "") -> list[dict[str, str]]:
    if isinstance(detail, Mapping):
        return [each for name, part in detail.items() for each in _errors(part, f"{path}/{name}")]
    if isinstance(detail, list | tuple):
        return [each for part in detail for each in _errors(part, path)]
    return [{"pointer": path or "/", "code": str(getattr(detail, "code", "invalid"))}]
