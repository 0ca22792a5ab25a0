"""Writing an event: the only way a change to a record can be committed (AUD-1, AUD-2)."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from careplan.ledger.catalogue import event_kind

Detail = Mapping[str, str | int | bool | list[str]]


def record(
    *,
    kind: str,
    client_id: UUID,
    object_type: str,
    object_id: UUID | None = None,
    before: str = "",
    after: str = "",
    reason: str = "",
    detail: Detail | None = None,
    on_behalf_of: UUID | None = None,
) -> int:
    """The number of the new event in the client's chain, in the current transaction.

    `before` and `after` are state codes; `detail` holds ids, digests, codes and counts, never prose (the database
    refuses it); `reason` is kept apart and hashed by a salted digest. Raises LookupError for a kind without a
    catalogue entry, and the database's refusal without an opening that may write.
    """
    event_kind(kind)
    said = json.dumps(dict(detail or {}))
    with connection.cursor() as cursor:
        cursor.execute(
            "select guard.record_event(%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)",
            [client_id, kind, object_type, object_id, before, after, reason, said, on_behalf_of],
        )
        number: int = cursor.fetchone()[0]
    return number
