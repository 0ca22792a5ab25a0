"""Modules that a practice can switch off. Off means not there: no entry, no panel, no page (UI-10).

What a module kept stays in the record, and in what a client takes along.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from careplan.hooks import Registry, Words


@dataclass(frozen=True)
class Module:
    """A part of the program. `pages` are beginnings of its URL names, `panels` keys of its panels and asks."""

    key: str
    label: Words
    says: Words
    pages: tuple[str, ...]
    order: int
    panels: frozenset[str] = field(default_factory=frozenset)


modules: Registry[Module] = Registry("modules")


def off_here(request: Any) -> list[Module]:
    """The modules that the practice behind this request has switched off."""
    who = getattr(request, "staff", None) or getattr(request, "own", None)
    off: frozenset[str] = getattr(who, "modules_off", frozenset())
    return [module for module in modules if module.key in off]


def is_off(request: Any, url_name: str) -> bool:
    """Whether a page belongs to a module that is off."""
    return any(url_name.startswith(module.pages) for module in off_here(request))


def panels_off(request: Any) -> frozenset[str]:
    """The keys of panels and asks that are off."""
    return frozenset().union(*(module.panels for module in off_here(request)))
