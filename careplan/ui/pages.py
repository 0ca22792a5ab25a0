"""What a page is: who may ask for it, what it opens first, and how its errors look.

    @record_page(DataClass.IDENTITY, DataClass.PLAN)
    def plan(request, client_id): ...
        return render(request, "plans/plan.html", {...})

A view runs, rendering included, inside the transaction of its actor; the opening was committed before it (ACC-2).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.shortcuts import resolve_url
from django.utils import timezone

from careplan import hooks, modules
from careplan.access.actor import Actor, Hat, Purpose, on_call_actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.accounts.selectors import ClientSession, client_session
from careplan.api.problems import is_software, plain_answer
from careplan.errors import Conflict, NotYours, Refused
from careplan.ui import errors, on_call
from careplan.ui.turned import SeeOther

View = Callable[..., HttpResponse]
WITH_ERRORS = (422, 429)


def open_page(view: View) -> View:
    """A page for anybody, signed in or not. It reads no record and no directory."""
    return _guarded(view, "open")


def staff_page(view: View) -> View:
    """A page for staff at work: directory and operations only, nothing opened."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        def answer(actor: Actor) -> HttpResponse:
            with acting(actor):
                return view(request, *args, **kwargs)

        return _as_staff(request, answer)

    return _guarded(page, "staff")


def staff_opens(view: View) -> View:
    """An action of staff about several clients: the view opens their records itself, before its transaction begins."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _as_staff(request, lambda actor: view(request, *args, by=actor, **kwargs))

    return _guarded(page, "staff")


def record_page(*classes: DataClass) -> Callable[[View], View]:
    """A page about one client, whose id is the address's `client_id`; 404 for whoever reaches none of these classes.

    A class beyond somebody's role (a supervisor's contact rules) is not opened for them and shows no rows.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, client_id: UUID, **kwargs: Any) -> HttpResponse:
            def answer(actor: Actor) -> HttpResponse:
                with opened(actor, clients=[client_id], classes=set(classes), via=_via(request)):
                    return view(request, client_id=client_id, **kwargs)

            return _as_staff(request, answer)

        return _guarded(page, "record", frozenset(classes))

    return decorate


def client_page(*classes: DataClass) -> Callable[[View], View]:
    """A page of a client's own: the view gets the `client_id` of the record that stands for them, from the session.

    Their own record is opened for these classes first, like anybody's (ACC-2); times are told on their own clock.
    """
    return partial(_of_own_record, frozenset(classes), Purpose.PORTAL)


def export_page(*classes: DataClass) -> Callable[[View], View]:
    """A copy that a client takes along: their record is opened for export, ten minutes, reading only.

    The password has to have been given within five minutes (AUTH-2); else the way leads over the page that asks for it.
    """

    def decorate(view: View) -> View:
        copy = _of_own_record(frozenset(classes), Purpose.EXPORT, view)

        @wraps(copy)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if client_session(request) is not None and not confirmed_recently(request):
                return ask_again(request, next=request.get_full_path())
            return copy(request, *args, **kwargs)

        return page

    return decorate


def _of_own_record(classes: frozenset[DataClass], purpose: Purpose, view: View) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = client_session(request)
        if own is None:
            return _no_client(request)
        if _is_switched_off(request):
            return errors.not_found(request)

        def answer(actor: Actor) -> HttpResponse:
            reads = opened(replace(actor, purpose=purpose), clients=[own.client_id], classes=classes, via=_via(request))
            with reads, timezone.override(hooks.clock_of(own.client_id)):
                _ensure_shown(request, own.client_id)
                return view(request, *args, client_id=own.client_id, **kwargs)

        return _or_why_not(request, lambda: answer(request.actor))  # type: ignore[attr-defined]

    return _guarded(page, "client", classes)


