"""The tables of messages, resources, sessions and reminders."""

from messaging.models.note import Note, NoteAddendum, NoteHeld
from messaging.models.offer import Offering, OwnResource, ReadMark, Recall, Resource, ResourceAnswer
from messaging.models.reminder import Contract, Reminder
from messaging.models.session import Agenda, CalendarRules, Session, SessionLine, Slot
from messaging.models.thread import Message, MessageDraft, MessageHead, ReplyHours, Seen

__all__ = [
    "Agenda",
    "CalendarRules",
    "Contract",
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
    "Reminder",
    "ReplyHours",
    "Resource",
    "ResourceAnswer",
    "Seen",
    "Session",
    "SessionLine",
    "Slot",
]
