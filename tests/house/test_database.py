"""The tests stand on a real database, as the role that the program runs as."""

import urllib.request

import pytest
from django.db import connection


def who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user || ' ' || current_database()")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_program_and_not_as_the_owner():
    """ACC-2c."""
    assert who().startswith("cp_app cp_test_")


@pytest.mark.committed
def test_a_committed_test_has_a_database_of_its_own(owner, app):
    with connection.cursor() as cursor:
        cursor.execute("select same_transaction_ok from guard.mode")
        assert cursor.fetchone()[0] is False
    assert owner.execute("select current_database()").fetchone() == app.execute("select current_database()").fetchone()


@pytest.mark.django_db
def test_an_ordinary_test_may_read_what_it_wrote(owner):
    assert owner.execute("select same_transaction_ok from guard.mode").fetchone()[0] is True


@pytest.mark.committed
def test_a_live_server_answers_from_the_same_database(live_url):
    with urllib.request.urlopen(f"{live_url}/healthz") as answer:
        assert answer.status == 200
        assert b'"database": true' in answer.read()


@pytest.mark.django_db
def test_the_program_can_make_no_temporary_table_and_no_table(app):
    """ACC-2c: nothing of its own can stand in for a table that the guard reads."""
    for statement in ("create temp table head(a int)", "create table app.x(a int)", "create table public.x(a int)"):
        with pytest.raises(Exception, match="permission denied"):
            app.execute(statement)
