"""The one list of the house: a class says columns, filters and actions, and gets sorting, views and the rest.

    class OrderTable(Table):
        key = "orders"
        columns = (Column("number", _("Order number"), css="ak-cw-m", sort="number"), …)
        filters = (ChoiceFilter("store", _("Shop"), store_choices, "store_id"),)
        default_sort = "promise"
        bulk = ("orders.accept",)

        def cell_number(self, row): return link(self.row_url(row), row.number)
        def row_url(self, row): return reverse("orders:order", args=[row.pk])

    @requires(permissions.VIEW)
    def order_list(request):
        table = OrderTable.for_request(request, selectors.listed())
        return table.respond(request, "orders/list.html", {"tabs": …})

The page draws it by `{% table table %}`; htmx requests from inside the list get the list alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, cast
from urllib.parse import quote, urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.http import AkinaiRequest

from . import html, registry
from .columns import Column, Preset
from .counting import one_page
from .drawn import Chip, Heading, ViewChip
from .filters import ChoiceFilter, Filter, Rows, Unreadable
from .models import SavedView
from .responses import page_or_partial, wants_partial
from .services import may_change

#: Pages further back than this are reached by filtering, not by leafing (offset paging stays cheap).
LAST_PAGE = 200
#: Counting stops here and says "1,000+".
COUNT_TO = 1000
#: A parameter that means nothing, so that a list without conditions does not open with the reader's first view.
NO_VIEW = "view=all"
#: What one bulk action may take at once.
MOST_SELECTED = 1000


CsvWriter = Callable[[Iterable[Sequence[str | int | None]], Sequence[str]], bytes]
_csv_writer: list[CsvWriter] = []


def set_csv_writer(write: CsvWriter) -> None:
    """Config gives the writer of `tabular`, which the kit does not know."""
    _csv_writer[:] = [write]


def as_cell(value: object) -> str | int | None:
    """A value as a CSV file holds it: numbers stay numbers, times are exact, yes is 1."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "1" if value else ""
    return html.exact(value) if isinstance(value, dt.date) else str(value)


