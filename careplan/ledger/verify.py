"""Checking both ledgers from their stored bytes: names the first row that is not what was written (AUD-1).

Reads as the owner, row by row from one snapshot, so that it needs little memory however long the ledgers are. An
edited row's columns no longer say what its hashed text says, or the text no longer has its hash; a deleted, inserted
or reordered event breaks the numbering or the chain; a truncated chain ends before its head. What a seal covers is
compared with the seal as well (`seals`): that also names a deleted opening.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]
AT_A_TIME = 2000

EVENTS = """
    select r.client_id as chain, h.events as head_events, h.last_hash as head_hash, e.*
      from guard.record r left join guard.head h using (client_id) left join guard.event e using (client_id)
     order by r.client_id, e.number
"""
OPENINGS = "select * from guard.opening order by client_id, opened_at, id"


@dataclass(frozen=True)
class Finding:
    """What is wrong with one row: ledger, client, the row's number or time, and a sentence."""

    ledger: str
    client_id: str
    row: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.ledger} ledger, client {self.client_id}, row {self.row}: {self.sentence}"


@dataclass
class Report:
    """How many rows were read, and what was found: of each chain, each ledger and each client the first."""

    events: int = 0
    openings: int = 0
    sealed: int = 0
    findings: tuple[Finding, ...] = ()
    _first: dict[tuple[str, str], Finding] = field(default_factory=dict, repr=False)

    def take(self, findings: Iterable[Finding]) -> None:
        """Keeps the first finding of each ledger and client."""
        for finding in findings:
            self._first.setdefault((finding.ledger, finding.client_id), finding)
        self.findings = tuple(self._first.values())


def audit(owner: psycopg.Connection) -> Report:
    """A report over every chain, every opening and every seal in the database."""
    from careplan.ledger.seals import seal_findings

    report = Report()
    with owner.transaction():
        owner.execute("set transaction isolation level repeatable read, read only")
        report.take(_event_findings(report, stream(owner, EVENTS)))
        report.take(_opening_findings(report, stream(owner, OPENINGS)))
        report.take(seal_findings(report, owner))
    return report


def stream(owner: psycopg.Connection, query: str) -> Iterator[Row]:
    """The rows of a query, a few at a time."""
    with owner.cursor(name="audit", row_factory=dict_row) as cursor:
        cursor.itersize = AT_A_TIME
        yield from cursor.execute(query)


def digest(text: str) -> str:
    """The sha256 of a text's UTF-8 bytes, in hex."""
    return sha256(text.encode()).hexdigest()


def _event_findings(report: Report, rows: Iterator[Row]) -> Iterator[Finding]:
    for client, chain in groupby(rows, key=itemgetter("chain")):
        genesis = digest(f"careplan.chain/1:{client}")
        yield from _chain_findings(report, str(client), chain, genesis)


def _chain_findings(report: Report, client: str, chain: Iterator[Row], genesis: str) -> Iterator[Finding]:
    previous, expected, head = genesis, 1, Row()
    for event in chain:
        head = event
        if event["number"] is None:
            break
        report.events += 1
        yield from _row_findings(client, event, previous, expected)
        previous, expected = event["hash"], event["number"] + 1
    if head["head_events"] is None:
        yield Finding("event", client, str(expected - 1), "is the last one left: the chain has lost its head")
    elif head["head_events"] >= expected:
        yield Finding("event", client, str(expected), "is missing: the chain was cut short")
    elif head["head_events"] != expected - 1 or head["head_hash"] != previous:
        yield Finding("event", client, str(expected - 1), "is not the end that the head knows")


def _row_findings(client: str, event: Row, previous: str, expected: int) -> Iterator[Finding]:
    number = event["number"]
    if number != expected:
        yield Finding("event", client, str(expected), "is missing")
    elif event["hash"] != digest(event["previous_hash"] + event["hashed"]) or _says_otherwise(event):
        yield Finding("event", client, str(number), "was edited")
    elif event["previous_hash"] != previous:
        yield Finding("event", client, str(number), "was inserted, replaced or moved")


EVENT_COLUMNS = {
    "actor": "actor_id",
    "after": "after",
    "before": "before",
    "client": "client_id",
    "hat": "hat",
    "id": "id",
    "kind": "kind",
    "number": "number",
    "object_id": "object_id",
    "object_type": "object_type",
    "on_behalf_of": "on_behalf_of",
    "practice": "practice_id",
    "reason_digest": "reason_digest",
    "request": "request_id",
    "detail": "detail",
}
OPENING_COLUMNS = {
    "client": "client_id",
    "consent": "consent_id",
    "granted": "granted",
    "person": "person_id",
    "purpose": "purpose",
    "reads": "reads",
    "request": "request_id",
    "role": "role",
    "via": "via",
    "writes": "writes",
}


def _says_otherwise(event: Row) -> bool:
    said = json.loads(event["hashed"])
    if event["reason"] is not None and event["reason_digest"] != digest(event["reason_salt"] + event["reason"]):
        return True
    return _columns_differ(event, said, EVENT_COLUMNS) or said["at"] != _stamp(event["at"])


def _opening_findings(report: Report, openings: Iterator[Row]) -> Iterator[Finding]:
    for opening in openings:
        report.openings += 1
        said = json.loads(opening["hashed"])
        edited = (
            digest(opening["hashed"]) != opening["digest"]
            or _columns_differ(opening, said, OPENING_COLUMNS)
            or said["at"] != _stamp(opening["opened_at"])
        )
        if edited:
            yield Finding("access", str(opening["client_id"]), str(opening["id"]), "was edited")


def _columns_differ(row: Row, said: dict[str, Any], columns: dict[str, str]) -> bool:
    return any(said.get(key) != _plain(row[column]) for key, column in columns.items())


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


def _stamp(at: datetime) -> str:
    moment = at.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
