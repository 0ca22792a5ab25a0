"""The thread of a client's messages, as their care team has it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.pages import refuse, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.caring import writes
from clients.selectors.head import RecordHead
from messaging.forms import MessageForm
from messaging.practice.around import message_page, show
from messaging.selectors.thread import Thread, thread_of
from messaging.services.thread import keep_message_draft, mark_seen, send_message


@message_page
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows what was said and who reads it; sends a message, or keeps it as a draft."""
    record = head_of(request)
    if not writes(record.roles, DataClass.MESSAGE):
        return show(request, "messaging/not_read.html", {}, record=record)
    there = thread_of(client_id, who(request))
    form = MessageForm(
        request.POST or None,
        thread=there,
        label=f"Write to {record.name_used}",
        own_words=False,
        about=request.GET.get("about", ""),
    )
    if request.method == "POST":
        return _sent(request, record, there, form)
    mark_seen(front=there.front, by=who(request))
    return show(request, "messaging/thread.html", {"thread": there, "form": form}, record=record)


def _sent(request: HttpRequest, record: RecordHead, there: Thread, form: MessageForm) -> HttpResponse:
    by, client_id = who(request), record.client_id
    if "draft" in request.POST:
        keep_message_draft(client_id=client_id, text=form.written, by=by)
        say(request, "Kept as a draft. Only you see it.")
        return see_other("messaging:thread", client_id=client_id)
    if form.is_valid():
        try:
            send_message(
                client_id=client_id,
                text=form.cleaned_data["text"],
                about=form.what_about(),
                key=form.cleaned_data["key"],
                by=by,
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Sent. It can’t be changed now, only followed by another.")
            return see_other("messaging:thread", client_id=client_id)
    return show(request, "messaging/thread.html", {"thread": there, "form": form}, record=record, status=422)


@message_page
@require_POST
def thread_draft(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keeps what is typed a few seconds after it was (UI-5); answers with nothing."""
    keep_message_draft(client_id=client_id, text=request.POST.get("text", ""), by=who(request))
    return HttpResponse(status=204)
