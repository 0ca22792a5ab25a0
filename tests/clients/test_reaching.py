"""A front desk knows how somebody may be reached, and not where, why, or anything else of their record (ACC-12)."""

from datetime import time

import pytest
from django.db import DatabaseError, transaction

from clients.models import ChannelState, Consent, ConsentKind, Contact, ContactCard, How
from clients.services.asking import ConsentAsk, offer_consent
from clients.services.consents import Answer, decline_consent, record_spoken, withdraw_consent
from clients.services.contact import ContactRules, update_contact
from tests.clients.town import text_of

RULES = ContactRules(
    phone="+44 20 7946 0158", text_ok=True, discreet=True, shared_phone=True, quiet_from=time(19), quiet_until=time(10),
    most_a_week=1, care_with="His brother answers sometimes.",
)  # fmt: skip
REBUILT = """
select client_id, practice_id, call_ok, voicemail_ok, text_ok, email_ok, post_ok, discreet, shared_phone,
       do_not_contact, quiet_from, quiet_until, most_a_week from clients_contact order by client_id
"""
KEPT = REBUILT.replace("clients_contact ", "clients_contact_card ")
CHANNELS = """
select client_id, kind, case
         when bool_or(state = 'given' and effect = 'deny') then 'deny given'
         when bool_or(state = 'given') then 'permit given'
         else (array_agg(effect || ' ' || state order by state_at desc))[1] end
  from clients_consent where kind in ('texts', 'email', 'calendar', 'portal_messages')
 group by client_id, kind order by 1, 2
"""
KEPT_CHANNELS = "select client_id, kind, effect || ' ' || state from clients_channel_state order by 1, 2"


def keep(town, rules=RULES):
    with town.opens("wren", "tomek") as by:
        update_contact(client_id=town["tomek"], rules=rules, by=by)


def consent(town, kind, *, withdrawn=False):
    """A consent of Tomek's to a channel, given aloud; or given and withdrawn."""
    with town.opens("wren", "tomek") as by:
        keys = {"client_id": town["tomek"], "by": by}
        row = record_spoken(**keys, ask=ConsentAsk(kind), answer=Answer(How.SAID_IN_SESSION))
        if withdrawn:
            withdraw_consent(**keys, consent_id=row, how=How.SAID_IN_SESSION)


def declined(town, kind):
    with town.opens("wren", "tomek") as by:
        keys = {"client_id": town["tomek"], "by": by}
        row = offer_consent(**keys, ask=ConsentAsk(kind))
        decline_consent(**keys, consent_id=row, answer=Answer(How.SAID_IN_SESSION))


@pytest.mark.committed
def test_the_cards_are_what_the_rules_and_the_consents_say(town, owner):
    """ACC-2a: rebuilt here from the tables, after every kind of change."""

    def same():
        assert owner.execute(KEPT).fetchall() == owner.execute(REBUILT).fetchall()
        assert owner.execute(KEPT_CHANNELS).fetchall() == owner.execute(CHANNELS).fetchall()

    same()
    town.adds("wren", "Ola", contact=ContactRules(phone="+44 20 7946 0199", call_ok=True))
    keep(town)
    same()
    consent(town, ConsentKind.TEXTS)
    declined(town, ConsentKind.EMAIL)
    same()
    consent(town, ConsentKind.EMAIL, withdrawn=True)
    same()
    assert owner.execute("select count(*) from clients_channel_state").fetchone() == (2,)


def test_a_front_desk_and_a_manager_see_the_rules_in_the_list(town):
    """ACC-12: channels, discreet, shared phone, quiet hours, most a week, state of consents; no number, no words."""
    keep(town)
    consent(town, ConsentKind.TEXTS)
    for who in ("sol", "petra"):
        page = text_of(town.browser(who).get("/practice/clients/"))
        assert "call no, text yes, e-mail no, shared phone, keep it discreet, at most 1 a week" in page
        assert "7 pm – 10 am, London" in page
        assert "Text messages: yes" in page
        for hidden in ("7946", "brother"):
            assert hidden not in page
    keep(town, ContactRules(phone="+44 20 7946 0158", do_not_contact=True))
    assert "Do not contact" in text_of(town.browser("sol").get("/practice/clients/"))


def test_nobody_else_reads_the_cards_and_nobody_writes_them(town):
    """By job, in their own practice: a supervisor, a biller, a therapist see none; a trigger alone writes."""
    keep(town)
    for who in ("sunniva", "bram", "wren"):
        with town.at_work(who):
            assert not ContactCard.objects.exists()
            assert not ChannelState.objects.exists()
    assert "Reaching them" not in text_of(town.browser("sunniva").get("/practice/clients/"))
    with town.at_work("sol"):
        assert ContactCard.objects.filter(client_id=town["tomek"]).exists()
        assert not Contact.objects.exists()
        assert not Consent.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            ContactCard.objects.update(text_ok=False)
