"""Checking both ledgers from their stored bytes: names the first row that is not what was written (AUD-1).

Reads as the owner. An edited row's columns no longer say what its hashed text says, or the text no longer has its
hash; a deleted, inserted or reordered event breaks the numbering or the chain; a truncated chain ends before its head.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]


HEADS = """select r.client_id, h.events, h.last_hash from guard.record r left join guard.head h using (client_id)
            order by r.client_id"""


@dataclass(frozen=True)
class Finding:
    """What is wrong with one row: ledger, client, the row's number or time, and a sentence."""

    ledger: str
    client_id: str
    row: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.ledger} ledger, client {self.client_id}, row {self.row}: {self.sentence}"


@dataclass(frozen=True)
class Report:
    """How many rows were read, and what was found."""

    events: int
    openings: int
    findings: tuple[Finding, ...]


def audit(owner: psycopg.Connection) -> Report:
    """A report over every chain and every opening in the database."""
    with owner.cursor(row_factory=dict_row) as cursor:
        heads = cursor.execute(HEADS).fetchall()
        events = cursor.execute("select * from guard.event order by client_id, number").fetchall()
        openings = cursor.execute("select * from guard.opening order by client_id, opened_at, id").fetchall()
        genesis = _genesis(heads)
    findings = [*_event_findings(heads, events, genesis), *_opening_findings(openings)]
    return Report(len(events), len(openings), tuple(findings))


def digest(text: str) -> str:
    """The sha256 of a text's UTF-8 bytes, in hex."""
    return sha256(text.encode()).hexdigest()


def _genesis(heads: list[Row]) -> dict[str, str]:
    return {str(head["client_id"]): digest(f"careplan.chain/1:{head['client_id']}") for head in heads}


def _event_findings(heads: list[Row], events: list[Row], genesis: dict[str, str]) -> Iterator[Finding]:
    chains: dict[str, list[Row]] = {client: [] for client in genesis}
    for event in events:
        chains.setdefault(str(event["client_id"]), []).append(event)
    for head in heads:
        client = str(head["client_id"])
        broken = next(_chain_findings(client, chains[client], head, genesis[client]), None)
        if broken:
            yield broken


def _chain_findings(client: str, chain: list[Row], head: Row, genesis: str) -> Iterator[Finding]:
    previous, expected = genesis, 1
    for event in chain:
        number = event["number"]
        if number != expected:
            yield Finding("event", client, str(expected), "is missing")
        elif event["hash"] != digest(event["previous_hash"] + event["hashed"]) or _says_otherwise(event):
            yield Finding("event", client, str(number), "was edited")
        elif event["previous_hash"] != previous:
            yield Finding("event", client, str(number), "was inserted, replaced or moved")
        previous, expected = event["hash"], number + 1
    if head["events"] is None:
        yield Finding("event", client, str(expected - 1), "is the last one left: the chain has lost its head")
    elif head["events"] >= expected:
        yield Finding("event", client, str(expected), "is missing: the chain was cut short")
    elif head["events"] != expected - 1 or head["last_hash"] != previous:
        yield Finding("event", client, str(expected - 1), "is not the end that the head knows")


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


def _opening_findings(openings: list[Row]) -> Iterator[Finding]:
    for opening in openings:
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
