"""AUD-4: logs carry ids and counts, never content."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.db import DataError, connection, transaction

from careplan.logs import WithoutContent
from tests.plans_pages.room_pages import Room

CANARY = "canary-on-the-fence"


def written(record: logging.LogRecord) -> str:
    """The line as the program writes it."""
    described = dict(settings.LOGGING["formatters"]["line"])
    formatter = logging.config.DictConfigurator({"version": 1}).configure_formatter(described)
    return formatter.format(record)


@pytest.mark.django_db
def test_an_error_of_the_database_is_logged_without_the_words_it_quotes(caplog):
    """The program's own formatter, on what the database really answers, however far it was wrapped."""
    with transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select %s::int", [CANARY])
        except DataError:
            logging.getLogger("django.request").exception("Internal Server Error: /practice/")
    assert CANARY in caplog.text, "the database did not quote the words, so this test proves nothing"
    (line,) = [written(record) for record in caplog.records]
    assert CANARY not in line
    assert "Internal Server Error: /practice/" in line
    assert "InvalidTextRepresentation" in line
    assert "test_logs.py" in line


def test_the_rule_that_refused_is_named():
    """What an operator needs to know: which rule, where."""

    class Refusal(Exception):
        class diag:
            constraint_name = "plans_answer_is_sound"

    try:
        try:
            raise Refusal(CANARY)
        except Refusal as error:
            raise ValueError(CANARY) from error
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "It failed", None, (type(error), error, None))
    record.exc_text = CANARY
    line = WithoutContent().format(record)
    assert CANARY not in line
    assert "Refusal (plans_answer_is_sound)" in line
    assert line.endswith("ValueError")


@pytest.mark.committed
@pytest.mark.parametrize("field", ["line-goal-1-client_words", "sheet-present"])
def test_a_character_that_cannot_be_kept_is_said_and_not_an_error(world, field):
    """PLAN-5f: no NUL at any input, a draft's lists included."""
    room = Room(world)
    room.open()
    kept = room.browser.post(room.url("sheet_draft"), {field: "half \x00 a word"})
    assert kept.status_code == 422
    assert room.browser.post(room.url("sheet_draft"), {field: "a whole word"}).status_code == 204
