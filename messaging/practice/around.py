"""What every page about one client's messages and resources begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render
from clients.practice.who import head_of
from clients.selectors.head import RecordHead
from plans.practice.person import Spoken

TAB = "messaging:thread"

# The header of the record shows contact rules and consents; what a message is about has its title from the plan.
message_page = record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT, DataClass.PLAN, DataClass.MESSAGE)


def spoken(record: RecordHead) -> Spoken:
    """The client in sentences."""
    return Spoken(record.client_id, record.name_used, record.pronouns)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    record: RecordHead | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page in the shell of the record, under the Messages tab."""
    head = record or head_of(request)
    around = {"record": head, "client": spoken(head), "current_tab": TAB}
    return render(request, template, {**around, **context}, status=status)
