"""Two at once: one message, one draft, and of taking back and keeping exactly one (MSG-1, MSG-5)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from careplan.errors import Conflict, Refused
from messaging.models import Message, MessageDraft
from messaging.services.thread import keep_message_draft, send_message
from tests.messaging.conftest import Talk

pytestmark = pytest.mark.committed


def at_once(*doings):
    """What each came to, all started at the same moment on connections of their own: a result, or the refusal."""
    together = Barrier(len(doings))

    def one(doing):
        try:
            together.wait(timeout=30)
            return doing()
        except (Conflict, Refused) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def as_roz(talk: Talk, doing):
    by = talk.roz
    with talk.acts(by):
        return doing(by)


def test_a_double_click_sends_once_and_two_windows_keep_one_draft(talk: Talk) -> None:
    key = uuid4()
    sends = [lambda: as_roz(talk, lambda by: send_message(client_id=talk.client_id, text="Once", key=key, by=by))] * 4
    assert len({message.id for message in at_once(*sends)}) == 1
    drafts = [
        lambda text=text: as_roz(talk, lambda by: keep_message_draft(client_id=talk.client_id, text=text, by=by))
        for text in ("one", "two", "three")
    ]
    assert at_once(*drafts) == [None] * 3
    with talk.acts(talk.roz):
        assert Message.objects.filter(automatic=False).count() == 1
        assert MessageDraft.objects.get().text in ("one", "two", "three")


def test_of_taking_back_and_keeping_one_wins_and_the_other_is_told(talk: Talk) -> None:
    """MSG-5: whoever has the record's head first; never both, never neither."""
    for resource in talk.offer():
        came = at_once(lambda r=resource: talk.takes_back(r), lambda r=resource: talk.answers(r, "keep"))
        assert Counter(type(each).__name__ for each in came) in (
            Counter({"NoneType": 1, "Refused": 1}),
            Counter({"NoneType": 1, "Conflict": 1}),
        )
        there = talk.resources(talk.imani).get(resource.id)
        assert there.taken_back != there.kept
