"""A browser at work: signed in with both factors, for tests that are about something else than signing in."""

from __future__ import annotations

import time
from uuid import UUID

from django.test import Client

from careplan.accounts.models import StaffMember, User
from careplan.accounts.selectors import PRACTICE_KEY, SECOND_STEP_METHOD
from careplan.accounts.session_store import BEGAN_KEY
from careplan.accounts.sessions import SEEN_KEY

BACKEND = "careplan.accounts.backends.EmailBackend"
RECORDS, RECORDS_OF = "account_authentication_methods", "account_authentication_methods_user"


def browser(person_id: UUID) -> Client:
    """Gives the browser of a member of staff, at work in their practice for this moment."""
    user, member = User.objects.get(person_id=person_id), StaffMember.objects.get(person_id=person_id, until=None)
    client, now = Client(), time.time()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session[RECORDS] = [
        {"method": "password", "at": now},
        {"method": SECOND_STEP_METHOD, "type": "totp", "at": now},
    ]
    session[RECORDS_OF] = str(user.pk)
    session[PRACTICE_KEY] = str(member.practice_id)
    session[BEGAN_KEY] = session[SEEN_KEY] = now
    session.save()
    return client
