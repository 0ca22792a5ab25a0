"""Keeping what is typed on a sheet while it is being typed (UI-5): the desk's, and the turned device's own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page
from plans.practice.person import Spoken
from plans.practice.sheet_table import as_typed, client_key, desk_key, ensure_may_write, ensure_on_the_desk, table_of
from plans.selectors.people import name_of_client
from plans.services.drafts import save_draft


@record_page(DataClass.PLAN)
@require_POST
def sheet_draft(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Keeps what the therapist typed: 204."""
    table = table_of(request, Spoken(client_id, name_of_client(client_id)), sheet_id)
    ensure_on_the_desk(table)
    save_draft(client_id=client_id, key=desk_key(sheet_id), content=as_typed(request), by=table.by)
    return HttpResponse(status=204)


@record_page(DataClass.PLAN)
@require_POST
def sheet_client_draft(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Keeps what the client typed on the turned device: 204."""
    table = table_of(request, Spoken(client_id, name_of_client(client_id)), sheet_id)
    ensure_may_write(table)
    save_draft(client_id=client_id, key=client_key(sheet_id), content=as_typed(request), by=table.by)
    return HttpResponse(status=204)
