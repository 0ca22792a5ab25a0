"""Secrets from the environment or from files; the one place of the kernel that reads them (AUTH-4)."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret(name: str) -> str:
    """Returns the secret from NAME, or from the file that NAME_FILE names; empty when neither is set."""
    path = os.environ.get(f"{name}_FILE")
    if os.environ.get(name) or not path:
        return os.environ.get(name, "")
    try:
        return Path(path).read_text().strip()
    except OSError as unreadable:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read") from unreadable


def required(name: str) -> str:
    """Returns the secret; refuses to go on without it."""
    value = secret(name)
    if not value:
        raise ImproperlyConfigured(
            f"Careplan does not start without {name}. Set {name}, or {name}_FILE to a file that holds it. "
            "(`python3 manage.py demo` makes its own.)"
        )
    return value
