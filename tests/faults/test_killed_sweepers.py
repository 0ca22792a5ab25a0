"""REM-6, REM-4: a worker killed at any line neither loses nor doubles. `make faults`: 2,000 reminders, twenty kills."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.access.seam import acting, opened
from careplan.outgoing.models import Outgoing
from clients.models import ConsentKind
from clients.services.contact import ContactRules
from clients.services.create import NewClient, create_client
from messaging.models import Reminder
from tests import database
from tests.messaging.calendar import Desk

pytestmark = pytest.mark.committed
REMINDERS, KILLS, CLIENTS = (int(part) for part in os.environ.get("CAREPLAN_FAULTS", "60,3,6").split(","))
LATEST = REMINDERS * 12 // (KILLS + 1)  # lines of ours: soon enough that work is left for the last kill
SEED = int(os.environ.get("CAREPLAN_FAULTS_SEED", "20261125"))


@pytest.fixture
def due(world, owner) -> int:
    """So many reminders that are due now, for several clients who said yes to messages and e-mail."""
    desk, by = Desk(world), None
    for number in range(CLIENTS):
        by, contact = desk.actor("imani"), ContactRules(email=f"c{number}@example.test", email_ok=True)
        with acting(by):
            client = create_client(new=NewClient(name_used=f"C{number}", contact=contact), by=by)
        desk.world[f"c{number}"] = client
        for kind in (ConsentKind.PORTAL_MESSAGES, ConsentKind.EMAIL):
            desk.says_yes(kind, f"c{number}")
        with opened(by, clients=[client], classes=[DataClass.IDENTITY], via="test"):
            person = Member.objects.get(client_id=client).person_id
        owner.execute(
            """insert into messaging_reminder(id, client_id, practice_id, person_id, kind, subject_id, due_at,
                      not_before, state, why, channel, tries, changed_at)
               select uuidv7(), %s, %s, %s, 'something_new', %s, now() - n * interval '1 second',
                      now() - interval '1 minute', 'due', '', '', 0, now() from generate_series(1, %s) n""",
            [client, world["linden"], person, client, REMINDERS // CLIENTS],
        )
    return REMINDERS // CLIENTS * CLIENTS


def sweep(taken: Path, kills: int) -> list[str]:
    """Two sweepers until the queue is empty; the lines at which they were killed."""
    here = make_conninfo(database.address("DATABASE_URL"), dbname=database.connected_database())
    environment = {**os.environ, "DATABASE_URL": here, "FAULTS_TAKEN": str(taken)}
    command = [sys.executable, "-m", "tests.faults.sweepers", str(kills), str(SEED), str(LATEST)]
    done = subprocess.run(command, cwd=database.ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_sweepers_killed_at_random_lines_neither_lose_nor_double(world, owner, due, tmp_path) -> None:
    """Each reminder was taken once, or is shown as failed because nobody can know; none is left or gone."""
    taken = tmp_path / "taken"
    died_at = sweep(taken, KILLS)
    assert len(died_at) == KILLS, died_at
    lapsed = "update careplan_outgoing set claimed_until = now() - interval '1 second' where state = 'due'"
    owner.execute(lapsed)
    sweep(taken, 0)
    times = Counter(line.partition("@")[0].strip("<") for line in taken.read_text().split())
    rows = {str(row.id): (row.state, row.why) for row in Outgoing.objects.filter(key__startswith="reminder:")}
    assert len(rows) == due
    for message, (state, why) in rows.items():
        assert (state, why, times[message]) in (
            ("sent", "", 1),
            ("failed", "not_known", 0),
            ("failed", "not_known", 1),
        ), (message, state, why, times[message], died_at)
    assert set(times) <= set(rows)
    failed = sum(state == "failed" for state, _ in rows.values())
    assert failed <= KILLS
    with Desk(world).works("imani"):
        assert Reminder.objects.filter(state="out").count() == due
    print(f"{due} due, {KILLS} killed at {died_at}, {due - failed} sent once, {failed} shown as failed")
