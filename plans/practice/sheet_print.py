"""The sheet on paper: the words and four empty boxes to a line, read well aloud and printed large (UI-11)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render
from clients.models import Client
from plans.practice.person import Spoken
from plans.practice.sheet_paper import paper_lines
from plans.practice.sheet_rows import desk_rows_of
from plans.practice.sheet_table import table_of


@record_page(DataClass.PLAN)
@require_safe
def sheet_print(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Shows the sheet as it prints, with what was typed and not sent yet."""
    name, pronouns = Client.objects.values_list("name_used", "pronouns").get(client_id=client_id)
    table = table_of(request, Spoken(client_id, name, pronouns), sheet_id)
    rows = desk_rows_of(table.seen, name)
    context = {"table": table, "client": table.client, "lines": paper_lines(table, rows)}
    return render(request, "plans/sheet_print.html", context)
