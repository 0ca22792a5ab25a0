"""`manage.py verify_plan FILE`: says whether a file is exactly what was exported. Needs no database, no settings."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from plans.bundle.verify import Checked, verify


def main(arguments: Sequence[str]) -> int:
    """Checks a file and prints what was found; returns 0 for a whole one, 1 for a broken one, 2 for none."""
    asked = _parser().parse_args(list(arguments))
    try:
        written = Path(asked.file).read_bytes()
    except OSError as error:
        sys.stderr.write(f"{asked.file} can’t be read: {error.strerror}\n")
        return 2
    found = verify(written, trusted=asked.key)
    (sys.stdout if found.whole else sys.stderr).write(f"{_sentence(found)}\n")
    return 0 if found.whole else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py verify_plan", description="Check a plan with its proof, offline.")
    parser.add_argument("file", help="the file that was downloaded")
    parser.add_argument(
        "--key", action="append", default=[], help="a fingerprint that the practice told you; others are refused"
    )
    return parser


def _sentence(found: Checked) -> str:
    if not found.whole:
        return f"Broken. First of all: {found.broken}"
    counts = ", ".join(f"{count} {name}" for name, count in found.counts.items() if name != "removed")
    lines = [f"Whole: every byte is what was exported. {counts}."]
    if found.counts["removed"]:
        lines.append(f"{found.counts['removed']} texts were removed lawfully; their hashes stand.")
    lines += ["Sealed with (compare with what the practice says):", *(f"  {line}" for line in found.keys)]
    return "\n".join(lines)
