"""Backups of an installation and their way back, with PostgreSQL's own tools; the keys travel apart (AUTH-4)."""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import os
import secrets
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.embedded import services
from config.embedded.binaries import postgres_bin
from config.embedded.installation import MODE, migrations_digest, read, say
from config.embedded.places import KEYS, Places, data_folder, hold, prepare, write_private
from config.embedded.postgres import ADMIN, DATABASE, PLAIN_ENV, Postgres
from config.embedded.supervisor import Supervisor, Watched

SCHEMA = "careplan.backup/1"
DUMP, MANIFEST = "database.dump", "manifest.json"


@dataclass(frozen=True)
class Address:
    """Where a database is, taken apart so that no password stands in a list of processes."""

    user: str
    password: str
    host: str
    port: str
    name: str

    @classmethod
    def of(cls, url: str) -> Address:
        """Returns the parts of a postgresql:// address."""
        from psycopg.conninfo import conninfo_to_dict

        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
        keys = ("user", "password", "host", "port", "dbname")
        return cls(*(parts.get(key, "") for key in keys))

    def words(self) -> list[str]:
        """Returns the options every tool of PostgreSQL takes."""
        return [*("-h", self.host, "-U", self.user, "-d", self.name, "-w"), *(["-p", self.port] if self.port else [])]

    def environment(self) -> dict[str, str]:
        """Returns the environment that holds the password, and nothing of ours."""
        return {**PLAIN_ENV, "PGPASSWORD": self.password}


def backup(arguments: Sequence[str]) -> int:
    """`manage.py backup FILE`: everything in the database, in one file for its owner alone."""
    target = Path(_file(arguments, "backup", "where to write it")).resolve()
    url = os.environ.get("DATABASE_BACKUP_URL") or read(data_folder() / "secrets" / "DATABASE_BACKUP_URL")
    if not url:
        raise SystemExit("There is no installation to back up: set CAREPLAN_DATA, or DATABASE_BACKUP_URL.")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DUMP
        _tool("pg_dump", Address.of(url), ["-Fc", "-f", str(dump)])
        manifest = _manifest(dump)
        half = Path(folder) / "half"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _pack(file, dump, manifest)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    say(f"Written to {target}. It holds no keys; they are worth a backup of their own: manage.py export_keys.")
    say(f"It needs the field keys {', '.join(manifest['field_keys'])}.")
    return 0


def export_keys(arguments: Sequence[str]) -> int:
    """`manage.py export_keys FILE`: the installation's keys, to be kept away from its backups."""
    target = Path(_file(arguments, "export_keys", "where to write them")).resolve()
    kept = {name: _key(name) for name in KEYS}
    if not all(kept.values()):
        raise SystemExit("There are no keys in this installation yet: start it once.")
    write_private(target, json.dumps(kept))
    say(f"Written to {target}. Whoever has this and a backup has everything: keep them apart.")
    return 0


def restore(arguments: Sequence[str]) -> int:
    """`manage.py restore FILE --keys KEYS`: into an installation that has no data yet."""
    options = _restore_options(arguments)
    places = prepare(data_folder())
    if hold(places.data) is None:
        raise SystemExit(f"Careplan runs on {places.data}. Restore into another folder: set CAREPLAN_DATA.")
    if Postgres.at(places).identity():
        raise SystemExit(f"{places.data} has data already. Restore into an empty folder: set CAREPLAN_DATA.")
    with tempfile.TemporaryDirectory() as folder:
        dump, manifest = _unpack(Path(options.file), Path(folder))
        _take_keys(places, manifest, options)
        write_private(places.data / MODE, str(manifest["mode"]))
        with Supervisor(say).on_duty() as supervisor:
            _fill(supervisor, places, dump)
            say("Checking both ledgers.")
            return _verified(places)


def _fill(supervisor: Supervisor, places: Places, dump: Path) -> None:
    database = Postgres.at(places)
    database.create()
    watched = Watched(database.child(), database.ready)
    supervisor.start(watched)
    supervisor.ready(watched)
    database.bootstrap(empty=True)
    say("Bringing the data back.")
    _tool("pg_restore", Address.of(database.address(ADMIN, DATABASE)), ["--exit-on-error", str(dump)])
    database.settle_rights()
    database.keep_addresses()


