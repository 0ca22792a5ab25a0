"""How somebody begins and ends to work for a practice, by command and by service (ACC-12)."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from careplan.accounts.models import Practice, StaffMember, User
from careplan.accounts.roles import Role, roles_page
from careplan.accounts.selectors import hats_of, staff_named, staff_of
from careplan.accounts.services import NewStaff, add_person, add_practice, add_staff, add_user, end_employment
from careplan.errors import Refused

from .conftest import PASSWORD, Browser, Staff, hire

committed = pytest.mark.committed
ROOT = Path(__file__).resolve().parents[2]
WREN = ("--name", "Wren Adeyemi-Holt", "--email", "wren@orchard.example", "--role", "therapist", "--password-stdin")
NEW_PRACTICE = ("--new-practice", "--country", "nz", "--time-zone", "Pacific/Auckland")


def command(monkeypatch, *words: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    said = io.StringIO()
    call_command("add_staff", "--practice", "Orchard House", *words, stdout=said)
    return said.getvalue()


@committed
def test_the_command_makes_a_practice_and_its_first_member_of_staff(monkeypatch):
    said = command(monkeypatch, *WREN, "--role", "practice_lead", *NEW_PRACTICE)
    assert "Wren Adeyemi-Holt works for Orchard House." in said
    assert "/practice/sign-in/ with wren@orchard.example" in said
    assert "set up a second step" in said
    assert PASSWORD not in said
    member = StaffMember.objects.get(practice__name="Orchard House")
    (hat,) = hats_of(member.person_id)
    assert (hat.practice_name, hat.roles) == ("Orchard House", {Role.THERAPIST, Role.PRACTICE_LEAD})
    assert (member.practice.country, member.first_name) == ("NZ", "Wren")
    assert Browser().give_password("wren@orchard.example").status_code == 302


@committed
@pytest.mark.parametrize(
    ("words", "password", "sentence"),
    [
        (WREN, PASSWORD, "There is no practice called Orchard House."),
        ((*WREN, "--new-practice", "--country", "New Zealand"), PASSWORD, "a code of two letters"),
        ((*WREN, "--new-practice", "--country", "NZ", "--time-zone", "Auckland"), PASSWORD, "no time zone called"),
        ((*WREN, *NEW_PRACTICE), "short", "at least 12 characters"),
        ((*WREN, *NEW_PRACTICE), "1qaz2wsx3edc", "too common"),
        ((*WREN, *NEW_PRACTICE, "--email", "wren"), PASSWORD, "not an e-mail address"),
    ],
)
def test_the_command_says_in_a_sentence_why_not(monkeypatch, words, password: str, sentence: str):
    with pytest.raises(CommandError, match=sentence):
        command(monkeypatch, *words, password=password)
    assert not User.objects.with_email("wren@orchard.example").exists()


@committed
def test_a_long_password_needs_no_special_signs(orchard: Practice):
    assert add_user(person=add_person(), email="a@orchard.example", password="heronlanternthimble").pk


@committed
def test_one_address_signs_in_one_person(orchard: Practice):
    hire(orchard)
    with pytest.raises(Refused, match="can’t be used here"):
        add_user(person=add_person(), email="WREN@orchard.example", password=PASSWORD)
    with pytest.raises(IntegrityError):
        User.objects.create(person=add_person(), email="WREN@orchard.example")


@committed
def test_nobody_works_twice_for_the_same_practice(orchard: Practice):
    hire(orchard)
    with pytest.raises(Refused, match="works for Orchard House already"):
        hire(orchard)
    assert orchard.staff.count() == 1


@committed
def test_the_same_person_may_work_elsewhere_with_the_same_way_in(orchard: Practice, quay: Practice):
    user = hire(orchard)
    hire(quay, role=Role.SUPERVISOR)
    assert [hat.practice_name for hat in hats_of(user.person_id)] == ["Orchard House", "Quay House"]
    assert User.objects.with_email(user.email).count() == 1


@committed
def test_who_left_is_still_named_and_may_come_back(orchard: Practice, wren: Staff):
    member = orchard.staff.get()
    end_employment(member=member)
    assert hats_of(wren.user.person_id) == []
    assert list(staff_of(orchard.pk)) == []
    assert staff_named([wren.user.person_id], practice_id=orchard.pk)[wren.user.person_id].name == "Wren Adeyemi-Holt"
    hire(orchard, role=Role.SUPERVISOR)
    assert [hat.roles for hat in hats_of(wren.user.person_id)] == [{Role.SUPERVISOR}]


@committed
def test_staff_without_a_role_cannot_be_added(orchard: Practice):
    new = NewStaff(name="Wren", first_name="Wren", email="wren@orchard.example", password=PASSWORD)
    with pytest.raises(Refused, match="at least one role"):
        add_staff(practice=orchard, new=new, roles=[])
    assert not orchard.staff.exists()


@committed
@pytest.mark.parametrize(("name", "country", "zone"), [("", "NZ", "UTC"), ("A", "N1", "UTC"), ("A", "NZ", "../UTC")])
def test_a_practice_needs_a_name_a_country_and_a_clock(name: str, country: str, zone: str):
    with pytest.raises(Refused):
        add_practice(name=name, country=country, time_zone=zone)


@committed
def test_the_demo_alone_knows_its_peoples_digits(wren: Staff, settings):
    with pytest.raises(CommandError, match="invented people"):
        call_command("second_factor_code", "--email", wren.email)
    settings.DEMO = True
    said = io.StringIO()
    call_command("second_factor_code", "--email", wren.email.upper(), stdout=said)
    browser = Browser()
    browser.give_password(wren.email)
    assert browser.give_code(said.getvalue()).status_code == 302
    with pytest.raises(CommandError, match="Nobody"):
        call_command("second_factor_code", "--email", "nobody@orchard.example")


@committed
def test_the_operator_can_take_a_second_step_away(wren: Staff):
    said = io.StringIO()
    call_command("reset_second_factor", "--email", wren.email, stdout=said)
    assert "Make sure that it is really them" in said.getvalue()
    assert Browser().give_password(wren.email).headers["Location"] == "/practice/sign-in/set-up/"


def test_the_page_of_roles_is_the_table_in_code():
    assert (ROOT / "docs" / "roles.md").read_text() == roles_page()


def test_the_roles_of_the_program_are_those_the_guard_knows(owner):
    (check,) = owner.execute(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = 'staff_role_is_known'"
    ).fetchone()
    assert set(Role.values) == {word.split("'")[0] for word in check.split("'")[1::2]}


def test_nothing_is_left_out_of_the_migrations():
    subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "careplan", "--check", "--dry-run"], cwd=ROOT, check=True
    )
