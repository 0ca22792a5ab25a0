"""One decision, in the database: what it answers, when it ends, and who can't move it (CONS-2 to CONS-4, ACC-2c)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from careplan import hooks
from careplan.access.actor import anonymous
from careplan.access.classes import DataClass
from careplan.access.seam import acting
from careplan.errors import Conflict, NotYours, Refused
from clients.consents.reasons import SENTENCES, Decision
from clients.models import Consent, ConsentKind, ConsentState, How
from clients.selectors.permits import permits
from clients.services.asking import ConsentAsk, offer_consent
from clients.services.consents import Answer, arrange_limits, give_consent, withdraw_consent
from clients.services.disclosures import Telling, record_disclosure
from tests.consents.hands import INSURER, OWN_HAND, SPOKEN, in_days, insurer, release

TEXTS = ConsentAsk(kind=ConsentKind.TEXTS)
PLAN, BILLING, NOTE = DataClass.PLAN, DataClass.BILLING, DataClass.NOTE


def test_nothing_is_allowed_that_nobody_said_yes_to(hands):
    """CONS-3: no consent is its own answer, and never taken for a yes."""
    answer = hands.may(ConsentKind.TEXTS)
    assert (answer.decision, answer.reason, answer.allowed) == (Decision.NO_CONSENT, "not_asked", False)
    offered = hands.asks(TEXTS)
    assert hands.may(ConsentKind.TEXTS).reason == "not_answered"
    hands.declines(offered)
    assert hands.may(ConsentKind.TEXTS).sentence == "You said no to this."


def test_a_yes_counts_until_it_is_stopped_and_not_a_call_longer(hands):
    """CONS-4, promise 4: in the same transaction, with nothing else running."""
    consent = hands.records(insurer())
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING).consent_id == consent
    assert hands.may(ConsentKind.BILLING, "cascade  MUTUAL", BILLING).allowed
    with hands.own_pages() as by:
        withdraw_consent(client_id=hands["roz"], consent_id=consent, how=How.OWN_HAND_PORTAL, by=by)
        answer = permits(client_id=hands["roz"], purpose=ConsentKind.BILLING, recipient=INSURER, data_class=BILLING)
        assert (answer.decision, answer.reason) == (Decision.NO_CONSENT, "withdrawn")


def test_a_yes_goes_as_far_as_its_words(hands):
    """CONS-1: one recipient, one purpose, these kinds of information."""
    hands.records(insurer())
    assert hands.may(ConsentKind.BILLING, INSURER, PLAN).reason == "not_this"
    assert hands.may(ConsentKind.BILLING, "Another Insurer", BILLING).reason == "not_asked"
    assert hands.may(ConsentKind.RELEASE, INSURER, BILLING).reason == "not_asked"


@pytest.mark.parametrize(
    ("purpose", "to", "data"),
    [("billing", "", None), ("texts", "Somebody", None), ("anything", "", None), ("billing", INSURER, "everything")],
)
def test_what_is_unclear_is_denied(hands, purpose, to, data):
    """CONS-3: ambiguity denies."""
    hands.records(insurer())
    assert (hands.may(purpose, to, data).decision, hands.may(purpose, to, data).reason) == (Decision.DENY, "unclear")


def test_it_ends_at_the_instant_and_no_scheduler_is_asked(hands):
    """CONS-3: exclusive, at the end of the client's local day, by the database's clock."""
    consent = hands.records(insurer(days=2))
    until = hands.row(consent).until
    assert timezone.localtime(until, timezone=timezone.get_fixed_timezone(0)).minute == 0
    for moment, allowed in ((until - timedelta(microseconds=1), True), (until, False)):
        assert hands.may(ConsentKind.BILLING, INSURER, BILLING, at=moment).allowed is allowed
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING, at=until).reason == "ended"
    assert hands.row(consent).state == ConsentState.GIVEN


def test_a_release_lasts_no_longer_than_its_pack_says_whatever_it_says_itself(hands, owner):
    """CONS-7: it can't be asked for longer, and the decision goes no further, whoever wrote it; the shorter wins."""
    with hands.opens("imani", "roz") as by, pytest.raises(Refused, match="12 months at most"):
        offer_consent(client_id=hands["roz"], ask=release(PLAN, days=400), by=by)
    consent = hands.records(release(PLAN, days=200))
    row = hands.row(consent)
    late, months = row.starts_at + timedelta(days=150), "update guard.pack set longest_release_months = %s"
    assert hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN, at=late).until == row.until
    owner.execute(f"{months} where country = 'GB'", [3])
    try:
        answer = hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN, at=late)
        assert (answer.decision, answer.reason) == (Decision.NO_CONSENT, "ended")
        assert hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN).until < late
    finally:
        owner.execute(months, [12])


