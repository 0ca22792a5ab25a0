#!/usr/bin/env python3
"""One entry point: makes its own environment on first use, then hands over to Django."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
