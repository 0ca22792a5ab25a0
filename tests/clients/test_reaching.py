"""A front desk knows how somebody may be reached, and not where, why, or anything else of their record (ACC-12)."""

from datetime import time

import pytest
from django.db import DatabaseError, transaction

from careplan.ledger import record
from clients.models import ChannelState, Consent, ConsentKind, ConsentState, Contact, ContactCard
from clients.services.change import begin_change
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


def consent(town, kind, *moves, effect="permit"):
    """A consent of Tomek's that goes through these states, each told as an event."""
    with town.opens("wren", "tomek") as by:
        change = begin_change(client_id=town["tomek"], data_class="consent", by=by)
        row = Consent.objects.create(
            **change.keys, person_id=town["wren"], kind=kind, effect=effect, purpose=effect, starts_at=change.at,
            text_version="1", text_sha256="0" * 64, language="en", explained_by=change.by, authority="self",
            state=ConsentState.OFFERED, how="said_in_session", made_at=change.at, made_by=change.by,
            state_at=change.at, state_by=change.by,
        )  # fmt: skip
        for state in moves:
            Consent.objects.filter(id=row.id).update(state=state)
        record(kind="limits.told", client_id=town["tomek"], object_type="consent", object_id=row.id)


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
    consent(town, ConsentKind.TEXTS, ConsentState.GIVEN)
    consent(town, ConsentKind.EMAIL, ConsentState.DECLINED)
    same()
    consent(town, ConsentKind.TEXTS, ConsentState.GIVEN, effect="deny")
    consent(town, ConsentKind.EMAIL, ConsentState.GIVEN, ConsentState.WITHDRAWN)
    same()
    assert owner.execute("select count(*) from clients_channel_state").fetchone() == (2,)


def test_a_front_desk_and_a_manager_see_the_rules_in_the_list(town):
    """ACC-12: channels, discreet, shared phone, quiet hours, most a week, state of consents; no number, no words."""
    keep(town)
    consent(town, ConsentKind.TEXTS, ConsentState.GIVEN)
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
