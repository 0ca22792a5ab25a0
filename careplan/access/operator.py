"""The operator's own connection, for commands that may do what no request may: it uses the owner's address."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection


@contextmanager
def operator_connection() -> Iterator[psycopg.Connection]:
    """An autocommit connection as the owner, to the database this process runs on.

    Raises ImproperlyConfigured when DATABASE_OWNER_URL is not set.
    """
    address = settings.DATABASE_OWNER_URL
    if not address:
        raise ImproperlyConfigured("Set DATABASE_OWNER_URL: this command acts as the database's owner.")
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(address, dbname=name, autocommit=True) as operator:
        yield operator
