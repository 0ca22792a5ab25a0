"""PLAN-10, PLAN-11: a signature is about exactly one version; not signing is an answer; nothing waits for either."""

import pytest
from django.db import DatabaseError, connection, transaction

from careplan.access.actor import on_call_actor
from careplan.access.calls import make_call_code, try_call_code
from careplan.access.models import CareRole
from careplan.accounts.practice_keys import public_key
from careplan.canonical import sha256_hex
from careplan.errors import Conflict, NotYours, Refused
from careplan.signing import verify_seal
from plans.kinds import SignatureStatus
from plans.models import NotSignedNote, Signature, SignatureRequest
from plans.selectors.signing import sign_off, signature_status
from plans.services.signing import (
    Signing,
    answer_request,
    ask_supervisor,
    ask_to_sign,
    note_attempt,
    note_not_signed,
    sign,
)
from tests.plans.room import Room, therapy

pytestmark = pytest.mark.django_db
MINE = Signing("mine", name="Roz")


@pytest.fixture
def agreed(roz: Room) -> Room:
    roz.agreed_goal()
    roz.therapy = roz.agreed_intervention("Step ladder on the real bus")
    return roz


def asked(room: Room) -> SignatureRequest:
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        return SignatureRequest.objects.get(signer_id=room.client.person_id)


def signs(room: Room, request: SignatureRequest, said: Signing = MINE):
    with room.acts(room.client):
        return sign(request_id=request.id, said=said, by=room.client)


def status(room: Room) -> str:
    with room.acts(room.therapist):
        return signature_status(room.client_id).status


def test_roz_signs_exactly_the_words_she_read(agreed: Room):
    """PLAN-10: stored with name, role, authority, statement, method, language, zone, the version's hash and a seal."""
    signed = signs(agreed, asked(agreed))
    with agreed.acts(agreed.client):
        row = Signature.objects.select_related("version").get(id=signed.id)
        assert (row.name, row.role_held, row.authority, row.statement) == ("Roz", "client", "self", "mine")
        assert (row.method, row.language, row.zone) == ("portal", "en", "UTC")
        assert f'"version":"{row.version.sha256}"' in row.hashed
        assert row.sha256 == sha256_hex(row.hashed)
        assert verify_seal(row.hashed, row.seal, public_key=public_key(key_id=row.key_id))
    assert status(agreed) == SignatureStatus.SIGNED


@pytest.mark.parametrize(("statement", "becomes"), [("parts", "agreed_in_part"), ("took-part", "took_part_disagrees")])
def test_agreeing_in_part_and_not_agreeing_are_signatures_too(agreed: Room, statement, becomes):
    """Promise 6: dissent is recorded as what it is, and billing can handle it."""
    signs(agreed, asked(agreed), Signing(statement, name="Roz", notes="All but the diagnosis line"))
    assert status(agreed) == becomes


def test_rather_not_ends_the_request_in_her_own_name_and_makes_no_signature(agreed: Room):
    request = asked(agreed)
    assert signs(agreed, request, Signing("rather_not")) is None
    with agreed.acts(agreed.therapist):
        row = SignatureRequest.objects.get(id=request.id)
        assert (row.state, row.state_by_id) == ("declined", agreed.client.person_id)
        assert not Signature.objects.exists()
    assert status(agreed) == SignatureStatus.PREFERS_NOT
    with pytest.raises(Refused):
        signs(agreed, request)


def test_what_is_in_force_stays_in_force_unsigned(agreed: Room):
    """Promise 11: nothing waits for a signature."""
    signs(agreed, asked(agreed), Signing("rather_not"))
    assert agreed.standing(agreed.therapy).effective
    assert agreed.propose(therapy("Another way"), agreed.therapist)


def test_replaced_words_are_refused_with_what_moved(agreed: Room):
    """PLAN-10: 409, both texts; nothing is signed."""
    request = asked(agreed)
    newer = agreed.reword(agreed.therapy, therapy("Step ladder, with Jess first"), agreed.therapist)
    agreed.answer(newer, "yes", agreed.client)
    with pytest.raises(Conflict) as moved:
        signs(agreed, request)
    (line,) = moved.value.moved["lines"]
    assert "on the real bus" in line["before"]
    assert "with Jess first" in line["after"]
    with agreed.acts(agreed.therapist):
        assert not Signature.objects.exists()


def test_answers_given_later_do_not_spoil_it(agreed: Room):
    """PLAN-10: a line that came, and one that was taken out since, leave the version as it was read."""
    request = asked(agreed)
    agreed.agreed_intervention("Sleep worksheet")
    agreed.answer(agreed.therapy, "no", agreed.client)
    assert signs(agreed, request)


def test_a_double_click_makes_one_signature(agreed: Room):
    request = asked(agreed)
    assert signs(agreed, request).id == signs(agreed, request).id


def test_nobody_signs_for_another(agreed: Room):
    request = asked(agreed)
    with agreed.acts(agreed.therapist), pytest.raises(NotYours):
        sign(request_id=request.id, said=MINE, by=agreed.therapist)
    with agreed.acts(agreed.therapist), pytest.raises(NotYours):
        answer_request(request_id=request.id, verb="rather_not", by=agreed.therapist)


def test_a_name_is_typed_and_a_statement_chosen(agreed: Room):
    request = asked(agreed)
    for said in (Signing("mine", name="  "), Signing("", name="Roz"), Signing("perhaps", name="Roz")):
        with pytest.raises(Refused):
            signs(agreed, request, said)


