"""Checking the seals: every settled row of both ledgers has its number, and every batch its signed root (AUD-1)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

import psycopg
from psycopg.rows import dict_row

from careplan.ledger.sealing import seal_document
from careplan.ledger.verify import Finding, Report, Row, digest, stream
from careplan.signing import verify_seal

SEALED = """
    select s.*, l.last_seq, l.first_seq, l.root, l.previous_hash, l.at, l.sealed as text, l.hash as seal_hash,
           l.signature, l.epoch as seal_epoch, k.public_key, e.hash as event_hash, e.number, o.digest as opening_digest
      from guard.sealed s
      left join guard.seal l using (batch)
      left join app.careplan_installationkey k on k.id = l.key_id
      left join guard.event e on e.id = s.event_id left join guard.opening o on o.id = s.opening_id
     order by s.seq
"""
EMPTY = (
    "select * from guard.seal l where not exists (select from guard.sealed s where s.batch = l.batch) order by batch"
)
UNSEALED = """
    with horizon as (select coalesce((select horizon from guard.seal order by batch desc limit 1), '0'::xid8) as below)
    select 'event' as ledger, e.client_id, e.number as place from guard.event e, horizon
     where e.xact < horizon.below and not exists (select from guard.sealed s where s.event_id = e.id)
    union all
    select 'access', o.client_id, o.id from guard.opening o, horizon
     where o.xact < horizon.below and not exists (select from guard.sealed s where s.opening_id = o.id)
     order by ledger, client_id, place
"""
NOBODY = "-"


def seal_findings(report: Report, owner: psycopg.Connection[Any]) -> Iterator[Finding]:
    """What the seals contradict: rows gone, rows that came after their batch, an order or a root that was changed."""
    expected, previous = 1, ""
    for batch, rows in groupby(stream(owner, SEALED), key=itemgetter("batch")):
        root, row = sha256(), Row()
        for row in rows:
            report.sealed += 1
            yield from _sealed_row(row, expected)
            root.update(f"{'' if row['seq'] == row['first_seq'] else chr(10)}{_line(row)}".encode())
            expected = row["seq"] + 1
        yield from _batch(batch, row, root.hexdigest(), previous)
        previous = row["seal_hash"] or ""
    with owner.cursor(row_factory=dict_row) as cursor:
        for seal in cursor.execute(EMPTY):
            yield Finding("seal", NOBODY, str(seal["first_seq"]), "is missing: a batch has lost its rows")
    for row in stream(owner, UNSEALED):
        yield Finding(
            row["ledger"], str(row["client_id"]), str(row["place"]), "was inserted after its batch was sealed"
        )


def _line(row: Row) -> str:
    return f"{row['seq']} {row['ledger']} {row['hash']}"


def _sealed_row(row: Row, expected: int) -> Iterator[Finding]:
    client = str(row["client_id"])
    if row["seq"] != expected:
        yield Finding("seal", NOBODY, str(expected), "is missing")
    if row["ledger"] == "event" and row["event_hash"] != row["hash"]:
        yield Finding("event", client, str(row["number"] or row["event_id"]), _fate(row["event_hash"]))
    if row["ledger"] == "access" and row["opening_digest"] != row["hash"]:
        yield Finding("access", client, str(row["opening_id"]), _fate(row["opening_digest"]))


def _fate(hash_now: str | None) -> str:
    return "is missing: a seal covers it" if hash_now is None else "is not what was sealed"


def _batch(batch: int, row: Row, root: str, previous: str) -> Iterator[Finding]:
    place = str(row["seq"])
    if row["seal_hash"] is None:
        yield Finding("seal", NOBODY, place, f"has no seal: batch {batch} was not signed")
    elif row["seq"] != row["last_seq"]:
        yield Finding("seal", NOBODY, place, f"is not the end of batch {batch}")
    elif row["root"] != root or row["previous_hash"] != previous or not _signed(batch, row):
        yield Finding("seal", NOBODY, place, f"does not end what batch {batch} sealed")


def _signed(batch: int, row: Row) -> bool:
    said = seal_document(
        batch=batch,
        epoch=row["seal_epoch"],
        first=row["first_seq"],
        last=row["last_seq"],
        root=row["root"],
        previous=row["previous_hash"],
        at=row["at"],
    )
    key = row["public_key"]
    return (
        said == row["text"]
        and digest(said) == row["seal_hash"]
        and key is not None
        and verify_seal(said, row["signature"], public_key=bytes(key))
    )
