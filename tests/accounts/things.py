"""What exists of a practice's staff, for the matrix of addresses."""

from careplan.accounts.licences import NewLicence, add_licence
from careplan.accounts.models import StaffMember
from tests.world import actor

STAFF_PAGES_BY_JOB = {
    "accounts:staff": {"petra", "odile"},
    "accounts:invite_staff": {"petra", "odile"},
    "accounts:modules": {"petra", "odile"},
    "accounts:staff_member": {"petra"},  # another practice's manager finds nobody of this one
}


def things(world, key, lead):
    by = actor(world, lead)
    return {
        "licence_id": add_licence(person_id=world[lead], new=NewLicence("EMDR", "7", "UK"), by=by),
        "member_id": StaffMember.objects.get(person_id=world[lead], until=None).pk,
    }