class Table:
    """A list for one reader and one set of parameters. Subclasses declare; see the module's example."""

    key: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    filters: ClassVar[tuple[Filter, ...]] = ()
    presets: ClassVar[tuple[Preset, ...]] = ()
    bulk: ClassVar[tuple[str, ...]] = ()
    default_sort: ClassVar[str] = ""
    per_page: ClassVar[int] = 50
    counts: ClassVar[bool] = True
    saves_views: ClassVar[bool] = True
    exports: ClassVar[bool] = True
    css: ClassVar[str] = "dense fixed"
    label: ClassVar[registry.Label] = ""
    #: A DOM event (`akinai:order`) after which the list fetches itself again, keeping cursor and ticks.
    live: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in cls.bulk:
            registry.actions.need(name, f"list {cls.key}")

    def __init__(self, actor: Actor, rows: Rows, params: QueryDict, path: str = "") -> None:
        self.actor, self.params, self.path = actor, params, path
        self._all_rows = rows
        self.unread: list[Filter] = []

    @classmethod
    def for_request(cls, request: HttpRequest, rows: Rows) -> Table:
        """The list as asked for by a request."""
        return cls(cast(AkinaiRequest, request).actor, rows, request.GET, request.path)

    # -- what a subclass may say about a row ------------------------------------------------------------------------

    def row_key(self, row: Any) -> str:
        """What a ticked box sends."""
        return str(row.pk)

    def row_url(self, row: Any) -> str:
        """Where Enter leads; "" for nowhere."""
        return ""

    def row_name(self, row: Any) -> str:
        """What a screen reader calls the row."""
        return str(row)

    def row_preview(self, row: Any) -> str:
        """The address of the fragment shown beside the list while the cursor is on the row."""
        return ""

    def row_css(self, row: Any) -> str:
        """Classes of the row, such as `off`."""
        return ""

    def empty(self) -> SafeString | None:
        """What to show when there is nothing; None for the plain sentence."""
        return None

    # -- rows ---------------------------------------------------------------------------------------------------------

    @cached_property
    def matching(self) -> Rows:
        """All rows that pass the filters, sorted. Parameters that mean nothing are kept in `unread`."""
        rows = self._all_rows
        self.unread = []
        for each in self.filters:
            if each.is_on(self.params):
                try:
                    rows = each.apply(rows, self.params)
                except (Unreadable, ValueError, OverflowError):
                    self.unread.append(each)
        return rows.order_by(*self._order_by()) if self._order_by() else rows

    @cached_property
    def sort(self) -> str:
        """`key` or `-key` of the column in force, or "" for the order the rows came in."""
        wanted = self.params.get("sort", "")
        sortable = {c.key for c in self.columns if c.sort}
        return wanted if wanted.removeprefix("-") in sortable else self.default_sort

    def _order_by(self) -> list[str]:
        """The order_by of the sort in force; the primary key settles ties, so that pages never repeat a row."""
        column = next((c for c in self.columns if c.sort and c.key == self.sort.removeprefix("-")), None)
        if column is None:
            return []
        if self.sort.startswith("-"):
            return [f.removeprefix("-") if f.startswith("-") else f"-{f}" for f in column.order_by] + ["-pk"]
        return [*column.order_by, "pk"]

    @cached_property
    def number(self) -> int:
        """The page asked for, from 1."""
        text = self.params.get("page", "1")
        return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1

    @cached_property
    def _fetched(self) -> list[Any]:
        start = (self.number - 1) * self.per_page
        return list(self.matching[start : start + self.per_page + 1])

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        return self.prepare(self._fetched[: self.per_page])

    def prepare(self, rows: list[Any]) -> list[Any]:
        """A place to fetch what the cells of one page need, in as few queries as for one row."""
        return rows

    def has_next(self) -> bool:
        return len(self._fetched) > self.per_page and self.number < LAST_PAGE

    def has_previous(self) -> bool:
        return self.number > 1

    @cached_property
    def count(self) -> tuple[int, bool]:
        """(number, whether there are more than that)."""
        if self.number == 1 and not self.has_next():
            return len(self._fetched), False
        found = self.matching.order_by()[: COUNT_TO + 1].count()
        return min(found, COUNT_TO), found > COUNT_TO

    def selected(self, posted: QueryDict) -> Rows:
        """The rows a bulk POST means: the ticked `id`s, or with `all=1` everything that passes the filters.

        At most 1,000; ids that are not numbers are dropped. Rows the reader may not see are never in.
        """
        if posted.get("all") == "1":
            same = type(self)(self.actor, self._all_rows, QueryDict(posted.get("query", "")), self.path)
            return same.matching[:MOST_SELECTED]
        ids = [i for i in posted.getlist("id") if i.isascii() and i.isdigit() and len(i) < 19][:MOST_SELECTED]
        return self._all_rows.filter(pk__in=ids)

    # -- columns and views of this reader -------------------------------------------------------------------------

    @cached_property
    def _saved(self) -> list[SavedView]:
        """Views shared by anybody, the reader's own, and what the reader chose for the list."""
        if not self.saves_views:
            return []
        return list(SavedView.objects.filter(Q(owner=self.actor.key) | Q(is_shared=True), list_key=self.key))

    @cached_property
    def _chosen(self) -> dict[str, Any]:
        return next((v.query for v in self._saved if not v.name and v.owner == self.actor.key), {})

    @cached_property
    def first_query(self) -> str:
        """The parameters the reader wants the list to open with, as `?…`; "" for those of the house."""
        view = next((v for v in self._saved if v.name and v.pk == self._chosen.get("default")), None)
        return "?" + urlencode(view.query, doseq=True) if view is not None and view.query else ""

    @cached_property
    def views(self) -> list[ViewChip]:
        """Ready-made views, then shared ones, then the reader's own."""
        now = {k: v for k, v in self.params.lists() if k not in ("page", "format", "view") and any(v)}
        with one_page():
            chips = [
                ViewChip(p.label, "?" + urlencode(p.query), p.icon, p.count(self.actor) if p.count else None,
                         now == {k: [v] for k, v in p.query.items()})
                for p in self.presets
            ]  # fmt: skip
        named = [view for view in self._saved if view.name]
        return [*chips, *(self._view_chip(v, now) for v in sorted(named, key=lambda v: not v.is_shared))]

    def _view_chip(self, view: SavedView, now: dict[str, list[str]]) -> ViewChip:
        return ViewChip(
            view.name, "?" + (urlencode(view.query, doseq=True) or NO_VIEW), "users" if view.is_shared else "", None,
            now == {k: v for k, v in view.query.items() if any(v)}, view.pk, view.is_shared,
            view.owner_label if view.owner != self.actor.key else "", may_change(self.actor, view),
            view.pk == self._chosen.get("default"),
        )  # fmt: skip

    @cached_property
    def shown(self) -> list[Column]:
        """The columns to draw: those of the house, or those the reader chose."""
        chosen = self._chosen.get("columns")
        if chosen:
            return [c for c in self.columns if c.fixed or c.key in chosen]
        return [c for c in self.columns if not c.hidden]

    @cached_property
    def actions(self) -> list[registry.Action]:
        """The bulk actions this reader may do."""
        return registry.actions.named(self.bulk, self.actor)

    @property
    def dom_id(self) -> str:
        return f"table-{self.key}"

    def query(self, **changes: str | None) -> str:
        """The present parameters with some changed (None removes), back on page 1, as `?…`."""
        params = self.params.copy()
        for name in ("page", "format"):
            params.pop(name, None)
        for name, value in changes.items():
            if value is None:
                params.pop(name, None)
            else:
                params[name] = value
        return "?" + (params.urlencode() or (NO_VIEW if self.first_query else ""))

    @property
    def unfiltered(self) -> str:
        """The address of the list without any condition, also for a reader whose list opens with a view."""
        return f"{self.path}?{NO_VIEW}" if self.first_query else self.path

    @property
    def before(self) -> str:
        """The query of the page before, or ""."""
        return self.query(page=str(self.number - 1)) if self.has_previous() else ""

    @property
    def after(self) -> str:
        """The query of the next page, or ""."""
        return self.query(page=str(self.number + 1)) if self.has_next() else ""

    @property
    def here(self) -> str:
        """The query of this page."""
        return self.query(page=str(self.number) if self.number > 1 else None)

    @property
    def csv_query(self) -> str:
        """The query of the CSV file of this list."""
        return self.query(format="csv")

    @property
    def filtered(self) -> bool:
        """True if a filter is on."""
        return any(f.is_on(self.params) for f in self.filters)

    @property
    def unread_names(self) -> str:
        """Filters whose value means nothing, by name."""
        return gettext(", ").join(str(f.label) for f in self.unread)

    @property
    def headings(self) -> list[Heading]:
        """The heading row: a sortable column leads to itself sorted, and the other way round when it is."""
        found = []
        for column in self.shown:
            down = self.sort == f"-{column.key}"
            mine = self.sort.removeprefix("-") == column.key
            target = column.key if down or not mine else f"-{column.key}"
            state = ("descending" if down else "ascending") if mine else ""
            found.append(Heading(column, self.query(sort=target) if column.sort else "", state))
        return found

    @property
    def chips(self) -> list[Chip]:
        """The filters as drawn (after they were applied: what could not be read is known then)."""
        _applied = self.matching
        return [self._chip(f) for f in self.filters]

    def _chip(self, each: Filter) -> Chip:
        on = each.is_on(self.params)
        off = self.query(**dict.fromkeys(each.params))
        choices: list[tuple[str, registry.Label, str]] = []
        if isinstance(each, ChoiceFilter):
            choices = [(str(v), label, self.query(**{each.key: str(v)})) for v, label in each.choices()]
        toggle = off if on else self.query(**{each.params[0]: "1"})
        fields = [(p, self.params.get(p, "")) for p in each.params]
        rest = [(k, v) for k, vs in self.params.lists() for v in vs if k not in (*each.params, "page", "format")]
        return Chip(
            each, on, each in self.unread, each.says(self.params) if on else "", off, toggle, choices, fields, rest
        )

    # -- drawing --------------------------------------------------------------------------------------------------

    def _cell_function(self, column: Column) -> Callable[[Any], object]:
        if column.cell is not None:
            return column.cell
        own = getattr(self, f"cell_{column.key}", None)
        return cast(Callable[[Any], object], own) if own else lambda row: getattr(row, column.key)

    @property
    def body(self) -> SafeString:
        """All rows of the page as HTML, built without templates (50 × 7 cells in a few milliseconds)."""
        cells = [(escape(c.classes), self._cell_function(c)) for c in self.shown]
        choose = gettext("Select %(name)s")
        parts: list[str] = []
        for row in self.rows:
            parts.append(self._row_start(row, choose))
            for css, cell in cells:
                value = cell(row)
                text = "" if value is None else conditional_escape(cast(str, value))
                parts.append(f'<td class="{css}">{text}</td>' if css else f"<td>{text}</td>")
            parts.append("</tr>\n")
        return mark_safe("".join(parts))  # noqa: S308 - every cell is escaped above

    def _row_start(self, row: Any, choose: str) -> str:
        """The opening tag and, where there are bulk actions, the tick."""
        key = escape(self.row_key(row))
        attrs = f' data-row="{key}"'
        for name, value in (("href", self.row_url(row)), ("preview", self.row_preview(row))):
            if value:
                attrs += f' data-{name}="{escape(value)}"'
        if css := self.row_css(row):
            attrs += f' class="{escape(css)}"'
        if not self.actions:
            return f"<tr{attrs}>"
        label = escape(choose % {"name": self.row_name(row)})
        return (
            f'<tr{attrs}><td class="ak-c0"><label class="ak-tick"><input type="checkbox" class="form-check-input" '
            f'name="id" value="{key}" form="bulk-{self.key}" aria-label="{label}"></label></td>'
        )

    def csv(self) -> tuple[list[str], Iterable[list[str | int | None]]]:
        """Headings and rows for a CSV file: everything that passes the filters, not only this page."""
        columns = [c for c in self.columns if c.exported]

        def value(column: Column, row: Any) -> str | int | None:
            return as_cell(column.export(row) if column.export else getattr(row, column.key, ""))

        def lines() -> Iterator[list[str | int | None]]:
            rows = self.matching.iterator(chunk_size=COUNT_TO)
            while page := list(islice(rows, COUNT_TO)):
                for row in self.prepare(page):
                    yield [value(c, row) for c in columns]

        return [str(c.label) for c in columns], lines()

    def respond(
        self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The page, the list alone for htmx from inside it, or the CSV file for `format=csv`."""
        if self.exports and _csv_writer and request.GET.get("format") == "csv":
            return self._file()
        full = {"table": self, **(context or {})}
        htmx = getattr(request, "htmx", None)
        if self.first_query and request.method == "GET" and not request.GET and not wants_partial(request):
            return HttpResponseRedirect(self.path + self.first_query)
        if wants_partial(request) and htmx and htmx.target == self.dom_id:
            return page_or_partial(request, "ui/parts/table_alone.html", full, partial="list", status=status)
        return render(request, template, full, status=status)

    def _file(self) -> HttpResponse:
        headings, lines = self.csv()
        response = HttpResponse(_csv_writer[0](lines, headings), content_type="text/csv")
        name = quote(pgettext("file name", "%(list)s.csv") % {"list": self.key})
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response
