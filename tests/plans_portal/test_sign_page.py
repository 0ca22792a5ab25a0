"""PLAN-10, AUTH-2: signing in one's own pages: four equal statements, the password once more, nothing lost."""

import time

import pytest
from django.db import DatabaseError, connection, transaction

from careplan.access.models import CareRole
from careplan.accounts.models import User
from careplan.accounts.practice_keys import seal_for_practice
from careplan.ids import uuid7
from clients.models import ConsentKind
from clients.services.asking import ConsentAsk
from plans.kinds import SIGN_CODES, Statement
from plans.models import Draft, ItemRevision, Signature, SignatureRequest
from plans.selectors.acting import now
from plans.services.documents import signature_document
from plans.services.requirements import Demand, set_requirement
from plans.services.signing import ask_to_sign
from tests.consents.hands import Hands
from tests.plans.room import room_of, therapy
from tests.plans_pages.desk import desk_of
from tests.signed_in import RECORDS, portal_browser
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(world):
    room = room_of(world, "roz", "imani")
    room.agreed_goal()
    room.agreed_intervention("Step ladder on the real bus")
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        room.request = SignatureRequest.objects.get(signer_id=room.client.person_id)
    room.url = f"/my/plan/sign/{room.request.id}/"
    return room


@pytest.fixture
def roz(world):
    return portal_browser(world["roz_person"])


def long_ago(browser):
    """The password was given ten minutes ago."""
    session = browser.session
    session[RECORDS] = [{"method": "password", "at": time.time() - 600}]
    session.save()


def test_home_says_that_there_is_a_version_to_read(room, roz):
    page = roz.get("/my/").content.decode()
    assert "Version 1 of your plan" in page
    assert "Read, change, sign, or don’t" in page


def test_nothing_is_chosen_beforehand_and_the_four_are_one_component(room, roz):
    """UI-1: equal weight, none preselected."""
    page = roz.get(room.url).content.decode()
    assert page.count('name="statement"') == 4
    assert "checked" not in page
    assert "Your care doesn’t depend on it." in page


def test_signing_leads_to_a_receipt_to_keep(room, roz):
    done = roz.post(room.url, {"statement": "mine", "name": "Roz", "do": "save"}, follow=True)
    page = done.content.decode()
    assert "A copy to keep" in page
    assert "This is my plan" in page
    assert "version 1, and exactly its words" in page
    assert "Step ladder on the real bus" in page
    assert "Version 1 of your plan" not in roz.get("/my/").content.decode()


def test_who_interpreted_is_asked_kept_and_on_the_receipt(room, roz):
    """PLAN-10: interpreter and language are part of what is signed; nobody has to have had one."""
    assert "Did somebody interpret for you?" in roz.get(room.url).content.decode()
    typed = {"statement": "mine", "name": "Roz", "interpreter": "Ines Falk", "do": "save"}
    assert "Ines Falk" in roz.post(room.url, typed, follow=True).content.decode()
    with room.acts(room.client):
        signed = Signature.objects.get()
    assert (signed.interpreter, '"interpreter":"Ines Falk"' in signed.hashed) == ("Ines Falk", True)


def test_the_supervisor_is_asked_to_countersign_and_does_so_in_her_own_name(world, room):
    """PLAN-10: asked from the page of signatures; nobody else can be, and a second press asks nothing more."""
    room.colleague(world["sunniva"], CareRole.SUPERVISOR)
    desk, hers = desk_of(room), desk_of(room, world["sunniva"])
    with room.acts(room.therapist):
        version = SignatureRequest.objects.get(id=room.request.id).version_id
    page = desk.get("sign_off", version_id=version).content.decode()
    assert "Ask Sunniva Brandt-Osei to countersign" in page
    assert desk.post("ask_to_countersign", {}, person_id=world["nadia"]).status_code == 404
    for _ in range(2):
        assert desk.post("ask_to_countersign", {}, person_id=world["sunniva"]).status_code == 303
    assert "Ask Sunniva" not in desk.get("sign_off", version_id=version).content.decode()
    said = {"name": "Sunniva Brandt-Osei", "password": PASSWORD}
    assert hers.post("sign_as_staff", said, version_id=version).status_code == 303
    with room.acts(room.therapist):
        assert Signature.objects.get().role_held == "supervisor"


def test_after_five_minutes_the_password_is_asked_for_and_nothing_typed_is_lost(room, roz):
    """AUTH-2: re-authentication before signing."""
    long_ago(roz)
    typed = {"statement": "parts", "notes": "All but the last line", "name": "Roz", "do": "save"}
    asked = roz.post(room.url, typed)
    assert asked.status_code == 422
    assert "All but the last line" in asked.content.decode()
    wrong = roz.post(room.url, typed | {"password": "not hers"})
    assert wrong.status_code == 422
    assert roz.post(room.url, typed | {"password": PASSWORD}).status_code == 303
    with room.acts(room.client):
        assert Signature.objects.get().notes == "All but the last line"


def test_a_version_with_a_line_that_is_tucked_away_is_not_signed_where_it_is_not_read(room, roz):
    """SAFE-7: the line is on no page of the portal, nor on the copy of what was signed before."""
    done = roz.post(room.url, {"statement": "mine", "name": "Roz", "do": "save"})
    with room.acts(room.client):
        hidden = next(row for row in ItemRevision.objects.select_related("item") if row.item.kind == "intervention")
    roz.post("/my/put-away/", {"kind": "item", "key": str(hidden.item_id)})
    assert "Step ladder on the real bus" not in roz.get(done["Location"]).content.decode()
    room.agreed_goal("Another goal")
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        again = SignatureRequest.objects.get(signer_id=room.client.person_id, state="requested")
    assert "of your plan" not in roz.get("/my/").content.decode()
    assert roz.get(f"/my/plan/sign/{again.id}/").status_code == 404


