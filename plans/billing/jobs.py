"""Who does a practice's billing, and who lets software in (ACC-12)."""

from __future__ import annotations

from careplan.accounts.roles import Role

RUNS_BILLING = (Role.BILLER, Role.MANAGER, Role.PRACTICE_LEAD)
RUNS_SOFTWARE = (Role.MANAGER, Role.PRACTICE_LEAD)