def _verified(places: Places) -> int:
    """Migrates what is older than this program, begins a new epoch of seals, and lets `audit_verify` look at it all."""
    environment = {**os.environ, **services.missing(places.secrets), "CAREPLAN_MODE": read(places.data / MODE)}
    environment |= {"CELERY_BROKER_URL": "redis://none", "CACHE_URL": "redis://none", "ALLOWED_HOSTS": "127.0.0.1"}
    for command in ("migrate", "begin_epoch", "audit_verify"):
        done = subprocess.run([sys.executable, "manage.py", command], env=environment)
        if done.returncode:
            return done.returncode
    say(f"Restored into {places.data}. Start it as before.")
    return 0


def _tool(name: str, address: Address, words: list[str]) -> None:
    command = [str(postgres_bin(None) / name), *address.words(), *words]
    done = subprocess.run(command, env=address.environment(), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} could not do it:\n{done.stderr.strip()}")


def _manifest(dump: Path) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "mode": read(data_folder() / MODE) or os.environ.get("CAREPLAN_MODE", "live"),
        "migrations": migrations_digest(),
        "sha256": _sha256(dump),
        "field_keys": key_ids(_key("FIELD_KEYS")),
    }


def _key(name: str) -> str:
    """Returns a key from where this installation has it: the environment, a file it names, or the data folder."""
    named = os.environ.get(f"{name}_FILE")
    return os.environ.get(name) or read(Path(named) if named else data_folder() / "secrets" / name)


def key_ids(keys: str) -> list[str]:
    """Returns the ids of field keys written as `id:base64`, separated by blanks or commas."""
    return [entry.partition(":")[0] for entry in keys.replace(",", " ").split()]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(file: Any, dump: Path, manifest: dict[str, Any]) -> None:
    said = json.dumps(manifest, indent=1).encode()
    with tarfile.open(fileobj=file, mode="w") as archive:
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(said)
        archive.addfile(entry, io.BytesIO(said))
        archive.add(dump, DUMP)


def _unpack(file: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    """Returns the dump and what the backup says of itself. Refuses one that is not whole."""
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, [archive.getmember(MANIFEST), archive.getmember(DUMP)], filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, KeyError, ValueError, tarfile.TarError) as broken:
        raise SystemExit(f"{file} is no backup of Careplan, or not a whole one.") from broken
    if manifest.get("schema") != SCHEMA or manifest["sha256"] != _sha256(folder / DUMP):
        raise SystemExit(f"{file} is not what was written: its contents have another hash.")
    return folder / DUMP, manifest


def _take_keys(places: Places, manifest: dict[str, Any], options: argparse.Namespace) -> None:
    """Puts the keys in place. Says which are missing, and refuses unless told that they are lost."""
    kept = json.loads(Path(options.keys).read_text()) if options.keys else {}
    lost = [key for key in manifest["field_keys"] if key not in key_ids(kept.get("FIELD_KEYS", ""))]
    if lost:
        say(f"Missing field keys: {', '.join(lost)}. What they sealed (second factors, seal keys) stays shut.")
        if not options.keys_are_lost:
            raise SystemExit("Give them with --keys FILE, or say --keys-are-lost to go on without.")
    new = f"r{secrets.token_hex(3)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    places.keep_secret("FIELD_KEYS", kept.get("FIELD_KEYS") or new)
    places.keep_secret("SECRET_KEY", kept.get("SECRET_KEY") or secrets.token_urlsafe(50))


def _file(arguments: Sequence[str], command: str, what: str) -> str:
    parser = argparse.ArgumentParser(prog=f"manage.py {command}")
    parser.add_argument("file", help=what)
    return str(parser.parse_args(arguments).file)


def _restore_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py restore")
    parser.add_argument("file", help="the backup")
    parser.add_argument("--keys", default="", help="the file that export_keys wrote")
    parser.add_argument("--keys-are-lost", action="store_true", help="go on without them; what they sealed stays shut")
    return parser.parse_args(arguments)
