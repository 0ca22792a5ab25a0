"""The data classes of a record and who reaches them (ACC-2b): the review document of access."""

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """What kind of thing a row of a client's record is; every record table has exactly one."""

    IDENTITY = "identity"
    CONTACT = "contact"
    PLAN = "plan"
    MESSAGE = "message"
    MEASURE = "measure"
    SAFETY = "safety"
    NOTE = "note"
    BILLING = "billing"
    CONSENT = "consent"
    LEDGER = "ledger"


class Tier(StrEnum):
    """How a table is guarded (ACC-2a)."""

    IDENTITY = "identity"
    DIRECTORY = "directory"
    RECORD = "record"
    OPERATIONS = "operations"


@dataclass(frozen=True)
class Reach:
    """One line of the table: under this purpose, this role reaches this class."""

    purpose: str
    role: str
    data_class: DataClass
    may_write: bool
    may_read: bool = True


ALL = frozenset(DataClass)
NEVER_WRITTEN = frozenset({DataClass.LEDGER})
CLINICIAN_READS = ALL
SUPERVISOR_READS = ALL - {DataClass.MESSAGE, DataClass.BILLING, DataClass.CONTACT}
BILLING_ALONE = frozenset({DataClass.BILLING})
NOTHING: frozenset[DataClass] = frozenset()
CLIENT_ONLY_READS = frozenset({DataClass.NOTE, DataClass.BILLING, DataClass.LEDGER})

# purpose, role: (reads, writes)
TABLE: dict[tuple[str, str], tuple[frozenset[DataClass], frozenset[DataClass]]] = {
    ("care", "lead"): (CLINICIAN_READS, ALL - NEVER_WRITTEN),
    ("care", "co_therapist"): (CLINICIAN_READS, ALL - NEVER_WRITTEN),
    ("care", "trainee"): (CLINICIAN_READS, ALL - NEVER_WRITTEN - {DataClass.BILLING}),
    ("cover", "cover"): (CLINICIAN_READS, ALL - NEVER_WRITTEN - {DataClass.BILLING}),
    ("supervision", "supervisor"): (SUPERVISOR_READS, frozenset({DataClass.NOTE})),
    ("portal", "client"): (ALL, ALL - CLIENT_ONLY_READS),
    ("export", "client"): (ALL, frozenset()),
    ("call", "on_call"): (frozenset({DataClass.PLAN}), frozenset({DataClass.PLAN})),
    ("billing", "biller"): (BILLING_ALONE, BILLING_ALONE),
    ("billing", "api"): (BILLING_ALONE, BILLING_ALONE),
    ("billing", "api_results"): (NOTHING, BILLING_ALONE),
}


def reach() -> list[Reach]:
    """Every line of the reach table, in a fixed order."""
    return [
        Reach(purpose, role, data_class, data_class in writes, data_class in reads)
        for (purpose, role), (reads, writes) in TABLE.items()
        for data_class in sorted(reads | writes)
    ]
