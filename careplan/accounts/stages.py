"""What lies between the right password and a session: the second step, then the choice of a hat.

Until both are done nobody is signed in: the sign-in waits, unfinished, in an anonymous session.
"""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStage
from django.shortcuts import redirect

from careplan.accounts.door import door_of
from careplan.accounts.passkeys import came_by_passkey
from careplan.accounts.portal.sign_in import MY_DOOR
from careplan.accounts.second_factor import has_second_factor
from careplan.accounts.selectors import choose_practice, choose_record, hats_of, own_records


class SecondStepStage(LoginStage):  # type: ignore[misc]
    """Six digits or a recovery code; the first time, setting them up."""

    key = "second_step"
    urlname = "accounts:second_step"

    def handle(self) -> tuple[Any, bool]:
        """Leads to the second step; for staff there is no way round it but a passkey, which is both in one."""
        if door_of(self.login) == MY_DOOR.name or came_by_passkey(self.request, self.login.user):
            return None, True
        enrolled = has_second_factor(self.login.user)
        return redirect("accounts:second_step" if enrolled else "accounts:set_up_second_step"), True


class HatStage(LoginStage):  # type: ignore[misc]
    """As what somebody comes in: into their own pages by the one door, to work by the other.

    In which practice they are at work today, or which of their own records they want, is asked only when there is
    more than one.
    """

    key = "hat"
    urlname = "accounts:choose_practice"

    def handle(self) -> tuple[Any, bool]:
        """Chooses the only practice, or leads to the choice; by the clients' door, their own records."""
        if door_of(self.login) == MY_DOOR.name:
            return self._own_pages()
        hats = hats_of(self.login.user.person_id)
        if len(hats) == 1:
            choose_practice(self.request, hats[0].practice_id)
            return None, True
        return redirect("accounts:choose_practice"), True

    def _own_pages(self) -> tuple[Any, bool]:
        own = own_records(self.login.user.person_id)
        if len(own) == 1:
            choose_record(self.request, own[0].client_id)
            return None, True
        return redirect("accounts:choose_pages"), True
