"""The words of what leaves about messages, resources and sessions: neutral, whoever reads over a shoulder (REM-3)."""

from __future__ import annotations

from careplan.outgoing.words import declare
from messaging.reminding import ReminderKind

SOMETHING_NEW = declare(
    kind="something_new", body="There’s something for you in your portal, whenever you like.\n\n{link}", stops=True
)

SESSION = declare(kind="reminder_session", body="You have an appointment {when}. Change or cancel: {link}", stops=True)
COMING = declare(
    kind="reminder_review",
    body="There is a day coming up in your pages, whenever you like to look.\n\n{link}",
    stops=True,
)
ENDING = declare(
    kind="reminder_consent_end",
    body="Something in your pages comes to its end soon. Look whenever you like.\n\n{link}",
    stops=True,
)
OF_KIND = {
    ReminderKind.SESSION: SESSION,
    ReminderKind.SOMETHING_NEW: SOMETHING_NEW,
    ReminderKind.REVIEW: COMING,
    ReminderKind.CONSENT_END: ENDING,
}
