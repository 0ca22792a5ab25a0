"""How a line stands, as a shape and a word (PLAN-5e, PLAN-18): one rule for the tree, the item and the lists."""

from __future__ import annotations

from dataclasses import dataclass

from plans.kinds import Choice, Progress
from plans.practice.person import Spoken
from plans.selectors.desk_rows import DeskRow

UNDER_WAY = {Progress.NOT_STARTED: "", Progress.IN_PROGRESS: "under way"}


@dataclass(frozen=True)
class Look:
    """A state: `tag` is the kind of {% tag %}, `css` the class in the tree, `words` what it says."""

    tag: str
    icon: str
    css: str
    words: str
    short: str = ""


def look_of(row: DeskRow, client: Spoken) -> Look:
    """Returns how an item stands now, in a shape and a word."""
    if row.open and row.open.proposed_by_client:
        return Look("changed", "git-compare", "open", f"{client.name} proposed a wording", f"{client.name} proposed")
    if row.open and row.in_force:
        return Look("changed", "git-compare", "open", "Changed, not agreed yet", "changed, not agreed yet")
    if row.open:
        return _open(row, client)
    if row.standing.waiting:
        return Look("waiting", "pause", "", "Agreed, waiting for its goal", "waiting for its goal")
    if row.in_force:
        return _agreed(row)
    return _off(row)


def _open(row: DeskRow, client: Spoken) -> Look:
    assert row.open is not None  # noqa: S101 - told apart by the caller
    words = f"Open, with {client.name}" if row.open.with_client else "Open, with the therapist"
    return Look("open", "circle-dashed", "open", words, "open")


def _agreed(row: DeskRow) -> Look:
    progress = Progress(row.standing.progress)
    word = UNDER_WAY.get(progress, progress.label.lower())
    if progress == Progress.PAUSED:
        return Look("paused", "pause", "", "Agreed, paused", "paused")
    short = "" if progress in UNDER_WAY else word
    return Look("agreed", "circle-check", "", f"Agreed, {word}" if word else "Agreed", short)


def _off(row: DeskRow) -> Look:
    match row.standing.off_choice:
        case Choice.NOT_NOW:
            return Look("off", "circle-slash", "off", "Not now", "not now")
        case Choice.NO:
            return Look("off", "circle-slash", "off", "Off the table", "no thanks")
    return Look("open", "circle-dashed", "open", "Waiting for other words", "other words wanted")
