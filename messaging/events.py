"""What happens to messages, resources and sessions, in the catalogue's sentences (AUD-2)."""

from __future__ import annotations

from careplan.ledger import catalogue

MESSAGES: dict[str, tuple[str, str]] = {
    "message.sent": ("A message was sent.", "{who} sent a message."),
    "message.answered_by_itself": (
        "You were told that nobody was reading just then.",
        "The practice said by itself that nobody was reading just then.",
    ),
}
OFFERS: dict[str, tuple[str, str]] = {
    "resource.offered": ("{who} offered you something to read or try.", "{who} offered resources."),
    "resource.recalled": ("{who} took back something that was offered.", "{who} took back something offered."),
    "resource.answered": ("You answered something offered to you: {after}.", "{who} answered an offer: {after}."),
    "resource.read_shown": ("You showed that you had read something.", "{who} showed that something had been read."),
    "resource.read_hidden": ("You stopped showing that you had read something.", "{who} stopped showing that."),
    "resource.own_shown": ("You showed something of your own.", "{who} showed something of their own."),
    "resource.own_hidden": ("You stopped showing something of your own.", "{who} stopped showing something of theirs."),
}
SESSIONS: dict[str, tuple[str, str]] = {
    "session.booked": ("{who} put an appointment into the calendar.", "{who} booked a session."),
    "session.asked": ("You asked for an appointment.", "{who} asked for a session."),
    "session.turned_down": ("{who} could not make a time you asked for.", "{who} turned down a time asked for."),
    "session.moved": ("{who} moved an appointment.", "{who} moved a session."),
    "session.cancelled": ("{who} cancelled an appointment.", "{who} cancelled a session (for the {after})."),
    "session.kept": ("{who} noted that you met.", "{who} marked a session as kept."),
    "session.missed": ("{who} noted that you did not meet.", "{who} marked a session as not attended."),
    "session.lines_linked": ("{who} noted what a session is for.", "{who} linked a session to lines of the plan."),
    "session.agenda_written": ("You wrote down what you would like to talk about.", "{who} wrote an agenda."),
}
NOTES: dict[str, tuple[str, str]] = {
    "note.signed": ("{who} signed a note of a meeting. You can read it.", "{who} signed a session note."),
    "note.added_to": ("{who} added words under a note.", "{who} added words under a session note."),
    "note.held_on": (
        "{who} looked again at a part of a note that is not shown to you for now.",
        "{who} looked again at a held part of a session note, and holds it back on.",
    ),
    "note.given_back": (
        "{who} shows you a part of a note that was held back.",
        "{who} gave the client a part of a session note that had been held back.",
    ),
}
REMINDERS: dict[str, tuple[str, str]] = {
    "reminders.said": ("You changed how you want to be reminded.", "{who} changed how they want to be reminded."),
    "reminders.stopped": ("You stopped all reminders.", "The client stopped all reminders."),
    "reminder.put_out": ("A reminder was on its way to you.", "A reminder was put out ({after})."),
}
KINDS = MESSAGES | OFFERS | SESSIONS | NOTES | REMINDERS


def declare_all() -> None:
    """Puts every kind into the catalogue."""
    for kind, (client, staff) in KINDS.items():
        catalogue.declare(kind=kind, client=client, staff=staff)
