"""What an endpoint is: token, limit, scope, known parameters; and for one client's record, opened first (ACC-2).

    class Readiness(RecordEndpoint):
        scopes = {"GET": Scope.BILLING_READ}
        ...
        def get(self, request, client_id): ...

A handler of a `RecordEndpoint` runs inside the transaction of the software's actor; the opening was committed before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.api.limits import Count, count_request
from careplan.api.problems import Problem
from careplan.errors import NotYours
from careplan.software import once as sending
from careplan.software.cursors import BadCursor, cursor, place_of
from careplan.software.selectors import Caller, lost_client


class Endpoint(APIView):
    """One address for software. `scopes` says what each method needs, `parameters` which query words are known."""

    scopes: ClassVar[Mapping[str, str]] = {}
    parameters: ClassVar[frozenset[str]] = frozenset()
    classes: ClassVar[frozenset[DataClass]] = frozenset()
    usual, most = 50, 200
    page_guard = "api"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """The view, marked for the contract tests like a page."""
        view: Any = super().as_view(**initkwargs)
        view.page_guard, view.page_classes = cls.page_guard, cls.classes
        guarded: Callable[..., HttpResponseBase] = view
        return guarded

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Lets nobody through without a token, over the limit, without the scope, or with words we don't know."""
        super().initial(request, *args, **kwargs)
        if not isinstance(request.user, Caller):
            raise exceptions.NotAuthenticated
        self.caller: Caller = request.user
        self.count: Count = count_request(self.caller.api_client_id)
        if self.count.over:
            raise Problem("too-many-requests", headers={"Retry-After": str(self.count.resets_in)})
        method = "GET" if request.method == "HEAD" else str(request.method)
        needed = self.scopes.get(method)
        if needed is None:
            raise exceptions.MethodNotAllowed(method)
        if not self.caller.granted.covers(needed):
            raise Problem("insufficient-scope", errors=[{"pointer": "/scope", "code": needed}])
        self._known_parameters(request)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Adds the limits to whatever is answered."""
        answered = super().finalize_response(request, response, *args, **kwargs)
        for name, value in getattr(self, "count", Count(0, 0, 0)).headers.items() if hasattr(self, "count") else ():
            answered[name] = value
        return answered

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Not offered: the document says what there is."""
        raise exceptions.MethodNotAllowed("OPTIONS")

    def _known_parameters(self, request: Request) -> None:
        known = self.parameters if request.method in ("GET", "HEAD") else frozenset()
        unknown = sorted(set(request.query_params) - known)
        twice = sorted(name for name, values in request.query_params.lists() if len(values) > 1)
        if unknown or twice:
            raise Problem(
                "unknown-parameter", errors=[{"pointer": name, "code": "unknown"} for name in unknown + twice]
            )

    @contextmanager
    def opened(self, clients: Iterable[UUID]) -> Iterator[Actor]:
        """These clients' records, opened for class billing, and one transaction under that. Raises NotYours."""
        actor = self.caller.actor()
        match = self.request.resolver_match
        via = f"api:{match.view_name}" if match else "api"
        with opened(actor, clients=clients, classes=self.classes, via=via), timezone.override(self.caller.time_zone):
            yield actor

    def cursor_place(self, of: str) -> Any:
        """The place that the request's `after` names, or None."""
        text = self.request.query_params.get("after", "")
        if not text:
            return None
        try:
            return place_of(text, of=of, for_software=self.caller.api_client_id)
        except BadCursor as bad:
            raise Problem("bad-cursor") from bad

    def cursor_for(self, place: Any, of: str) -> str:
        """A cursor for a place in one of this software's lists."""
        return cursor(place, of=of, for_software=self.caller.api_client_id)

    def page_size(self) -> int:
        """How many are asked for: `usual` when nothing is said, `most` at most."""
        text = self.request.query_params.get("limit", str(self.usual))
        if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= self.most):
            raise Problem("invalid-parameter", errors=[{"pointer": "limit", "code": "range"}])
        return int(text)


class RecordEndpoint(Endpoint):
    """An address about one client: their record is opened first, under this software's own id, and written down."""

    classes = frozenset({DataClass.BILLING})

    def client_of(self, request: Request, kwargs: Mapping[str, Any]) -> UUID:
        """Whom it is about."""
        client: UUID = kwargs["client_id"]
        return client

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Puts each method inside an opening of the client's record."""
        super().initial(request, *args, **kwargs)
        client_id = self.client_of(request, kwargs)
        name = str(request.method).lower()
        handler = getattr(self, name, None)
        if handler is not None:
            setattr(self, name, self._within(client_id, handler))

    def _within(self, client_id: UUID, handler: Callable[..., Response]) -> Callable[..., Response]:
        def answer(request: Request, *args: Any, **kwargs: Any) -> Response:
            try:
                with self.opened([client_id]) as self.actor:
                    return handler(request, *args, **kwargs)
            except NotYours:
                if lost_client(self.caller.api_client_id, client_id):
                    raise Problem("consent-withdrawn") from None
                raise

        return answer

    def make_once(self, request: Request, make: Callable[[], UUID]) -> UUID:
        """What this request's key has made: now, or when it was sent before. Inside the record's transaction."""
        match = request.resolver_match
        once = sending.Once(
            api_client_id=self.caller.api_client_id,
            route=f"{request.method} {match.view_name if match else ''} {request.path}",
            key=idempotency_key(request),
            body=canonical_body(request),
        )
        try:
            before = sending.made_before(once)
        except sending.InFlight as busy:
            raise Problem("in-flight") from busy
        except sending.OtherBody as other:
            raise Problem("key-reused") from other
        if before is not None:
            return before
        made = make()
        sending.keep(once, made)
        return made


def idempotency_key(request: Request) -> str:
    """The request's key. Raises the problem of a missing or overlong one."""
    key = str(request.headers.get("Idempotency-Key", "")).strip()
    if not 1 <= len(key) <= 255:
        raise Problem("key-missing")
    return key


def canonical_body(request: Request) -> bytes:
    """The body as it counts for a fingerprint: the order of its keys doesn't."""
    return json.dumps(request.data, sort_keys=True, separators=(",", ":"), default=str).encode()


def etag_of(body: Any) -> str:
    """The version of what is shown."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), default=str)
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'


def shown(request: Request, body: Any) -> Response:
    """What is read, with its version; 304 when the caller has it already."""
    tag = etag_of(body)
    if tag in _tags(request.headers.get("If-None-Match", "")):
        return Response(status=304, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag})


def ensure_based_on(request: Request, body: Any) -> None:
    """Raises the problem of an update that names no version (428), or an older one (412)."""
    named = _tags(request.headers.get("If-Match", ""))
    if not named:
        raise Problem("if-match-missing")
    if etag_of(body) not in named and "*" not in named:
        raise Problem("stale")


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()}
