"""The house of the tests: a real database as cp_app, a fresh one where a test commits, a live server for browsers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests import database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("CAREPLAN_MODE", "test")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Returns the path of a browser for journeys: CAREPLAN_CHROMIUM, or one on PATH."""
    return os.environ.get("CAREPLAN_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    asks_only = config.option.collectonly or config.option.help or config.option.version
    if not is_worker and not asks_only and database.TEMPLATE not in os.environ:
        if not (os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_OWNER_URL_FILE")):
            raise pytest.UsageError("run the tests with `python3 manage.py test`: it brings the database they need")
        config.stash[TEMPLATE_MADE] = database.make_template()


TEMPLATE_MADE = pytest.StashKey[str]()


def pytest_unconfigure(config: pytest.Config) -> None:
    name = config.stash.get(TEMPLATE_MADE, "")
    if name:
        database.drop(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "journey" not in item.keywords)  # the long ones first, so that no worker ends alone
    if chromium() is not None:
        return
    missing = pytest.mark.skip(reason="no Chromium")
    for item in items:
        if "journey" in item.keywords:
            item.add_marker(missing)


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    if chromium() is None and not hasattr(config, "workerinput"):
        terminalreporter.section("NO BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line(
            "The browser journeys did NOT run: no Chromium was found. Install it (apt-get install chromium), or set "
            "CAREPLAN_CHROMIUM to its path."
        )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("CI") and chromium() is None and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This worker's clone of the template, with Django connected to it as cp_app."""
    name = database.clone(database.worker_name(), same_transaction_ok=True)
    with django_db_blocker.unblock():
        database.point_at(name)
    yield
    with django_db_blocker.unblock():
        database.point_at("")
    database.drop(name)


@pytest.fixture(autouse=True)
def committed_database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """For tests marked `committed` or `journey`: a clone of their own, where what they commit is committed."""
    if not ({"committed", "journey"} & set(request.node.keywords)):
        yield None
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), database.fresh_clone() as name:
        _give_cache_of_its_own(name)
        yield name


def _give_cache_of_its_own(prefix: str) -> None:
    """Clearing would empty the cache under the other worker's tests, and with it what their throttles counted."""
    from django.core.cache import caches

    caches.settings["default"]["KEY_PREFIX"] = prefix
    caches.close_all()
    if hasattr(caches._connections, "default"):
        del caches["default"]


@pytest.fixture
def world(request: pytest.FixtureRequest, committed_database: str | None) -> Any:
    """Gives the world that tests/world.py built; the database it lies in comes with it."""
    if committed_database is None:
        request.getfixturevalue("db")
    return database.world()


@pytest.fixture
def owner(request: pytest.FixtureRequest, committed_database: str | None) -> Iterator[psycopg.Connection[Any]]:
    """Gives an autocommit connection as the owner to the database of this test."""
    if committed_database is None:
        request.getfixturevalue("django_db_setup")
    with database.owner_of(database.connected_database()) as connection:
        yield connection


@pytest.fixture
def app(request: pytest.FixtureRequest, committed_database: str | None) -> Iterator[psycopg.Connection[Any]]:
    """Gives a raw autocommit connection as cp_app to the database of this test."""
    if committed_database is None:
        request.getfixturevalue("django_db_setup")
    with database.app_on(database.connected_database()) as connection:
        yield connection


@pytest.fixture
def live_url(committed_database: str | None) -> Iterator[str]:
    """Gives the address of a live server on this test's own database; for `committed` and `journey` tests."""
    if committed_database is None:
        raise pytest.UsageError("live_url serves committed data: mark the test `committed` or `journey`")
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()
