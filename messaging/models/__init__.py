"""The tables of messages, resources, sessions and reminders."""

from messaging.models.offer import Offering, OwnResource, ReadMark, Recall, Resource, ResourceAnswer
from messaging.models.thread import Message, MessageDraft, MessageHead, ReplyHours, Seen

__all__ = [
    "Message",
    "MessageDraft",
    "MessageHead",
    "Offering",
    "OwnResource",
    "ReadMark",
    "Recall",
    "ReplyHours",
    "Resource",
    "ResourceAnswer",
    "Seen",
]
