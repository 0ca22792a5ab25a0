"""AUTH-4: secrets are sealed to their own row, and keys can be changed."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, transaction

from careplan.accounts.models import Practice, PracticeKey
from careplan.accounts.services import add_practice
from careplan.fields.encrypted import rotate
from careplan.fields.sealing import SealBroken, current_key_id, seal, sealing_key_id, unseal
from careplan.ids import uuid7

pytestmark = pytest.mark.django_db
SECRET = b"thirty-two bytes of private key!"


def practice(name: str = "Linden Street Practice") -> Practice:
    return add_practice(name=name, country="NZ", time_zone="Pacific/Auckland")


def make_key(secret: bytes = SECRET) -> PracticeKey:
    return PracticeKey.objects.create(practice=practice(), public_key=b"public", private_key=secret)


def stored(pk: UUID) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("select private_key from careplan_practicekey where id = %s", [pk])
        return bytes(cursor.fetchone()[0])


def test_the_value_comes_back_and_the_column_holds_none_of_it():
    key = make_key()
    assert PracticeKey.objects.get(pk=key.pk).private_key == SECRET
    assert SECRET not in stored(key.pk)
    assert sealing_key_id(stored(key.pk)) == current_key_id()


def test_a_value_copied_to_another_row_does_not_open():
    mine, other = make_key(), make_key(b"another")
    with connection.cursor() as cursor:
        cursor.execute("update careplan_practicekey set private_key = %s where id = %s", [stored(mine.pk), other.pk])
    with pytest.raises(SealBroken):
        PracticeKey.objects.get(pk=other.pk).private_key  # noqa: B018
    assert PracticeKey.objects.get(pk=mine.pk).private_key == SECRET


@pytest.mark.parametrize("at", [0, 1, 2, 10, 20, -1])
def test_one_changed_byte_does_not_open(at: int):
    key = make_key()
    changed = bytearray(stored(key.pk))
    changed[at] ^= 1
    with connection.cursor() as cursor:
        cursor.execute("update careplan_practicekey set private_key = %s where id = %s", [bytes(changed), key.pk])
    with pytest.raises(SealBroken):
        PracticeKey.objects.get(pk=key.pk).private_key  # noqa: B018


def test_a_row_that_nobody_looks_into_is_not_decrypted(settings):
    key = make_key()
    settings.FIELD_KEYS = {"other": bytes(32)}
    found = PracticeKey.objects.get(pk=key.pk)
    assert found.public_key
    with pytest.raises(SealBroken, match="missing"):
        found.private_key  # noqa: B018


def test_it_cannot_be_written_past_its_row_or_searched():
    key = make_key()
    with pytest.raises(FieldError), transaction.atomic():
        PracticeKey.objects.filter(pk=key.pk).update(private_key=b"plain")
    with pytest.raises(FieldError):
        PracticeKey.objects.filter(private_key=SECRET).exists()
    assert PracticeKey.objects.get(pk=key.pk).private_key == SECRET


def test_many_rows_made_at_once_are_each_sealed_to_themselves():
    made = [
        PracticeKey(id=uuid7(), practice=practice(str(n)), public_key=b"p", private_key=bytes([n])) for n in range(3)
    ]
    PracticeKey.objects.bulk_create(made)
    assert [PracticeKey.objects.get(pk=key.pk).private_key for key in made] == [b"\0", b"\1", b"\2"]


def test_a_new_key_takes_over_and_the_old_one_can_go(settings):
    key, untouched = make_key(), make_key(b"second")
    old = dict(settings.FIELD_KEYS)
    settings.FIELD_KEYS = {"newer": b"n" * 32, **old}
    assert rotate(PracticeKey) == PracticeKey.objects.count()
    assert rotate(PracticeKey) == 0
    settings.FIELD_KEYS = {"newer": b"n" * 32}
    assert PracticeKey.objects.get(pk=key.pk).private_key == SECRET
    assert PracticeKey.objects.get(pk=untouched.pk).private_key == b"second"


def test_a_value_belongs_to_its_place():
    sealed = seal(b"secret", place="a.b.1")
    assert unseal(sealed, place="a.b.1") == b"secret"
    with pytest.raises(SealBroken):
        unseal(sealed, place="a.b.2")


@pytest.mark.parametrize("keys", [{}, {"short": b"x"}, {"": bytes(32)}])
def test_nothing_is_encrypted_without_a_sound_key(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured):
        seal(b"secret", place="a.b.1")


@pytest.mark.parametrize("nothing", [b"", b"\x01", b"\x02\x01x", b"plain text", b"\x01\x02\xff\xfe"])
def test_what_was_never_sealed_does_not_open(nothing: bytes):
    with pytest.raises(SealBroken):
        unseal(nothing, place="a.b.1")
