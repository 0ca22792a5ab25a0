"""What lies between the right password and a session: the second step, then the choice of a hat.

Until both are done nobody is signed in: the sign-in waits, unfinished, in an anonymous session.
"""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStage
from django.shortcuts import redirect

from careplan.accounts.second_factor import has_second_factor
from careplan.accounts.selectors import choose_practice, hats_of


class SecondStepStage(LoginStage):  # type: ignore[misc]
    """Six digits or a recovery code; the first time, setting them up."""

    key = "second_step"
    urlname = "accounts:second_step"

    def handle(self) -> tuple[Any, bool]:
        """Leads to the second step; there is no way round it."""
        enrolled = has_second_factor(self.login.user)
        return redirect("accounts:second_step" if enrolled else "accounts:set_up_second_step"), True


class HatStage(LoginStage):  # type: ignore[misc]
    """In which practice somebody is at work today, asked only when there is more than one."""

    key = "hat"
    urlname = "accounts:choose_practice"

    def handle(self) -> tuple[Any, bool]:
        """Chooses the only practice, or leads to the choice."""
        hats = hats_of(self.login.user.person_id)
        if len(hats) == 1:
            choose_practice(self.request, hats[0].practice_id)
            return None, True
        return redirect("accounts:choose_practice"), True
