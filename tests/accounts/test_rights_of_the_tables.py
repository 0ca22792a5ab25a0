"""ACC-2c: the running role has on each table exactly the rights that are listed here; what is not listed has none."""

from __future__ import annotations

import psycopg
import pytest

from careplan.accounts.door_log import note
from careplan.accounts.models import Person, SigninEvent, SigninKind

IDENTITY = {
    "careplan_practice": {"SELECT", "INSERT", "UPDATE"},
    "careplan_person": {"SELECT", "INSERT"},
    "careplan_user": {"SELECT", "INSERT", "UPDATE"},
    "careplan_staffmember": {"SELECT", "INSERT", "UPDATE"},
    "careplan_licence": {"SELECT", "INSERT"},
    "careplan_practicekey": {"SELECT", "INSERT", "UPDATE"},
    "careplan_installationkey": {"SELECT", "INSERT", "UPDATE"},
    "careplan_invitation": {"SELECT", "INSERT", "UPDATE"},
    "careplan_passwordlink": {"SELECT", "INSERT", "UPDATE"},
    "careplan_outgoing": {"SELECT", "INSERT", "UPDATE"},
    "careplan_outgoing_recorded": {"SELECT", "INSERT"},
    "careplan_session": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "careplan_signinevent": {"SELECT", "INSERT"},
    "messaging_hours": {"SELECT", "INSERT", "UPDATE"},
    "messaging_calendar_rules": {"SELECT", "INSERT", "UPDATE"},
    "messaging_slot": {"SELECT"},
    "plans_absence": {"SELECT", "INSERT", "UPDATE"},
    "plans_answer_window": {"SELECT", "INSERT"},
    "careplan_apiclient": {"SELECT", "INSERT", "UPDATE"},
    "careplan_sent_once": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "oauth2_provider_application": {"SELECT", "INSERT", "UPDATE"},
    "oauth2_provider_accesstoken": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "oauth2_provider_refreshtoken": {"SELECT", "UPDATE"},
    "plans_service_code": {"SELECT", "INSERT", "UPDATE"},
    "plans_clinician_number": {"SELECT", "INSERT", "UPDATE"},
    "mfa_authenticator": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "django_migrations": {"SELECT"},
}
RIGHTS = """
    select c.relname, a.privilege_type from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'app'::regnamespace and c.relkind = any (%s) and a.grantee in ('cp_app'::regrole, 0)
"""
TABLES, VIEWS, REST = ["r", "p"], ["v"], ["m", "f", "S"]
PROTECTED = "select table_name from guard.protected_table"


@pytest.mark.django_db
def test_no_table_has_a_right_that_is_not_listed(owner: psycopg.Connection):
    found = rights(owner, TABLES)
    protected = {table for (table,) in owner.execute(PROTECTED)}
    assert {table: held for table, held in found.items() if table not in protected} == IDENTITY
    assert all(held <= {"SELECT", "INSERT", "UPDATE"} for table, held in found.items() if table in protected)
    assert all(held == {"SELECT"} for held in rights(owner, VIEWS).values())
    assert rights(owner, REST) == {}


def rights(owner: psycopg.Connection, kinds: list[str]) -> dict[str, set[str]]:
    """What the running role, or everybody, may do with the relations of these kinds."""
    found: dict[str, set[str]] = {}
    for table, right in owner.execute(RIGHTS, [kinds]):
        found.setdefault(table, set()).add(right)
    return found


@pytest.mark.committed
@pytest.mark.parametrize(
    "change", ["update careplan_signinevent set kind = 'signed_in'", "delete from careplan_signinevent"]
)
def test_what_happened_at_the_door_cannot_be_changed_by_anybody(
    owner: psycopg.Connection, app: psycopg.Connection, change: str
):
    line = note(SigninKind.REFUSED)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(change)
    with pytest.raises(psycopg.Error, match="append only"):
        owner.execute(change)
    with pytest.raises(psycopg.Error, match="append only"):
        owner.execute("truncate careplan_signinevent")
    assert SigninEvent.objects.get(pk=line.pk).kind == "refused"


@pytest.mark.committed
def test_nobody_can_be_removed_by_the_program(app: psycopg.Connection):
    person = Person.objects.create()
    for change in ("delete from careplan_person", "update careplan_person set created_at = now()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(change)
    assert Person.objects.filter(pk=person.pk).exists()