def test_yesterdays_yes_opens_nothing_today(hands):
    """CONS-3: the application can't ask about a moment that has passed."""
    consent = hands.records(TEXTS)
    hands.stops(consent)
    assert not hands.may(ConsentKind.TEXTS, at=timezone.now() - timedelta(days=1)).allowed


def test_an_active_no_stands_above_every_yes(hands):
    """CONS-2: a refusal that must be enforced is a deny, and lifting it brings the yes back."""
    hands.records(insurer())
    no = hands.records(ConsentAsk(kind=ConsentKind.SELF_PAY, recipient=INSURER))
    assert (hands.may(ConsentKind.BILLING, INSURER, BILLING).decision) == Decision.DENY
    hands.records(release(PLAN))
    hands.records(ConsentAsk(kind=ConsentKind.RESTRICTION, scope=[PLAN], what="Nothing of my plan leaves here."))
    assert hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN).reason == "denied"
    hands.stops(no)
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING).allowed


def test_what_the_law_asks_stands_first_and_only_for_what_it_names(hands, owner):
    """CONS-3: legal mandate, then active deny; exactly this recipient, these kinds, this time."""
    hands.records(ConsentAsk(kind=ConsentKind.RESTRICTION, what="Nothing leaves here."))
    with hands.opens("imani", "roz") as by:
        telling = Telling(
            what="The days we met.", recipient="The county court", why="A court ordered it", basis="law",
            basis_code="court_order", facts="An order came.", scope=[BILLING], goes_on_until=in_days(5),
        )  # fmt: skip
        record_disclosure(client_id=hands["roz"], telling=telling, by=by)
    assert hands.may(ConsentKind.RELEASE, "The county court", BILLING).reason == "law"
    assert hands.may(ConsentKind.RELEASE, "The county court", NOTE).reason == "denied"
    assert (
        hands.may(ConsentKind.RELEASE, "The county court", BILLING, at=timezone.now() + timedelta(days=7)).reason
        != "law"
    )


def test_a_second_partial_withdrawal_never_brings_back_what_the_first_took(hands):
    """CONS-4, lessons: two partial withdrawals; the second, from an old page, is told that something moved."""
    wide = hands.records(release(PLAN, NOTE, BILLING))
    narrow = hands.narrows(wide, PLAN, BILLING)
    with pytest.raises(Conflict):
        hands.narrows(wide, NOTE, PLAN)
    assert not hands.may(ConsentKind.RELEASE, "Dr Quill", NOTE).allowed
    hands.narrows(narrow, PLAN)
    assert not hands.may(ConsentKind.RELEASE, "Dr Quill", BILLING).allowed
    assert hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN).allowed
    with pytest.raises(Refused, match="wider"):
        hands.narrows(hands.may(ConsentKind.RELEASE, "Dr Quill", PLAN).consent_id, PLAN, NOTE)


def test_a_withdrawal_that_fails_changes_nothing_and_says_so(hands, monkeypatch):
    """CONS-4: whatever fails on the way, the consent stands as it stood and the caller hears of it."""
    consent = hands.records(TEXTS)
    failing = hooks.Registry("what ends with a consent")

    def fails(*_):
        raise Refused("The queue can’t be reached, so nothing was changed.")

    failing.hang(hooks.ConsentEnded("failing", fails, 1))
    monkeypatch.setattr(hooks, "consent_ended", failing)
    with pytest.raises(Refused, match="nothing was changed"):
        hands.stops(consent)
    assert hands.may(ConsentKind.TEXTS).allowed


def test_whoever_queued_something_takes_it_back_in_the_same_transaction(hands, monkeypatch):
    """CONS-4: the hook runs before the withdrawal is committed, and hears which consent ended."""
    heard = []
    listening = hooks.Registry("what ends with a consent")
    listening.hang(hooks.ConsentEnded("listening", lambda *said: heard.append((*said, connection.in_atomic_block)), 1))
    monkeypatch.setattr(hooks, "consent_ended", listening)
    hands.stops(hands.records(TEXTS))
    assert heard == [(hands["roz"], "texts", "", True)]


def test_words_that_a_machine_could_not_keep_wait_for_a_person(hands):
    """CONS-2: given with a limit in words; texts wait until somebody has written down how it is kept."""
    consent = hands.asks(TEXTS)
    hands.gives(consent, replace(OWN_HAND, limits="Not before ten."))
    assert hands.may(ConsentKind.TEXTS).reason == "limits_open"
    with hands.opens("imani", "roz") as by:
        arrange_limits(client_id=hands["roz"], consent_id=consent, how_kept="Quiet until ten.", by=by)
    assert hands.may(ConsentKind.TEXTS).allowed
    video = hands.asks(ConsentAsk(kind=ConsentKind.VIDEO))
    hands.gives(video, replace(OWN_HAND, limits="Only with my sister there."))
    assert hands.may(ConsentKind.VIDEO).allowed


