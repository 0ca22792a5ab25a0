"""The list of clients, searched and filtered."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from careplan.ui.forms import Form
from careplan.ui.pages import render, staff_page
from clients import hooks
from clients.practice.who import may_add, who
from clients.selectors.client_list import COVERED, MINE, ClientSearch, client_list


class SearchForm(Form):
    """What to look for. Every choice has a value for everything."""

    name = forms.CharField(label="Name", required=False, strip=True, max_length=200, widget=forms.SearchInput)
    whose = forms.ChoiceField(
        label="Lead",
        required=False,
        choices=[("", "Mine and cover"), (MINE, "Mine"), (COVERED, "I cover")],
    )
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for each in hooks.client_filters:
            choices = [("", each.anything), *each.choices]
            self.fields[each.key] = forms.ChoiceField(label=each.label, required=False, choices=choices)

    def search(self) -> ClientSearch:
        """What was understood; what was not looks for everything."""
        self.is_valid()
        found = self.cleaned_data
        return ClientSearch(
            name=found.get("name") or "",
            whose=found.get("whose") or "",
            page=found.get("page") or 1,
            chosen={each.key: found.get(each.key) or "" for each in hooks.client_filters},
        )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: HttpRequest) -> HttpResponse:
    """One page of the list. Searching is a POST, though it changes nothing: a name never stands in an address."""
    by, asked = who(request), _asked(request)
    form = SearchForm(asked)
    found = client_list(form.search(), by)
    kept = {name: value for name, value in asked.items() if value and name in form.fields and name != "page"}
    shown = {
        "form": form,
        "found": found,
        "may_add": may_add(request),
        "searched": bool(kept),
        "kept": kept,
        "filters": [form[each.key] for each in hooks.client_filters] if found.shows_care else [],
    }
    return render(request, "clients/list.html", shown)


def _asked(request: HttpRequest) -> QueryDict:
    """What is looked for; a link may filter the list, and search for nobody."""
    if request.method == "POST":
        return request.POST
    asked = request.GET.copy()
    asked.pop("name", None)
    return asked
