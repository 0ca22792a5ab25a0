"""How a consent moves from state to state (CONS-2). The database holds the same table in a trigger."""

from __future__ import annotations

from careplan.workflow import Move, Workflow, moves
from clients.models import ConsentState as State

CONSENT = Workflow(
    field="state",
    states=State,
    noun="this consent",
    moves=(
        Move(State.DRAFT, State.OFFERED, "offer"),
        *moves("give", sources=(State.OFFERED, State.NOT_NOW), to=State.GIVEN),
        *moves("decline", sources=(State.OFFERED, State.NOT_NOW), to=State.DECLINED),
        Move(State.OFFERED, State.NOT_NOW, "leave"),
        Move(State.NOT_NOW, State.OFFERED, "offer"),
        *moves("drop", sources=(State.DRAFT, State.OFFERED, State.NOT_NOW), to=State.LAPSED),
        Move(State.GIVEN, State.WITHDRAWN, "withdraw"),
        Move(State.GIVEN, State.EXPIRED, "expire"),
        Move(State.GIVEN, State.REPLACED, "replace"),
        *moves(
            "strike",
            sources=tuple(state for state in State if state != State.ENTERED_IN_ERROR),
            to=State.ENTERED_IN_ERROR,
        ),
    ),
)
