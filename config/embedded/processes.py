"""Starting a process that cannot outlive us, and knowing when all of it is gone."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

SERVER_USERS = ("postgres", "nobody")
PR_SET_PDEATHSIG = 1
LARGEST_LOG = 5_000_000
LINUX = sys.platform.startswith("linux")
_LIBC = ctypes.CDLL(None, use_errno=True) if LINUX else None


@dataclass(frozen=True)
class Account:
    """The unprivileged user that servers run as when we are root."""

    name: str
    uid: int
    gid: int

    def drop(self) -> None:
        """Makes this process that user, for good."""
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)


def server_account() -> Account | None:
    """Returns whom the servers run as; None when we are an ordinary user and they run as us."""
    if os.geteuid() != 0:
        return None
    for name in SERVER_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise SystemExit("PostgreSQL does not run as root, and there is no user named postgres or nobody to run it as.")


def can_reach(path: Path, account: Account | None, how: int = os.X_OK) -> bool:
    """Returns whether the account gets to the path, whatever the folders above it allow."""
    if account is None:
        return os.access(path, how)
    child = os.fork()
    if child == 0:
        try:
            account.drop()
            os._exit(0 if os.access(path, how) else 1)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def dies_with_us(account: Account | None, death: signal.Signals) -> Callable[[], None]:
    """Returns what a new process does first: drops its rights, then asks for `death` when we are gone."""
    parent = os.getpid()

    def begin() -> None:
        if account is not None:
            account.drop()
        if _LIBC is not None:  # after setuid, which forgets it
            _LIBC.prctl(PR_SET_PDEATHSIG, death)
        if os.getppid() != parent:
            os._exit(1)

    return begin


def command_line(pid: int) -> str:
    """Returns the words of a running process, empty when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if LINUX:
            return ""
    asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return asked.stdout.strip()


@dataclass
class Child:
    """One process of ours with everything it started; `ready` says when it does its work."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = Path("/")
    account: Account | None = None
    stop_with: signal.Signals = signal.SIGTERM
    die_with: signal.Signals = signal.SIGKILL
    patience: float = 10.0
    keep_fds: Sequence[int] = ()
    output: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    _lifeline: int = -1

    def start(self) -> None:
        """Starts it in a session of its own. Every descendant holds the lifeline open until it is gone."""
        ours, theirs = os.pipe()
        try:
            with _open_log(self.log) as log, _open_log(self.output or self.log) as output:
                self.process = subprocess.Popen(
                    list(self.command),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=log,
                    env=dict(self.env),
                    cwd=self.cwd,
                    start_new_session=True,
                    pass_fds=(*self.keep_fds, theirs),
                    preexec_fn=dies_with_us(self.account, self.die_with),
                )
        except BaseException:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        os.set_blocking(ours, False)
        self._lifeline, self.started_at = ours, time.monotonic()

    def ended(self) -> int | None:
        """Returns how it ended, None while it runs. Reaps it."""
        return self.process.poll() if self.process else None

    def all_gone(self) -> bool:
        """Returns whether the process and all it started are gone."""
        if self.process is None or self._lifeline < 0:
            return True
        if self.process.poll() is None:
            return False
        try:
            gone = os.read(self._lifeline, 1) == b""
        except BlockingIOError:
            gone = False
        if gone:
            os.close(self._lifeline)
            self._lifeline = -1
        return gone

    def wait_gone(self, seconds: float) -> bool:
        """Waits until all of it is gone; returns False when time ran out."""
        deadline = time.monotonic() + seconds
        while not self.all_gone():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def clear(self, seconds: float = 10.0) -> None:
        """Ends what a dead process left behind. Descendants get a moment: a database's backends go by themselves."""
        if not self.wait_gone(min(seconds, 3.0)):
            self._signal_group(signal.SIGKILL)
            self.wait_gone(seconds)

    def ask_to_stop(self) -> None:
        """Asks it to stop and does not wait."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_with)

    def stop(self) -> None:
        """Stops it and all it started; kills what does not listen within its patience."""
        self.ask_to_stop()
        if not self.wait_gone(self.patience):
            self._signal_group(signal.SIGKILL)
            self.wait_gone(5.0)

    def _signal_group(self, what: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, what)
        except ProcessLookupError:
            return

    def last_words(self, lines: int = 15) -> str:
        """Returns the end of its log."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


def _open_log(path: Path) -> BinaryIO:
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".old"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
