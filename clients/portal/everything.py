"""Download everything (portal screen 20): to read, to print, to keep as a file, and for another system (Promise 8)."""

from __future__ import annotations

import json
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from careplan import hooks
from careplan.access.classes import DataClass
from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.everything import Section, Told, told
from careplan.ui.pages import client_of, client_page, export_page, render
from clients.services.quiet import ensure_big_step_here

SCHEMA = "careplan.everything/1"
CLASSES = sorted({DataClass.IDENTITY}.union(*(map(DataClass, section.classes) for section in hooks.everything)))


@client_page(DataClass.IDENTITY)
@require_safe
def everything(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What can be taken along; the password first, as for every copy."""
    if not confirmed_recently(request):
        return ask_again(request, next=request.get_full_path())
    ensure_big_step_here(client_id)
    files = [file for section in _shown(request) for file in section.files] if _nothing_tucked(request) else []
    shown = {"sections": [section.label for section in _shown(request)], "files": files, "current_entry": "my:more"}
    return render(request, "clients/my/everything.html", shown)


@export_page(*CLASSES)
@require_safe
def read_everything(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Everything on one page, to read or print."""
    return render(request, "clients/my/everything_read.html", {"sections": _everything(request, client_id)})


@export_page(*CLASSES)
@require_safe
def everything_file(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The same as a file that any browser opens, without us."""
    page = render_to_string("clients/my/everything_file.html", {"sections": _everything(request, client_id)})
    return _file(page, "html", "text/html; charset=utf-8")


@export_page(*CLASSES)
@require_safe
def everything_data(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Every row with every field, as JSON."""
    sections = _everything(request, client_id)
    document = {
        "schema": SCHEMA,
        "made_at": timezone.now(),
        "record": client_id,
        "sections": [{"key": each.key, "label": str(each.label), "tables": each.data} for each in sections],
    }
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return _file(text, "json", "application/json")


def _everything(request: HttpRequest, client_id: UUID) -> list[Told]:
    ensure_big_step_here(client_id)
    tucked = request.portal_shows.things  # type: ignore[attr-defined]
    return told(_shown(request), client_id=client_id, reader=client_of(request).person_id, tucked=tucked)


def _shown(request: HttpRequest) -> list[Section]:
    """The parts that the client's pages show now: a copy shows no more than they do (SAFE-7)."""
    shows = request.portal_shows  # type: ignore[attr-defined]
    return [section for section in hooks.everything if shows.shows_page(section.page)]


def _nothing_tucked(request: HttpRequest) -> bool:
    """A file with chains and hashes would show a gap, so it is there only while nothing is put away."""
    return not request.portal_shows.things  # type: ignore[attr-defined]


def _file(text: str, ending: str, content_type: str) -> HttpResponse:
    """A file whose name says nothing about what is in it (UI-8)."""
    name = f"my-pages-{timezone.localdate():%Y-%m-%d}.{ending}"
    return HttpResponse(
        text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
