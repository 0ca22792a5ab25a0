"""What the demo shows of diagnoses and licences is done through the services, by its people (PLAN-2, SUP-1)."""

from types import SimpleNamespace

from careplan.accounts.licence_model import Licence
from clients.demo import HER_VIEW, keep_what_stands_beside
from clients.selectors.diagnoses import diagnoses
from tests.clients.town import text_of


def test_roz_has_a_view_of_her_own_and_the_manager_has_checked_the_licences(town):
    demo = SimpleNamespace(
        staff=town.ids, clients=town.ids, actor=town.actor, lead_of=lambda client: town.actor("imani")
    )
    keep_what_stands_beside(demo)
    with town.opens("imani", "roz"):
        (line,) = diagnoses(town["roz"]).standing
    assert (line.view.words, bool(line.shared_at)) == (HER_VIEW, True)
    assert set(Licence.objects.values_list("verified_by", flat=True)) == {town["petra"]}
    assert "Your licence ends in 58 days" in text_of(town.browser("imani").get("/practice/"))
