"""What they call it, and how I see it: diagnoses that were talked over, with the client's own words (PLAN-2)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.ui.forms import Form, OwnWords
from careplan.ui.pages import client_page, invalid, render, say, see_other
from clients.models import How
from clients.selectors.diagnoses import diagnoses
from clients.services.diagnoses import write_own_view


class ViewForm(Form):
    """How I see one of them."""

    diagnosis = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("How I see it"), required=False, max_length=10_000, widget=OwnWords({"rows": 3})
    )


@client_page(DataClass.NOTE, DataClass.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def named(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Each with a box of my own. Empty words take them back."""
    form = ViewForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        by = request.actor  # type: ignore[attr-defined]
        keys = {"client_id": client_id, "diagnosis_id": said["diagnosis"]}
        write_own_view(**keys, words=said["words"], how=How.OWN_HAND_PORTAL, by=by)
        say(request, _("Saved, in your words."))
        return see_other("my:named")
    rows = [
        {"line": line, "form": ViewForm(initial=_initial(line.id, line.view), prefix=None, auto_id=f"v{place}_%s")}
        for place, line in enumerate(diagnoses(client_id).standing)
    ]
    shown = {"rows": rows, "sent": form, "current_entry": "my:more"}
    return (invalid if form is not None else render)(request, "clients/my/named.html", shown)


def _initial(diagnosis_id: UUID, view: object) -> dict[str, object]:
    return {"diagnosis": diagnosis_id, "words": getattr(view, "words", "")}
