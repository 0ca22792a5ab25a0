"""Every address says who may ask for it: anybody, staff, or who can open that record (ACC-3)."""

from django.urls import URLPattern, URLResolver, get_resolver

WITHOUT = {"healthz"}
GUARDS = ("open", "staff", "record", "client", "own", "call", "api")


def addresses(patterns, before=""):
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern


def test_every_page_has_exactly_one_guard():
    unguarded = [
        path
        for path, pattern in addresses(get_resolver().url_patterns)
        if path not in WITHOUT and getattr(pattern.callback, "page_guard", "") not in GUARDS
    ]
    assert unguarded == []


def test_a_clients_page_names_what_it_opens():
    for path, pattern in addresses(get_resolver().url_patterns):
        guard = getattr(pattern.callback, "page_guard", "")
        assert path.startswith("my/") or guard != "client", path
        assert guard != "record" or "<uuid:client_id>" in path, path
        assert "<uuid:client_id>" not in path or guard in ("record", "api"), path
        assert (path.startswith("api/v1/")) == (guard == "api"), path
        if guard in ("record", "client", "api"):
            assert pattern.callback.page_classes, path
