"""A licence, for the matrix of addresses."""

from careplan.accounts.licences import NewLicence, add_licence
from tests.world import actor


def things(world, key, lead):
    by = actor(world, lead)
    return {"licence_id": add_licence(person_id=world[lead], new=NewLicence("EMDR", "7", "UK"), by=by)}
