"""The tables of messages, resources, sessions and reminders."""

from messaging.models.note import Note, NoteAddendum, NoteHeld
from messaging.models.offer import Offering, OwnResource, ReadMark, Recall, Resource, ResourceAnswer
from messaging.models.session import Agenda, CalendarRules, Session, SessionLine, Slot
from messaging.models.thread import Message, MessageDraft, MessageHead, ReplyHours, Seen

__all__ = [
    "Agenda",
    "CalendarRules",
    "Message",
    "MessageDraft",
    "MessageHead",
    "Note",
    "NoteAddendum",
    "NoteHeld",
    "Offering",
    "OwnResource",
    "ReadMark",
    "Recall",
    "ReplyHours",
    "Resource",
    "ResourceAnswer",
    "Seen",
    "Session",
    "SessionLine",
    "Slot",
]
