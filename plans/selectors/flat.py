"""A content as the flat fields it would have been typed in: the other way round of `content_from_form`."""

from __future__ import annotations

from typing import Any

from plans.content import Content

PERSON = "person:"


def flat_of(content: Content) -> dict[str, Any]:
    """Returns the fields, by the names that forms use; somebody else who does it is `person:` and their id."""
    found = {name: getattr(content, name) for name in type(content).__dataclass_fields__}
    frequency, duration, doer = (found.pop(name, None) for name in ("frequency", "duration", "doer"))
    if frequency:
        found |= {
            "unit": frequency.unit,
            "every": frequency.every,
            "times": frequency.times,
            "minutes": frequency.minutes,
        }
    if duration:
        found |= {"duration_count": duration.count, "duration_unit": duration.unit}
    if doer:
        found["doer"] = f"{PERSON}{doer.person}" if doer.person else str(doer.who)
    return found
