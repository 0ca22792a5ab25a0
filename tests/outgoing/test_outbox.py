"""REM-7: the demo has an outbox page, and where real people are there is none."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.utils import timezone

from careplan.ids import uuid7
from careplan.outgoing.models import Recorded
from tests.house.running import ROOT

pytestmark = pytest.mark.django_db
URL = "/demo/outbox/"


def test_it_shows_what_would_have_left_word_for_word() -> None:
    Recorded.objects.create(
        message_id=uuid7(),
        channel="text",
        address="+44 20 7946 0142",
        sender="My pages",
        body="There’s something for you.\n\nhttp://localhost:8000/my/ <b>",
        headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        at=timezone.now(),
    )
    page = Client().get(URL).text
    assert "Text message to +44 20 7946 0142" in page
    assert 'href="http://localhost:8000/my/"' in page
    assert "&lt;b&gt;" in page
    assert "List-Unsubscribe=One-Click" in page


def test_without_an_outbox_it_is_not_found(settings) -> None:
    settings.OUTBOX = False
    assert Client().get(URL).status_code == 404


def test_where_real_people_are_there_is_no_such_address() -> None:
    """Not even when what leaves is recorded: the setting that hides it is no setting."""
    asked = "from config.urls import urlpatterns; print([str(each.pattern) for each in urlpatterns])"
    live = {**os.environ, "CAREPLAN_MODE": "live", "OUTGOING": "record", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", f"import django; django.setup(); {asked}"]
    done = subprocess.run(command, cwd=ROOT, env=live, capture_output=True, text=True)
    assert "my/plan/" in done.stdout, done.stderr[-600:]
    assert "demo/" not in done.stdout
