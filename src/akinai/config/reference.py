"""The reference pages of docs/reference, written from what the program declares.

`akinai reference` (`make docs`) writes them; a test compares them with what it would write.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from akinai.foundation.accounts.routes import Untagged, permission_of
from akinai.foundation.core.permissions import Role, all_permissions
from akinai.foundation.jobs.registry import ScheduleSpec, all_schedules, all_tasks
from akinai.shop.stores import settings as shop_settings

from .cli import COMMANDS, load

_HEAD = "<!-- Written by `make docs`; do not edit. -->\n"


def pages() -> dict[str, str]:
    """Every page: file name → content, in English whatever the reader's language."""
    made: dict[str, tuple[str, Callable[[], Iterable[str]]]] = {
        "commands.md": ("Commands", _commands),
        "permissions.md": ("Permissions", _permissions),
        "routes.md": ("Routes", _routes),
        "settings.md": ("Settings", _settings),
        "jobs.md": ("Jobs", _jobs),
    }
    with translation.override("en"):
        return {name: f"{_HEAD}\n# {title}\n\n" + "\n".join(write()) + "\n" for name, (title, write) in made.items()}


def _commands() -> Iterable[str]:
    for command in COMMANDS:
        parser = argparse.ArgumentParser(add_help=False)
        load(command).add_arguments(parser)
        yield f"## akinai {command.name}\n\n{command.summary[0].upper()}{command.summary[1:]}.\n"
        rows = [(_spelled(action), action.help or "") for action in parser._actions]
        yield from [*_table(("argument", "meaning"), rows), ""] if rows else []


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.dest.upper()}`"
    takes = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"`{', '.join(action.option_strings)}{takes}`"


def _permissions() -> Iterable[str]:
    yield "What each role holds. The owner holds everything; a scope can be carried by an API token.\n"
    roles = [role for role in Role if role != Role.OWNER]
    rows = []
    for name, permission in sorted(all_permissions().items()):
        held = ["yes" if role in permission.roles else "" for role in roles]
        rows.append((f"`{name}`", str(permission.label), *held, "yes" if permission.scope else ""))
    yield from _table(("name", "label", *[role.value for role in roles], "scope"), rows)


def _routes() -> Iterable[str]:
    yield "Pages and what they need. The API describes itself at `/api/v1/openapi.json`.\n"
    views = ((address, view) for address, view in _walk(get_resolver()) if not address.startswith("/api/"))
    yield from _table(("route", "needs"), sorted((f"`{a}`", _need(permission_of(v.callback, "GET"))) for a, v in views))


def _walk(resolver: URLResolver, start: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = f"{start}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _walk(entry, address)
        else:
            yield address, entry


def _need(permission: str | Untagged | None) -> str:
    if permission is None:
        return "nothing (public)"
    return f"`{permission}`" if permission else "to be signed in"


def _settings() -> Iterable[str]:
    declared = shop_settings.declarations()
    yield "Rates, deadlines and thresholds that a shop can change; each change has a day from which it holds.\n"
    rows = [(f"`{key}`", str(d.label), d.kind, _code(d.default), str(d.unit)) for key, d in sorted(declared.items())]
    yield from _table(("key", "label", "kind", "default", "unit"), rows)


def _jobs() -> Iterable[str]:
    schedules = all_schedules()
    rows = []
    for name, task in sorted(all_tasks().items()):
        said = (task.function.__doc__ or "").strip().partition("\n")[0]
        rows.append((f"`{name}`", said, _when(schedules.get(name)), "yes" if task.transactional else ""))
    yield from _table(("job", "what it does", "by itself", "one transaction"), rows)


def _when(schedule: ScheduleSpec | None) -> str:
    if schedule is None:
        return ""
    return f"every {schedule.every}" if schedule.every else f"daily at {schedule.daily_at:%H:%M}"


def _code(value: object) -> str:
    return f"`{value}`" if value not in ("", None) else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
