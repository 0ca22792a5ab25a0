"""A browser that was let in by a code read out on a call: nobody is signed in, and one page is all it has (PLAN-16)."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from careplan.access.calls import Call, keep_call, leave_call, try_call_code
from careplan.accounts.sessions import sign_out

CALL_KEY = "on_call"
IDLE_SECONDS = 10 * 60
_CACHED = "_careplan_call"


def begin(request: Any, code: str) -> bool:
    """Says whether the digits were right; this session is then nobody's, and holds what they open.

    Who was signed in here before is not any more.
    """
    holder = secrets.token_urlsafe(32)
    code_id = try_call_code(code=code, holder=holder)
    if code_id is None:
        return False
    sign_out(request)
    request.session.flush()
    request.session[CALL_KEY] = {"code": str(code_id), "holder": holder}
    if hasattr(request, _CACHED):
        delattr(request, _CACHED)
    return True


def call_of(request: Any) -> Call | None:
    """What this browser may open on a call, asked once a request; being asked is a sign of life."""
    if not hasattr(request, _CACHED):
        held = _held(request)
        setattr(request, _CACHED, keep_call(code_id=UUID(held["code"]), holder=held["holder"]) if held else None)
    found: Call | None = getattr(request, _CACHED)
    return found


def is_on_call(request: Any) -> bool:
    """Whether this session was begun by a code, over or not."""
    return _held(request) is not None


def leave(request: Any) -> None:
    """Ends it here and now, and forgets it."""
    held = _held(request)
    if held:
        leave_call(code_id=UUID(held["code"]), holder=held["holder"])
    request.session.flush()


def _held(request: Any) -> dict[str, str] | None:
    held: dict[str, str] | None = request.session.get(CALL_KEY)
    return held
