"""Two devices, real threads: one stop, and nobody reads on after it (CONS-4)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.errors import Conflict
from clients.models import Consent, ConsentKind, ConsentState
from tests.consents.hands import INSURER, insurer, release

pytestmark = pytest.mark.committed
PLAN, NOTE, BILLING = DataClass.PLAN, DataClass.NOTE, DataClass.BILLING


def at_once(*doings):
    together = Barrier(len(doings))

    def one(doing):
        try:
            together.wait(timeout=30)
            return doing()
        except Conflict as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def test_two_devices_stop_it_and_it_is_stopped_once(hands):
    consent = hands.records(insurer())
    at_once(*[lambda: hands.stops(consent)] * 3)
    assert not hands.may(ConsentKind.BILLING, INSURER, BILLING).allowed
    with hands.opens("imani", "roz"):
        assert EventRow.objects.filter(kind="consent.withdrawn", object_id=consent).count() == 1


def test_of_narrowing_and_stopping_one_wins_and_nothing_comes_back(hands):
    """Whoever has the record's head first: stopped, or narrowed; never what was taken away."""
    consent = hands.records(release(PLAN, NOTE))
    said = at_once(lambda: hands.stops(consent), lambda: hands.narrows(consent, PLAN))
    assert sum(isinstance(each, Conflict) for each in said) == 1
    assert not hands.may(ConsentKind.RELEASE, "Dr Quill", NOTE).allowed
    with hands.opens("imani", "roz"):
        states = set(Consent.objects.filter(kind="release").values_list("state", flat=True))
    assert states in ({ConsentState.WITHDRAWN}, {ConsentState.REPLACED, ConsentState.GIVEN})


def test_asked_while_it_is_stopped_the_answer_is_no_from_then_on(hands):
    consent = hands.records(insurer())
    at_once(lambda: hands.stops(consent), lambda: hands.may(ConsentKind.BILLING, INSURER, BILLING))
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING).reason == "withdrawn"
