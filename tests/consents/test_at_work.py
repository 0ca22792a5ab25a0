"""Consents at work: asked, written down, stopped in one press, told to others; what treatment opens (CONS-8, 12)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.errors import Refused
from clients.models import ClientSummary, Consent, ConsentKind, ConsentState, Disclosure, How, Mandate
from clients.selectors.permits import permits
from clients.services.asking import ConsentAsk
from clients.services.consents import withdraw_consent
from clients.services.disclosures import Telling, record_disclosure
from plans.content import GoalContent
from plans.kinds import Choice, SheetKind
from plans.services.answers import answer_item
from plans.services.items import move_item, move_plan, propose_item, start_plan
from plans.services.sheets import open_sheet
from tests.clients.town import statements, text_of
from tests.consents.hands import INSURER, in_days, insurer, release
from tests.world import client_actor_of

TEXTS = ConsentAsk(kind=ConsentKind.TEXTS)
PLAN, BILLING = DataClass.PLAN, DataClass.BILLING
GOAL = GoalContent(client_words="Ride the 14.")


def asked(**more):
    return {"kind": "release", "recipient": "Dr Quill", "recipient_kind": "person", "scope": ["plan"], **more}


def test_asked_and_written_down_from_one_page(hands):
    """Practice 9: asked without a clock; or said, and it counts from now, with how it was said."""
    sent = asked(what="Goals.", purpose="To know", last_day=in_days(9).isoformat())
    offered = hands.posts("imani", "consent_ask", sent, client="roz")
    assert offered.status_code == 303
    assert hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN).reason == "not_answered"
    hands.posts("imani", "consent_ask", {**sent, "how": "phone_or_video", "said": "yes"}, client="roz")
    answer = hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN)
    assert answer.allowed
    assert hands.row(answer.consent_id).how == How.PHONE_OR_VIDEO


def test_what_lacks_something_says_what_and_keeps_what_was_typed(hands):
    """CONS-6, UI-5."""
    page = hands.posts("imani", "consent_ask", asked(what="Goals in short."), client="roz")
    assert page.status_code == 422
    assert "It lacks: what it is for" in text_of(page) or "a day on which it ends" in text_of(page)
    assert "Goals in short." in text_of(page)


def test_a_spoken_withdrawal_is_one_press_in_the_table(hands):
    """CONS-4."""
    consent = hands.records(insurer())
    page = text_of(hands.gets("imani", "consents", client="roz"))
    stop = hands.url("spoken_withdrawal", "roz", consent_id=consent)
    assert f'action="{stop}"' in page
    assert hands.browser("imani").post(stop).status_code == 303
    row = hands.row(consent)
    assert (row.state, row.ended_how) == (ConsentState.WITHDRAWN, How.SAID_IN_SESSION)
    assert "insurer" not in text_of(hands.gets("imani", "overview", client="roz")).lower()


@pytest.mark.parametrize(("do", "more", "state"), [
    ("spoken", {"said": "no", "how": "on_paper"}, ConsentState.DECLINED),
    ("spoken", {"said": "yes", "how": "on_paper", "limits": ""}, ConsentState.GIVEN),
    ("drop", {}, ConsentState.LAPSED),
    ("strike", {}, ConsentState.ENTERED_IN_ERROR),
])  # fmt: skip
def test_what_can_be_written_down_about_one(hands, do, more, state):
    """CONS-2: the moves of the table, from the page of one consent."""
    consent = hands.asks(TEXTS)
    assert hands.posts("imani", "consent", {"do": do, **more}, client="roz", consent_id=consent).status_code == 303
    assert hands.row(consent).state == state


def test_a_spoken_no_is_one_form_like_a_spoken_yes_and_stops_what_stood(hands):
    """CONS-4: the same page, the same fields; how it was said has to be there, and silence is no answer."""
    yes = hands.records(TEXTS)
    for missing in ({"how": "on_paper"}, {"said": "no"}):  # silence is no answer
        assert hands.posts("imani", "consent_ask", {"kind": "texts", **missing}, client="roz").status_code == 422
    told = {"told_in": "Polish", "interpreter": "By phone", "reading_aids": "Read out"}
    said = {"kind": "texts", "recipient_kind": "organisation", "said": "no", "how": "said_in_session", **told}
    assert hands.posts("imani", "consent_ask", said, client="roz").status_code == 303
    assert hands.row(yes).state == ConsentState.WITHDRAWN
    assert hands.may(ConsentKind.TEXTS).reason in ("declined", "withdrawn")
    with hands.opens("imani", "roz"):
        no = Consent.objects.get(kind=ConsentKind.TEXTS, state=ConsentState.DECLINED)
    assert {name: getattr(no, name) for name in told} == told
    later = {**said, "kind": "email", "said": "later"}
    hands.posts("imani", "consent_ask", later, client="roz")
    assert hands.may(ConsentKind.EMAIL).reason == "not_now"


def test_what_forbids_is_lifted_by_staff_only_with_their_word_and_how_it_was_said(hands):
    """AUTH-2, CONS-4: more goes out then, so it takes what a yes takes; it is not struck out beside that."""
    hands.records(insurer())
    deny = hands.records(ConsentAsk(kind=ConsentKind.SELF_PAY, recipient=INSURER))
    assert not hands.may(ConsentKind.BILLING, INSURER, BILLING).allowed
    one = {"client": "roz", "consent_id": deny}
    table = text_of(hands.gets("imani", "consents", client="roz"))
    assert hands.url("spoken_withdrawal", "roz", consent_id=deny) not in table
    assert hands.posts("imani", "spoken_withdrawal", {}, **one).status_code == 422
    assert hands.posts("imani", "consent", {"do": "withdraw", "how": "on_paper"}, **one).status_code == 422
    assert hands.posts("imani", "consent", {"do": "strike"}, **one).status_code == 422
    assert not hands.may(ConsentKind.BILLING, INSURER, BILLING).allowed
    lifted = {"do": "withdraw", "said": "yes", "how": "on_paper"}
    assert hands.posts("imani", "consent", lifted, **one).status_code == 303
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING).allowed
    assert hands.row(deny).ended_how == How.ON_PAPER
    assert hands.posts("imani", "consent", lifted, **one).status_code == 409


def test_a_yes_without_an_end_comes_back_in_today_when_the_pack_says(hands):
    """CONS-7: the review interval is counted from the yes; nothing ends by it."""
    consent = hands.records(TEXTS)
    assert hands.row(consent).ask_again_on is not None
    assert "to talk over again" not in text_of(hands.browser("imani").get("/practice/"))
    assert "to talk over again on" in text_of(hands.gets("imani", "consents", client="roz"))
    with hands.opens("imani", "roz"):
        ClientSummary.objects.filter(client=hands["roz"]).update(consent_again_on=in_days(10))
    assert "Roz: a consent to talk over again" in text_of(hands.browser("imani").get("/practice/"))


def test_a_cover_writes_down_and_a_supervisor_only_reads(hands):
    """ACC-2b: who may write consents."""
    with hands.opens("wren", "tomek"):
        consent = Consent.objects.get(client_id=hands["tomek"], kind=ConsentKind.TREATMENT).id
    page = text_of(hands.gets("sunniva", "consent", consent_id=consent))
    assert "They stop it" not in page
    assert hands.posts("sunniva", "spoken_withdrawal", {}, consent_id=consent).status_code == 404
    assert hands.posts("nadia", "spoken_withdrawal", {}, consent_id=consent).status_code == 303


def test_no_yes_to_treatment_stops_new_proposals_and_nothing_else(hands):
    """CONS-12: staff open, write and close; the client proposes what they like."""
    with hands.opens("imani", "roz") as by:
        plan = start_plan(client_id=hands["roz"], by=by)
        (treatment,) = Consent.objects.filter(client_id=hands["roz"], kind=ConsentKind.TREATMENT)
        withdraw_consent(client_id=hands["roz"], consent_id=treatment.id, how=How.SAID_IN_SESSION, by=by)
        with pytest.raises(Refused, match="the client stopped it"):
            propose_item(plan_id=plan.id, content=GOAL, by=by)
        open_sheet(plan_id=plan.id, kind=SheetKind.FIRST_PLAN, how="said_in_session", by=by, present=["Roz"])
        record_disclosure(client_id=hands["roz"], telling=emergency(), by=by)
    assert hands.gets("imani", "overview", client="roz").status_code == 200
    roz = client_actor_of(hands.ids, "roz")
    with opened(roz, clients=[hands["roz"]], classes=[PLAN], via="test"):
        assert propose_item(plan_id=plan.id, content=GOAL, by=roz)
    with hands.opens("imani", "roz") as by:
        move_plan(plan_id=plan.id, verb="complete", by=by, reason="")


def test_no_yes_to_treatment_stops_every_new_wording_by_staff_and_no_answer(hands):
    """CONS-12: “Suggest wording” and another place for a line are proposals; saying yes to the client's is not."""
    with hands.opens("imani", "roz") as by:
        plan = start_plan(client_id=hands["roz"], by=by)
        treatment = Consent.objects.get(client_id=hands["roz"], kind=ConsentKind.TREATMENT)
        withdraw_consent(client_id=hands["roz"], consent_id=treatment.id, how=How.SAID_IN_SESSION, by=by)
    roz = client_actor_of(hands.ids, "roz")
    with opened(roz, clients=[hands["roz"]], classes=[PLAN], via="test"):
        wish = GoalContent(client_words=GOAL.client_words, clinical_wording="Takes the tram.")
        hers = propose_item(plan_id=plan.id, content=wish, by=roz)
    with hands.opens("imani", "roz") as by:
        with pytest.raises(Refused, match="the client stopped it"):
            move_item(item_id=hers.item_id, parent_id=None, base=1, by=by)
        suggested = GoalContent(client_words=GOAL.client_words, clinical_wording="Travels by bus.")
        with pytest.raises(Refused, match="the client stopped it"):
            answer_item(revision_id=hers.id, choice=Choice.YES_WITH_CHANGES, wording=suggested, by=by)
        assert answer_item(revision_id=hers.id, choice=Choice.YES, by=by).choice == Choice.YES