def test_a_consent_is_given_by_the_hand_it_names(hands):
    """PLAN-4: staff write down what was said, and nobody at work passes for the client, nor the client for staff."""
    consent = hands.asks(TEXTS)
    with hands.opens("imani", "roz") as by, pytest.raises(Refused, match="own hand"):
        give_consent(client_id=hands["roz"], consent_id=consent, answer=OWN_HAND, by=by)
    with hands.own_pages() as by, pytest.raises(Refused, match="own hand"):
        give_consent(client_id=hands["roz"], consent_id=consent, answer=SPOKEN, by=by)


def test_given_again_replaces_what_was_given_before(hands):
    """CONS-2: one consent for a recipient and purpose counts; the older one is replaced, and says so."""
    first = hands.records(insurer(days=10))
    second = hands.records(insurer(days=90))
    assert (hands.row(first).state, hands.row(second).state) == (ConsentState.REPLACED, ConsentState.GIVEN)
    assert hands.may(ConsentKind.BILLING, INSURER, BILLING).consent_id == second


def test_what_if_i_stop_this_is_the_same_decision_with_the_change(hands):
    """CONS-9."""
    consent = hands.records(TEXTS)
    assert hands.may(ConsentKind.TEXTS, without=consent).reason == "withdrawn"
    assert hands.may(ConsentKind.TEXTS).allowed


@pytest.mark.parametrize("ask", [
    ConsentAsk(kind=ConsentKind.RELEASE, recipient="Dr Quill", scope=[PLAN], what="Goals.", purpose="To know"),
    ConsentAsk(kind=ConsentKind.RELEASE, recipient="Dr Quill", scope=[PLAN], purpose="To know", last_day=in_days(3)),
    ConsentAsk(kind=ConsentKind.BILLING, scope=[BILLING], last_day=in_days(3)),
    ConsentAsk(kind=ConsentKind.TEXTS, recipient="Somebody"),
    ConsentAsk(kind=ConsentKind.BILLING, recipient=INSURER, last_day=in_days(-3)),
    ConsentAsk(kind=ConsentKind.LIMITS),
])  # fmt: skip
def test_a_consent_that_lacks_something_can_not_be_asked(hands, ask):
    """CONS-6, lessons: malformed input changes no consent."""
    with pytest.raises(Refused):
        hands.asks(ask)
    with hands.opens("imani", "roz"):
        assert not Consent.objects.exclude(kind=ConsentKind.TREATMENT).exists()


def test_the_application_moves_no_consent_by_itself(hands):
    """ACC-2c: what the decision trusts has definer functions for its only writers."""
    consent = hands.asks(TEXTS)
    for change in (
        "state = 'given'",
        "effect = 'permit'",
        "scope = '{note}'",
        "recipient = 'X'",
        "until = null",
        "limits = ''",
    ):
        with (
            hands.opens("imani", "roz"),
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(f"update clients_consent set {change} where id = %s", [consent])
    with hands.opens("wren", "tomek"), connection.cursor() as cursor:
        for move in ("give_consent(%s, 'said_in_session', '', null, null)", "end_consent(%s, 'withdrawn', '')"):
            with pytest.raises(DatabaseError, match="no record"), transaction.atomic():
                cursor.execute(f"select guard.{move}", [consent])


def test_only_those_who_reach_a_client_hear_the_answer(hands):
    """ACC-3: asked about somebody else's client, or one that doesn't exist, the answer is the same refusal."""
    hands.records(TEXTS)
    for who, client in (("wren", hands["roz"]), ("wren", uuid4()), ("odile", hands["roz"])):
        with hands.at_work(who), pytest.raises(DatabaseError, match="no record"), transaction.atomic():
            permits(client_id=client, purpose=ConsentKind.TEXTS)
    with acting(anonymous()):
        assert permits(client_id=hands["roz"], purpose=ConsentKind.TEXTS).allowed
    with hands.at_work("wren") as by, pytest.raises(NotYours):
        offer_consent(client_id=hands["roz"], ask=TEXTS, by=by)


def test_every_reason_has_a_sentence():
    """CONS-3: in words a client can read."""
    assert all(str(sentence).endswith(".") for sentence in SENTENCES.values())


def test_a_release_to_a_recipient_keeps_the_very_words_that_were_shown(hands):
    """CONS-1: text, version, language and hash of what was on the screen."""
    row = hands.row(hands.records(release(PLAN), answer=Answer(how=How.PHONE_OR_VIDEO)))
    assert "Dr Quill" in row.text_shown
    assert (row.pack, row.text_version, row.language, row.how) == ("gb.1", "1", "en", "phone_or_video")
