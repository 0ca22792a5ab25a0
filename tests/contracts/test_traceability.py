"""`docs/traceability.md` leads from each rule to tests that exist."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
DOCUMENT = TESTS.parent / "docs" / "traceability.md"
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT.read_text(encoding="utf-8"))))


def test_rules_are_listed():
    """The document is not empty, and no rule stands in it twice."""
    rules = re.findall(r"^\| ([A-Z]+-\d+[a-f]?) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rules) > 40
    assert len(rules) == len(set(rules))


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_named_test_exists(path):
    """A test that was renamed or removed fails here until the document says so."""
    functions = {
        node.name
        for node in ast.parse((TESTS / path).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert {name for file, name in NAMED if file == path} <= functions
