"""Adding a client: a name is enough."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.accounts.models import Practice
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ui.forms import DayField
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_page
from clients.places import grouped
from clients.practice.contact_fields import CHANNELS, FirstContactFields
from clients.practice.who import may_add, who
from clients.selectors.staff import at_work
from clients.services.create import NewClient, create_client

SEAL = Signer(salt="clients.add")


class AddClientForm(FirstContactFields):
    """Who, and how to reach them. What can wait is asked on the page of the contact rules."""

    name_used = forms.CharField(
        label="Name they use", max_length=200, error_messages={"required": "Write the name they use. Any name is fine."}
    )
    pronouns = forms.CharField(label="Pronouns", required=False, max_length=100)
    say_it = forms.CharField(label="How to say it", required=False, max_length=200)
    language = forms.CharField(label="Speaks", required=False, max_length=200)
    born = DayField(label="Born", required=False)
    place = forms.ChoiceField(label="Where", choices=grouped)
    once = forms.CharField(widget=forms.HiddenInput, required=False)

    def new_client(self) -> NewClient:
        """What was filled in."""
        said = self.cleaned_data
        country, time_zone = said["place"].split(" ", 1)
        return NewClient(
            name_used=said["name_used"],
            pronouns=said["pronouns"],
            say_it=said["say_it"],
            language=said["language"],
            country=country,
            time_zone=time_zone,
            birth_date=said["born"],
            contact=self.rules(),
            client_id=_id_in(said["once"]),
        )


def _fresh_id() -> str:
    """The id of the record to come, ours by its seal: the same form sent twice begins one record."""
    return SEAL.sign(str(uuid7()))


def _id_in(once: str) -> UUID:
    try:
        return UUID(SEAL.unsign(once))
    except BadSignature:
        return uuid7()


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_client(request: HttpRequest) -> HttpResponse:
    """The form, and the new record's page after it."""
    by = who(request)
    if not may_add(request):
        raise NotYours
    _, practice_id = at_work(by)
    practice = Practice.objects.get(id=practice_id)
    form = AddClientForm(
        request.POST or None, initial={"place": f"{practice.country} {practice.time_zone}", "once": _fresh_id()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            client_id = create_client(new=form.new_client(), by=by, via="page:clients:add")
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Added. The rest can be asked when it is needed.")
            return see_other("clients:overview", client_id=client_id)
    page = invalid if request.method == "POST" else render
    return page(
        request,
        "clients/add.html",
        {"form": form, "channels": [form[name] for name in CHANNELS if name in form.fields]},
    )
