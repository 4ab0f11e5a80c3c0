"""What stands around every page: the rail with its numbers, the bar, who is here. Asked once a page, by base.html."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from akinai.foundation.core.actor import Actor

from . import registry
from .counting import one_page
from .html import initial

NOBODY = Actor("nobody")
#: The key of the entry that is lit on every page under it, whichever app draws the page.
SETTINGS = "settings"
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Entry:
    """A menu item as drawn."""

    item: registry.MenuItem
    url: str
    current: bool
    count: registry.Count | None


@dataclass(frozen=True, slots=True)
class SettingsEntry:
    """A page under Settings as drawn; `heading` is set on the first of a group."""

    page: registry.SettingsPage
    url: str
    current: bool
    heading: registry.Label = ""


def _as_count(value: int | registry.Count | None) -> registry.Count | None:
    """What a count callable returned, as drawn; zero is not shown."""
    if value is None or isinstance(value, registry.Count):
        return value if value and value.number else None
    return registry.Count(value) if value else None


class Frame:
    """The frame of one page for one reader."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", NOBODY)
        match = request.resolver_match
        self._namespace = match.namespaces[0] if match and match.namespaces else ""

    def _entries(self, items: registry.Registry[registry.MenuItem]) -> list[Entry]:
        found = []
        in_settings = self.request.path.startswith(reverse("ui:settings"))
        for item in items.for_actor(self.actor):
            count = _as_count(item.count(self.actor)) if item.count else None
            current = item.key == SETTINGS if in_settings else item.lights_in(self._namespace)
            found.append(Entry(item, reverse(item.url_name), current, count))
        return found

    @cached_property
    def _drawn(self) -> tuple[list[Entry], list[Entry]]:
        """Rail and bar together: some of their numbers are the same."""
        with one_page():
            return self._entries(registry.menu), self._entries(registry.bar_items)

    @property
    def menu(self) -> list[Entry]:
        return self._drawn[0]

    @property
    def bar(self) -> list[Entry]:
        return self._drawn[1]

    @cached_property
    def mine(self) -> list[Entry]:
        return self._entries(registry.user_menu)

    @cached_property
    def settings(self) -> list[SettingsEntry]:
        """The pages under Settings this reader may open, group by group."""
        pages = registry.settings_pages.for_actor(self.actor)
        groups = list(dict.fromkeys(str(p.group) for p in pages))
        found: list[SettingsEntry] = []
        for group in groups:
            for number, page in enumerate(p for p in pages if str(p.group) == group):
                url = reverse(page.url_name)
                current = self.request.path.startswith(url)
                found.append(SettingsEntry(page, url, current, page.group if number == 0 else ""))
        return found

    @cached_property
    def notes(self) -> list[tuple[str, str]]:
        """Lines at the foot of the rail."""
        texts = (n.text(self.actor) for n in registry.rail_notes.for_actor(self.actor))
        return [t for t in texts if t is not None]

    @property
    def home(self) -> str:
        """Where the name of the shop leads."""
        return self.menu[0].url if self.menu else "/"

    @property
    def searches(self) -> bool:
        return bool(registry.search_providers.for_actor(self.actor))

    @property
    def who(self) -> str:
        return self.actor.label

    @property
    def who_initial(self) -> str:
        return initial(self.actor.label)

    @property
    def scripts(self) -> list[str]:
        """Scripts of other apps that every page loads."""
        return registry.scripts

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """Addresses that these scripts ask, by name."""
        return [(name, reverse(route)) for name, route in registry.addresses.items()]

    @property
    def theme(self) -> str:
        return theme_of(self.request)

    @property
    def kit(self) -> str:
        """Address of the kit page, where it exists."""
        try:
            return reverse("ui:kit") if settings.DEBUG else ""
        except NoReverseMatch:
            return ""


def theme_of(request: HttpRequest) -> str:
    """auto, light or dark: the reader's own setting, else the browser's cookie."""
    user: Any = getattr(request, "user", None)
    own = getattr(user, "theme", "") if getattr(user, "is_authenticated", False) else ""
    theme = own or request.COOKIES.get("akinai_theme", "auto")
    return theme if theme in THEMES else "auto"
