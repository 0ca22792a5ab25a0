"""BILL-10: the operator lets software in from the command line."""

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.committed
TOKEN = "/oauth/token"


def test_the_operator_lets_software_in_by_command(world, capsys):
    """BILL-10: without a page, printed once."""
    call_command("let_software_in", practice="Linden Street Practice", recipient="Claims House")
    printed = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    answer = Client().post(
        TOKEN,
        {
            "grant_type": "client_credentials",
            "client_id": printed["CLIENT_ID"],
            "client_secret": printed["CLIENT_SECRET"],
        },
    )
    assert answer.status_code == 200
