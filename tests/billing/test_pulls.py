"""BILL-6: every pull is in the client's own list of who looked, under the permission it stood on."""

import pytest

from careplan.access.classes import DataClass
from tests.billing.test_readiness import asked
from tests.signed_in import portal_browser

pytestmark = pytest.mark.committed


def test_a_pull_is_in_the_clients_own_log_under_its_consent(town, software, owner, django_assert_max_num_queries):
    """BILL-6: who, for what, through what, under which permission; a refused one too. Seven statements."""
    town.permits("roz", recipient="Somebody Else")
    consent, _ = town.billable("roz")
    with django_assert_max_num_queries(8):  # token, opening, savepoint, who acts, facts, told, who no longer, release
        asked(software, town["roz"])
    town.withdraws("roz", consent)
    asked(software, town["roz"])
    pulls = owner.execute(
        "select role, purpose, via, granted, reads, consent_id from guard.opening where person_id = %s order by id",
        [software.id],
    ).fetchall()
    through = ("billing", "api:billing_api:readiness")
    assert pulls[0] == ("api", *through, True, [str(DataClass.BILLING)], consent)
    assert [(each[3], each[5]) for each in pulls[1:]] == [(False, None)]
    page = portal_browser(town["roz_person"]).get("/my/who-saw/").text
    assert "Claims House" in page