def written_past_the_service(room):
    """A true signature, written by the database's function alone."""
    asked = SignatureRequest.objects.select_related("version").get(id=room.request.id)
    document = signature_document(
        plan_id=asked.plan_id, version=asked.version.sha256, number=1, request_id=asked.id,
        person_id=asked.signer_id, name="Roz", role="client", authority="self", statement="mine", notes="",
        code=SIGN_CODES[Statement.MINE], method="portal", language="en", interpreter="", zone="UTC", at=now(),
    )  # fmt: skip
    seal = seal_for_practice(document.text, practice_id=asked.practice_id)
    with connection.cursor() as cursor:
        told = [uuid7(), asked.id, document.text, seal.signature, seal.key_id]
        cursor.execute("select guard.plans_sign(%s, %s, %s, %s, %s)", told)


@pytest.mark.parametrize("how", ["stopped", "declined"])
def test_who_takes_back_the_yes_to_a_screen_signs_on_paper(room, roz, world, how):
    """CONS-4: “You sign on paper from now on” is true of the page, the service and the database; rather not is."""
    hands = Hands(world)
    consent = hands.asks(ConsentAsk(kind=ConsentKind.ELECTRONIC))
    if how == "stopped":
        hands.gives(consent)
        assert 'name="statement"' in roz.get(room.url).content.decode()
        hands.stops(consent)
    else:
        hands.declines(consent)
    page = roz.get(room.url).content.decode()
    assert "You sign on paper" in page
    assert "Ask Imani for a printed copy" in page
    assert 'name="statement"' not in page
    refused = roz.post(room.url, {"statement": "mine", "name": "Roz", "do": "save"})
    assert refused.status_code == 422
    with room.acts(room.client):
        assert not Signature.objects.exists()
        with pytest.raises(DatabaseError, match="wanted_on_a_screen"), transaction.atomic():
            written_past_the_service(room)
    assert roz.post(room.url, {"do": "rather_not"})["Location"] == "/my/plan/signed/"


def test_rather_not_asks_for_nothing_more(room, roz):
    """PLAN-10: no name, no password, no reason."""
    long_ago(roz)
    done = roz.post(room.url, {"statement": "rather_not", "do": "save"}, follow=True)
    assert "you’d rather not sign. That is fine" in done.content.decode()
    with room.acts(room.client):
        assert not Signature.objects.exists()


def test_save_and_come_back_keeps_what_was_begun(room, roz):
    roz.post(room.url, {"statement": "parts", "notes": "I’ll think about it", "do": "later"})
    page = roz.get(room.url).content.decode()
    assert "I’ll think about it" in page
    assert page.count("checked") == 1


def test_a_question_first_is_an_answer_too(room, roz):
    assert "you have a question first" in roz.post(room.url, {"do": "ask"}, follow=True).content.decode()
    with room.acts(room.therapist):
        assert SignatureRequest.objects.get(id=room.request.id).state == "questions"


def test_words_that_were_replaced_are_shown_and_nothing_is_signed(room, roz):
    """PLAN-10: 409 with what moved."""
    old = room.agreed_intervention("Letter to insurer")
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        request = SignatureRequest.objects.get(signer_id=room.client.person_id, state="requested")
    changed = room.reword(old, therapy("Letter to insurer, dates only"), room.therapist)
    room.answer(changed, "yes", room.client)
    moved = roz.post(f"/my/plan/sign/{request.id}/", {"statement": "mine", "name": "Roz", "do": "save"})
    assert moved.status_code == 409
    assert "replaced since" in moved.content.decode()


def test_a_disabled_sign_in_signs_nothing(room, roz, world):
    User.objects.filter(person_id=world["roz_person"]).update(is_active=False)
    assert roz.post(room.url, {"statement": "mine", "name": "Roz", "do": "save"}).status_code == 302
    with room.acts(room.therapist):
        assert not Signature.objects.exists()


def test_what_is_typed_is_kept_by_itself_and_a_password_never(room, roz):
    """UI-5, AUTH-2: words typed before the idle limit are there afterwards."""
    typed = {"statement": "parts", "notes": "All but the bus", "name": "Roz", "password": PASSWORD}
    page = roz.get(room.url).content.decode()
    where = f"/my/plan/drafts/sign-{room.request.id}/"
    assert f'data-draft-url="{where}"' in page
    assert roz.post(where, typed).status_code == 204
    assert "All but the bus" in roz.get(room.url).content.decode()
    with room.acts(room.client):
        assert PASSWORD not in str(Draft.objects.get(key=f"sign-{room.request.id}").content)


def test_what_is_typed_about_something_set_by_others_is_kept(room, roz):
    """UI-5: until it is saved, and then not twice."""
    demand = Demand(kind="school", set_by="the school", what="A letter each term.")
    with room.acts(room.therapist):
        line = set_requirement(client_id=room.client_id, demand=demand, by=room.therapist)
    page, where = f"/my/plan/set-by-others/{line.id}/", f"/my/plan/drafts/requirement:{line.id}/"
    assert f'data-draft-url="{where}"' in roz.get(page).content.decode()
    assert roz.post(where, {"words": "I would rather ring them"}).status_code == 204
    assert "I would rather ring them" in roz.get(page).content.decode()
    assert roz.post(page, {"seen": "differently", "words": "I will write myself"}).status_code == 303
    assert "rather ring" not in roz.get(page).content.decode()
