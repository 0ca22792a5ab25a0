"""Six digits read out on a call, that open one thing of one record once (PLAN-16): thin names for the guard's own.

Nobody is signed in by a code. What it opens is opened on the strength of whoever read it out, under a role and purpose
of its own, so that the access ledger says what happened.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.crypto import salted_hmac

from careplan.errors import Refused

FINDS = 2
DIGITS = 6
ATTEMPTS = 20
TOO_MANY = "There are too many codes at this moment. Try again in a minute."


@dataclass(frozen=True)
class Call:
    """What a code opened: one thing of one record, on the strength of whoever read it out."""

    client_id: UUID
    practice_id: UUID
    object_id: UUID
    made_by: UUID


@dataclass(frozen=True)
class CallNow:
    """How a thing's code stands: read out and waiting, or opened."""

    opened_at: datetime | None
    good_until: datetime
    made_by: UUID


def make_call_code(*, client_id: UUID, object_id: UUID) -> str:
    """Returns six digits, good for ten minutes; an earlier code for the same thing opens nothing any more.

    In an opening that may write the plan. They are kept as a digest and can't be shown again.
    """
    for _ in range(ATTEMPTS):
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        try:
            with transaction.atomic():
                _call("guard.make_call_code(%s, %s, %s, %s)", [client_id, object_id, code[:FINDS], _digest(code)])
        except IntegrityError:  # another code begins with these two digits
            continue
        return code
    raise Refused(TOO_MANY)


def try_call_code(*, code: str, holder: str) -> UUID | None:
    """Returns the code's id when the digits are right; from then on only `holder` has it. A wrong try is counted.

    Outside any transaction, so that nothing takes the count back.
    """
    found: UUID | None = _call(
        "guard.try_call_code(%s, %s, %s)", [code[:FINDS], _digest(code), _digest_of_holder(holder)]
    )
    return found


def keep_call(*, code_id: UUID, holder: str) -> Call | None:
    """Returns what the holder may open, for ten minutes from now and an hour in all; None when it is over."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.keep_call(%s, %s)", [code_id, _digest_of_holder(holder)])
        row = cursor.fetchone()
    return Call(*row) if row else None


def leave_call(*, code_id: UUID, holder: str) -> None:
    """Ends it from the holder's side."""
    _call("guard.leave_call(%s, %s)", [code_id, _digest_of_holder(holder)])


def end_calls(*, client_id: UUID, object_id: UUID) -> None:
    """Takes back what was read out for this thing, opened or not. In an opening that may write the plan."""
    _call("guard.end_calls(%s, %s)", [client_id, object_id])


def call_now(*, client_id: UUID, object_id: UUID) -> CallNow | None:
    """Returns how the thing's code stands, or None without one. One query, in an opening of the plan."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.call_of(%s, %s)", [client_id, object_id])
        row = cursor.fetchone()
    return CallNow(*row) if row else None


def _digest(code: str) -> str:
    """Six digits are soon guessed from a plain hash: the installation's secret goes in."""
    return salted_hmac("careplan.access.call", code, algorithm="sha256").hexdigest()


def _digest_of_holder(holder: str) -> str:
    return sha256(holder.encode()).hexdigest()


def _call(function: str, arguments: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}", arguments)
        return cursor.fetchone()[0]
