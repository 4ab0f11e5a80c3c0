"""What apps add to the frame: menu entries, panels of the order page, actions, search, tiles, settings pages.

An app registers in `apps.ready()`. Items appear in `order`, then by key, and only for actors who hold their
`permission` (an empty permission is for everybody who is signed in). A key registered twice stops the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from django.utils.functional import Promise

from akinai.foundation.core.actor import Actor

Label: TypeAlias = str | Promise


@dataclass(frozen=True, slots=True)
class Count:
    """A number beside a word. A number means "our turn"; `late` makes it loud, `title` says why."""

    number: int
    late: bool = False
    title: Label = ""


class Item(Protocol):
    """What every registered thing has."""

    @property
    def key(self) -> str: ...
    @property
    def permission(self) -> str: ...
    @property
    def order(self) -> int: ...


AnyItem = TypeVar("AnyItem", bound=Item)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the rail, of the bar (bell) or of one's own menu.

    `count(actor)` is asked once a page. `letter` makes `g` + letter go there. `sections` are the URL namespaces where
    the entry is lit (by default the one of `url_name`). `post` makes it a button in a form, as logging out must be.
    """

    key: str
    label: Label
    icon: str
    url_name: str
    permission: str
    order: int = 100
    count: Callable[[Actor], int | Count | None] | None = None
    letter: str = ""
    sections: tuple[str, ...] = ()
    post: bool = False

    def lights_in(self, namespace: str) -> bool:
        """True if this entry stands for the part of the program with that URL namespace."""
        own = self.sections or (self.url_name.partition(":")[0],)
        lent = [link.url_name.partition(":")[0] for link in page_links if link.page == self.key]
        return bool(namespace) and (namespace in own or namespace in lent)


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the order page that another app draws: `url_name` takes the order id and answers a fragment.

    `css` is a style sheet the fragment needs, as a path for `{% static %}`.
    """

    key: str
    title: Label
    url_name: str
    permission: str
    order: int = 100
    column: str = "main"
    css: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something people can do to a thing, named `app.verb`, such as `payments.mark_paid`.

    `url_name` takes the POST (with one id in the path, or for `bulk` with `id` repeated in the body). `handler` is for
    callers inside the program. `key` is the keyboard letter, `danger` draws it as such, `confirm` asks first.
    """

    name: str
    label: Label
    permission: str
    url_name: str = ""
    handler: Callable[..., Any] | None = None
    bulk: bool = False
    icon: str = ""
    order: int = 100
    key_letter: str = ""
    primary: bool = False
    danger: bool = False
    confirm: Label = ""
    #: What is sent along with every press.
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found by the search over everything.

    `why` names what was hit where the row does not show it; `exact` says that the text is this thing's very number or
    code, which a search opens at once.
    """

    url: str
    title: str
    detail: str = ""
    icon: str = ""
    status: str = ""
    why: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class SearchProvider:
    """Finds things of one kind. `find(text, actor, limit)` gets the text as typed and returns at most `limit` hits.

    `more(text)` is the address of the list that holds all of them.
    """

    key: str
    label: Label
    icon: str
    permission: str
    find: Callable[[str, Actor, int], Sequence[Hit]]
    order: int = 100
    more: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class TileFigures:
    """What a tile of the Today page shows: the number, how old the oldest is, and the next promise that breaks."""

    number: int
    oldest: Label = ""
    note: Label = ""
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of the Today page; `status` names an entry of `statuses`; `figures(actor)` is asked once a page."""

    key: str
    status: str
    url_name: str
    permission: str
    figures: Callable[[Actor], TileFigures]
    order: int = 100
    query: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page under Settings; `group` is the heading it stands under."""

    key: str
    label: Label
    icon: str
    url_name: str
    permission: str
    order: int = 100
    help: Label = ""
    group: Label = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A button that another app adds to the heading of a page; `page` is the key of the page's menu entry.

    That entry of the rail is lit on the pages it leads to.
    """

    key: str
    label: Label
    icon: str
    url_name: str
    permission: str
    page: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class RailNote:
    """A line at the foot of the rail on how the machine is; `text(actor)` returns (tone, words) or None."""

    key: str
    permission: str
    text: Callable[[Actor], tuple[str, str] | None]
    order: int = 100


class Registry(Generic[AnyItem]):
    """Items by key, given back in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, AnyItem] = {}

    def add(self, *items: AnyItem) -> None:
        """Register; the same key twice raises RuntimeError."""
        for item in items:
            if item.key in self._items:
                raise RuntimeError(f"{self.name}: {item.key} is registered twice")
            self._items[item.key] = item

    def get(self, key: str) -> AnyItem:
        """The item of that key; an unknown key raises KeyError with the name of the registry."""
        try:
            return self._items[key]
        except KeyError:
            raise KeyError(f"{self.name}: nothing is registered as {key}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[AnyItem]:
        return iter(sorted(self._items.values(), key=lambda i: (i.order, i.key)))

    def for_actor(self, actor: Actor) -> list[AnyItem]:
        """The items this actor may use, in order."""
        return [i for i in self if not i.permission or actor.may(i.permission)]


class ActionRegistry(Registry[Action]):
    """Actions, which other apps name before they know whether the owner is installed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._needed: dict[str, str] = {}

    def need(self, name: str, by: str) -> str:
        """Say that `by` (a list, a page) uses the action; `check()` then insists that somebody registers it."""
        self._needed.setdefault(name, by)
        return name

    def missing(self) -> dict[str, str]:
        """Names that are used and that nobody registered, with who uses them."""
        return {name: by for name, by in self._needed.items() if name not in self}

    def check(self) -> None:
        """Raise RuntimeError if a used name is not registered; config calls this when all apps are ready."""
        if missing := self.missing():
            said = ", ".join(f"{name} (used by {by})" for name, by in sorted(missing.items()))
            raise RuntimeError(f"actions that nobody registered: {said}")

    def named(self, names: Sequence[str], actor: Actor) -> list[Action]:
        """Those of `names` the actor may do, in the order given."""
        return [a for a in map(self.get, names) if not a.permission or actor.may(a.permission)]


menu: Registry[MenuItem] = Registry("menu")
bar_items: Registry[MenuItem] = Registry("bar_items")
user_menu: Registry[MenuItem] = Registry("user_menu")
order_panels: Registry[Panel] = Registry("order_panels")
#: The same for the page of a customer; `url_name` takes the customer's id.
customer_panels: Registry[Panel] = Registry("customer_panels")
actions = ActionRegistry("actions")
search_providers: Registry[SearchProvider] = Registry("search_providers")
today_tiles: Registry[Tile] = Registry("today_tiles")
settings_pages: Registry[SettingsPage] = Registry("settings_pages")
rail_notes: Registry[RailNote] = Registry("rail_notes")
page_links: Registry[PageLink] = Registry("page_links")

#: Static scripts that every page of the staff loads, as paths for `{% static %}`.
scripts: list[str] = []

#: Routes that such scripts ask, by the name under which they find the address (`data-<name>` of `#ak-words`).
addresses: dict[str, str] = {}

#: The route that answers a job's progress as a fragment, by the job's id; `jobs` sets it.
job_progress_url = ""

#: Called as `save(request, name, value)` when somebody changes language or theme in the bar; accounts keeps it.
preference_savers: list[Callable[[Any, str, str], None]] = []
