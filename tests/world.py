"""The world every test starts from: two practices, their people, four clients, one of them with an account.

Built once, through the services: `build()` runs in the template database as the application's role; its answer is the
`world` fixture's ids.
"""

from __future__ import annotations

from uuid import UUID

from careplan.access.actor import Actor, client_actor, staff_actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRole, Member
from careplan.access.seam import acting, opened
from careplan.accounts.models import Person, Practice, StaffMember, User
from careplan.accounts.roles import Role
from careplan.accounts.services import NewStaff, add_practice, add_staff, add_user, enrol_totp
from clients.models import ConsentKind, How
from clients.services.asking import ConsentAsk
from clients.services.care import start_care
from clients.services.consents import Answer, record_spoken
from clients.services.create import NewClient, create_client

PASSWORD = "linden lantern 42 quiet"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

STAFF = {
    "wren": ("Wren Adeyemi-Holt", "Wren", "Counsellor", [Role.THERAPIST]),
    "imani": ("Dr Imani Castellane", "Imani", "Psychologist", [Role.THERAPIST]),
    "nadia": ("Nadia Okafor-Lind", "Nadia", "Counsellor", [Role.THERAPIST]),
    "sunniva": ("Sunniva Brandt-Osei", "Sunniva", "Supervisor", [Role.SUPERVISOR]),
    "teo": ("Teo Varga-Lim", "Teo", "Trainee", [Role.TRAINEE]),
    "sol": ("Sol Marchetti", "Sol", "Front desk", [Role.FRONT_DESK]),
    "petra": ("Petra Vance", "Petra", "Manager", [Role.MANAGER]),
    "bram": ("Bram Iyer-Costa", "Bram", "Billing", [Role.BILLER]),
}
ELSEWHERE = {"odile": ("Odile Renard-Kaya", "Odile", "Counsellor", [Role.THERAPIST, Role.PRACTICE_LEAD])}


World = dict[str, UUID]


def build() -> World:
    """The ids of everybody and everything, by key; members of staff by their person."""
    linden = add_practice(name="Linden Street Practice", country="GB", time_zone="Europe/London")
    harbour = add_practice(name="Harbour Rooms", country="US", time_zone="America/Los_Angeles")
    ids: World = {"linden": linden.pk, "harbour": harbour.pk}
    ids |= {key: _hire(linden, key, *person) for key, person in STAFF.items()}
    ids |= {key: _hire(harbour, key, *person) for key, person in ELSEWHERE.items()}
    ids["tomek"] = _client(ids, "wren", linden, NewClient(name_used="Tomek", pronouns="he/him", language="Polish"))
    ids["roz"] = _client(ids, "imani", linden, NewClient(name_used="Roz", pronouns="she/her", say_it="rahz"))
    ids["hollis"] = _client(ids, "imani", linden, NewClient(name_used="Hollis", pronouns="they/them"))
    ids["maren"] = _client(ids, "odile", harbour, NewClient(name_used="Maren", pronouns="she/her"))
    ids["roz_person"] = _account(ids, "imani", linden, "roz")
    _care(ids, "tomek", "wren", linden, "nadia", CareRole.COVER)
    _care(ids, "tomek", "wren", linden, "sunniva", CareRole.SUPERVISOR)
    return ids


def email(key: str) -> str:
    """The address somebody signs in with."""
    return f"{key}@example.test"


def actor(world: World, key: str) -> Actor:
    """A fresh actor for a member of staff, at work in their practice."""
    member = StaffMember.objects.get(person_id=world[key], until=None)
    return staff_actor(person_id=member.person_id, practice_id=member.practice_id)


def client_actor_of(world: World, key: str) -> Actor:
    """A fresh actor for a client with an account, in their own pages."""
    return client_actor(person_id=world[f"{key}_person"])


def _account(ids: World, lead: str, practice: Practice, client: str) -> UUID:
    by = staff_actor(person_id=ids[lead], practice_id=practice.pk)
    with opened(by, clients=[ids[client]], classes=[DataClass.IDENTITY], via="world"):
        person = Person.objects.get(pk=Member.objects.get(client_id=ids[client]).person_id)
    add_user(person=person, email=email(client), password=PASSWORD)
    return person.pk


def _hire(practice: Practice, key: str, name: str, first_name: str, title: str, roles: list[Role]) -> UUID:
    new = NewStaff(name=name, first_name=first_name, email=email(key), password=PASSWORD, title=title)
    member = add_staff(practice=practice, new=new, roles=roles)
    enrol_totp(user=User.objects.get(person_id=member.person_id), secret=TOTP_SECRET)
    return member.person_id


def _client(ids: World, lead: str, practice: Practice, new: NewClient) -> UUID:
    by = staff_actor(person_id=ids[lead], practice_id=practice.pk)
    with acting(by):
        client_id = create_client(new=new, by=by)
    with opened(by, clients=[client_id], classes=[DataClass.CONSENT], via="world"):
        said = Answer(how=How.SAID_IN_SESSION)
        record_spoken(client_id=client_id, ask=ConsentAsk(kind=ConsentKind.TREATMENT), answer=said, by=by)
    return client_id


def _care(ids: World, client: str, lead: str, practice: Practice, person: str, role: CareRole) -> None:
    by = staff_actor(person_id=ids[lead], practice_id=practice.pk)
    with opened(by, clients=[ids[client]], classes=[DataClass.IDENTITY], via="world"):
        start_care(client_id=ids[client], person_id=ids[person], role=role, by=by)
