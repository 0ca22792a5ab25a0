"""What happens to a client's record, in the catalogue's sentences (AUD-2)."""

from __future__ import annotations

from careplan.ledger import catalogue

KINDS: dict[str, tuple[str, str]] = {
    "client.added": ("Your record was begun.", "{who} began this record."),
    "client.directory_changed": (
        "{who} changed how your name, pronouns, language or place are kept.",
        "{who} changed the name, pronouns, language or place.",
    ),
    "client.about_changed": ("{who} wrote down something about you.", "{who} changed what is kept about the client."),
    "client.contact_changed": ("{who} changed how we reach you.", "{who} changed the contact rules."),
    "person_around.added": ("{who} added somebody around you.", "{who} added somebody around the client."),
    "person_around.changed": (
        "{who} changed what is kept about somebody around you.",
        "{who} changed what is kept about somebody around the client.",
    ),
    "person_around.removed": ("{who} took somebody around you off.", "{who} took somebody around the client off."),
    "diagnosis.shared": ("{who} told you what they call it.", "{who} noted that a diagnosis was talked over."),
    "diagnosis.own_view": (
        "How you see it was written down.",
        "The client’s view of a diagnosis was written down by {who}.",
    ),
    "consent.offered": ("{who} asked you for a permission.", "{who} asked for a consent."),
    "consent.given": ("A permission was given.", "A consent was given, written down by {who}."),
    "consent.declined": ("You said no to a permission.", "A consent was declined, written down by {who}."),
    "consent.left": ("You left a permission for another time.", "A consent was left for another time."),
    "consent.dropped": ("{who} took back a question about a permission.", "{who} took back the offer of a consent."),
    "consent.withdrawn": ("You stopped a permission.", "A consent was withdrawn, written down by {who}."),
    "consent.replaced": ("A permission was replaced by a new one.", "A consent was replaced by a new one."),
    "consent.narrowed": ("You made a permission smaller.", "A consent was narrowed, written down by {who}."),
    "consent.limits_arranged": (
        "{who} wrote down how your changes to a permission are kept.",
        "{who} wrote down how a limit of a consent is kept.",
    ),
    "consent.question_answered": (
        "{who} answered what you had asked about a permission.",
        "{who} answered a question about a consent.",
    ),
    "consent.struck": ("{who} marked a permission as entered in error.", "{who} marked a consent as entered in error."),
    "disclosure.recorded": (
        "{who} wrote down that something was told to somebody.",
        "{who} wrote down a disclosure ({after}).",
    ),
    "disclosure.withheld": (
        "Something was told to somebody. You can read what from a later day.",
        "{who} wrote down a disclosure that the client reads later ({after}).",
    ),
    "ledger.asked": (
        "You asked about who saw your information.",
        "{who} asked about a line of who saw their information.",
    ),
    "ledger.answered": (
        "{who} answered your question about who saw it.",
        "{who} answered a question about who saw it.",
    ),
    "limits.told": (
        "{who} went through with you when we might have to tell someone.",
        "{who} told the limits of confidentiality.",
    ),
    "limits.told_in_part": (
        "{who} went through some of when we might have to tell someone.",
        "{who} told some of the limits of confidentiality.",
    ),
    "limits.left_for_later": (
        "You left for later when we might have to tell someone.",
        "{who} wrote down that the limits were left for later.",
    ),
    "limits.told_again": (
        "{who} went through again when we might have to tell someone.",
        "{who} told the limits of confidentiality again.",
    ),
    "limits.question_answered": (
        "{who} answered what you had asked about when we might have to tell someone.",
        "{who} answered a question about the limits of confidentiality.",
    ),
}

# Told to the client in the room, not by a line in a list: until then these are staff's lines.
STAFF_KINDS: dict[str, tuple[str, str]] = {
    "ledger.withheld": ("A line is shown later.", "{who} withheld a line of who saw it until a day."),
    "quiet.set": ("{who} set how these pages are shown.", "How quiet their own pages are was set by {who}."),
    "quiet.tucked": ("{who} put something away.", "Something was tucked away from their own pages by {who}."),
    "quiet.brought_back": ("{who} brought something back.", "{who} brought back something that was tucked away."),
    "diagnosis.recorded": ("{who} wrote something down.", "{who} wrote down a diagnosis."),
    "diagnosis.reworded": ("{who} put something into other words.", "{who} changed what a diagnosis is called."),
    "diagnosis.ended": ("{who} ended something.", "{who} ended a diagnosis ({after})."),
}


def declare_all() -> None:
    """Puts every kind into the catalogue."""
    for kind, (client, staff) in STAFF_KINDS.items():
        catalogue.declare(kind=kind, client=client, staff=staff, visibility=catalogue.Visibility.STAFF)
    for kind, (client, staff) in KINDS.items():
        catalogue.declare(kind=kind, client=client, staff=staff)
