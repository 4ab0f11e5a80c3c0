"""The permission registry: each app declares its names here, and a name nobody declared stops the start.

A route says what it needs by `@requires("orders.view")` or `@public`; the access middleware of `accounts` enforces it,
and a route that says nothing is refused (deny by default).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.functional import Promise

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """The parts people play in a shop. The owner holds every permission."""

    OWNER = "owner"
    MANAGER = "manager"
    ORDER = "order"
    WAREHOUSE = "warehouse"
    ACCOUNTING = "accounting"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right. `roles` hold it (besides owner); `scope` lets an API token carry it."""

    name: str
    label: str | Promise
    roles: frozenset[Role]
    scope: bool = False


_registry: dict[str, Permission] = {}


def declare(name: str, label: str | Promise, roles: Iterable[Role], *, scope: bool = False) -> str:
    """Register a permission and return its name, so that an app writes `VIEW = declare("orders.view", …)`."""
    permission = Permission(name, label, frozenset(roles) | {Role.OWNER}, scope)
    known = _registry.setdefault(name, permission)
    if known != permission:
        raise RuntimeError(f"permission {name} is declared twice")
    return name


def all_permissions() -> dict[str, Permission]:
    """Every declared permission by name."""
    return dict(_registry)


def permissions_of(role: Role | str) -> frozenset[str]:
    """The names a role holds."""
    wanted = Role(role)
    return frozenset(p.name for p in _registry.values() if wanted in p.roles)


def requires(permission: str) -> Callable[[View], View]:
    """Say which permission a view needs. An undeclared name raises at import."""
    if permission not in _registry:
        raise RuntimeError(f"permission {permission} is not declared")

    def mark(view: View) -> View:
        view.akinai_permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Say that a view is for everybody, signed in or not."""
    view.akinai_permission = None  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Say that a view is for every member of staff, whatever the role."""
    view.akinai_permission = ""  # type: ignore[attr-defined]
    return view
