#!/usr/bin/env python3
"""One entry point: makes its own environment on first use, then runs the command.

Only the standard library until `.venv` is there. `demo` starts everything, `test` runs everything; any other command
is Django's, on the installation in the data folder unless the environment names another.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "careplan.json"
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
FOR_DEVELOPERS = {"test", "lint", "makemigrations"}
OLDEST = (3, 11)
BASE = getattr(sys, "_base_executable", sys.executable)
VERSION = "{}.{}".format(*sys.version_info[:2])


def main(arguments: list[str]) -> int:
    """Runs the command; returns its exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        return complain(
            f"Careplan needs Python 3.11 or newer; this is {found}. Try python3.11 manage.py, or a newer one."
        )
    command = arguments[0] if arguments else "help"
    lock = DEV_LOCK if command in FOR_DEVELOPERS else RUN_LOCK
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if not (inside and is_installed(lock) and fits(VERSION)):
        make_environment(lock)
        sys.stdout.flush()
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *arguments])
    return run(command, arguments)


def run(command: str, arguments: list[str]) -> int:
    """Runs the command inside the environment."""
    from config.console import run as run_command

    return run_command(command, arguments[1:])


def digest(lock: str) -> str:
    """Returns the fingerprint of a lock."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_installed(lock: str) -> bool:
    """Returns whether the environment holds exactly what the lock asks for; it is stamped last, so never half."""
    try:
        return json.loads(STAMP.read_text()).get(lock) == digest(lock) and PYTHON.exists()
    except (OSError, ValueError):
        return False


def fits(version: str) -> bool:
    """Returns whether the environment was made for this version of Python."""
    return (VENV / "lib" / f"python{version}").is_dir()


def make_environment(lock: str) -> None:
    """Makes or mends `.venv` from the lock; a second one at the same time waits for the first."""
    with only_one():
        works = runs(PYTHON)
        if works and is_installed(lock):
            return
        if not os.access(VENV if VENV.exists() else ROOT, os.W_OK):
            raise SystemExit(complain(f"You may not write to {ROOT}: start it as its owner, or copy it."))
        say(f"Careplan makes its own Python environment in {VENV.name}/ (first time only, a minute or so).")
        kept = stamped() if works else {}
        with contextlib.suppress(FileNotFoundError):
            STAMP.unlink()
        uv = shutil.which("uv")
        if not (uv and installed_with_uv(uv, lock, anew=not works)):
            install_with_pip(lock, anew=not works or not has_pip())
        stamps = {**kept, lock: digest(lock)}
        if lock == DEV_LOCK:
            stamps[RUN_LOCK] = digest(RUN_LOCK)
        half = STAMP.with_suffix(".half")
        half.write_text(json.dumps(stamps))
        half.replace(STAMP)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Holds the project's folder against a second maker."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is making the environment; waiting for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def stamped() -> dict[str, str]:
    """Returns what is installed already and still asked for."""
    return {lock: digest(lock) for lock in (RUN_LOCK, DEV_LOCK) if is_installed(lock)}


def runs(python: Path) -> bool:
    """Returns whether the environment's Python starts, and is the version that the environment was made for."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([str(python), "-I", "-c", asked], capture_output=True, text=True)
    except OSError:
        return False
    return answer.returncode == 0 and fits(answer.stdout.strip())


def installed_with_uv(uv: str, lock: str, *, anew: bool) -> bool:
    """Installs the lock with uv, hashes checked; returns whether it could. It does not know pip's own settings."""
    commands = [[uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "-r", lock]]
    if anew:
        commands.insert(0, [uv, "venv", "-q", "--clear", "--no-project", "--python", BASE, str(VENV)])
    if all(subprocess.run(command, cwd=ROOT).returncode == 0 for command in commands):
        return True
    say("uv could not; trying with pip.")
    return False


def has_pip() -> bool:
    """Returns whether the environment can install with pip; one that uv made cannot."""
    return subprocess.run([str(PYTHON), "-m", "pip", "-V"], capture_output=True).returncode == 0


def create() -> None:
    """Makes an empty environment."""
    refuse_without_venv()
    command = [BASE, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(
            complain(f"The environment could not be made in {VENV}:\n{(done.stderr or done.stdout).strip()}")
        )


def refuse_without_venv() -> None:
    """Says plainly what is missing when this Python cannot make environments."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SystemExit(
            complain(
                f"This Python cannot make environments: its venv module is missing. On Debian and Ubuntu:\n"
                f"    apt-get install python{VERSION}-venv\n"
                "Then run the same command again. (uv on PATH would do as well.)"
            )
        ) from None


def install_with_pip(lock: str, *, anew: bool) -> None:
    """Installs the lock with pip, hashes checked, showing how far it is."""
    if anew:
        create()
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--no-deps", "-r", lock]
    total = sum(1 for line in (ROOT / lock).read_text().splitlines() if line[:1].isalnum())
    seen, lines = 0, []
    pip = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in pip.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            progress(f"  package {seen} of {total}", also_in_a_log=seen % 10 == 0)
        elif line.startswith("Installing collected"):
            progress("  putting them in place", also_in_a_log=True)
    code = pip.wait()
    progress("  it failed" if code else "  done", last=True)
    if code:
        sys.stdout.write("".join(lines[-15:]))
        raise SystemExit(complain("The packages could not be installed; the lines above say why. Is there a network?"))


def progress(text: str, *, also_in_a_log: bool = False, last: bool = False) -> None:
    """Shows how far it is: over the last line on a terminal, now and then elsewhere."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{text}" + ("\n" if last else ""))
        sys.stdout.flush()
    elif also_in_a_log or last:
        say(text)


def say(sentence: str) -> None:
    """Prints a sentence at once."""
    print(sentence, flush=True)


def complain(sentence: str) -> int:
    """Prints what is wrong; returns the exit code for it."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
