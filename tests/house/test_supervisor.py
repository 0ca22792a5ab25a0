"""Whatever dies comes back by itself, nothing acknowledged is lost, and stopping leaves no process."""

import os
import signal
import sys
import time

import psycopg
import pytest
import redis

from tests.house.running import Running, processes, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts processes in /proc")


@pytest.fixture
def demo(reachable_folder):
    running = Running(reachable_folder)
    running.start()
    yield running
    running.end(signal.SIGKILL)


def kill(demo, name):
    before = demo.children()[name]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: demo.children().get(name, before) != before, seconds=30, what=f"{name} started again")


def test_what_is_killed_comes_back_and_nothing_acknowledged_is_lost(demo):
    """Issue 2, part 3: kill -9 of web, worker, broker or database recovers by itself."""
    broker = redis.Redis(unix_socket_path=demo.secret("CELERY_BROKER_URL").removeprefix("redis+socket://"), db=1)
    with psycopg.connect(demo.secret("DATABASE_OWNER_URL"), autocommit=True) as owner:
        owner.execute("create table app.kept (word text)")
        owner.execute("insert into app.kept values ('acknowledged')")
    broker.set("kept", "acknowledged")

    for name in ("worker", "beat", "broker", "database", "web"):
        kill(demo, name)
    killed_at = time.time()

    wait_until(lambda: demo.health().get("database"), seconds=30, what="the pages answer again")
    wait_until(
        lambda: demo.heartbeat_after(killed_at), seconds=60, what="beat, broker and worker reach each other again"
    )
    assert broker.get("kept") == b"acknowledged"
    with psycopg.connect(demo.secret("DATABASE_OWNER_URL")) as owner:
        assert owner.execute("select word from app.kept").fetchall() == [("acknowledged",)]
    assert demo.said().count("It starts again") >= 5
    everything = demo.descendants()
    assert demo.end(signal.SIGTERM) == 0
    assert not everything & set(processes())


def test_nothing_outlives_a_killed_supervisor(demo):
    everything = demo.descendants()
    assert len(everything) > 5

    demo.end(signal.SIGKILL)

    wait_until(lambda: not everything & set(processes()), seconds=20, what="every process is gone")
