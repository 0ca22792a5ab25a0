"""Offered to me, kept, and my own (portal screen 8)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form, OwnWords
from careplan.ui.pages import invalid, refuse, render, say, see_other
from messaging.kinds import ResourceChoice
from messaging.portal.around import as_kept, me, message_page
from messaging.selectors.offers import Offered, resources_of
from messaging.selectors.team import readers_of
from messaging.services.offers import answer_resource
from messaging.services.own import add_own, mark_read, show_own

SAID = {
    ResourceChoice.KEEP: gettext_lazy("Kept. You find it below."),
    ResourceChoice.LATER: gettext_lazy("For later. You find it below, and nobody will ask."),
    ResourceChoice.NOT_FOR_ME: gettext_lazy("That’s fine. It won’t come back."),
    ResourceChoice.TELL_ME_MORE: gettext_lazy("They will see that you’d like to hear more. Here is all about it."),
}


@message_page
@require_safe
def resources(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What is offered, with the four answers; what was kept; what is the client's own."""
    shown = {"resources": as_kept(resources_of(client_id), request), "choices": ResourceChoice.choices}
    return render(request, "messaging/my/resources.html", shown)


@message_page
@require_POST
def answer(request: HttpRequest, client_id: UUID, resource_id: UUID) -> HttpResponse:
    """Keeps what the client says to one of them."""
    choice = request.POST.get("choice", "")
    if choice not in ResourceChoice.values:
        return see_other("my_messages:resource", _offered(request, client_id, resource_id).resource_id)
    answer_resource(client_id=client_id, resource_id=resource_id, choice=choice, by=me(request))
    say(request, str(SAID[ResourceChoice(choice)]))
    if choice == ResourceChoice.TELL_ME_MORE:
        return see_other("my_messages:resource", resource_id)
    return see_other("my_messages:resources")


@message_page
@require_http_methods(["GET", "HEAD", "POST"])
def resource(request: HttpRequest, client_id: UUID, resource_id: UUID) -> HttpResponse:
    """One piece to read, everything it says about itself, and a mark for having read it if the client wants one."""
    offered = _offered(request, client_id, resource_id)
    if request.method == "POST":
        shown = request.POST.get("shown") == "yes"
        mark_read(client_id=client_id, resource_id=resource_id, shown=shown, by=me(request))
        return see_other("my_messages:resource", resource_id)
    reader = next(iter(readers_of(client_id)), None)
    context = {
        "offered": offered,
        "piece": offered.piece,
        "reader": reader.name if reader else _("your care team"),
        "choices": ResourceChoice.choices,
    }
    return render(request, "messaging/my/resource.html", context)


@message_page
@require_safe
def print_resource(request: HttpRequest, client_id: UUID, resource_id: UUID) -> HttpResponse:
    """The piece on paper, in the version that was given."""
    offered = _offered(request, client_id, resource_id)
    return render(request, "messaging/my/resource_print.html", {"offered": offered, "piece": offered.piece})


class OwnForm(Form):
    """Something the client found or made."""

    title = forms.CharField(label=gettext_lazy("What is it?"), required=False, widget=forms.TextInput)
    text = forms.CharField(
        label=gettext_lazy("Words, or where to find it (if you like)"), required=False, widget=OwnWords({"rows": 4})
    )
    shown = forms.BooleanField(label=gettext_lazy("Show it to my care team"), required=False)


@message_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Adds something of the client's own; nobody else sees it unless they say so."""
    form = OwnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            own = add_own(client_id=client_id, by=me(request), **form.cleaned_data)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, _("Added."))
            return see_other("my_messages:resource_own", own.id)
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/my/add.html", {"form": form})


@message_page
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, client_id: UUID, own_id: UUID) -> HttpResponse:
    """Something of the client's own: shown, or not."""
    if request.method == "POST":
        show_own(client_id=client_id, own_id=own_id, shown=request.POST.get("shown") == "yes", by=me(request))
        return see_other("my_messages:resource_own", own_id)
    found = next((each for each in as_kept(resources_of(client_id), request).own if each.id == own_id), None)
    if found is None:
        raise NotYours
    return render(request, "messaging/my/own.html", {"own": found})


def _offered(request: HttpRequest, client_id: UUID, resource_id: UUID) -> Offered:
    """Something offered. Raises NotYours for any other, also for what was taken back or put away."""
    found = as_kept(resources_of(client_id), request).get(resource_id)
    if found is None or found.taken_back:
        raise NotYours
    return found