def emergency(**more):
    return Telling(
        **{
            "what": "That she is in danger, and where.", "recipient": "Ambulance", "why": "To keep her alive",
            "basis": "emergency", "basis_code": "life_in_danger", "facts": "She said it on the phone.", **more,
        }
    )  # fmt: skip


def test_a_disclosure_on_a_consent_needs_the_consent(hands):
    """CONS-8: legal basis is the consent's id, and it covers every kind of information that was told."""
    telling = Telling(what="Her goals.", recipient="Dr Quill", why="A letter", basis="consent", scope=[PLAN])
    with hands.opens("imani", "roz") as by, pytest.raises(Refused, match="no yes that covers this"):
        record_disclosure(client_id=hands["roz"], telling=telling, by=by)
    consent = hands.records(release(PLAN))
    with hands.opens("imani", "roz") as by:
        record_disclosure(client_id=hands["roz"], telling=telling, by=by)
        assert Disclosure.objects.get().consent_id == consent
    with hands.own_pages():
        assert Disclosure.objects.get().what == "Her goals."


def test_a_lawful_delay_ends_by_itself_and_has_a_reason(hands, owner):
    """CONS-8, AUD-3: hidden from her own pages until its day, mandate and all; to staff it shows why."""
    with hands.opens("imani", "roz") as by:
        for wrong in (
            {"withheld_until": in_days(3)},
            {"withheld_why": "Because"},
            {"facts": ""},
            {"basis_code": "child_hurt"},
        ):
            with pytest.raises(Refused):
                record_disclosure(client_id=hands["roz"], telling=emergency(**wrong), by=by)
        told = emergency(
            basis="law", basis_code="child_hurt", scope=[PLAN], goes_on_until=in_days(30),
            withheld_until=in_days(3), withheld_why="Telling now would put a child in danger.",
        )  # fmt: skip
        record_disclosure(client_id=hands["roz"], telling=told, by=by)
    with hands.own_pages():
        assert not Disclosure.objects.exists()
        assert not Mandate.objects.exists()
    assert "Telling now would put a child" in text_of(hands.gets("imani", "disclosures", client="roz"))
    with hands.own_pages():
        assert permits(client_id=hands["roz"], purpose="release", recipient="Ambulance", data_class=PLAN).allowed


