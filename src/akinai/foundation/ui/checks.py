"""At the start: everything registered must lead somewhere. Django runs these with `check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, get_resolver, reverse

from akinai.foundation.core.permissions import all_permissions

from . import registry

_REGISTRIES: tuple[registry.Registry[Any], ...] = (
    registry.menu,
    registry.bar_items,
    registry.user_menu,
    registry.order_panels,
    registry.actions,
    registry.search_providers,
    registry.today_tiles,
    registry.settings_pages,
    registry.rail_notes,
)


def _known_routes() -> set[str]:
    """Names of all routes, with their namespaces."""

    def walk(resolver: Any, prefix: str) -> Iterable[str]:
        for name in resolver.reverse_dict:
            if isinstance(name, str):
                yield prefix + name
        for namespace, (_path, inner) in resolver.namespace_dict.items():
            yield from walk(inner, f"{prefix}{namespace}:")

    return set(walk(get_resolver(), ""))


def check_registries(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Menu entries without arguments must reverse, other routes must exist, permissions must be declared."""
    problems: list[CheckMessage] = []
    routes, known = _known_routes(), all_permissions()
    for where in _REGISTRIES:
        for item in where:
            if item.permission and item.permission not in known:
                problems.append(Error(f"{where.name}: {item.key} needs the undeclared permission {item.permission}"))
            url_name = getattr(item, "url_name", "")
            if url_name and not (_reverses(url_name) if isinstance(item, registry.MenuItem) else url_name in routes):
                problems.append(Error(f"{where.name}: {item.key} leads to {url_name}, which does not exist"))
    problems += [
        Error(f"actions: {name} (used by {by}) is not registered") for name, by in registry.actions.missing().items()
    ]
    return problems


def _reverses(url_name: str) -> bool:
    try:
        reverse(url_name)
    except NoReverseMatch:
        return False
    return True
