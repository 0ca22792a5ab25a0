"""Every request acts as somebody: staff at work, a client in their own pages, or nobody (ACC-1)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careplan.access.actor import Actor, anonymous, client_actor, staff_actor
from careplan.accounts.selectors import ClientSession, StaffSession, client_session, staff_session

Next = Callable[[HttpRequest], HttpResponse]


def actor_middleware(get_response: Next) -> Next:
    """Puts `request.actor`, `request.staff` and `request.own` on each request; the last two are None for others.

    Times on the page are the practice's for staff (UI-4); a client's own pages set the client's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        staff = staff_session(request)
        own = None if staff else client_session(request)
        request.staff, request.own = staff, own  # type: ignore[attr-defined]
        request.actor = _actor(staff, own)  # type: ignore[attr-defined]
        with timezone.override(staff.time_zone if staff else None):
            return get_response(request)

    return middleware


def _actor(staff: StaffSession | None, own: ClientSession | None) -> Actor:
    if staff:
        return staff_actor(person_id=staff.person_id, practice_id=staff.practice_id)
    if own:
        return client_actor(person_id=own.person_id, practice_id=own.practice_id)
    return anonymous()
