"""The library: what there is to offer, with what each piece won't do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.ui.pages import render, staff_page
from messaging.library import library as pieces
from messaging.library import newest


@staff_page
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every piece in its newest version."""
    return render(request, "messaging/library.html", {"pieces": pieces()})


@staff_page
@require_safe
def piece(request: HttpRequest, piece: str) -> HttpResponse:
    """One piece, as a client would read it, and everything it says about itself."""
    return render(request, "messaging/piece.html", {"piece": newest(piece)})


@staff_page
@require_safe
def print_piece(request: HttpRequest, piece: str) -> HttpResponse:
    """One piece on paper, to be handed over."""
    return render(request, "messaging/piece_print.html", {"piece": newest(piece)})
