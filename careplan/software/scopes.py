"""The one scope engine of both APIs (OAUTH-2): what a token lets software ask for. Never sufficient by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices


class Scope(TextChoices):
    """What may be granted to software of a recipient."""

    BILLING_READ = "billing:read", "Read readiness, charges, proof of agreement and what changed"
    BILLING_WRITE = "billing:write", "Post what became of charges, and ids of its own"


SMART = re.compile(
    r"^(?P<level>system|patient|user)/(?P<resource>[A-Z][A-Za-z]+|\*)\.(?P<verbs>c?r?u?d?s?)(?:\?(?P<narrow>.+))?$"
)


@dataclass(frozen=True)
class Granted:
    """The scopes of one token."""

    scopes: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Granted:
        """What a token's scope parameter says."""
        return cls(frozenset(text.split()))

    def covers(self, needed: str) -> bool:
        """Says whether one of them covers what is needed: the same word, or in SMART's grammar at least as much.

        A narrowed scope (`?param=`) covers only what is narrowed in the same way.
        """
        return needed in self.scopes or any(_covers(held, needed) for held in self.scopes)


def _covers(held: str, needed: str) -> bool:
    has, wants = SMART.match(held), SMART.match(needed)
    if has is None or wants is None or has["level"] != wants["level"]:
        return False
    about = has["resource"] in ("*", wants["resource"])
    return about and set(wants["verbs"]) <= set(has["verbs"]) and has["narrow"] in (None, wants["narrow"])


def known(scopes: Iterable[str]) -> list[str]:
    """The scopes among these that can be granted, in a fixed order."""
    asked = set(scopes)
    return [scope for scope in Scope.values if scope in asked]
