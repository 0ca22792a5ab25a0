"""The line of counts for lists says what the record says (ACC-2a): rebuilt here from the tables, in other words."""

import pytest

from careplan.access.models import CareRelationship, CareRole
from clients.services.care import end_care, start_care
from clients.services.limits import CardTold, answer_question
from tests.clients.town import CARDS

REBUILT = """
with told as (
    select distinct on (t.client_id, t.consent_id, t.card_key) t.* from clients_limits_card_told t
    order by t.client_id, t.consent_id, t.card_key, t.told_at desc, t.id desc),
record as (
    select distinct on (c.client_id) c.client_id, c.id, c.state, c.ask_again_on from clients_consent c
    where c.kind = 'limits' and c.state in ('draft', 'offered', 'not_now', 'given')
    order by c.client_id, exists (select from told t where t.consent_id = c.id) desc, c.made_at desc),
counts as (
    select r.client_id, count(t.id) as cards, count(t.id) filter (where t.question <> '' and t.answer = '') as open,
           max(t.told_at) as last from record r left join told t on t.consent_id = r.id group by r.client_id)
select c.client_id, c.status,
       (select count(*) from guard.care_relationship g
         where g.client_id = c.client_id and g.role = 'lead' and g.until is null),
       case when r.state = 'given' then case when n.open > 0 then 'told_with_questions' else 'told' end
            when n.cards > 0 then 'partly_told' when r.state = 'not_now' then 'not_now' else 'not_told' end,
       n.last, case when r.id is not null then r.ask_again_on end, coalesce(n.cards, 0), coalesce(n.open, 0),
       (select count(*) from clients_consent g
         where g.client_id = c.client_id and g.state = 'given' and g.kind <> 'limits')
  from clients_client c left join record r using (client_id) left join counts n using (client_id) order by c.client_id
"""
KEPT = """
select client_id, status, lead_count, limits_state, limits_told_at, limits_again_on, cards_told, questions_open,
       consents_given from client_summary order by client_id
"""


@pytest.mark.committed
def test_after_everything_that_can_happen_the_summary_is_what_the_tables_say(town, owner):
    """ACC-2a, with every step committed: each change carries its event, or the database would have refused it."""

    def same():
        assert owner.execute(KEPT).fetchall() == owner.execute(REBUILT).fetchall()

    same()
    hollis = town.adds("wren", "Hollis")
    town.ids["hollis"] = hollis
    same()
    town.tells("tomek", how=None, left_for_later=True)
    same()
    town.tells("tomek", CardTold("child_hurt", question="Who?"), "court_order")
    same()
    town.tells("tomek", "life_in_danger", "someone_else_pays", "asking_a_colleague")
    same()
    with town.opens("wren", "tomek") as by:
        answer_question(client_id=town["tomek"], card_key="child_hurt", answer="The council", by=by)
    same()
    town.tells("tomek", how=None, left_for_later=True)
    same()
    town.tells("tomek", *CARDS)
    same()
    with town.at_work("wren") as by:
        start_care(client_id=hollis, person_id=town["imani"], role=CareRole.LEAD, by=by)
    same()
    with town.at_work("petra") as by:
        mine = CareRelationship.objects.get(client_id=hollis, person_id=town["wren"])
        end_care(client_id=hollis, relationship_id=mine.id, by=by)
    same()
    town.ids["hollis"] = hollis
    town.tells("hollis", "court_order", who="imani")
    same()


@pytest.mark.committed
def test_a_change_without_its_event_is_not_committed(town):
    """AUD-1: the deferred constraint refuses the whole transaction."""
    from django.db import IntegrityError

    from clients.models import Client

    with pytest.raises(IntegrityError), town.opens("wren", "tomek"):
        Client.objects.filter(client_id=town["tomek"]).update(pronouns="they/them")
    with town.at_work("wren"):
        assert Client.objects.get(client_id=town["tomek"]).pronouns == "he/him"
