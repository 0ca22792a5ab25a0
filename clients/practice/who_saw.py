"""Who saw it, as the client reads it: their questions to answer, lines the law lets us show later (practice 10)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form, Words
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.ledger import who_saw
from clients.services.change import may_write
from clients.services.ledger import answer_question, withhold_line


class AnswerForm(Form):
    """What to tell the client, beside the line they asked about."""

    question = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(label="Your answer", max_length=5000, widget=Words)

    def carry_out(self, client_id: UUID, by: Actor) -> str:
        """Answers, and says so."""
        said = self.cleaned_data
        answer_question(client_id=client_id, question_id=said["question"], words=said["words"], by=by)
        return "Answered. It stands beside the line in their pages."


class WithholdForm(Form):
    """On which ground a line is shown later, and until when."""

    key = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Which law allows it, and why", max_length=2000, widget=Words)
    ends_on = DayField(label="Shown again from")

    def carry_out(self, client_id: UUID, by: Actor) -> str:
        """Withholds, and says so."""
        said = self.cleaned_data
        withhold_line(client_id=client_id, key=said["key"], reason=said["reason"], ends_on=said["ends_on"], by=by)
        return "The client reads “withheld” there, with that day."


FORMS: dict[str, type[AnswerForm | WithholdForm]] = {"answer": AnswerForm, "withhold": WithholdForm}


@record_page(DataClass.LEDGER, DataClass.MESSAGE, DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The folded list with what the client asked; a POST answers or withholds."""
    may = {"answer": may_write(client_id, DataClass.MESSAGE), "withhold": may_write(client_id, DataClass.CONSENT)}
    form: AnswerForm | WithholdForm | None = None
    if request.method == "POST":
        do = request.POST.get("do", "")
        if not may.get(do):
            raise NotYours
        form = FORMS[do](request.POST)
        if form.is_valid():
            try:
                said = form.carry_out(client_id, who(request))
            except Refused as error:
                refuse(form, error)
            else:
                say(request, said)
                return see_other("clients:access", client_id=client_id)
    page = request.GET.get("page", "")
    saw = who_saw(client_id, page=int(page) if page.isdecimal() and len(page) < 9 else 1)
    shown = {
        "record": head_of(request),
        "current_tab": "clients:more",
        "saw": saw,
        "sent": form,
        "do": request.POST.get("do", ""),
        "may": may,
    }
    return (invalid if form is not None else render)(request, "clients/access.html", shown)
