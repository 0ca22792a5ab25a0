"""Which parts of an item a wording asks about (PLAN-5b, PLAN-5e): the rule the database holds as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans.kinds import Part

WORDED = (Part.CLIENT_WORDS, Part.CLINICAL_WORDING)


def parts_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a canonical content says in each of its parts; absent parts are left out."""
    details = {name: value for name, value in content.items() if name not in WORDED}
    found = {str(part): content[part] for part in WORDED if part in content}
    return found | ({str(Part.DETAILS): details} if details else {})


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Returns the parts in which two canonical contents differ, in alphabetical order."""
    old, new = parts_of(before), parts_of(after)
    return sorted(part for part in Part.values if old.get(part) != new.get(part))


def parts_asked(content: Mapping[str, Any], in_force: Mapping[str, Any] | None) -> list[str]:
    """Returns what a new wording asks about: what differs from what is in force, else all it says."""
    changed = changed_parts(in_force, content) if in_force is not None else []
    return changed or sorted(parts_of(content))
