"""Starting says plainly what is wrong, and refuses to run with too much power or without its secrets."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import make_conninfo

from careplan import startup
from tests import database
from tests.house.running import ROOT, plain_environment


def manage(*words, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def test_a_taken_port_is_a_plain_sentence(reachable_folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        answer = manage("demo", "--port", port, **plain_environment(CAREPLAN_DATA=str(reachable_folder / "data")))

    assert answer.returncode == 1
    assert answer.stderr.strip() == f"Port {port} is in use by another program. Choose another: --port 8001"


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")

    answer = manage("demo", "--fresh", **plain_environment(CAREPLAN_DATA=str(tmp_path)))

    assert answer.returncode == 1
    assert "holds other things" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"])
def test_the_program_does_not_start_without_a_secret(name, tmp_path):
    """AUTH-4."""
    everything = {
        "SECRET_KEY": "x" * 60,
        "FIELD_KEYS": "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "DATABASE_URL": "postgresql://cp_app@/nowhere",
        "CELERY_BROKER_URL": "redis://nowhere",
        "CACHE_URL": "redis://nowhere/1",
    }
    del everything[name]

    answer = manage("check", **plain_environment(CAREPLAN_DATA=str(tmp_path), **everything))

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Careplan does not start without {name}.")


def test_secrets_are_kept_for_their_owner_alone(reachable_folder):
    """AUTH-4."""
    from config.embedded import services
    from config.embedded.places import prepare

    places = prepare(reachable_folder / "data")
    services.make_keys(places)
    first = (places.secrets / "FIELD_KEYS").read_text()
    services.make_keys(places)

    assert (places.secrets / "FIELD_KEYS").read_text() == first
    assert {path.stat().st_mode & 0o777 for path in places.secrets.iterdir()} == {0o600}
    assert places.secrets.stat().st_mode & 0o777 == 0o700
    assert reachable_folder.stat().st_mode & 0o777 == 0o711


@pytest.mark.committed
def test_the_program_starts_as_cp_app():
    startup.refuse_unsafe_database()


@pytest.mark.committed
@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("cp_owner", "it is the owner of the tables"),
        ("cp_admin", "it is a superuser"),
        ("cp_backup", "it bypasses row-level security"),
    ],
)
def test_the_program_refuses_a_role_that_gets_around_the_guard(role, why, committed_database):
    """ACC-2c."""
    passwords = Path(os.environ.get("DATABASE_URL_FILE", ""))
    if not passwords.is_file():
        pytest.skip("the passwords of an external database's other roles are not known here")
    from django.db import connection

    settings, before = connection.settings_dict, dict(connection.settings_dict)
    settings.update(USER=role, PASSWORD=passwords.with_name(f"{role}.password").read_text().strip())
    connection.close()
    try:
        with pytest.raises(ImproperlyConfigured, match=f"role {role} must not be used to run it: .*{why}"):
            startup.refuse_unsafe_database()
    finally:
        settings.update(USER=before["USER"], PASSWORD=before["PASSWORD"])


@pytest.mark.committed
@pytest.mark.parametrize("program", ["config.wsgi", "config.celery"])
def test_web_and_worker_refuse_the_owners_address(program, committed_database):
    """ACC-2c."""
    begin = {
        "config.wsgi": "import config.wsgi",
        "config.celery": "from config.celery import app; app.Worker(pool='solo').setup_defaults(); "
        "from celery.signals import worker_init; worker_init.send(sender=None)",
    }
    owner = make_conninfo(database.address("DATABASE_OWNER_URL"), dbname=committed_database)
    answer = subprocess.run(
        [sys.executable, "-c", begin[program]],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": owner, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 1
    assert "must not be used to run it: it is the owner of the tables" in answer.stderr


@pytest.mark.committed
def test_a_database_set_for_tests_is_refused_in_life(owner, monkeypatch):
    """ACC-2: what only a test may switch on keeps the program from starting anywhere else."""
    owner.execute("update guard.mode set same_transaction_ok = true, clock_offset = interval '1 day'")
    startup.refuse_unsafe_database()

    monkeypatch.setattr(startup, "TEST_DATABASES", "something_else_")
    with pytest.raises(ImproperlyConfigured, match=r"same_transaction_ok is on .*clock_offset is set"):
        startup.refuse_unsafe_database()
