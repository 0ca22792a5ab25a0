"""What exists in a client's plan, for the matrix of addresses."""

from careplan.access.actor import client_actor
from careplan.access.classes import DataClass
from careplan.access.seam import opened
from plans.content import ObjectiveContent
from plans.kinds import SheetKind
from plans.models import SignatureRequest, Version
from plans.selectors.people import deciders_of
from plans.services.items import start_plan
from plans.services.requirements import Demand, set_requirement
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, open_sheet, write_sheet
from plans.services.signing import Signing, ask_to_sign, sign
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
        version_id = Version.objects.get(client_id=client_id).id
        ask_to_sign(plan_id=plan.id, by=by)
        demand = Demand(kind="school", set_by="the school", what=f"A letter about {key}.")
        requirement = set_requirement(client_id=client_id, demand=demand, by=by)
        (decider,) = deciders_of(client_id)
        request = SignatureRequest.objects.get(version_id=version_id, signer_id=decider.person_id)
    theirs = client_actor(person_id=decider.person_id)
    with opened(theirs, clients=[client_id], classes={DataClass.PLAN}, via="test"):
        signature = sign(request_id=request.id, said=Signing("mine", name=key), by=theirs)
        return {
            "requirement_id": requirement.id,
            "request_id": request.id,
            "signature_id": signature.id,
            "person_id": decider.person_id,
            "item_id": written.item_id,
            "sheet_id": sheet.id,
            "version_id": version_id,
        }