def test_a_disclosure_is_written_down_from_its_page(hands):
    """Practice 10: facts, ground, who was told, time, supervisor."""
    now = timezone.localtime() - timedelta(hours=3)
    sent = {
        "what": "Where she is.", "recipient": "Ambulance", "told_to": "The operator", "why": "To keep her alive",
        "ground": "life_in_danger", "facts": "On the phone.", "through": "spoken", "day": now.date().isoformat(),
        "at": now.strftime("%H:%M"), "supervisor_told": "Sunniva",
    }  # fmt: skip
    assert hands.posts("imani", "disclosures", {**sent, "facts": ""}, client="roz").status_code == 422
    assert hands.posts("imani", "disclosures", sent, client="roz").status_code == 303
    page = text_of(hands.gets("imani", "consents", client="roz"))
    assert "<b>Where she is.</b> to Ambulance" in page


def test_the_first_day_is_asked_once(hands):
    """CONS-11a: asked again, nothing is asked twice, and what was answered stays answered."""
    for _ in range(2):
        hands.posts("imani", "ask_first_day", {}, client="roz")
    with hands.opens("imani", "roz"):
        kinds = sorted(Consent.objects.values_list("kind", flat=True))
    assert kinds == ["electronic", "portal_messages", "texts", "treatment"]


def test_as_many_statements_for_ten_consents_as_for_one(hands):
    """Fifteen at most."""
    for number in range(5):
        hands.records(release(PLAN, to=f"Somebody {number}"))
    staff = hands.browser("imani")
    with statements(15):
        staff.get(reverse("clients:consents", kwargs={"client_id": hands["roz"]}))
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING).reason == "not_asked"
