"""The rules of reminders in the database: whose terms, due once, decided when they leave (REM-1, REM-4)."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, protect, protect_listed, run_file

SQL = Path(__file__).parent / "sql"
CONTACT = DataClass.CONTACT
UNDO = """drop trigger reminders_follow on app.clients_consent;
drop trigger reminders_given_up on app.clients_consent;
drop trigger reminders_follow on app.messaging_session;
drop trigger reminders_follow on app.clients_contact;
drop trigger reminders_follow on app.pausing;
drop function guard.messaging_contract_is_sound, guard.reminders_stop, guard.reminders_state,
    guard.messaging_reminders_follow, guard.reminders_again, guard.notice_may_leave, guard.reminder_may_leave,
    guard.reminders_take, guard.reminders_plan, guard.reminder_seen, guard.reminder_job, guard.reminder_says,
    guard.reminder_due, guard.quiet_ends, guard.morning_before, guard.days_before, guard.reminder_terms cascade;"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0008_reminders"), ("plans", "0007_the_clients_own_hand")]

    operations = [
        event_kinds(["reminders.said", "reminders.stopped", "reminder.put_out"], CONTACT),
        *protect("messaging_contract", data_class=CONTACT),
        *protect_listed("messaging_reminder", tier=Tier.OPERATIONS, write_class=CONTACT, evented=False),
        run_file(SQL / "reminders.sql", reverse=UNDO),
    ]
