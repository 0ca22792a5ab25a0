"""AUD-5: content goes by two people and a basis; every chain still verifies and shows that something was removed."""

import io

import psycopg
import pytest
from django.core.management import CommandError, call_command

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.access.seam import opened
from careplan.accounts.models import Practice, User
from careplan.accounts.roles import Role
from careplan.accounts.services import NewStaff, add_staff
from careplan.ledger.verify import audit
from plans.models import ItemRevision, Version
from tests.plans.room import room_of
from tests.world import PASSWORD, email

pytestmark = pytest.mark.committed


@pytest.fixture
def room(world):
    room = room_of(world, "roz", "imani")
    room.revision = room.agreed_goal("Something that was never hers")
    new = NewStaff(name="Lin Okoro", first_name="Lin", email="lin@example.test", password=PASSWORD)
    add_staff(practice=Practice.objects.get(id=world["linden"]), new=new, roles=[Role.PRACTICE_LEAD])
    return room


def erase(monkeypatch, by, *words, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    said = io.StringIO()
    call_command("erase", "--by", by, "--password-stdin", *words, stdout=said)
    return said.getvalue()


def asks(monkeypatch, room, by="petra"):
    row = ["--client", str(room.client_id), "--table", "plans_item_revision", "--row", str(room.revision.id)]
    said = erase(monkeypatch, email(by), *row, "--basis", "Entered in the wrong record")
    return said.rsplit(" ", 1)[1].strip()


def test_two_people_take_the_words_away_and_the_chains_still_hold(room, monkeypatch, owner):
    number = asks(monkeypatch, room)
    assert "Erased from 2 rows" in erase(monkeypatch, "lin@example.test", "--do", number)
    with room.acts(room.therapist):
        row = ItemRevision.objects.get(id=room.revision.id)
        assert (row.content, row.hashed, row.sha256) == (None, None, room.revision.sha256)
        assert Version.objects.get().snapshot is None
    assert audit(owner).findings == ()
    with opened(room.therapist, clients=[room.client_id], classes=[DataClass.LEDGER], via="test"):
        assert EventRow.objects.filter(kind="record.erased").count() == 1


def test_one_person_alone_cannot(room, monkeypatch):
    number = asks(monkeypatch, room)
    with pytest.raises(CommandError, match="it takes two people"):
        erase(monkeypatch, email("petra"), "--do", number)
    with pytest.raises(CommandError, match="not yours to dispose of"):
        erase(monkeypatch, email("imani"), "--do", number)
    with pytest.raises(CommandError, match="don’t go together"):
        erase(monkeypatch, "lin@example.test", "--do", number, password="not hers")


def test_a_legal_hold_stops_it(room, monkeypatch):
    number = asks(monkeypatch, room)
    erase(
        monkeypatch,
        "lin@example.test",
        "--client",
        str(room.client_id),
        "--hold",
        "--basis",
        "A court asked to keep it",
    )
    with pytest.raises(CommandError, match="a legal hold stops it"):
        erase(monkeypatch, "lin@example.test", "--do", number)


def test_nothing_else_about_an_immutable_row_ever_changes(room, monkeypatch, owner):
    """Also not in the transaction of an erasure, and not for the owner."""
    number = asks(monkeypatch, room)
    lin = User.objects.get(email="lin@example.test").person_id
    both = (
        f"select guard.erase('{number}', '{lin}');"
        f"update app.plans_item_revision set sha256 = repeat('0', 64) where id = '{room.revision.id}'"
    )
    with pytest.raises(psycopg.Error, match="append only"):
        owner.execute(both)
    with pytest.raises(psycopg.Error, match="append only"):
        owner.execute("update app.plans_item_revision set content = null where id = %s", [room.revision.id])
