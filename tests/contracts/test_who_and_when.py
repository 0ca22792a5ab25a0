"""House style: every moment that may come later has its somebody, and the database keeps the two together."""

import pytest
from django.apps import apps

pytestmark = pytest.mark.django_db

NOBODYS_DOING = {
    "careplan_invitation": {"accepted_at", "replaced_at"},  # by whoever has the link, or by the next link
    "careplan_passwordlink": {"used_at"},
    "careplan_outgoing": {"handed_at", "settled_at"},  # by a worker
    "careplan_session": {"began_at"},
    "client_summary": {"consent_ends_at", "limits_told_at"},  # dates copied for lists; their who stands in the record
    "careplan_practicekey": {"retired_at"},  # a key ends by its date
    "careplan_installationkey": {"retired_at"},
    "careplan_apiclient": {"last_used_at"},  # by the software itself
    "messaging_note_held": {"given_at"},  # its `by` and `at` are those of the last look
    "plans_charge": {"starts_at"},  # the clock time of a session
    "plans_plan": {"activated_at"},  # follows from the first answer that brings something into force
}


def nullable_moments():
    for model in apps.get_models():
        if model._meta.app_label in {"careplan", "clients", "plans", "messaging"} and model._meta.managed:
            for field in model._meta.local_concrete_fields:
                if field.name.endswith("_at") and field.null:
                    yield model._meta.db_table, field.column


def test_every_later_moment_is_paired_with_its_somebody(owner):
    """`ended_at` without `ended_by`, or the other way round, is refused by a check constraint."""
    for table, moment in nullable_moments():
        if moment in NOBODYS_DOING.get(table, set()):
            continue
        somebody = moment.removesuffix("_at") + "_by"
        checks = owner.execute(
            "select pg_get_constraintdef(oid) from pg_constraint "
            "where conrelid = ('app.' || %s)::regclass and contype = 'c'",
            [table],
        ).fetchall()
        paired = [check for (check,) in checks if moment in check and somebody in check]
        assert paired, f"{table}.{moment} has no {somebody} beside it"
