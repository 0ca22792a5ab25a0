"""The sealer: numbers what is settled in both ledgers, and signs each batch (AUD-1). Woken every minute by beat."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from careplan.canonical import canonical_json
from careplan.ids import uuid7
from careplan.ledger.models import InstallationKey
from careplan.signing import new_key_pair, seal_text

NUMBER = """select batch, epoch, first_seq, last_seq, root, previous, horizon::text, at from guard.number_rows()"""
STANDS_STILL = timedelta(minutes=5)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """The rows that were numbered together, and the root over them."""

    batch: int
    epoch: int
    first: int
    last: int
    root: str
    previous: str
    horizon: str
    at: datetime

    @property
    def text(self) -> str:
        """What is signed."""
        return seal_document(
            batch=self.batch,
            epoch=self.epoch,
            first=self.first,
            last=self.last,
            root=self.root,
            previous=self.previous,
            at=self.at,
        )


def seal_document(**said: Any) -> str:
    """The canonical text of a batch's seal."""
    return canonical_json({"schema": "careplan.seal/1", **said})


def seal_ledgers() -> Batch | None:
    """The batch that was numbered and signed, or None when nothing was settled or another sealer is at work."""
    key = installation_key()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "select batch, epoch, first_seq, last_seq, root, previous, horizon::text, at from guard.number_rows()"
        )
        row = cursor.fetchone()
        if row is None:
            return None
        made = Batch(*row)
        signature = seal_text(made.text, private_key=bytes(key.private_key))
        cursor.execute(
            "select guard.write_seal(%s, %s, %s, %s, %s, %s, %s::xid8, %s, %s, %s, %s)",
            [*row, made.text, signature, key.id],
        )
        return made


def waiting_for() -> timedelta:
    """How long the oldest row has waited for its number; says so in the log when that is too long.

    A transaction that never ends, anywhere in the cluster, holds the horizon and with it every seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("select guard.unsealed_for()")
        waited: timedelta = cursor.fetchone()[0] or timedelta()
    if waited > STANDS_STILL:
        logger.error("The seals stand still: the oldest row has waited %d seconds.", waited.total_seconds())
    return waited


def installation_key() -> InstallationKey:
    """The key in use, made on first use."""
    there = InstallationKey.objects.filter(retired_at=None).first()
    if there is not None:
        return there
    private, public = new_key_pair()
    made = InstallationKey(id=uuid7(), private_key=private, public_key=public)
    InstallationKey.objects.bulk_create([made], ignore_conflicts=True)  # two at once: the first one's is the key
    return InstallationKey.objects.get(retired_at=None)
