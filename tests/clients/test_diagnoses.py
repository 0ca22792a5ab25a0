"""Diagnoses belong to the record; the client's view of one is the client's (PLAN-2, PLAN-3)."""

import psycopg
import pytest
from django.db import DatabaseError, transaction

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.errors import Conflict, NotYours, Refused
from clients.models import Certainty, CodeSystem, Diagnosis, DiagnosisEnd, DiagnosisView, DiagnosisWording, How
from clients.selectors.diagnoses import diagnoses
from clients.services.diagnoses import (
    Called,
    end_diagnosis,
    record_diagnosis,
    reword_diagnosis,
    share_diagnosis,
    write_own_view,
)
from tests.clients.town import statements, text_of
from tests.world import client_actor_of

GRIEF = Called("Prolonged grief", CodeSystem.ICD_11, "6B42", Certainty.PROVISIONAL)


def write(town, client="tomek", who="wren", shared=False, called=GRIEF):
    with town.opens(who, client) as by:
        return record_diagnosis(client_id=town[client], called=called, shared=shared, by=by)


def portal(town, client="roz"):
    by = client_actor_of(town.ids, client)
    return by, opened(by, clients=[town[client]], classes=set(DataClass), via="test")


def test_a_diagnosis_is_a_code_and_a_label_that_staff_type(town):
    """PLAN-2: code system, code, label, certainty, told or not, with the client's view beside it."""
    diagnosis_id = write(town)
    page = text_of(town.gets("wren", "diagnoses"))
    for words in ("Prolonged grief", "ICD-11 6B42", "For now", "Not talked over yet", "Wren Adeyemi-Holt"):
        assert words in page
    done = town.posts(
        "wren", "diagnosis_view", {"words": "I miss him.", "how": "said_in_session"}, diagnosis_id=diagnosis_id
    )
    assert done.status_code == 303
    assert "I miss him." in text_of(town.gets("wren", "diagnoses"))


def test_the_page_asks_whether_it_was_talked_over_and_loses_nothing(town):
    """UI-5: nothing is chosen beforehand."""
    sent = {"label": "Prolonged grief", "code_system": "icd_11", "code": "", "certainty": "provisional"}
    page = town.posts("wren", "diagnoses", sent)
    assert page.status_code == 422
    assert "Prolonged grief" in text_of(page)
    assert town.posts("wren", "diagnoses", {**sent, "shared": "no"}).status_code == 422  # a list without its code
    assert town.posts("wren", "diagnoses", {**sent, "code": "6B42", "shared": "no"}).status_code == 303
    assert "Prolonged grief" in text_of(town.gets("wren", "diagnoses"))


def test_other_words_for_it_keep_the_old_ones(town):
    """PLAN-15: a wording is written on the one that was read."""
    diagnosis_id = write(town)
    with town.opens("wren", "tomek") as by:
        keys = {"client_id": town["tomek"], "diagnosis_id": diagnosis_id, "by": by}
        reword_diagnosis(**keys, called=Called("Grief"), seen=1)
        with pytest.raises(Conflict):
            reword_diagnosis(**keys, called=Called("Sorrow"), seen=1)
        assert list(DiagnosisWording.objects.order_by("number").values_list("label", flat=True)) == [
            "Prolonged grief",
            "Grief",
        ]
        (line,) = diagnoses(town["tomek"]).standing
    assert (line.label, line.code, line.number) == ("Grief", "", 2)


def test_the_client_reads_it_once_it_was_talked_over_and_says_how_they_see_it(town):
    """PLAN-2: not before, and in their own words; staff write none for somebody with an account (PLAN-3)."""
    diagnosis_id = write(town, "roz", "imani")
    keys = {"client_id": town["roz"], "diagnosis_id": diagnosis_id}
    by, own = portal(town)
    with own:
        assert not Diagnosis.objects.exists()
        assert not DiagnosisWording.objects.exists()
        with pytest.raises(NotYours):
            write_own_view(**keys, words="No.", how=How.OWN_HAND_PORTAL, by=by)
    with town.opens("imani", "roz") as by:
        share_diagnosis(**keys, by=by)
        with pytest.raises(Refused, match="own words"):
            write_own_view(**keys, words="She agrees.", how=How.SAID_IN_SESSION, by=by)
    by, own = portal(town)
    with own:
        write_own_view(**keys, words="It fits some days.", how=How.OWN_HAND_PORTAL, by=by)
        (line,) = diagnoses(town["roz"]).standing
        assert (line.label, line.view.words) == ("Prolonged grief", "It fits some days.")
        with pytest.raises(NotYours):
            end_diagnosis(**keys, ended_as=DiagnosisEnd.NO_LONGER, by=by)
    page = text_of(town.gets("imani", "diagnosis", "roz", diagnosis_id=diagnosis_id))
    assert "It fits some days." in page
    assert 'name="how"' not in page


def test_what_was_entered_in_error_is_no_longer_shown_to_the_client(town):
    """CONS-10: it stays in the record, hidden from client-facing reads."""
    diagnosis_id = write(town, "roz", "imani", shared=True)
    with town.opens("imani", "roz") as by:
        end_diagnosis(client_id=town["roz"], diagnosis_id=diagnosis_id, ended_as=DiagnosisEnd.ENTERED_IN_ERROR, by=by)
        assert diagnoses(town["roz"]).ended
    with portal(town)[1]:
        assert not Diagnosis.objects.exists()


def test_a_supervisor_reads_and_does_not_write(town):
    """ACC-2b: writing one takes both notes and plan; a supervisor of record countersigns notes only."""
    diagnosis_id = write(town)
    assert "Prolonged grief" in text_of(town.gets("sunniva", "diagnoses"))
    assert town.gets("sunniva", "diagnosis", diagnosis_id=diagnosis_id).status_code == 404
    assert (
        town.posts("sunniva", "diagnosis_end", {"ended_as": "no_longer"}, diagnosis_id=diagnosis_id).status_code == 404
    )
    with town.opens("sunniva", "tomek") as by, transaction.atomic(), pytest.raises(DatabaseError):
        Diagnosis.objects.create(
            client_id=town["tomek"], practice_id=town["linden"], begun_at="2026-01-01T00:00Z", begun_by=by.person_id
        )


def test_the_database_keeps_what_was_written(town):
    """Wordings and views are never edited, sharing is not taken back, staff don't write the client's view."""
    diagnosis_id = write(town, "roz", "imani", shared=True)
    wrong = (
        lambda: DiagnosisWording.objects.update(label="Another"),
        lambda: Diagnosis.objects.update(shared_at=None, shared_by=None),
        lambda: Diagnosis.objects.update(begun_by=town["wren"]),
        lambda: DiagnosisView.objects.create(
            client_id=town["roz"], practice_id=town["linden"], diagnosis_id=diagnosis_id, words="x",
            how=How.SAID_IN_SESSION, written_at="2026-01-01T00:00Z", written_by=town["imani"],
        ),
    )  # fmt: skip
    with town.opens("imani", "roz"):
        for each in wrong:
            with pytest.raises((DatabaseError, psycopg.Error)), transaction.atomic():
                each()


def test_the_list_costs_the_same_for_one_and_for_many(town):
    visitor, address = town.browser("wren"), town.url("diagnoses")
    write(town)
    with statements(15) as few:
        visitor.get(address)
    for label in ("Two", "Three", "Four"):
        write(town, called=Called(label))
    with statements(len(few)):
        visitor.get(address)
