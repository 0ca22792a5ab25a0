"""What came of a line, in words (PLAN-5e): for the sheet after it was answered, and for who said what on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from plans.kinds import Choice, How, ItemKind
from plans.models import Answer
from plans.practice.person import Spoken, capital
from plans.selectors.desk_rows import Wording
from plans.selectors.sheet_lines import LineSeen
from plans.services.off_table import asked_to_leave

Names = Mapping[UUID, str]


@dataclass(frozen=True)
class Came:
    """A state and its sentence; `tag` is the kind of {% tag %}."""

    tag: str
    word: str
    sentence: str


def came_of(line: LineSeen, client: Spoken, names: Names) -> Came:
    """Returns how a line stands now, with what the client said to it."""
    if line.row.open:
        return _open(line, client, names)
    if line.row.standing.waiting:
        return Came(
            "waiting", "Waits for its goal", f"{_said(line, client, names)} It counts as soon as its goal does."
        )
    if line.row.in_force:
        return _in_force(line, client, names)
    return _off(line, client)


def who_says(line: LineSeen, client: Spoken, names: Names) -> str:
    """Returns whose words a line holds, for staff: “Tomek’s words, Wren typed”."""
    return _whose(line, names, own=f"{client.whose} words", both=f"{client.name} and")


def who_says_to_client(line: LineSeen, names: Names) -> str:
    """Returns whose words a line holds, for the client: “You said, Wren typed”."""
    return _whose(line, names, own="You said", both="You and")


def _whose(line: LineSeen, names: Names, *, own: str, both: str) -> str:
    wording = line.asked
    writer = names.get(wording.row.author_id, "your therapist")
    if wording.by_client:
        return own
    if line.in_client_words or _is_their_wording(wording):
        return f"{own}, {writer} typed"
    together = line.kind == ItemKind.INTERVENTION and wording.row.sheet_id is not None
    return f"{both} {writer}" if together else writer


def _is_their_wording(wording: Wording) -> bool:
    return wording.row.dictated and wording.number > 1


def _open(line: LineSeen, client: Spoken, names: Names) -> Came:
    wording = line.asked
    if line.row.in_force:
        return Came("changed", "", f"The words in force count until {client.answers}.")
    if not wording.with_client:
        return Came("open", "With the therapist", f"{_said(line, client, names)} It waits for the therapist’s yes.")
    if _is_their_wording(wording):
        return Came(
            "open", f"With {client.name}", f"{capital(client.their)} own wording. It counts once {client.says} yes."
        )
    return Came("open", "Not answered yet", "")


def _in_force(line: LineSeen, client: Spoken, names: Names) -> Came:
    said = line.said_here
    if said is not None and said.choice in (Choice.NO, Choice.NOT_NOW):
        new = "no thanks" if said.choice == Choice.NO else "not now"
        return Came(
            "agreed",
            "Agreed",
            f"{names.get(said.person_id, client.name)} said {new} to the newer words. These stay in force.",
        )
    return Came("agreed", "Agreed", f"{_said(line, client, names)} In force.")


def _off(line: LineSeen, client: Spoken) -> Came:
    row = line.row.standing
    return Came(
        "off", "Off the table", asked_to_leave(client.name, row.off_choice, row.off_until, row.off_until_raised)
    )


def _said(line: LineSeen, client: Spoken, names: Names) -> str:
    said = line.said_here
    if said is None or said.choice != Choice.YES:
        return f"{client.name} said yes."
    return f"{names.get(said.person_id, client.name)} said yes{_how(said, client, names)}."


def _how(said: Answer, client: Spoken, names: Names) -> str:
    writer = names.get(said.recorded_by_id, "the therapist") if said.recorded_by_id else "the therapist"
    match said.how:
        case How.OWN_HAND_PRACTICE:
            whose = "their" if said.person_id in names else client.their
            return f", by {whose} own hand on this device"
        case How.PHONE_OR_VIDEO:
            return f" by phone or video; {writer} recorded it"
        case How.ON_PAPER:
            return f" on paper; {writer} recorded it"
        case _:
            return f" aloud; {writer} recorded it"
