"""A browser that is signed in, at work or in a client's own pages, for tests that are about something else."""

from __future__ import annotations

import time
from uuid import UUID

from django.test import Client

from careplan.accounts.models import StaffMember, User
from careplan.accounts.selectors import PRACTICE_KEY, RECORD_KEY, SECOND_STEP_METHOD, own_records
from careplan.accounts.session_store import BEGAN_KEY
from careplan.accounts.sessions import SEEN_KEY

BACKEND = "careplan.accounts.backends.EmailBackend"
RECORDS, RECORDS_OF = "account_authentication_methods", "account_authentication_methods_user"


def browser(person_id: UUID) -> Client:
    """Gives the browser of a member of staff, at work in their practice for this moment."""
    user, member = User.objects.get(person_id=person_id), StaffMember.objects.get(person_id=person_id, until=None)
    return _came_in(user, {"method": SECOND_STEP_METHOD, "type": "totp"}, **{PRACTICE_KEY: str(member.practice_id)})


def portal_browser(person_id: UUID) -> Client:
    """Gives the browser of a client with an account, in their own pages for this moment."""
    (record,) = own_records(person_id)
    return _came_in(User.objects.get(person_id=person_id), **{RECORD_KEY: str(record.client_id)})


def _came_in(user: User, *further: dict[str, str], **session_has: str) -> Client:
    client, now = Client(), time.time()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session[RECORDS] = [{**step, "at": now} for step in ({"method": "password"}, *further)]
    session[RECORDS_OF] = str(user.pk)
    session.update(session_has)
    session[BEGAN_KEY] = session[SEEN_KEY] = now
    session.save()
    return client
