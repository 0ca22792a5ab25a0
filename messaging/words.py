"""The words of what leaves about messages, resources and sessions: neutral, whoever reads over a shoulder (REM-3)."""

from __future__ import annotations

from careplan.outgoing.words import declare

SOMETHING_NEW = declare(
    kind="something_new", body="There’s something for you in your portal, whenever you like.\n\n{link}"
)
