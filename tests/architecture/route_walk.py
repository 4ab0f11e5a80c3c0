"""Every route of the program with what it says it needs, read from the URL resolver."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from akinai.foundation.accounts.routes import Untagged, permission_of
from akinai.foundation.core.permissions import Role, all_permissions

MATRIX: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_VALUES = {"int": "987654321", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x", "slug": "x", "str": "x"}


@dataclass(frozen=True, slots=True)
class Route:
    """One page, or one operation of the API."""

    name: str
    path: str
    methods: tuple[str, ...]
    need: str | Untagged | None

    @property
    def is_api(self) -> bool:
        return " " in self.name

    @property
    def line(self) -> str:
        """The matrix entry that would describe it as it is."""
        if isinstance(self.need, Untagged):
            return "says nothing: use @requires, @signed_in or @public"
        if self.need is None:
            return "public"
        return "signed_in" if self.need == "" else f"{self.need}: {' '.join(roles_of(self.need))}"


def roles_of(permission: str) -> list[str]:
    """The roles a permission is declared for, in the order of the enum."""
    return [r.value for r in Role if r in all_permissions()[permission].roles]


def routes() -> list[Route]:
    """All of them, each name once."""
    found = {route.name: route for route in _walk(get_resolver(), "/", "")}
    return list(found.values())


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, path, inner)
        else:
            yield from _of(entry, path, namespace)


def _of(entry: URLPattern, path: str, namespace: str) -> Iterator[Route]:
    path_view: Any = getattr(entry.callback, "akinai_path_view", None)
    if path_view is None:
        name = f"{namespace}{entry.name}" if entry.name else path
        yield Route(name, _filled(name, path), ("GET", "POST"), permission_of(entry.callback, "GET"))
        return
    for operation in path_view.operations:
        for method in operation.methods:
            name = f"{method} {path}"
            yield Route(name, _filled(name, path), (method,), permission_of(entry.callback, method))


def _filled(name: str, path: str) -> str:
    """The path with values put in."""
    if name in MATRIX["samples"]:
        return MATRIX["samples"][name]
    return _PART.sub(lambda part: _VALUES.get(part[1] or "str", "x"), path)
