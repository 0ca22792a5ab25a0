"""The identity tier: practices, people, sign-ins. Nothing here says who is a client."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from careplan.fields.classes import FieldClass
from careplan.fields.encrypted import EncryptedBytesField
from careplan.ids import uuid7


class Practice(models.Model):
    """A tenant: one practice, with its country's rules and its clock."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField()
    country = models.CharField(max_length=2)
    time_zone = models.TextField()
    language = models.TextField(default="en")
    modules_off = ArrayField(models.TextField(), default=list)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "name": FieldClass.ADMINISTRATIVE,
        "country": FieldClass.SAFE,
        "time_zone": FieldClass.SAFE,
        "language": FieldClass.SAFE,
        "modules_off": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="careplan_practice_has_a_name"),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="careplan_practice_country_is_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody. What they are to whom is said elsewhere, where the guard keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "created_at": FieldClass.SAFE,
    }

    def __str__(self) -> str:
        return str(self.id)


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail address, whatever the case it is typed in."""

    def with_email(self, email: str) -> models.QuerySet[User]:
        """Returns the user with this address, if any; the database decides what is the same letter."""
        return self.alias(email_lower=Lower("email")).filter(email_lower=Lower(Value(email.strip())))

    def get_by_natural_key(self, username: str | None) -> User:
        """Returns the user with this address; raises User.DoesNotExist."""
        return self.with_email(username or "").get()


class User(AbstractBaseUser):
    """A person's way in: one e-mail address and one password, whichever hats they wear."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_login = None  # SigninEvent says more, and cannot be overwritten

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "password": FieldClass.IDENTIFYING,
        "person": FieldClass.SAFE,
        "email": FieldClass.IDENTIFYING,
        "is_active": FieldClass.SAFE,
        "created_at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="careplan_user_email_is_unique")]

    def __str__(self) -> str:
        return str(self.id)


class StaffMember(models.Model):
    """A person's work for a practice, from a day until a day. Their roles lie with the guard.

    `closed_at` shuts their way in to this practice alone, until it is opened again: what else they are elsewhere is
    nobody's business here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="staff")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    name = models.TextField()
    first_name = models.TextField()
    title = models.TextField(blank=True, default="")
    email = models.EmailField(blank=True, default="")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "name": FieldClass.IDENTIFYING,
        "first_name": FieldClass.IDENTIFYING,
        "title": FieldClass.ADMINISTRATIVE,
        "email": FieldClass.IDENTIFYING,
        "since": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
        "closed_at": FieldClass.ADMINISTRATIVE,
        "closed_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"], condition=Q(until=None), name="careplan_staffmember_works_there_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="careplan_staffmember_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(first_name=""), name="careplan_staffmember_has_a_name"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="careplan_staffmember_closing_has_its_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PracticeKey(models.Model):
    """The Ed25519 key a practice seals with; the public half is kept for ever, with its dates (AUTH-4)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="keys")
    public_key = models.BinaryField()
    private_key = EncryptedBytesField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "public_key": FieldClass.SAFE,
        "private_key": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.SAFE,
        "retired_at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(retired_at=None), name="careplan_practicekey_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class InvitationHat(models.TextChoices):
    """As what somebody is invited."""

    CLIENT = "client", "Client"
    GUARDIAN = "guardian", "Guardian"
    SUPPORTER = "supporter", "Supporter"
    STAFF = "staff", "Staff"


