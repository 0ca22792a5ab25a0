"""Where the data lies: folders, sockets and secrets that only their owner can reach."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.embedded.processes import Account, can_reach, server_account

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")
SHARED_PARENTS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - created securely, see `own_folder`
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "CACHE_URL")
LOCK = "careplan.lock"
KEYS = ("SECRET_KEY", "FIELD_KEYS")


def hold(data: Path) -> int | None:
    """Takes the data folder for this process until it ends; None when another one has it."""
    held = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held


def data_folder() -> Path:
    """Returns the data folder: CAREPLAN_DATA, or `.data` beside manage.py."""
    named = os.environ.get("CAREPLAN_DATA")
    return Path(named).expanduser().resolve() if named else ROOT / ".data"


@dataclass(frozen=True)
class Places:
    """The folders of one installation. `servers` is the data folder's own, or one that its servers can reach."""

    data: Path
    servers: Path
    sockets: Path
    account: Account | None

    @property
    def secrets(self) -> Path:
        """Returns the folder of addresses, keys and passwords: one file each."""
        return self.data / "secrets"

    @property
    def logs(self) -> Path:
        """Returns the folder of the processes' logs."""
        return self.data / "logs"

    def secret(self, name: str, make: Callable[[], str]) -> str:
        """Returns the secret of that name, made once and kept for its owner alone."""
        path = self.secrets / name
        if not path.exists():
            self.keep_secret(name, make())
        return path.read_text().strip()

    def keep_secret(self, name: str, value: str) -> None:
        """Writes the secret, whole or not at all."""
        write_private(self.secrets / name, value)

    def server_folder(self, name: str) -> Path:
        """Returns a folder that one server owns."""
        return own_folder(self.servers / name, mode=0o700, account=self.account)

    def moved(self) -> bool:
        """Returns whether the servers' files lie outside the data folder."""
        return self.data not in self.servers.parents

    def remove(self) -> None:
        """Removes the data, wherever it lies."""
        for folder in (self.servers, self.sockets):
            shutil.rmtree(folder, ignore_errors=True)
        for entry in ("secrets", "logs", "stamps"):
            shutil.rmtree(self.data / entry, ignore_errors=True)


def prepare(data: Path) -> Places:
    """Returns the places for a data folder, made where needed. Folders above it are left as they are."""
    account = server_account()
    _refuse_somebody_elses_things(data)
    own_folder(data, mode=0o711 if account else 0o700)
    (data / LOCK).touch(mode=0o600)
    servers = _servers_folder(data, account)
    places = Places(data, servers, _socket_folder(servers, account), account)
    own_folder(places.secrets, mode=0o700)
    own_folder(places.logs, mode=0o700)
    return places


def _refuse_somebody_elses_things(data: Path) -> None:
    if data.is_dir() and os.access(data, os.R_OK) and any(data.iterdir()) and not (data / LOCK).exists():
        raise SystemExit(f"{data} holds other things. Set CAREPLAN_DATA to an empty or a new folder.")


def own_folder(path: Path, *, mode: int, account: Account | None = None) -> Path:
    """Returns the folder, made if it is not there; refuses one that is a link or belongs to somebody else."""
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        _refuse_foreign(path, account)
        if account is not None and path.stat().st_uid != account.uid:
            os.chown(path, account.uid, account.gid)
        if stat.S_IMODE(path.stat().st_mode) != mode:
            path.chmod(mode)
    except PermissionError as denied:
        raise SystemExit(
            f"Careplan cannot write to {path}: it belongs to somebody else. "
            "Set CAREPLAN_DATA to a folder of your own, or start it as the user who made it."
        ) from denied
    return path


def _refuse_foreign(path: Path, account: Account | None) -> None:
    there = path.lstat()
    ours = {os.geteuid(), *([account.uid] if account else [])}
    if not stat.S_ISDIR(there.st_mode):
        raise SystemExit(f"{path} is in the way: a folder is needed there.")
    if there.st_uid not in ours and os.geteuid() != 0:
        raise PermissionError(path)
    if there.st_uid not in ours:
        raise SystemExit(f"{path} belongs to another user; Careplan does not use it.")


def _servers_folder(data: Path, account: Account | None) -> Path:
    if can_reach(data, account):
        return own_folder(data / "servers", mode=0o711 if account else 0o700)
    name = "careplan-" + _digest(data)
    for parent in SHARED_PARENTS:
        if parent.is_dir() and can_reach(parent, account):
            return own_folder(parent / name, mode=0o711)
    raise SystemExit(f"The user {account.name if account else ''} can reach neither {data} nor /var/lib.")


def _socket_folder(servers: Path, account: Account | None) -> Path:
    folder = servers / "s"
    if len(os.fsencode(folder)) + LONGEST_SOCKET_NAME > LONGEST_SOCKET_PATH:
        folder = _short_parent() / f"careplan-{_digest(servers)}"
    return own_folder(folder, mode=0o700, account=account)


def _short_parent() -> Path:
    parent = Path(tempfile.gettempdir())
    return parent if len(os.fsencode(parent)) < 60 else Path("/tmp")  # noqa: S108 - `own_folder` refuses a stranger's


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def write_private(path: Path, text: str) -> None:
    """Writes a file for its owner alone, whole or not at all."""
    half = path.with_name(path.name + ".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
