"""What a client allows, and how they were asked (CONS-1, CONS-2, CONS-5): the consent class."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from careplan.access.classes import DataClass
from careplan.access.models import Authority
from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from clients.models.said import How


class ConsentKind(models.TextChoices):
    """What is asked for (CONS-5); policy packs say which of them a practice asks."""

    TREATMENT = "treatment", "Treatment"
    LIMITS = "limits", "Limits of confidentiality"
    PRIVACY_NOTICE = "privacy_notice", "Privacy notice"
    ELECTRONIC = "electronic", "Electronic records and signature"
    PORTAL_MESSAGES = "portal_messages", "Messages in their own pages"
    EMAIL = "email", "E-mail"
    TEXTS = "texts", "Text messages"
    CALENDAR = "calendar", "Calendar"
    VIDEO = "video", "Video sessions"
    RELEASE = "release", "Release to somebody else"
    BILLING = "billing", "Billing"
    SELF_PAY = "self_pay", "Paying themself: nothing to the insurer"
    RESTRICTION = "restriction", "Restriction"
    SUPERVISION = "supervision", "Supervision, with their name"
    CONSULTATION = "consultation", "Consultation, without their name"
    RECORDING = "recording", "Recording"
    QUESTIONNAIRES = "questionnaires", "Questionnaires"
    GUARDIAN_VIEW = "guardian_view", "What a guardian sees"
    ASSENT = "assent", "The young person’s own yes"
    SUPPORTER = "supporter", "A supporter"
    THIRD_PARTY_APP = "third_party_app", "Another app"
    RESEARCH = "research", "Research"
    AI = "ai", "AI"
    SUBSTANCE_USE = "substance_use", "Substance use records"


THIRD_PARTIES = frozenset(
    {
        ConsentKind.RELEASE,
        ConsentKind.BILLING,
        ConsentKind.SELF_PAY,
        ConsentKind.RESTRICTION,
        ConsentKind.GUARDIAN_VIEW,
        ConsentKind.SUPPORTER,
        ConsentKind.THIRD_PARTY_APP,
        ConsentKind.RESEARCH,
        ConsentKind.SUBSTANCE_USE,
    }
)
"""Kinds that name somebody outside the practice; all others are between the client and the practice."""

KEPT_BY_PEOPLE = frozenset(
    {
        ConsentKind.TREATMENT,
        ConsentKind.LIMITS,
        ConsentKind.PRIVACY_NOTICE,
        ConsentKind.VIDEO,
        ConsentKind.SUPERVISION,
        ConsentKind.CONSULTATION,
        ConsentKind.RECORDING,
        ConsentKind.QUESTIONNAIRES,
        ConsentKind.ASSENT,
    }
)
"""Kinds whose limits in words are kept by the people who act on them; elsewhere a machine would act (adr/0008)."""

DENYING = frozenset({ConsentKind.SELF_PAY, ConsentKind.RESTRICTION})
"""Kinds that forbid instead of allowing."""


class Effect(models.TextChoices):
    """Whether a consent lets something happen, or forbids it actively (CONS-2)."""

    PERMIT = "permit", "Allows"
    DENY = "deny", "Forbids"


class RecipientKind(models.TextChoices):
    """To whom."""

    PRACTICE = "practice", "This practice"
    PERSON = "person", "A person"
    ORGANISATION = "organisation", "An organisation"


class ConsentState(models.TextChoices):
    """Where a consent stands (CONS-2)."""

    DRAFT = "draft", "Being written"
    OFFERED = "offered", "Offered"
    GIVEN = "given", "Given"
    DECLINED = "declined", "Declined"
    NOT_NOW = "not_now", "Not now"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Ended"
    REPLACED = "replaced", "Replaced"
    LAPSED = "lapsed", "No longer asked"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


OPEN_STATES = (ConsentState.DRAFT, ConsentState.OFFERED, ConsentState.NOT_NOW)


class TeachBack(models.TextChoices):
    """Whether the client said in their own words what they heard."""

    NOT_YET = "not_yet", "Not said back yet"
    SAID_BACK = "said_back", "Said back in their own words"
    RATHER_NOT = "rather_not", "Would rather not"


class Consent(models.Model):
    """One consent to one recipient for one purpose. Once given, its terms are never edited: a trigger sees to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    person_id = models.UUIDField(editable=False)
    kind = models.TextField(choices=ConsentKind.choices)
    effect = models.TextField(choices=Effect.choices, default=Effect.PERMIT)
    scope = ArrayField(models.TextField(), default=list)
    plan_id = models.UUIDField(null=True)
    recipient_kind = models.TextField(choices=RecipientKind.choices, default=RecipientKind.PRACTICE)
    recipient = models.TextField(blank=True, default="")
    purpose = models.TextField()
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ask_again_on = models.DateField(null=True)
    text_version = models.TextField()
    text_sha256 = models.TextField()
    text_shown = models.TextField(blank=True, default="")
    pack = models.TextField(blank=True, default="")
    language = models.TextField()
    told_in = models.TextField(blank=True, default="")
    reading_aids = models.TextField(blank=True, default="")
    interpreter = models.TextField(blank=True, default="")
    explained_by = models.UUIDField()
    questions = models.TextField(blank=True, default="")
    answers = models.TextField(blank=True, default="")
    teach_back = models.TextField(choices=TeachBack.choices, default=TeachBack.NOT_YET)
    own_words = models.TextField(blank=True, default="")
    authority = models.TextField(choices=Authority.choices)
    capacity = models.TextField(blank=True, default="")
    how = models.TextField(choices=How.choices, blank=True, default="")
    signature = models.TextField(blank=True, default="")
    limits = models.TextField(blank=True, default="")
    limits_kept_how = models.TextField(blank=True, default="")
    limits_kept_at = models.DateTimeField(null=True)
    limits_kept_by = models.UUIDField(null=True)
    replaces_id = models.UUIDField(null=True)
    state = models.TextField(choices=ConsentState.choices, default=ConsentState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    state_at = models.DateTimeField()
    state_by = models.UUIDField()
    ended_how = models.TextField(choices=How.choices, blank=True, default="")

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person_id": FieldClass.IDENTIFYING,
        "kind": FieldClass.ADMINISTRATIVE,
        "effect": FieldClass.ADMINISTRATIVE,
        "scope": FieldClass.ADMINISTRATIVE,
        "plan_id": FieldClass.SAFE,
        "recipient_kind": FieldClass.ADMINISTRATIVE,
        "recipient": FieldClass.IDENTIFYING,
        "purpose": FieldClass.CLINICAL,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
        "ask_again_on": FieldClass.ADMINISTRATIVE,
        "text_version": FieldClass.SAFE,
        "text_sha256": FieldClass.SAFE,
        "text_shown": FieldClass.IDENTIFYING,
        "pack": FieldClass.ADMINISTRATIVE,
        "language": FieldClass.ADMINISTRATIVE,
        "told_in": FieldClass.IDENTIFYING,
        "reading_aids": FieldClass.CLINICAL,
        "interpreter": FieldClass.IDENTIFYING,
        "explained_by": FieldClass.ADMINISTRATIVE,
        "questions": FieldClass.CLINICAL,
        "answers": FieldClass.CLINICAL,
        "teach_back": FieldClass.ADMINISTRATIVE,
        "own_words": FieldClass.CLINICAL,
        "authority": FieldClass.ADMINISTRATIVE,
        "capacity": FieldClass.CLINICAL,
        "how": FieldClass.ADMINISTRATIVE,
        "signature": FieldClass.IDENTIFYING,
        "limits": FieldClass.CLINICAL,
        "limits_kept_how": FieldClass.CLINICAL,
        "limits_kept_at": FieldClass.ADMINISTRATIVE,
        "limits_kept_by": FieldClass.ADMINISTRATIVE,
        "replaces_id": FieldClass.SAFE,
        "state": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.ADMINISTRATIVE,
        "made_by": FieldClass.ADMINISTRATIVE,
        "state_at": FieldClass.ADMINISTRATIVE,
        "state_by": FieldClass.ADMINISTRATIVE,
        "ended_how": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_consent"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="clients_consent_kind_is_known"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="clients_consent_effect_is_known"),
            models.CheckConstraint(
                condition=Q(scope__contained_by=[str(each) for each in DataClass]),
                name="clients_consent_scope_is_known",
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind__in=RecipientKind.values), name="clients_consent_recipient_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind=RecipientKind.PRACTICE) | ~Q(recipient=""),
                name="clients_consent_names_its_recipient",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="clients_consent_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_at")), name="clients_consent_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(text_sha256__regex="^[0-9a-f]{64}$"), name="clients_consent_text_has_its_hash"
            ),
            models.CheckConstraint(
                condition=Q(teach_back__in=TeachBack.values), name="clients_consent_teach_back_is_known"
            ),
            models.CheckConstraint(
                condition=Q(authority__in=Authority.values), name="clients_consent_authority_is_known"
            ),
            models.CheckConstraint(condition=Q(how__in=["", *How.values]), name="clients_consent_how_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ConsentState.GIVEN) | ~Q(how=""), name="clients_consent_given_says_how"
            ),
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="clients_consent_state_is_known"),
            models.CheckConstraint(
                condition=Q(ended_how__in=["", *How.values]), name="clients_consent_ended_how_is_known"
            ),
            models.CheckConstraint(
                condition=Q(limits_kept_at=None, limits_kept_by=None, limits_kept_how="")
                | (Q(limits_kept_at__isnull=False, limits_kept_by__isnull=False) & ~Q(limits_kept_how="")),
                name="clients_consent_kept_limits_say_who_and_how",
            ),
            models.UniqueConstraint(
                fields=["client_id", "person_id", "kind", "recipient_kind", "recipient", "purpose"],
                condition=Q(state=ConsentState.GIVEN),
                name="clients_consent_given_once",
            ),
            models.UniqueConstraint(
                fields=["client_id", "person_id", "kind", "recipient_kind", "recipient", "purpose"],
                condition=Q(state__in=OPEN_STATES),
                name="clients_consent_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ToldFirst(models.TextChoices):
    """Will I be told first?"""

    YES = "yes", "Yes"
    IF_TIME = "if_time", "Yes, if there is time"
    UNLESS_UNSAFE = "unless_unsafe", "Yes, unless that is unsafe for somebody"
    UNLESS_FORBIDDEN = "unless_forbidden", "Yes, unless it is forbidden"
    CAN_ASK = "can_ask", "You can ask each time"


class LimitsCardTold(models.Model):
    """That one card was told, with the very text that was shown and what the client said. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    consent_id = models.UUIDField(editable=False)
    card_key = models.TextField()
    text_version = models.TextField()
    card_text = models.TextField()
    text_sha256 = models.TextField()
    told_first = models.TextField(choices=ToldFirst.choices)
    said_back = models.TextField(blank=True, default="")
    question = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")
    told_at = models.DateTimeField()
    told_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "consent_id": FieldClass.SAFE,
        "card_key": FieldClass.ADMINISTRATIVE,
        "text_version": FieldClass.SAFE,
        "card_text": FieldClass.ADMINISTRATIVE,
        "text_sha256": FieldClass.SAFE,
        "told_first": FieldClass.ADMINISTRATIVE,
        "said_back": FieldClass.CLINICAL,
        "question": FieldClass.CLINICAL,
        "answer": FieldClass.CLINICAL,
        "told_at": FieldClass.ADMINISTRATIVE,
        "told_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_limits_card_told"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_first__in=ToldFirst.values), name="clients_limits_card_told_first_is_known"
            ),
            models.CheckConstraint(
                condition=Q(card_key__regex="^[a-z_]{1,40}$"), name="clients_limits_card_told_card_has_a_key"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | ~Q(question=""), name="clients_limits_card_told_answers_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_key} {self.id}"
