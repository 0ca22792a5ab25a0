"""Ids are made in Python and sort by when they were made."""

import time
from uuid import RFC_4122

from careplan.ids import uuid7


def test_an_id_says_when_it_was_made():
    """RFC 9562: version 7, with milliseconds since 1970 in the first 48 bits."""
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after


def test_later_ids_come_later():
    made = []
    for _ in range(200):
        made.append(uuid7())
        time.sleep(0.00001)

    assert made == sorted(made)
    assert len(set(made)) == 200
