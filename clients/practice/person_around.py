"""One person around a client: changed, or taken off."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import begin_with
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import PersonAround
from clients.practice.about import moment_of
from clients.practice.drafts import AROUND
from clients.practice.people import AroundForm
from clients.practice.who import head_of, who
from clients.selectors.about import person_around
from clients.selectors.drafts import typed_before
from clients.services.drafts import forget_form
from clients.services.people import edit_person_around, remove_person_around


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: HttpRequest, client_id: UUID, person_around_id: UUID) -> HttpResponse:
    """The form with what is kept about them."""
    head = head_of(request)
    if not head.may_change:
        raise NotYours
    row = person_around(client_id, person_around_id)
    form, key = AroundForm(request.POST or None, initial=_initial(row)), f"{AROUND}{row.id}"
    begin_with(form, typed_before(client_id, key, who(request)))
    if request.method == "POST" and form.is_valid():
        try:
            edit_person_around(
                client_id=client_id,
                person_around_id=person_around_id,
                around=form.around(),
                by=who(request),
                seen=moment_of(form.cleaned_data["seen"]),
            )
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key=key, by=who(request))
            say(request, "Saved.")
            return see_other("clients:people", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {"record": head, "current_tab": "clients:more", "form": form, "person": row, "draft_key": key}
    return page(request, "clients/person.html", shown)


@record_page(DataClass.IDENTITY)
@require_POST
def take_off(request: HttpRequest, client_id: UUID, person_around_id: UUID) -> HttpResponse:
    """Takes them off the list from today."""
    remove_person_around(client_id=client_id, person_around_id=person_around_id, by=who(request))
    say(request, "Taken off. What was kept stays in the history.")
    return see_other("clients:people", client_id=client_id)


def _initial(row: PersonAround) -> dict[str, object]:
    names = [name for name in AroundForm.base_fields if name != "seen"]
    return {**{name: getattr(row, name) for name in names}, "seen": row.changed_at.isoformat()}
