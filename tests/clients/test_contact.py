"""How a client is reached, and how not (CLIENT-2)."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from clients.models import Contact
from clients.services.contact import ContactRules, update_contact
from tests.clients.town import text_of

RULES = ContactRules(
    phone="+44 20 7946 0158",
    text_ok=True,
    discreet=True,
    shared_phone=True,
    quiet_from=time(19),
    quiet_until=time(10),
    most_a_week=1,
    care_with="His brother answers sometimes.",
)


def keep(town, rules, who="wren"):
    with town.opens(who, "tomek") as by:
        update_contact(client_id=town["tomek"], rules=rules, by=by)


def form_of(town, **changed):
    form = town.gets("wren", "contact").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {**{name: value for name, value in values.items() if value not in (None, False)}, **changed}


def test_the_header_of_every_page_says_how_to_reach_them(town):
    """Practice 3: contact rules stand in the record's header."""
    keep(town, RULES)
    for page in ("overview", "people", "consents"):
        shown = text_of(town.gets("wren", page))
        assert "call no, text yes, e-mail no, shared phone, keep it discreet" in shown
        assert "7 pm – 10 am, London" in shown


def test_do_not_contact_stands_before_everything_else(town):
    keep(town, ContactRules(phone="+44 20 7946 0158", text_ok=True, do_not_contact=True))
    assert "do not contact" in text_of(town.gets("wren", "overview"))
    assert "text yes" not in text_of(town.gets("wren", "overview"))


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (ContactRules(text_ok=True), "Add the phone number"),
        (ContactRules(voicemail_ok=True), "Add the phone number"),
        (ContactRules(email_ok=True), "Add the e-mail address"),
        (ContactRules(post_ok=True), "Add the address"),
        (ContactRules(phone="ask my brother"), "can’t be dialled"),
        (ContactRules(email="roz"), "needs a name"),
        (ContactRules(quiet_from=time(9)), "both its beginning and its end"),
    ],
)
def test_rules_that_could_not_be_kept_are_refused_with_a_sentence(town, rules, sentence):
    with pytest.raises(Refused, match=sentence):
        keep(town, rules)


@pytest.mark.parametrize("wrong", [{"text_ok": True}, {"email_ok": True}, {"post_ok": True}, {"quiet_from": time(9)}])
def test_the_database_refuses_them_too(town, wrong):
    with town.opens("wren", "tomek"), pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(client_id=town["tomek"]).update(**wrong)


def test_the_page_keeps_the_rules(town):
    response = town.posts("wren", "contact", form_of(town, phone="+44 20 7946 0158", text_ok="on", most_a_week="2"))
    assert response.status_code == 303
    with town.opens("wren", "tomek"):
        kept = Contact.objects.get(client_id=town["tomek"])
    assert (kept.text_ok, kept.call_ok, kept.most_a_week, kept.changed_by) == (True, False, 2, town["wren"])


def test_a_refused_page_keeps_what_was_typed(town):
    """UI-5."""
    response = town.posts("wren", "contact", form_of(town, text_ok="on", care_with="Say only “Appointment”."))
    assert response.status_code == 422
    assert "Say only “Appointment”." in text_of(response)


def test_rules_changed_meanwhile_are_not_overwritten(town):
    data = form_of(town, phone="+44 20 7946 0999", text_ok="on")
    keep(town, RULES)
    assert town.posts("wren", "contact", data).status_code == 409
    with town.opens("wren", "tomek"):
        assert Contact.objects.get(client_id=town["tomek"]).phone == "+44 20 7946 0158"


def test_a_supervisor_sees_no_contact_rules(town):
    """ACC-2b: supervision does not reach the contact class; the page answers the same 404, the header leaves it out."""
    keep(town, RULES)
    assert "7946" not in text_of(town.gets("sunniva", "overview"))
    assert "shared phone" not in text_of(town.gets("sunniva", "overview"))
    assert town.gets("sunniva", "contact").status_code == 404
    with pytest.raises(NotYours):
        keep(town, RULES, who="sunniva")


def test_contact_rules_need_their_own_class_opened(town):
    """ACC-2: an opening that names identity shows no phone number, whatever is asked."""
    keep(town, RULES)
    with town.opens("wren", "tomek", classes=[DataClass.IDENTITY]):
        assert not Contact.objects.exists()
