"""AUTH-1, AUTH-4: second-factor secrets rest sealed to their user, and a code has one taker."""

from __future__ import annotations

import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from careplan.accounts.models import Practice
from careplan.accounts.second_factor import (
    Step,
    enrol_totp,
    make_recovery_codes,
    new_secret,
    reseal_second_factors,
    take_second_step,
    unused_recovery_codes,
)
from careplan.errors import Refused
from careplan.fields.sealing import SealBroken

from .conftest import Staff, equip, hire

pytestmark = pytest.mark.committed


def test_the_database_holds_neither_secret_nor_codes(wren: Staff):
    held = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert wren.secret not in held
    assert not any(code in held for code in wren.codes)


def test_a_secret_moved_to_another_user_does_not_open(wren: Staff, orchard: Practice):
    imani = equip(hire(orchard, "Imani"))
    mine = Authenticator.objects.get(user=wren.user, type="totp")
    Authenticator.objects.filter(user=imani.user, type="totp").update(data=mine.data)
    with pytest.raises(SealBroken):
        take_second_step(user=imani.user, code=wren.digits())


def test_a_second_second_step_is_refused(wren: Staff):
    with pytest.raises(Refused):
        enrol_totp(user=wren.user, secret=new_secret())
    assert take_second_step(user=wren.user, code=wren.digits()) is Step.TOTP


def test_new_recovery_codes_replace_the_old(wren: Staff):
    new = make_recovery_codes(user=wren.user)
    assert len(new) == 10
    assert take_second_step(user=wren.user, code=wren.codes[0]) is None
    assert take_second_step(user=wren.user, code=new[0]) is Step.RECOVERY_CODE
    assert unused_recovery_codes(wren.user) == new[1:]


@pytest.mark.parametrize("nothing", ["", "  ", "abc", "12345", "1234567", "१२३४५६"])
def test_what_is_no_code_is_no_step(wren: Staff, nothing: str):
    assert take_second_step(user=wren.user, code=nothing) is None


@pytest.mark.parametrize("what", ["digits", "recovery code"])
def test_of_many_at_once_with_the_same_code_one_comes_in(wren: Staff, what: str):
    code = wren.digits() if what == "digits" else wren.codes[0]
    start = threading.Barrier(6)
    taken: list[Step | None] = []

    def take() -> None:
        start.wait()
        try:
            taken.append(take_second_step(user=wren.user, code=code))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 6
    assert len([step for step in taken if step is not None]) == 1


def test_a_new_field_key_takes_over_the_second_steps(wren: Staff, settings):
    old = dict(settings.FIELD_KEYS)
    settings.FIELD_KEYS = {"newer": b"n" * 32, **old}
    assert reseal_second_factors() == Authenticator.objects.count()
    assert reseal_second_factors() == 0
    settings.FIELD_KEYS = {"newer": b"n" * 32}
    assert take_second_step(user=wren.user, code=wren.digits()) is Step.TOTP
    assert unused_recovery_codes(wren.user) == wren.codes
