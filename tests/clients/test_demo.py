"""The demo's people move in through the services; one of them has pages of her own."""

from __future__ import annotations

import pytest
from django.test import Client

from clients.demo import EMAIL
from plans.demo.seeding import people, seed

pytestmark = pytest.mark.committed


def test_roz_of_the_demo_comes_in_by_the_clients_door(committed_database, owner):
    """Her address is the world's too, so that world steps aside: the demo is a house of its own."""
    owner.execute("update careplan_user set email = 'else-' || email")
    seed()
    roz = Client()
    came = roz.post("/my/sign-in/", {"email": EMAIL, "password": people()["password"]}, follow=True)
    assert "Hello, Roz" in came.content.decode()
