"""A provider of e-mail that keeps nothing but which message it took, each time it took one."""

from __future__ import annotations

import os
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Provider(BaseEmailBackend):
    """Appends a line for each message, in one write: what a kill cannot tear."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Takes them all."""
        where = os.open(os.environ["FAULTS_TAKEN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        for mail in email_messages:
            os.write(where, f"{mail.extra_headers['Message-ID']}\n".encode())
        os.close(where)
        return len(email_messages)
