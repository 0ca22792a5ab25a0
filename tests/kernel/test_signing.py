"""Seals hold over exactly the bytes they were made over, and are checked without a database (PLAN-8, PLAN-12)."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.accounts.models import PracticeKey
from careplan.accounts.practice_keys import make_practice_key, public_key, seal_for_practice
from careplan.signing import new_key_pair, seal_text, verify_seal

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT)
def test_a_seal_holds_for_its_text_and_no_other(text: str, other: str) -> None:
    private, public = new_key_pair()
    seal = seal_text(text, private_key=private)
    assert verify_seal(text, seal, public_key=public)
    assert verify_seal(other, seal, public_key=public) == (other == text)


@pytest.mark.parametrize("seal", ["", "not base64!", "AAAA", "é"])
def test_what_is_no_seal_is_simply_not_one(seal: str) -> None:
    _, public = new_key_pair()
    assert not verify_seal("text", seal, public_key=public)
    assert not verify_seal("text", seal, public_key=b"short")


def test_another_key_did_not_make_it() -> None:
    private, _ = new_key_pair()
    _, public = new_key_pair()
    assert not verify_seal("text", seal_text("text", private_key=private), public_key=public)


def test_checking_needs_neither_django_nor_a_database() -> None:
    code = "import sys; import careplan.signing; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.django_db
def test_a_practice_seals_with_one_key_that_is_kept_encrypted(world: Any) -> None:
    """AUTH-4: the private half is never stored plainly."""
    key = make_practice_key(practice_id=world["linden"])
    assert make_practice_key(practice_id=world["linden"]).id == key.id
    seal = seal_for_practice("text", practice_id=world["linden"])
    assert seal.key_id == key.id
    assert verify_seal("text", seal.signature, public_key=public_key(key_id=key.id))
    assert PracticeKey.objects.filter(practice_id=world["linden"], retired_at=None).count() == 1
