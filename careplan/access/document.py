"""The review document of access as Markdown: `docs/access.md` is this text, and a test compares them."""

from careplan.access.classes import TABLE, DataClass

INTRODUCTION = """# Who reaches what

This table is what the database enforces (`guard.reach`). A role here is a relationship to one client, with dates; a
job in the practice lists clients at most and reaches nothing below, but a biller, where somebody has begun the record's
billing, and software, where a consent to its recipient is in force. *write* includes reading, *write only* does not. An
opening names the classes it is for, so a page never opens more than it shows.

"""


def access_document() -> str:
    """The whole document: one row per role, one column per data class."""
    classes = list(DataClass)
    head = "| purpose | role | " + " | ".join(classes) + " |\n"
    rule = "|---" * (len(classes) + 2) + "|\n"
    return INTRODUCTION + head + rule + "".join(_line(purpose, role, classes) for purpose, role in TABLE)


def _line(purpose: str, role: str, classes: list[DataClass]) -> str:
    reads, writes = TABLE[purpose, role]
    cells = (_cell(name in reads, name in writes) for name in classes)
    return f"| {purpose} | {role.replace('_', ' ')} | " + " | ".join(cells) + " |\n"


def _cell(reads: bool, writes: bool) -> str:
    if writes:
        return "write" if reads else "write only"
    return "read" if reads else "no"
