"""What is offered to a client and how it stands."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from messaging.kinds import ResourceChoice
from messaging.models import Message, Recall, Resource, ResourceAnswer
from plans.kinds import CLIENT_SIDE


def standing_resources(client_id: UUID) -> QuerySet[Resource]:
    """The client's resources that were not taken back, oldest first, each with its last `choice` and `answered_at`.

    `replied` says whether the care team has written about it since the client asked to hear more.
    """
    answers = ResourceAnswer.objects.filter(resource_id=OuterRef("pk")).order_by("-at", "-id")
    replies = Message.objects.filter(about_resource_id=OuterRef("pk"), at__gt=OuterRef("answered_at"))
    return (
        Resource.objects.filter(~Exists(Recall.objects.filter(resource_id=OuterRef("pk"))), client_id=client_id)
        .annotate(
            choice=Coalesce(Subquery(answers.values("choice")[:1]), ""),
            answered_at=Subquery(answers.values("at")[:1]),
            said=Coalesce(Subquery(answers.values("words")[:1]), ""),
        )
        .annotate(replied=Exists(replies.filter(automatic=False).exclude(role__in=CLIENT_SIDE)))
        .order_by("offering_id", "position")
    )


def open_counts(client_id: UUID) -> dict[str, int]:
    """How many are with the client, and about how many the care team was asked for more. One query."""
    rows = standing_resources(client_id).values_list("choice", "replied")
    asked = [replied for choice, replied in rows if choice == ResourceChoice.TELL_ME_MORE]
    return {"offered": sum(choice == "" for choice, _ in rows), "more_asked": asked.count(False)}
