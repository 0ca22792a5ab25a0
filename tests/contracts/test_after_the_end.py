"""ACC-4, AUTH-2: after a membership or a way in has ended, every page of the portal is tried and refused at once."""

import pytest
from django.test import Client

from careplan.accounts.models import User
from careplan.accounts.services import disable_user
from tests.contracts.test_every_address_by_every_role import address, asks, of_clients, things  # noqa: F401
from tests.signed_in import portal_browser
from tests.world import PASSWORD, email

pytestmark = pytest.mark.committed


def membership_ends(world, owner):
    owner.execute("update guard.member set until = guard.now() where person_id = %s", [world["roz_person"]])


def way_in_is_closed(world, owner):
    disable_user(user=User.objects.get(person_id=world["roz_person"]), by=world["petra"])


@pytest.mark.parametrize("ends", [membership_ends, way_in_is_closed])
def test_no_page_of_the_portal_opens_after_it(world, owner, things, ends):  # noqa: F811
    """The session of before opens nothing, for reading or writing, and nothing that leaves says what was there."""
    roz = portal_browser(world["roz_person"])
    assert roz.get("/my/").status_code == 200
    ends(world, owner)
    for name in of_clients():
        for answer in asks(roz, address(name, things["roz"])):
            assert answer.status_code in (302, 403), (name, answer.status_code)
            assert not answer.content or answer.status_code == 403, name
    again = Client().post("/my/sign-in/", {"email": email("roz"), "password": PASSWORD})
    assert again.status_code == 422
