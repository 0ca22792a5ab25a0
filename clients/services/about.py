"""What is kept about a client, changed (CLIENT-1, CLIENT-3): words are never edited, new words end the old line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor, Hat
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.accounts.models import User
from careplan.canonical import clean_text
from careplan.errors import Refused
from careplan.ledger import record
from clients.models import AboutLine, Client, How, Identity, InterpreterMode, Told, Topic, Visibility
from clients.services.change import Change, begin_change, clean_line, ensure_unmoved
from clients.services.create import named, placed

WIDTH = (Visibility.NO_SCREEN, Visibility.THERAPIST, Visibility.CARE_TEAM)
THEIR_OWN = frozenset({Topic.OWN_WORDS, Topic.HELPED_BEFORE, Topic.PLEASE_ASK, Topic.DONT_ASSUME})


@dataclass(frozen=True)
class Said:
    """Words on one topic and who may read them. Empty words take the line off."""

    words: str
    visibility: Visibility = Visibility.CARE_TEAM


@dataclass(frozen=True)
class AboutChanges:
    """What to change; None, or a topic that isn't named, leaves things as they are."""

    name_used: str | None = None
    pronouns: str | None = None
    say_it: str | None = None
    language: str | None = None
    place: tuple[str, str] | None = None
    legal_name: str | None = None
    birth_date: date | None = None
    no_birth_date: bool = False
    birth_date_visibility: Visibility | None = None
    interpreter_needed: Told | None = None
    interpreter_mode: InterpreterMode | str | None = None
    interpreter_visibility: Visibility | None = None
    lines: Mapping[Topic, Said] = field(default_factory=dict)


def update_about(*, client_id: UUID, changes: AboutChanges, how: How, by: Actor, seen: datetime | None = None) -> None:
    """Keeps what changed, with how it was said. Raises Refused, or Conflict when somebody else changed it meanwhile."""
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    identity = Identity.objects.get(client_id=client_id)
    ensure_unmoved(identity.changed_at, seen)
    listed = _change_directory(change, changes)
    kept = _change_identity(identity, changes)
    told = _change_lines(change, changes.lines, how, by)
    if not (listed or kept or told):
        return
    Identity.objects.filter(client_id=client_id).update(**kept, changed_at=change.at, changed_by=change.by)
    if listed:
        _tell(change, "client.directory_changed", listed)
    if kept or told:
        _tell(change, "client.about_changed", [*kept, *told])


def _change_directory(change: Change, changes: AboutChanges) -> list[str]:
    row = Client.objects.get(client_id=change.client_id)
    wanted: dict[str, str] = {}
    if changes.name_used is not None:
        wanted["name_used"] = named(changes.name_used)
    for name in ("pronouns", "say_it", "language"):
        if getattr(changes, name) is not None:
            wanted[name] = clean_line(getattr(changes, name))
    if changes.place is not None:
        wanted["country"], wanted["time_zone"] = placed(*changes.place, change.practice_id)
    differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if differing:
        Client.objects.filter(client_id=change.client_id).update(
            **differing, changed_at=change.at, changed_by=change.by
        )
    return list(differing)


def _change_identity(row: Identity, changes: AboutChanges) -> dict[str, object]:
    wanted: dict[str, object] = {
        name: value
        for name in ("birth_date", "birth_date_visibility", "interpreter_needed", "interpreter_visibility")
        if (value := getattr(changes, name)) is not None
    }
    if changes.no_birth_date:
        wanted["birth_date"] = None
    if changes.legal_name is not None:
        wanted["legal_name"] = clean_line(changes.legal_name)
    if changes.interpreter_mode is not None:
        wanted["interpreter_mode"] = changes.interpreter_mode
    if wanted.get("interpreter_needed", row.interpreter_needed) != Told.YES:
        wanted["interpreter_mode"] = ""
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def _change_lines(change: Change, lines: Mapping[Topic, Said], how: How, by: Actor) -> list[str]:
    there = {row.topic: row for row in AboutLine.objects.filter(client_id=change.client_id, ended_at=None)}
    changed: list[str] = []
    for topic, said in lines.items():
        words, old = clean_text(said.words), there.get(topic)
        if _same(old, words, said.visibility):
            continue
        _ensure_theirs(change, topic, old, Said(words, said.visibility), how, by)
        if old is not None:
            AboutLine.objects.filter(id=old.id).update(ended_at=change.at, ended_by=change.by)
        if words:
            _write_line(change, topic, words, said.visibility, _how_now(old, words, how))
        changed.append(topic)
    return changed


def _same(old: AboutLine | None, words: str, visibility: Visibility) -> bool:
    if old is None:
        return not words
    return old.words == words and old.visibility == visibility


def _how_now(old: AboutLine | None, words: str, how: How) -> str:
    """Words that only change who sees them stay said the way they were said."""
    return old.how if old is not None and old.words == words else how


def _write_line(change: Change, topic: Topic, words: str, visibility: Visibility, how: str) -> None:
    AboutLine.objects.create(
        **change.keys,
        topic=topic,
        words=words,
        visibility=visibility,
        how=how,
        written_at=change.at,
        written_by=change.by,
    )


def _ensure_theirs(change: Change, topic: Topic, old: AboutLine | None, said: Said, how: How, by: Actor) -> None:
    """The client's words are the client's, and who sees them: staff write, or show to more, only for somebody without
    pages of their own."""
    if how == How.OWN_HAND_PORTAL and by.hat is not Hat.CLIENT:
        raise Refused(_("Only the client writes in their own pages."))
    if topic not in THEIR_OWN or by.hat is Hat.CLIENT or (old is not None and _shows_no_more(old, said)):
        return
    members = Member.objects.filter(client_id=change.client_id, until=None).values("person_id")
    if User.objects.filter(person_id__in=members).exists():
        raise Refused(_("These are the client’s own words. They change them in their own pages."))


def _shows_no_more(old: AboutLine, said: Said) -> bool:
    """The same words, to the same people or fewer."""
    return old.words == said.words and WIDTH.index(said.visibility) <= WIDTH.index(Visibility(old.visibility))


def _tell(change: Change, kind: str, changed: list[str]) -> None:
    record(
        kind=kind,
        client_id=change.client_id,
        object_type="client",
        object_id=change.client_id,
        detail={"fields": sorted(map(str, changed))},
    )
