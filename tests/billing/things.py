"""What exists in a client's billing and in the practice's, for the matrix of addresses."""

from decimal import Decimal

from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from careplan.software.services import NewApiClient, add_api_client
from plans.services.billing import NewCoverage, NewService, add_coverage, add_service
from plans.services.charges import KeptSession, charge_session
from tests.billing.town import DAY
from tests.world import actor

KEYS = {"system": "claims", "code": "not-found"}
OF_A_RECORD = ("billing:record", "billing:end_cover", "billing:charge", "billing:look_again", "billing:leave_out")
BEYOND_THEIR_ROLE = {("sunniva", name) for name in OF_A_RECORD}
WITHIN_THEIR_JOB = {("bram", name) for name in OF_A_RECORD}
STAFF_PAGES_BY_JOB = {
    "billing:practice": {"bram", "petra", "odile"},
    "billing:services": {"bram", "petra", "odile"},
    "billing:add_software": {"petra", "odile"},
}


def things(world, key, lead):
    client_id, by = world[key], actor(world, lead)
    with opened(by, clients=[client_id], classes={DataClass.BILLING}, via="test"):
        covered = add_coverage(client_id=client_id, new=NewCoverage("Invented Mutual", "M-1"), by=by)
        charge = charge_session(client_id=client_id, session=KeptSession(DAY, by.person_id), by=by)
    return {"coverage_id": covered, "charge_id": charge.id, **of_the_practice(world, key)}


def of_the_practice(world, key):
    biller, manager = actor(world, "bram"), actor(world, "petra")
    with acting(biller):
        service = add_service(new=NewService(f"S-{key}", "A session", Decimal(90), "GBP"), by=biller)
    with acting(manager):
        new = NewApiClient("Claims system", f"Recipient of {key}")
        software = add_api_client(new=new, practice_id=world["linden"], by=manager)
    return {"service_id": service.id, "software_id": software.api_client_id}
