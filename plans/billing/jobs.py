"""Who sees a practice's billing page, who opens the billing of a record, and who lets software in (ACC-12)."""

from __future__ import annotations

from careplan.accounts.roles import Role

RUNS_BILLING = (Role.BILLER, Role.MANAGER, Role.PRACTICE_LEAD)
"""Days, codes and sums of the practice. The billing of one record is a biller's alone: the guard says so."""
OPENS_BILLING = (Role.BILLER,)
RUNS_SOFTWARE = (Role.MANAGER, Role.PRACTICE_LEAD)
