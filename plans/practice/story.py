"""The right pane: what happened to one line, in plain sentences, with how each answer was given and who recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from careplan.ui.templatetags.ui import day
from plans.content import words_of
from plans.kinds import CLIENT_SIDE, Choice, How, Role
from plans.models import Answer
from plans.practice.person import Spoken
from plans.selectors.desk_rows import DeskRow, Story, Wording

HOW = {
    How.BY_PROPOSING: "by proposing it",
    How.OWN_HAND_PORTAL: "by own hand",
    How.OWN_HAND_PRACTICE: "by own hand, on the practice’s device",
    How.SAID_IN_SESSION: "said in session",
    How.PHONE_OR_VIDEO: "said by phone or video",
    How.ON_PAPER: "on paper",
}
STAFF_WORD = {Choice.YES_WITH_CHANGES: "Suggest wording", Choice.NO: "No, with a reason"}


@dataclass(frozen=True)
class Entry:
    """One thing that happened, as the timeline shows it."""

    text: SafeString
    at: datetime
    staff: bool = False
    now: bool = False


@dataclass(frozen=True)
class Telling:
    """Who tells whom: the client's name, the staff's names, and who is reading."""

    client: Spoken
    names: dict[UUID, str]
    reader: UUID | None

    def who(self, person: UUID | None, role: str) -> str:
        """What a person is called: “You”, a first name, the client's name, “A guardian”."""
        if person == self.reader:
            return "You"
        match role:
            case Role.CLIENT:
                return self.client.name
            case Role.GUARDIAN:
                return "A guardian"
        return self.names.get(person, "Somebody else") if person else "Somebody else"

    def author(self, wording: Wording) -> str:
        """Who wrote a wording."""
        return self.who(wording.row.author_id, wording.row.author_role)


def entries(story: Story, row: DeskRow, telling: Telling) -> list[Entry]:
    """Returns what happened to an item, latest first."""
    came = _last_yes(row.in_force)
    told = [_proposed(wording, story, telling) for wording in story.wordings]
    for wording in story.wordings:
        told += [
            _answered(answer, wording, telling, answer is came) for answer in wording.answers if _is_told(answer, came)
        ]
    order = {id(entry): place for place, entry in enumerate(told)}
    return sorted(told, key=lambda entry: (entry.at, entry.now, order[id(entry)]), reverse=True)


def _is_told(answer: Answer, came: Answer | None) -> bool:
    """A yes by proposing is told with the proposal, unless it is what brought the wording in."""
    return answer.how != How.BY_PROPOSING or answer is came


def _last_yes(wording: Wording | None) -> Answer | None:
    said = [answer for answer in wording.answers if answer.choice == Choice.YES] if wording else []
    return max(said, key=lambda answer: answer.number, default=None)


def _proposed(wording: Wording, story: Story, telling: Telling) -> Entry:
    who, row = telling.author(wording), wording.row
    before = next((each for each in story.wordings if each.number == wording.number - 1), None)
    moved = before is not None and before.row.parent_id != row.parent_id
    what = "proposed to move it" if moved else f"proposed wording {wording.number}"
    if row.dictated:
        what = f"wrote down what {telling.client.name} said (wording {wording.number})"
    over = " It was raised again before its date." if row.raised_over_id else ""
    words = _own_words(words_of(wording.content)) if wording.by_client else ""
    why = format_html(" Why: {}", row.why) if row.why else ""
    return Entry(format_html("{} {}{}{}{}", who, what, words or ".", why, over), row.at, staff=not wording.by_client)


def _answered(answer: Answer, wording: Wording, telling: Telling, now: bool) -> Entry:
    who = telling.who(answer.person_id, answer.role_held)
    from_whom = "you" if who == "You" else who
    return Entry(
        format_html(
            "<b>{}</b> from {} to wording {}{}{}{}{}{}",
            _choice(answer),
            from_whom,
            wording.number,
            _how(answer),
            _recorded(answer, telling),
            _present(answer),
            _until(answer, telling.client),
            _said(answer, now),
        ),
        answer.at,
        staff=answer.role_held not in CLIENT_SIDE,
        now=now,
    )


def _choice(answer: Answer) -> str:
    if answer.role_held not in CLIENT_SIDE:
        return STAFF_WORD.get(Choice(answer.choice), str(Choice(answer.choice).label))
    return str(Choice(answer.choice).label)


def _recorded(answer: Answer, telling: Telling) -> str:
    if not answer.recorded_by_id:
        return ""
    who = telling.who(answer.recorded_by_id, Role.STAFF)
    return f", recorded by {'you' if who == 'You' else who}"


def _present(answer: Answer) -> str:
    there = ", ".join(str(each) for each in answer.present or [])
    return f", present: {there}" if there else ""


def _until(answer: Answer, client: Spoken) -> str:
    if answer.until:
        return f", until {day(answer.until)}"
    return f", until {client.says} so" if answer.until_raised else ""


def _said(answer: Answer, now: bool) -> SafeString:
    words = answer.words or ""
    told = _own_words(words) if answer.role_held in CLIENT_SIDE else format_html(": {}", words)
    return format_html("{}{}", told if words else ".", " In force." if now else "")


def _own_words(words: str) -> SafeString:
    """The client's words, in the serif, with their own full stop or none."""
    return format_html(': <span class="own-words">{}</span>', words)


def _how(answer: Answer) -> str:
    """How the client's side said it; staff say it at their desk."""
    return f", {HOW[How(answer.how)]}" if answer.role_held in CLIENT_SIDE else ""
