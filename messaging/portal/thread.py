"""My messages: who reads this, when they answer, what was said, and a box to write in (portal screen 9)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careplan.errors import Refused
from careplan.ui.pages import invalid, refuse, render, say, see_other
from messaging.forms import MessageForm
from messaging.portal.around import as_shown, me, message_page
from messaging.selectors.thread import Thread, thread_of
from messaging.services.thread import keep_message_draft, mark_seen, send_message


@message_page
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows the thread; sends a message, or keeps it as a draft."""
    there = as_shown(thread_of(client_id, me(request)), request)
    form = MessageForm(
        request.POST or None,
        thread=there,
        label=_("Write to %(name)s") % {"name": there.reader},
        own_words=True,
        about=request.GET.get("about", ""),
    )
    if request.method == "POST":
        return _sent(request, there, form)
    mark_seen(front=there.front, by=me(request))
    return render(request, "messaging/my/messages.html", {"thread": there, "form": form})


def _sent(request: HttpRequest, there: Thread, form: MessageForm) -> HttpResponse:
    if "draft" in request.POST:
        keep_message_draft(client_id=there.client_id, text=form.written, by=me(request))
        say(request, _("Kept as a draft. Only you see it."))
        return see_other("my_messages:thread")
    if form.is_valid():
        try:
            send_message(
                client_id=there.client_id,
                text=form.cleaned_data["text"],
                about=form.what_about(),
                key=form.cleaned_data["key"],
                by=me(request),
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, _("Sent."))
            return see_other("my_messages:thread")
    return invalid(request, "messaging/my/messages.html", {"thread": there, "form": form})


@message_page
@require_POST
def thread_draft(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keeps what is typed a few seconds after it was (UI-5); answers with nothing."""
    keep_message_draft(client_id=client_id, text=request.POST.get("text", ""), by=me(request))
    return HttpResponse(status=204)
