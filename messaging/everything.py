"""What this app has about a client, for the copy they take along: the thread, offers, and their own pieces."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from careplan.access.classes import DataClass
from careplan.everything import KEPT_BACK, Line, Section, Table
from messaging import models
from messaging.library import piece_of
from messaging.library.markup import as_words


def _piece(row: models.Resource) -> Iterator[Line]:
    """The piece in the version that was given, word for word."""
    piece = piece_of(row.piece, row.version)
    yield Line(_("Title"), piece.title)
    yield Line(_("Words"), as_words(piece.text).strip())
    yield Line(_("From"), f"{piece.author}, {piece.licence}")


MESSAGES = Section(
    key="messages",
    label=_("My messages"),
    classes=frozenset({DataClass.MESSAGE}),
    order=50,
    page="my_messages:thread",
    tables=(
        Table(
            models.Message,
            _("The thread"),
            {"text": _("Words"), "author": _("From"), "at": _("When")},
            order=("at", "id"),
            hidden_as=("message", "id"),
        ),
    ),
)

RESOURCES = Section(
    key="resources",
    label=_("What was offered to me"),
    classes=frozenset({DataClass.MESSAGE}),
    order=60,
    page="my_messages:resources",
    tables=(
        Table(
            models.Offering,
            _("Offers"),
            {"note": _("Words"), "about_words": _("About"), "by": _("From"), "at": _("When")},
            order=("at",),
            hidden_as=("resource", "resources__id"),
        ),
        Table(
            models.Resource,
            _("Pieces"),
            {"version": _("Version"), "language": _("Language")},
            tell=_piece,
            order=("offering_id", "position"),
            hidden_as=("resource", "id"),
        ),
        Table(models.Recall, hidden_as=("resource", "resource_id")),
        Table(
            models.ResourceAnswer,
            _("What I said to them"),
            {"choice": _("Answer"), "words": _("Words"), "at": _("When")},
            order=("at",),
            hidden_as=("resource", "resource_id"),
        ),
        Table(models.ReadMark, hidden_as=("resource", "resource_id")),
        Table(
            models.OwnResource,
            _("My own"),
            {"title": _("Title"), "text": _("Words"), "at": _("When")},
            order=("at",),
            hidden_as=("resource", "id"),
        ),
    ),
)

SESSIONS = Section(
    key="sessions",
    label=_("My appointments"),
    classes=frozenset({DataClass.PLAN, DataClass.MESSAGE, DataClass.NOTE}),
    order=25,
    page="my_messages:appointments",
    tables=(
        Table(
            models.Session,
            _("Sessions"),
            {
                "starts_at": _("From"),
                "ends_at": _("Until"),
                "clinician": _("With"),
                "state": _("How it stands"),
                "modality": _("How we meet"),
                "place": _("Where"),
            },
            order=("starts_at",),
        ),
        Table(models.SessionLine, hidden_as=("item", "item_id")),
        Table(
            models.Agenda,
            _("What I wanted to talk about"),
            {"words": _("Words"), "person": _("From"), "at": _("When")},
            order=("at",),
        ),
        Table(
            models.Note,
            _("Notes of sessions"),
            {
                "starts_at": _("Session"),
                "author": _("Written by"),
                "who": _("Who was there"),
                "happened": _("What happened"),
                "next": _("What comes next"),
            },
            order=("starts_at",),
            kept_back=KEPT_BACK | {"worked_on"},  # lines of the plan that may be put away
        ),
        Table(
            models.NoteHeld,
            _("Held back at first, and shown later"),
            {"words": _("Words"), "given_at": _("When")},
            order=("at",),
        ),
        Table(
            models.NoteAddendum,
            _("Added to notes later"),
            {"words": _("Words"), "by": _("Written by"), "at": _("When")},
            order=("at",),
        ),
    ),
)

REMINDERS = Section(
    key="reminders",
    label=_("My reminders"),
    classes=frozenset({DataClass.CONTACT}),
    order=26,
    page="my_messages:reminders",
    tables=(
        Table(
            models.Contract,
            _("What I want to be reminded of"),
            {
                "channel": _("How"),
                "most_a_week": _("At most in a week"),
                "paused_until": _("Paused until"),
                "stopped": _("Stopped"),
            },
        ),
        Table(
            models.Reminder,
            _("Reminders"),
            {"kind": _("About"), "due_at": _("When"), "state": _("How it stands")},
            order=("due_at",),
        ),
    ),
)

SECTIONS = (MESSAGES, RESOURCES, SESSIONS, REMINDERS)
