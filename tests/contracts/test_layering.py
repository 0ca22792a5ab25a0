"""What import-linter can't see: who speaks HTTP, and who writes. (Which way imports run: `lint-imports`.)"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("careplan", "clients", "plans", "messaging")
PAGES = {"practice", "portal", "api", "ui"}
SPEAKS_HTTP = {"middleware.py", "healthz.py", "urls.py"}
DOOR = ROOT / "careplan" / "accounts"  # signing in is about requests: allauth hands them to every part of it
WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def sources() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def is_page(path: Path) -> bool:
    return bool(PAGES & set(path.relative_to(ROOT).parts[1:-1]))


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def called(tree: ast.AST) -> Iterator[tuple[str, ast.expr, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node.func.value, node.lineno


@pytest.mark.parametrize("path", sorted(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_pages_speak_http_and_pages_never_write(path):
    """Architecture: no django.http below pages; no .save .create .delete .update in pages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not is_page(path) and path.name not in SPEAKS_HTTP and DOOR not in path.parents:
        assert not {name for name in imported(tree) if name.startswith("django.http")}
    if is_page(path):
        writes = [f"{name} in line {line}" for name, on, line in called(tree) if name in WRITES and is_a_queryset(on)]
        assert writes == []


def is_a_queryset(value: ast.expr) -> bool:
    """Whether the call is on something of the database: `X.objects…`, or a model instance by its name."""
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager"} for node in ast.walk(value)
    ) or (
        isinstance(value, ast.Name)
        and value.id not in {"context", "shown", "params", "query", "data", "kwargs", "cleaned"}
    )