class Invitation(models.Model):
    """A link that lets one person make their way in, once. Of the link only a digest is kept (AUTH-1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    hat = models.TextField(choices=InvitationHat.choices)
    email = models.EmailField()
    by_hand = models.BooleanField(default=False)
    token_digest = models.TextField(unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "hat": FieldClass.ADMINISTRATIVE,
        "email": FieldClass.IDENTIFYING,
        "by_hand": FieldClass.ADMINISTRATIVE,
        "token_digest": FieldClass.IDENTIFYING,
        "made_at": FieldClass.SAFE,
        "made_by": FieldClass.SAFE,
        "expires_at": FieldClass.SAFE,
        "accepted_at": FieldClass.SAFE,
        "replaced_at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hat__in=InvitationHat.values), name="careplan_invitation_hat_is_known"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="careplan_invitation_ends_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(replaced_at=None), name="careplan_invitation_accepted_or_replaced"
            ),
            models.UniqueConstraint(
                fields=["practice", "person"],
                condition=Q(accepted_at=None, replaced_at=None),
                name="careplan_invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PasswordLink(models.Model):
    """A link by which somebody sets a new password, once. Of the link only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="password_links")
    token_digest = models.TextField(unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "user": FieldClass.SAFE,
        "token_digest": FieldClass.IDENTIFYING,
        "made_at": FieldClass.SAFE,
        "expires_at": FieldClass.SAFE,
        "used_at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="careplan_passwordlink_ends_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SessionManager(BaseSessionManager["Session"]):
    """Sessions, as Django's session machinery wants them."""


class Session(AbstractBaseSession):
    """One signed-in browser; it knows whose it is, so that it can be ended from elsewhere."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    began_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[SessionManager] = SessionManager()  # type: ignore[misc,unused-ignore]

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "session_key": FieldClass.IDENTIFYING,
        "session_data": FieldClass.IDENTIFYING,
        "expire_date": FieldClass.SAFE,
        "user": FieldClass.SAFE,
        "began_at": FieldClass.SAFE,
    }

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Returns the store that reads and writes these rows."""
        from careplan.accounts.session_store import SessionStore

        return SessionStore


class SigninKind(models.TextChoices):
    """What may happen at the door."""

    PASSWORD_ACCEPTED = "password_accepted", "Gave the right password"
    SIGNED_IN = "signed_in", "Signed in"
    REFUSED = "refused", "Was refused at sign-in"
    SECOND_STEP_REFUSED = "second_step_refused", "Gave a wrong second step"
    THROTTLED = "throttled", "Was told to wait"
    CONFIRMED = "confirmed", "Gave the password again"
    CONFIRMATION_REFUSED = "confirmation_refused", "Gave a wrong password again"
    SIGNED_OUT = "signed_out", "Signed out"
    SESSION_ENDED = "session_ended", "Was signed out by a time limit or an ended access"
    SECOND_FACTOR_ENROLLED = "second_factor_enrolled", "Set up a second step"
    SECOND_FACTOR_REMOVED = "second_factor_removed", "Had the second step removed"
    RECOVERY_CODES_MADE = "recovery_codes_made", "Got new recovery codes"
    RECOVERY_CODE_USED = "recovery_code_used", "Used a recovery code"
    INVITED = "invited", "Was invited"
    ACCOUNT_BEGUN = "account_begun", "Made their way in"
    PASSWORD_CHANGED = "password_changed", "Changed the password"
    PASSWORD_LINK_SENT = "password_link_sent", "Asked for a link to a new password"
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere", "Signed out another device"
    PASSKEY_ADDED = "passkey_added", "Added a passkey"
    PASSKEY_REMOVED = "passkey_removed", "Removed a passkey"
    PASSKEY_ACCEPTED = "passkey_accepted", "Used a passkey"
    DISABLED = "disabled", "Had the way in closed"
    ENABLED = "enabled", "Had the way in opened again"


class SigninEvent(models.Model):
    """One line of what happened at the door. Append-only: a trigger refuses changes and deletions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField(choices=SigninKind.choices)
    user_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    by_person_id = models.UUIDField(null=True)
    address_digest = models.TextField(blank=True, default="")
    device = models.TextField(blank=True, default="")
    is_new = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "kind": FieldClass.SAFE,
        "user_id": FieldClass.SAFE,
        "person_id": FieldClass.SAFE,
        "by_person_id": FieldClass.SAFE,
        "address_digest": FieldClass.SAFE,
        "device": FieldClass.ADMINISTRATIVE,
        "is_new": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        indexes = [models.Index(fields=["user_id", "at"], name="careplan_signinevent_by_user")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SigninKind.values), name="careplan_signinevent_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
