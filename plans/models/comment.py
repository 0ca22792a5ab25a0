"""What people say beside a line of the plan: never part of its words, never changed (PLAN-1, PLAN-5b)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import CLIENT_SIDE, Role, Says
from plans.models.record import RecordRow, a_person, known, within


class Comment(RecordRow):
    """Somebody's words about a line, or about one wording of it; `words` can become null only by `guard.erase()`."""

    item = within("plans.Item", related_name="comments")
    about = within("plans.ItemRevision", null=True, related_name="+")
    author = a_person()
    author_role = models.TextField(choices=Role.choices)
    says = models.TextField(choices=Says.choices, default=Says.COMMENT)
    words = models.TextField(null=True)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "about": FieldClass.SAFE,
        "author": FieldClass.SAFE,
        "author_role": FieldClass.SAFE,
        "says": FieldClass.SAFE,
        "words": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_comment"
        indexes = [models.Index(fields=["item", "at"], name="plans_comment_of_item")]
        constraints = [
            known("author_role", Role, "plans_comment_author_role_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="plans_comment_says_something"),
            known("says", Says, "plans_comment_says_is_known"),
            models.CheckConstraint(
                condition=Q(says=Says.COMMENT) | ~Q(author_role__in=CLIENT_SIDE),
                name="plans_comment_only_staff_see_it_differently",
            ),
        ]
