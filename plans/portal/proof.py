"""My plan with its proof: the version gets its number, then the file comes (PLAN-8, PLAN-12)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careplan.access.classes import DataClass
from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.errors import Refused
from careplan.ui.pages import client_page, export_page, see_other
from clients.services.quiet import TOGETHER, ensure_big_step_here
from plans.services.bundle import number_for_export, sealed_bundle


@client_page(DataClass.PLAN, DataClass.IDENTITY)
@require_POST
def proof(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Numbers what is in force now, so that people can name the copy; then leads to it."""
    if not confirmed_recently(request):
        return ask_again(request, next="/my/everything/")
    _ensure_whole(request, client_id)
    number_for_export(client_id=client_id, by=request.actor)  # type: ignore[attr-defined]
    return see_other("my_plan:proof_file")


@export_page(DataClass.PLAN, DataClass.IDENTITY)
@require_safe
def proof_file(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The file that `manage.py verify_plan` checks."""
    _ensure_whole(request, client_id)
    name = f"my-pages-{timezone.localdate():%Y-%m-%d}-checked.json"
    return HttpResponse(
        sealed_bundle(client_id=client_id),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _ensure_whole(request: HttpRequest, client_id: UUID) -> None:
    """A chain with something put away would show the gap: then it is a big step, and says no more (SAFE-7)."""
    ensure_big_step_here(client_id)
    if request.portal_shows.things:  # type: ignore[attr-defined]
        raise Refused(TOGETHER)
