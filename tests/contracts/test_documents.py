"""Documents that are printed from code say what the code says."""

from pathlib import Path

from careplan.access.document import access_document

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_access_document_is_the_reach_table():
    """ACC-2b: the review document in docs is the one in force."""
    assert (DOCS / "access.md").read_text(encoding="utf-8") == access_document()
