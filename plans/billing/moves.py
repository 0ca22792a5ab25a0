"""Every move a charge can make (BILL-2). The database holds the same table."""

from __future__ import annotations

from careplan.workflow import Workflow, moves
from plans.billing.kinds import ChargeState as S

CHARGE_MOVES = Workflow(
    field="state",
    states=S,
    noun="this charge",
    moves=(
        *moves("make_ready", sources=(S.PLANNED, S.HELD, S.NOT_BILLABLE), to=S.BILLABLE),
        *moves("put_back", sources=(S.BILLABLE,), to=S.PLANNED),
        *moves("hold", sources=(S.PLANNED, S.BILLABLE), to=S.HELD),
        *moves("let_go", sources=(S.HELD,), to=S.PLANNED),
        *moves("leave_out", sources=(S.PLANNED, S.BILLABLE, S.HELD), to=S.NOT_BILLABLE),
        *moves("client_pays", sources=(S.PLANNED, S.BILLABLE, S.HELD, S.NOT_BILLABLE), to=S.SELF_PAY),
        *moves("bill", sources=(S.BILLABLE,), to=S.BILLED),
        *moves("pay", sources=(S.BILLABLE, S.BILLED, S.REJECTED), to=S.PAID),
        *moves("send_back", sources=(S.BILLABLE, S.BILLED), to=S.REJECTED),
        *moves("write_off", sources=(S.BILLABLE, S.BILLED, S.REJECTED), to=S.WRITTEN_OFF),
    ),
)
