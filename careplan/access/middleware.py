"""Every request acts as somebody: a member of staff with a hat, or nobody (ACC-1)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careplan.access.actor import anonymous, staff_actor
from careplan.accounts.selectors import staff_session

Next = Callable[[HttpRequest], HttpResponse]


def actor_middleware(get_response: Next) -> Next:
    """Puts `request.actor` and `request.staff` (None unless signed in with both factors) on each request.

    Times on the page are the practice's (UI-4).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        staff = staff_session(request)
        request.staff = staff  # type: ignore[attr-defined]
        request.actor = (  # type: ignore[attr-defined]
            staff_actor(person_id=staff.person_id, practice_id=staff.practice_id) if staff else anonymous()
        )
        with timezone.override(staff.time_zone if staff else None):
            return get_response(request)

    return middleware
