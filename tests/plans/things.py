"""What exists in a client's plan, for the matrix of addresses."""

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from plans.content import ObjectiveContent
from plans.kinds import SheetKind
from plans.models import Version
from plans.services.items import start_plan
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, open_sheet, write_sheet
from tests.world import actor

BEYOND_THEIR_ROLE = {("sunniva", "plans:linked")}
KEYS = {"key": "about", "kind": "goal"}


def things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    with opened(by, clients=[client_id], classes={DataClass.PLAN}, via="test"):
        plan = start_plan(client_id=client_id, by=by)
        sheet = open_sheet(plan_id=plan.id, kind=SheetKind.FIRST_PLAN, how="said_in_session", by=by)
        line = SheetWriting(content=ObjectiveContent(behaviour=f"What {key} will do."))
        (written,) = write_sheet(sheet_id=sheet.id, lines=[line], by=by)
        answer_sheet(sheet_id=sheet.id, answers=[SheetAnswer(revision_id=written.id, choice="yes")], by=by)
        return {
            "item_id": written.item_id,
            "sheet_id": sheet.id,
            "version_id": Version.objects.get(client_id=client_id).id,
        }
