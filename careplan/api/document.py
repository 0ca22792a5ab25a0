"""The interface's own document: as JSON, as a page without anybody else's scripts, and a page for each problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from careplan.api.problems import KINDS
from careplan.ui.pages import open_page, render


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[tuple[str, str, str, str], ...]
    request: str
    answer: str
    statuses: tuple[tuple[str, str], ...]
    name: str


@cache
def document() -> dict[str, Any]:
    """The whole document, generated once for each process."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


def operations() -> Iterator[Operation]:
    """Every operation, in the document's order."""
    for path, methods in document()["paths"].items():
        for method, said in methods.items():
            yield Operation(
                method=method.upper(),
                path=path,
                summary=said["summary"],
                description=said.get("description", ""),
                parameters=tuple(_parameter(each) for each in said.get("parameters", [])),
                request=_example(said.get("requestBody", {})),
                answer=next((_example(each) for each in said["responses"].values() if _example(each)), ""),
                statuses=tuple(
                    (status, each.get("description", "")) for status, each in sorted(said["responses"].items())
                ),
                name=said["operationId"],
            )


@open_page
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The page."""
    shown = {"about": document()["info"], "operations": list(operations()), "problems": sorted(KINDS.items())}
    return render(request, "api/docs.html", shown)


@open_page
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, as it is committed in docs/openapi.yaml."""
    return JsonResponse(document())


@open_page
@require_safe
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """What one kind of problem means, and what to do."""
    if code not in KINDS:
        raise Http404
    return render(request, "api/problem.html", {"code": code, "kind": KINDS[code]})


def _parameter(said: dict[str, Any]) -> tuple[str, str, str, str]:
    kind = said.get("schema", {})
    words = kind.get("format") or kind.get("type") or ""
    return (
        said["name"],
        said["in"],
        f"{words}{', required' if said.get('required') else ''}",
        said.get("description", ""),
    )


def _example(part: dict[str, Any]) -> str:
    for kind in part.get("content", {}).values():
        for example in kind.get("examples", {}).values():
            return json.dumps(example["value"], indent=2, ensure_ascii=False)
    return ""
