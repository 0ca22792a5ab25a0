"""The rules of messages and offers in the database: guarded tables, whose hand, what is nobody else's (MSG-1, 2, 5)."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, grant, protect, protect_listed, run_file

SQL = Path(__file__).parent / "sql"
MESSAGE = DataClass.MESSAGE
KINDS = [
    "message.sent",
    "message.answered_by_itself",
    "resource.offered",
    "resource.recalled",
    "resource.answered",
    "resource.read_shown",
    "resource.read_hidden",
    "resource.own_shown",
    "resource.own_hidden",
]


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_threads")]

    operations = [
        event_kinds(KINDS, MESSAGE),
        *protect("messaging_offering", data_class=MESSAGE, append_only=True, parents={"about_item_id": "plans_item"}),
        *protect(
            "messaging_resource", data_class=MESSAGE, append_only=True, parents={"offering_id": "messaging_offering"}
        ),
        *protect(
            "messaging_message",
            data_class=MESSAGE,
            append_only=True,
            parents={"about_item_id": "plans_item", "about_resource_id": "messaging_resource"},
        ),
        *protect(
            "messaging_recall", data_class=MESSAGE, append_only=True, parents={"resource_id": "messaging_resource"}
        ),
        *protect(
            "messaging_resource_answer",
            data_class=MESSAGE,
            append_only=True,
            parents={"resource_id": "messaging_resource"},
        ),
        *protect(
            "messaging_read_mark", data_class=MESSAGE, evented=False, parents={"resource_id": "messaging_resource"}
        ),
        *protect("messaging_own", data_class=MESSAGE, evented=False),
        *protect("messaging_draft", data_class=MESSAGE, evented=False),
        *protect_listed("messaging_seen", tier=Tier.OPERATIONS, write_class=MESSAGE, evented=False),
        *protect_listed("message_head", tier=Tier.OPERATIONS, write_class=MESSAGE),
        grant("messaging_hours", "select, insert, update"),
        run_file(SQL / "threads.sql", reverse=""),
        run_file(SQL / "offers.sql", reverse=(SQL / "undo.sql").read_text(encoding="utf-8")),
    ]