def own_page(view: View) -> View:
    """A page about a client's own way in: account, password, devices. Nothing of their record is opened.

    What their pages show is of the record too, so the menu holds what every portal shows (SAFE-7).
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = client_session(request)
        if own is None:
            return _no_client(request)

        def answer(actor: Actor) -> HttpResponse:
            with acting(actor):
                request.portal_shows = hooks.portal_shows(own.client_id)  # type: ignore[attr-defined]
                return view(request, *args, **kwargs)

        return _or_why_not(request, lambda: answer(request.actor))  # type: ignore[attr-defined]

    return _guarded(page, "own")


def _ensure_shown(request: HttpRequest, client_id: UUID) -> None:
    """Raises NotYours for a page that a quiet portal doesn't show: as if it weren't there (SAFE-7)."""
    shows = hooks.portal_shows(client_id)
    request.portal_shows = shows  # type: ignore[attr-defined]
    match = request.resolver_match
    if shows is not None and match is not None and not shows.shows_page(match.view_name):
        raise NotYours


def call_page(*classes: DataClass) -> Callable[[View], View]:
    """A page for whoever typed a code that was read out to them: one thing of one record, and nobody signed in.

    The view gets the `call`; the opening is written down under the role and purpose of a call (PLAN-16).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            call = on_call.call_of(request)
            if call is None:
                return _call_is_over(request)
            actor = on_call_actor(made_by=call.made_by, practice_id=call.practice_id)
            request.actor = actor  # type: ignore[attr-defined]

            def answer() -> HttpResponse:
                reads = opened(actor, clients=[call.client_id], classes=set(classes), via=_via(request))
                with reads, timezone.override(hooks.clock_of(call.client_id)):
                    return view(request, *args, call=call, **kwargs)

            return _or_why_not(request, answer)

        return _guarded(page, "call", frozenset(classes))

    return decorate


def _call_is_over(request: HttpRequest) -> HttpResponse:
    """To where a code is typed; whoever had one here reads that it is over, once."""
    if not on_call.is_on_call(request):
        return see_other("plans:code")
    on_call.leave(request)
    return render(request, "ui/call_over.html", status=410)


def client_of(request: HttpRequest) -> ClientSession:
    """The client whose pages these are. Raises NotYours for anybody else: the page's guard has let them in already."""
    own = client_session(request)
    if own is None:
        raise NotYours
    return own


def _guarded(view: View, guard: str, classes: frozenset[DataClass] = frozenset()) -> View:
    """Marks the view for the contract test that every URL has exactly one guard."""
    view.page_guard = guard  # type: ignore[attr-defined]
    view.page_classes = classes  # type: ignore[attr-defined]
    return view


def _via(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"page:{match.view_name}" if match else "page"


def staff_actor_of(request: HttpRequest) -> Actor | None:
    """The member of staff behind this request, or None."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) and actor.hat is Hat.STAFF else None


def _as_staff(request: HttpRequest, answer: Callable[[Actor], HttpResponse]) -> HttpResponse:
    actor = staff_actor_of(request)
    if actor is None:
        return _no_actor(request)
    if _is_switched_off(request):
        return errors.not_found(request)
    return _or_why_not(request, lambda: answer(actor))


def _is_switched_off(request: HttpRequest) -> bool:
    """Whether this page is of a module that the practice doesn't use: then it isn't there (UI-10)."""
    match = request.resolver_match
    return match is not None and modules.is_off(request, match.view_name)


def _or_why_not(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, or the page for what didn't work."""
    try:
        return answer()
    except NotYours:
        return errors.not_found(request)
    except Conflict as error:
        return errors.conflict(request, error)
    except Refused as error:
        return errors.refused(request, error)


def _no_actor(request: HttpRequest) -> HttpResponse:
    """To sign in, and back here afterwards; someone signed in without work here gets 403, not a circle."""
    if is_software(request):
        return plain_answer("insufficient-scope")
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        return errors.permission_denied(request)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(back, resolve_url(settings.LOGIN_URL))


def _no_client(request: HttpRequest) -> HttpResponse:
    """To the clients' door, and back here afterwards; staff at work get 403: they have a door of their own."""
    if is_software(request):
        return plain_answer("insufficient-scope")
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        return errors.permission_denied(request)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(back, resolve_url("accounts:my_sign_in"))


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, rendered now (inside the transaction). With 422 or 429 its title begins with “Error:” (UI-5)."""
    shown = {"has_errors": status in WITH_ERRORS, **(context or {})}
    return django_render(request, template, shown, status=status)


def invalid(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """The same page again with its errors and everything that was typed: 422."""
    return render(request, template, context, status=422)


def refuse(form: BaseForm, error: Refused) -> None:
    """A service's refusal as a sentence above the form, so that the page can be shown again with its words."""
    form.add_error(None, error.sentence)


def see_other(to: str, *args: Any, **kwargs: Any) -> SeeOther:
    """After a POST: the page at this address, URL name or object (303)."""
    return SeeOther(resolve_url(to, *args, **kwargs))


def say(request: HttpRequest, sentence: str) -> None:
    """A sentence the next page shows once, as done."""
    messages.success(request, sentence)