def test_a_new_version_ends_the_asking_about_the_old_one(agreed: Room):
    first = asked(agreed)
    agreed.agreed_intervention("Sleep worksheet")
    second = next(row for row in _requests(agreed) if row.id != first.id)
    assert second.state == "requested"
    with agreed.acts(agreed.therapist):
        assert SignatureRequest.objects.get(id=first.id).state == "expired"


def _requests(room: Room) -> list[SignatureRequest]:
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
        return list(SignatureRequest.objects.filter(signer_id=room.client.person_id))


def test_the_therapist_and_the_supervisor_sign_in_their_own_names(agreed: Room, world):
    """Both signatures carry the same version; a supervisor signs though they write no plan."""
    asked(agreed)
    supervisor = agreed.colleague(world["sunniva"], CareRole.SUPERVISOR)
    with agreed.acts(agreed.therapist):
        own = SignatureRequest.objects.get(signer_id=agreed.therapist.person_id)
        sign(request_id=own.id, said=Signing("mine", name="Dr Imani Castellane"), by=agreed.therapist)
        theirs = ask_supervisor(plan_id=agreed.plan_id, person_id=world["sunniva"], by=agreed.therapist)
    from dataclasses import replace

    from careplan.access.actor import Purpose

    with agreed.acts(replace(supervisor, purpose=Purpose.CARE)):
        sign(request_id=theirs.id, said=Signing("mine", name="Sunniva Brandt-Osei"), by=supervisor)
    with agreed.acts(agreed.therapist):
        rows = list(Signature.objects.all())
    assert {row.role_held for row in rows} == {"lead", "supervisor"}
    assert len({row.version_id for row in rows}) == 1
    assert status(agreed) == SignatureStatus.NOT_OFFERED


def test_nobody_signs_on_a_call(agreed: Room):
    """PLAN-16: the hands are the client's and the name would be the therapist's; nor is a request answered so."""
    asked(agreed)
    therapist = agreed.therapist
    sheet = agreed.sheet("review")
    with agreed.acts(therapist):
        own = SignatureRequest.objects.get(signer_id=therapist.person_id)
        code = make_call_code(client_id=agreed.client_id, object_id=sheet.id)
    assert try_call_code(code=code, holder="device")
    call = on_call_actor(made_by=therapist.person_id, practice_id=agreed.practice_id)
    for hand in (
        lambda: sign(request_id=own.id, said=Signing("mine", name="Dr Imani Castellane"), by=call),
        lambda: answer_request(request_id=own.id, verb="rather_not", by=call),
    ):
        with agreed.acts(call), pytest.raises((Conflict, DatabaseError)), transaction.atomic():
            hand()
    with agreed.acts(therapist):
        assert not Signature.objects.exists()
        assert SignatureRequest.objects.get(id=own.id).state == own.state


@pytest.mark.parametrize(
    ("reason", "becomes"),
    [
        ("declined", "declined_documented"),
        ("unable", "unable"),
        ("not_reached", "not_reached"),
        ("not_offered", "not_offered"),
        ("not_advisable", "not_advisable"),
    ],
)
def test_staff_note_why_not_and_a_later_signature_counts_more(agreed: Room, reason, becomes):
    """PLAN-10: five documented non-signatures, each staff's own dated note; the client's own word outweighs them."""
    request = asked(agreed)
    person = agreed.client.person_id
    with agreed.acts(agreed.therapist):
        note_attempt(
            version_id=request.version_id,
            person_id=person,
            on=request.asked_at.date(),
            how="phone",
            by=agreed.therapist,
        )
        note_not_signed(
            version_id=request.version_id,
            person_id=person,
            reason=reason,
            words="No reply yet.",
            copy_offered=True,
            by=agreed.therapist,
        )
        assert NotSignedNote.objects.get().by_id == agreed.therapist.person_id
    assert status(agreed) == becomes
    if reason != "unable":
        signs(agreed, request)
        assert status(agreed) == SignatureStatus.SIGNED


def test_signed_then_changed_is_derived(agreed: Room):
    """PLAN-11: “signed v1; now another”: derived from what is there, stored nowhere."""
    signs(agreed, asked(agreed))
    agreed.agreed_intervention("Sleep worksheet")
    with agreed.acts(agreed.therapist):
        now = signature_status(agreed.client_id)
        page = sign_off(agreed.client_id, now.version_id, agreed.therapist.person_id)
    assert (now.status, now.number, page.is_latest) == (SignatureStatus.SIGNED, 1, False)


def test_agreed_aloud_is_a_status_of_its_own(hollis: Room):
    """PLAN-16: what was said in the room counts, and billing sees it as recorded."""
    from plans.services.sheets import SheetAnswer, SheetWriting

    sheet = hollis.sheet()
    (line,) = hollis.write(sheet, SheetWriting(therapy("Grief-focused therapy")))
    hollis.said(sheet, SheetAnswer(line.id, "yes"))
    assert status(hollis) == SignatureStatus.VERBAL_RECORDED


def test_raw_sql_makes_no_signature(agreed: Room):
    """The database's own function is the only writer, and it wants the truth."""
    request = asked(agreed)
    with agreed.acts(agreed.client), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("insert into plans_signature (id) values (gen_random_uuid())")
    forged = (
        '{"schema":"careplan.plan-signature/1","name":"Roz","version":"0","salt":"00000000000000000000000000000000"}'
    )
    with agreed.acts(agreed.client), pytest.raises(DatabaseError, match="truth"), transaction.atomic():
        connection.cursor().execute(
            "select guard.plans_sign(gen_random_uuid(), %s, %s, 'x', gen_random_uuid())", [request.id, forged]
        )
