"""The program's addresses and a few made-up pages, so that errors can be provoked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from careplan.access.classes import DataClass
from careplan.errors import Conflict, Refused
from careplan.ui.pages import invalid, open_page, record_page, say, see_other, staff_page
from config import urls as ours


@record_page(DataClass.PLAN)
def record(request: HttpRequest, client_id: UUID) -> HttpResponse:
    return HttpResponse("opened")


@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    match request.GET.get("do"):
        case "refuse":
            raise Refused("Roz asked for a slower pace.")
        case "conflict":
            raise Conflict("Wren saved new words.", title="How we meet", before="20 sessions.", after="16 sessions.")
        case "invalid":
            return invalid(request, "ui/403.html")
        case "break":
            raise RuntimeError("a secret of ours")
        case "say":
            say(request, "Saved.")
            return see_other("/made-up/desk/")
    return HttpResponse(Template(DESK).render(RequestContext(request)))


DESK = """{% extends "ui/practice.html" %}{% block title %}Desk{% endblock %}{% block desk %}
<h1>Desk</h1>{% endblock %}"""
DRAFT = """{% extends "ui/room.html" %}{% load ui %}{% block title %}Draft{% endblock %}{% block sheet %}
<h1>Draft</h1><form method="post" data-draft-url="/made-up/keep/">{% csrf_token %}
<p data-draft-said role="status"></p><label for="w">Words</label><textarea id="w" name="words"></textarea></form>
{% endblock %}"""
kept: list[str] = []


@open_page
def draft(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(DRAFT).render(RequestContext(request)))


@open_page
def keep(request: HttpRequest) -> HttpResponse:
    kept.append(request.POST["words"])
    return HttpResponse(status=204)


urlpatterns = [
    path("made-up/draft/", draft),
    path("made-up/keep/", keep),
    *ours.urlpatterns,
    path("made-up/desk/", desk, name="desk"),
    path("made-up/<uuid:client_id>/", record, name="overview"),
    path("made-up/<uuid:client_id>/plan/", record, name="plan"),
    path("made-up/<uuid:client_id>/secret/", record, name="secret"),
]
handler400, handler403, handler404, handler500 = ours.handler400, ours.handler403, ours.handler404, ours.handler500
