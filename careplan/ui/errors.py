"""The pages for what didn't work. Each says what happened and what to do; none says what exists (ACC-5)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from careplan.api.problems import is_for_software, plain_answer
from careplan.errors import Conflict, Refused
from careplan.ui.turned import turned_sheet

KEPT_AT_MOST = 20
SECRET = ("password", "token", "code", "secret")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one 404: the same bytes for unknown and for not yours, signed in or out."""
    return render(request, "ui/404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this sign-in has no door here."""
    return render(request, "ui/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was too old; what was written on it is shown, so that nothing is lost."""
    return render(request, "ui/stale.html", {"kept": kept_words(request)}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; for software as a problem."""
    if is_for_software(request):
        return plain_answer("malformed")
    return render(request, "ui/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Says nothing about what went wrong inside."""
    if is_for_software(request):
        return plain_answer("server-error")
    return render(request, "ui/500.html", status=500)


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """409: something moved while the person was reading. What they wrote is shown and can be copied."""
    shown = {"sentence": error.sentence, "moved": moved_lines(error.moved), "kept": kept_words(request)}
    return render(request, "ui/409.html", {**shown, **_around(request)}, status=409)


def moved_lines(moved: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the conflict says moved: `lines`, each with title, before and after, or one such line itself."""
    if "lines" in moved:
        return list(moved["lines"])
    return [moved] if {"before", "after"} <= moved.keys() else []


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """422: not allowed now, with the sentence that says why."""
    shown = {"sentence": error.sentence, "kept": kept_words(request), "has_errors": True}
    return render(request, "ui/refused.html", {**shown, **_around(request)}, status=422)


def _around(request: HttpRequest) -> dict[str, str]:
    """The shell the person was in, and the way back to where they were. A turned device shows no menu."""
    turned = turned_sheet(request) is not None
    if getattr(request, "staff", None) is not None and not turned:
        shell = "ui/practice.html"
    elif getattr(request, "own", None) is not None and not turned:
        shell = "ui/portal.html"
    else:
        shell = "ui/door.html"
    return {"shell": shell, "back": request.path}


def kept_words(request: HttpRequest) -> list[str]:
    """The sentences a person had typed into the form, so that an error loses none of them (UI-5)."""
    if request.method != "POST":
        return []
    typed = [
        text.strip()
        for name, texts in request.POST.lists()
        if not any(part in name.lower() for part in SECRET)
        for text in texts
    ]
    return [text for text in typed if any(blank in text for blank in " \n")][:KEPT_AT_MOST]
