"""The moves of plans and of progress, as tables; the database holds the same ones."""

from __future__ import annotations

from careplan.workflow import Move, Workflow, moves
from plans.kinds import PlanStatus, Progress, RequestState

S = PlanStatus
P = Progress
RUNNING = (S.ACTIVE, S.ON_HOLD)
AT_WORK = (P.IN_PROGRESS, P.PAUSED)
UNFINISHED = (P.NOT_STARTED, *AT_WORK)

PLAN_MOVES = Workflow(
    field="status",
    states=PlanStatus,
    noun="this plan",
    moves=(
        Move(S.DRAFT, S.ACTIVE, "activate"),
        Move(S.ACTIVE, S.ON_HOLD, "pause"),
        Move(S.ON_HOLD, S.ACTIVE, "resume"),
        *moves("complete", sources=RUNNING, to=S.COMPLETED),
        *moves("end_early", sources=(S.DRAFT, *RUNNING), to=S.ENDED_EARLY),
        *moves("supersede", sources=RUNNING, to=S.SUPERSEDED),
        *moves("enter_in_error", sources=(S.DRAFT, *RUNNING), to=S.ENTERED_IN_ERROR),
    ),
)

R = RequestState
OPEN = (R.REQUESTED, R.OPENED, R.QUESTIONS)
REQUEST_MOVES = Workflow(
    field="state",
    states=RequestState,
    noun="this request",
    moves=(
        *moves("open", sources=(R.REQUESTED, R.QUESTIONS), to=R.OPENED),
        *moves("ask", sources=(R.REQUESTED, R.OPENED), to=R.QUESTIONS),
        *moves("sign", sources=OPEN, to=R.SIGNED),
        *moves("rather_not", sources=OPEN, to=R.DECLINED),
        *moves("note_unable", sources=OPEN, to=R.UNABLE),
        *moves("stop_asking", sources=OPEN, to=R.EXPIRED),
    ),
)

PROGRESS_MOVES = Workflow(
    field="progress",
    states=Progress,
    noun="this line",
    moves=(
        Move(P.NOT_STARTED, P.IN_PROGRESS, "start"),
        Move(P.IN_PROGRESS, P.PAUSED, "pause"),
        Move(P.PAUSED, P.IN_PROGRESS, "resume"),
        *moves("meet", sources=AT_WORK, to=P.MET),
        *moves("meet_partly", sources=AT_WORK, to=P.PARTLY_MET),
        *moves("not_meet", sources=AT_WORK, to=P.NOT_MET),
        *moves("drop", sources=UNFINISHED, to=P.DROPPED),
        *moves("replace", sources=UNFINISHED, to=P.REPLACED),
        *moves("take_up_again", sources=(P.MET, P.PARTLY_MET, P.NOT_MET, P.DROPPED), to=P.IN_PROGRESS),
    ),
)
