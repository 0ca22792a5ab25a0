"""The ways out: e-mail by Django's backends, text messages by apprise, and a recorder for demo and tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from careplan.outgoing.models import Channel, Recorded


@dataclass(frozen=True)
class Letter:
    """A message as it leaves. `message_id` stays the same over every attempt, so that a second one can be known."""

    message_id: UUID
    channel: Channel
    address: str
    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


class Undelivered(Exception):
    """The way out did not take it; `final` when trying again is no use. Its text is never shown or logged."""

    def __init__(self, *, final: bool = False) -> None:
        super().__init__("not taken")
        self.final = final


class Gateway(Protocol):
    """A way out. `knows_again` says that it takes a message it had before for the same one."""

    knows_again: bool

    def send(self, letter: Letter) -> None:
        """Returns when the provider has taken it. Raises Undelivered."""


class EmailGateway:
    """E-mail through whatever EMAIL_BACKEND a practice has."""

    knows_again = False

    def send(self, letter: Letter) -> None:
        """Sends plain text under a neutral sender."""
        mail = EmailMessage(
            subject=letter.subject,
            body=letter.body,
            from_email=settings.MAIL_FROM,
            to=[letter.address],
            headers={
                "Message-ID": f"<{letter.message_id}@{_domain()}>",
                "Auto-Submitted": "auto-generated",
                **letter.headers,
            },
        )
        try:
            taken = mail.send()
        except (OSError, ValueError) as failed:
            raise Undelivered from failed
        if not taken:
            raise Undelivered


class TextGateway:
    """Text messages through the gateway that TEXT_GATEWAY names, in apprise's form with `{to}` for the number."""

    knows_again = False

    def send(self, letter: Letter) -> None:
        """Sends the body alone."""
        import apprise

        if not settings.TEXT_GATEWAY:
            raise Undelivered(final=True)
        way = apprise.Apprise()
        number = "".join(sign for sign in letter.address if sign.isdigit())
        if not way.add(settings.TEXT_GATEWAY.replace("{to}", number)) or not way.notify(body=letter.body):
            raise Undelivered


class RecordingGateway:
    """Keeps what it is given, each message once: for the demo's outbox and for tests."""

    knows_again = True

    def send(self, letter: Letter) -> None:
        """Writes it down."""
        Recorded.objects.bulk_create(
            [
                Recorded(
                    message_id=letter.message_id,
                    channel=letter.channel,
                    address=letter.address,
                    sender=settings.MAIL_FROM,
                    subject=letter.subject,
                    body=letter.body,
                    headers=letter.headers,
                    at=timezone.now(),
                )
            ],
            ignore_conflicts=True,
        )


def gateway_of(channel: str) -> Gateway:
    """The way out of a channel."""
    if settings.OUTGOING == "record":
        return RecordingGateway()
    return EmailGateway() if channel == Channel.EMAIL else TextGateway()


def _domain() -> str:
    return str(settings.MAIL_FROM).rpartition("@")[2].strip("> ")
