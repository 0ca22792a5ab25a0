"""Policy packs are data, checked when they are read; consent texts are read with ease (CONS-7, UI-4)."""

import json

import pytest

from careplan.reading import reading_grade
from clients.consents.packs import FOLDER, NotAPack, made_pack, pack_for, packs, stricter
from clients.models import THIRD_PARTIES, ConsentKind

GENERIC = json.loads((FOLDER / "generic.json").read_text(encoding="utf-8"))


def test_every_pack_is_whole_and_says_that_it_is_a_draft():
    assert {"", "US", "GB"} <= set(packs())
    for pack in packs().values():
        assert "local review" in pack.review
        assert pack.sources
        assert len(pack.first_day) <= 5
        assert not THIRD_PARTIES & set(pack.notices)


@pytest.mark.parametrize("kind", packs()[""].texts)
def test_a_consent_is_read_with_ease(kind):
    """UI-4: grade six at most, everything that is shown of it."""
    parts = packs()[""].texts[kind].parts.values()
    words = "\n".join(line for part in parts for line in ([part] if isinstance(part, str) else part))
    assert reading_grade(words) <= 6


def test_every_pack_has_words_for_what_the_first_year_asks():
    """CONS-5: treatment, electronic records, messages, e-mail, texts, billing; the limits are told card by card."""
    asked = {"treatment", "electronic", "portal_messages", "email", "texts", "billing", "release"}
    for pack in packs().values():
        assert asked <= {str(kind) for kind in pack.texts}
        assert ConsentKind.LIMITS in pack.first_day


@pytest.mark.parametrize("fault", [
    {"schema": "another/1"},
    {"review": "Ready to use."},
    {"sources": []},
    {"notices": ["release"]},
    {"first_day": ["limits", "treatment", "electronic", "texts", "email", "video"]},
    {"first_day": ["ai"]},
    {"checked_on": "lately"},
    {"required_elements": {"": ["what"], "dancing": ["what"]}},
    {"legal_grounds": [{"key": "x", "basis": "habit", "words": "x"}]},
    {"texts": None},
])  # fmt: skip
def test_a_pack_with_a_fault_is_none(fault):
    with pytest.raises(NotAPack):
        made_pack({**GENERIC, **fault}, {})


def test_the_stricter_of_two_packs_wins():
    """Whoever lives elsewhere loses nothing: shorter clocks, more elements, fewer notices."""
    loose = made_pack({**GENERIC, "amendment_days": 90, "notices": ["consultation", "supervision"]}, {})
    strict = made_pack({**GENERIC, "required_elements": {"": ["what"], "release": ["copy"]}, "notices": []}, {})
    both = stricter(loose, strict)
    assert both.amendment_days == 60
    assert both.notices == ()
    assert set(both.elements_of(ConsentKind.RELEASE)) >= {"what", "if_no", "copy"}
    assert pack_for("GB", "GB").key == "gb"
    assert pack_for("GB", "US").amendment_days == 30


@pytest.mark.django_db
def test_the_database_falls_back_on_the_packs_that_are_there(owner):
    """CONS-3: what a pack lets go on as a notice, by country; kinds as the code knows them."""
    stored = dict(owner.execute("select country, notices from guard.pack").fetchall())
    assert stored == {country: [str(kind) for kind in pack.notices] for country, pack in packs().items()}
    longest = dict(owner.execute("select country, longest_release_months from guard.pack").fetchall())
    assert longest == {country: pack.longest_release_months for country, pack in packs().items()}
    kinds = dict(owner.execute("select kind, third_party from guard.consent_kind").fetchall())
    assert kinds == {kind.value: kind in THIRD_PARTIES for kind in ConsentKind}
