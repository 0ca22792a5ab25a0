"""AUTH-3: `docs/asvs.md` names for each section a test, a setting, or why not; what it names exists."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

TESTS = Path(__file__).resolve().parents[1]
TEXT = (TESTS.parent / "docs" / "asvs.md").read_text(encoding="utf-8")
LINES = dict(re.findall(r"^\| (V[\d.]+) \|[^|]*\| (.+) \|$", TEXT, re.MULTILINE))
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)))
WHY_NOT = re.compile(r"Doesn't apply: |Not met")


def test_every_line_names_a_test_or_a_setting_or_says_why_not():
    """Every chapter is there."""
    assert {section.split(".")[0] for section in LINES} == {f"V{number}" for number in range(1, 18)}
    silent = [section for section, shown in LINES.items() if "`" not in shown and not WHY_NOT.search(shown)]
    assert silent == []


def test_every_named_setting_exists():
    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", TEXT))
    assert [name for name in sorted(named) if not hasattr(settings, name)] == []


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_named_test_exists(path):
    """A test that was renamed or removed fails here until the checklist says so."""
    body = ast.parse((TESTS / path).read_text(encoding="utf-8")).body
    functions = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    assert {name for file, name in NAMED if file == path} <= functions
