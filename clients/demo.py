"""What this app's demo people do: Roz has pages of her own and a view of her own; staff show their licences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from careplan.access.actor import client_actor
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.access.seam import opened
from careplan.accounts.invitations import accept
from careplan.accounts.licences import NewLicence, add_licence, verify_licence
from clients.models import Certainty, CodeSystem, How
from clients.services.diagnoses import Called, record_diagnosis, write_own_view
from clients.services.invite import invite_client

WHO = "roz"
EMAIL = f"{WHO}@example.test"
CALLED = Called("Panic disorder", CodeSystem.ICD_11, "6B01", Certainty.PROVISIONAL)
HER_VIEW = "My body hits the alarm. I’d call it bus trouble, not a disorder."
LICENCES = (
    ("wren", NewLicence("Counsellor", "C 20418", "Washington"), 400),
    ("imani", NewLicence("Psychologist", "PY 7731", "Washington"), 58),
    ("nadia", NewLicence("Counsellor", "C 31077", "Washington"), 210),
)


def begin_own_pages(town: Any) -> None:
    """Her therapist hands her a link, and she chooses the password that everybody in the demo has."""
    client_id, by = town.clients[WHO], town.lead_of(WHO)
    with opened(by, clients=[client_id], classes=[DataClass.IDENTITY, DataClass.CONTACT], via="demo"):
        path = invite_client(client_id=client_id, email=EMAIL, by_hand=True, by=by)
    accept(token=path.strip("/").split("/")[-1], password=town.data["password"])


def keep_what_stands_beside(town: Any) -> None:
    """Imani writes down what she calls it and talks it over; Roz says how she sees it. The manager checks licences."""
    client_id, by = town.clients[WHO], town.lead_of(WHO)
    with opened(by, clients=[client_id], classes=[DataClass.NOTE, DataClass.PLAN], via="demo"):
        diagnosis_id = record_diagnosis(client_id=client_id, called=CALLED, shared=True, by=by)
        person_id = Member.objects.values_list("person_id", flat=True).get(client_id=client_id)
    roz = client_actor(person_id=person_id)
    with opened(roz, clients=[client_id], classes=[DataClass.NOTE, DataClass.PLAN], via="demo"):
        keys = {"client_id": client_id, "diagnosis_id": diagnosis_id}
        write_own_view(**keys, words=HER_VIEW, how=How.OWN_HAND_PORTAL, by=roz)
    for who, licence, days in LICENCES:
        new = replace(licence, expires_on=timezone.localdate() + timedelta(days=days))
        licence_id = add_licence(person_id=town.staff[who], new=new, by=town.actor(who))
        verify_licence(licence_id=licence_id, by=town.actor("petra"))
