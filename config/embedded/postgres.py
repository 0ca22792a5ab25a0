"""PostgreSQL for one installation: its files, its process, its roles, its addresses."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.embedded.binaries import postgres_bin
from config.embedded.places import Places, write_private
from config.embedded.processes import Child, command_line, dies_with_us

DATABASE = "careplan"
ADMIN = "cp_admin"
HERE = Path(__file__).parent
PLAIN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
# Small: everything idle together stays below 600 MB. No statement, parameter or row reaches the log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "48MB",
    "max_connections": "40",
    "max_worker_processes": "2",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "1",
    "autovacuum_worker_slots": "2",
    "io_method": "sync",
    "max_wal_size": "256MB",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
SINCE_18 = {"io_method", "autovacuum_worker_slots"}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL. `throw_away` trades safety for speed and lets the owner make databases: for tests."""

    places: Places
    bin: Path
    throw_away: bool = False

    @classmethod
    def at(cls, places: Places, *, throw_away: bool = False) -> Postgres:
        """Returns the PostgreSQL of these places."""
        return cls(places, postgres_bin(places.account), throw_away)

    @property
    def folder(self) -> Path:
        """Returns the folder that holds the cluster."""
        return self.places.server_folder("postgres")

    @property
    def cluster(self) -> Path:
        """Returns PostgreSQL's own data folder."""
        return self.folder / "data"

    def create(self) -> None:
        """Makes the cluster if there is none; one that was left half made is made anew."""
        if self.identity():
            return
        shutil.rmtree(self.cluster, ignore_errors=True)
        password = self.folder / "password"
        write_private(password, self._password(ADMIN))
        if self.places.account is not None:
            os.chown(password, self.places.account.uid, self.places.account.gid)
        try:
            self._initdb(password)
        finally:
            password.unlink()
        write_private(self.folder / "identity", secrets.token_hex(8))

    def identity(self) -> str:
        """Returns what tells this cluster from any other; empty until it is made whole."""
        try:
            return (self.folder / "identity").read_text().strip()
        except FileNotFoundError:
            return ""

    def settle(self) -> None:
        """Stops what a killed supervisor left running on these files."""
        pid = self._left_behind()
        deadline = time.monotonic() + 30
        while pid and pid == self._left_behind() and time.monotonic() < deadline:
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)

    def _left_behind(self) -> int:
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return 0
        return pid if str(self.cluster) in command_line(pid) else 0

    def _initdb(self, password: Path) -> None:
        command = [
            *(self.bin / "initdb", "-D", self.cluster, "-U", ADMIN, "-A", "scram-sha-256", "--pwfile", password),
            *("-E", "UTF8", *self._locale(), "--no-instructions", *(["-N"] if self.throw_away else [])),
        ]
        done = subprocess.run(
            [str(part) for part in command],
            preexec_fn=dies_with_us(self.places.account, signal.SIGKILL),
            capture_output=True,
            text=True,
            env=PLAIN_ENV,
            cwd="/",
            start_new_session=True,
        )
        if done.returncode:
            raise SystemExit(f"PostgreSQL could not make its files in {self.folder}:\n{done.stderr.strip()}")

    def _locale(self) -> list[str]:
        if self._major() >= 17:
            return ["--locale-provider=builtin", "--locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _major(self) -> int:
        done = subprocess.run([str(self.bin / "postgres"), "-V"], capture_output=True, text=True, check=True)
        return int(done.stdout.split()[2].split(".")[0].rstrip("betarcdvl") or 0)

    def child(self) -> Child:
        """Returns the process, not yet started. It stops by SIGINT: at once, cleanly, whoever is connected."""
        return Child(
            name="database",
            command=[str(self.bin / "postgres"), "-D", str(self.cluster), *self._options()],
            log=self.places.logs / "database.log",
            env=PLAIN_ENV,
            account=self.places.account,
            stop_with=signal.SIGINT,
            die_with=signal.SIGINT,
            patience=30.0,
        )

    def _options(self) -> list[str]:
        chosen = {
            **SETTINGS,
            "unix_socket_directories": str(self.places.sockets),
            **(THROW_AWAY if self.throw_away else {}),
        }
        old = SINCE_18 if self._major() < 18 else set()
        return [word for name, value in chosen.items() if name not in old for word in ("-c", f"{name}={value}")]

    def ready(self, pid: int) -> bool:
        """Returns whether the server with this process id takes connections."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def bootstrap(self, *, empty: bool = False) -> None:
        """Makes roles, database and schemas, once for each cluster; an `empty` database waits for a backup."""
        done = self.folder / "roles"
        if done.exists():
            return
        import psycopg

        with psycopg.connect(self.address(ADMIN, "postgres"), autocommit=True) as admin:
            admin.execute(self._roles())
            if self.throw_away:
                admin.execute("alter role cp_owner createdb; grant pg_signal_backend to cp_owner")
            if not admin.execute("select from pg_database where datname = %s", [DATABASE]).fetchone():
                admin.execute(f"create database {DATABASE} owner cp_owner template template0")
        if not empty:
            self.settle_rights()
        done.touch()

    def settle_rights(self) -> None:
        """Takes from PUBLIC what the database gives it, and makes the two schemas if they aren't there."""
        import psycopg

        with psycopg.connect(self.address("cp_owner", DATABASE), autocommit=True) as owner:
            owner.execute((HERE / "database.sql").read_bytes())

    def keep_addresses(self) -> None:
        """Writes the addresses to the secrets, at each start: the folder may have been moved."""
        self.places.keep_secret("DATABASE_URL", self.address("cp_app", DATABASE))
        self.places.keep_secret("DATABASE_OWNER_URL", self.address("cp_owner", DATABASE))
        self.places.keep_secret("DATABASE_BACKUP_URL", self.address("cp_backup", DATABASE))

    def _roles(self) -> bytes:
        statements = (HERE / "roles.sql").read_text()
        for role in ("owner", "app", "backup"):
            statements = statements.replace(f":'{role}_password'", f"'{self._password(f'cp_{role}')}'")
        return statements.encode()

    def _password(self, role: str) -> str:
        """Returns the role's password: url-safe letters only, so that it needs no quoting anywhere."""
        return self.places.secret(f"{role}.password", lambda: secrets.token_urlsafe(24))

    def address(self, role: str, database: str) -> str:
        """Returns the postgresql:// address for a role."""
        return f"postgresql://{role}:{self._password(role)}@/{database}?host={quote(str(self.places.sockets), safe='')}"
