"""The list of orders: tabs, columns, filters, views. One query for the rows, whatever their number."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count, F, Q
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html, registry
from akinai.foundation.ui.columns import Column, Preset
from akinai.foundation.ui.drawn import ViewChip
from akinai.foundation.ui.filters import Filter, Rows
from akinai.foundation.ui.tables import Table

from . import cells, selectors
from .filters import ENDED, FILTERS, ONLY, TAG
from .models import Order
from .rules.selectors import tag_names, tags_of
from .states import QUEUE_LOOK, Queue

#: The tabs, in the order of the day; `all` is every order there is.
TABS = (
    Queue.NEW, Queue.CHECK, Queue.AWAITING_PAYMENT, Queue.AWAITING_STOCK, Queue.AWAITING_DATE, Queue.HOLD, Queue.READY,
    Queue.PREPARING, Queue.AWAITING_SETTLEMENT, Queue.SHIPPED,
)  # fmt: skip
ALL = "all"
FIRST_TAB = Queue.CHECK
#: What can be done to many orders at once, by whichever app knows how, and in which tabs it makes sense (none: all).
#: Names nobody registered are left out; the first of a tab is its highlighted one.
BULK: dict[str, tuple[str, ...]] = {
    "orders.accept_many": (Queue.NEW, Queue.CHECK, ALL),
    "payments.mark_paid": (Queue.AWAITING_PAYMENT, ALL),
    "fulfillment.make_batch": (Queue.READY, ALL),
    "fulfillment.dispatch": (Queue.PREPARING,),
    "orders.checked_many": (Queue.NEW, Queue.CHECK),
    "orders.release_many": (Queue.HOLD, Queue.AWAITING_DATE),
    "orders.hold_many": (),
    "notifications.write": (),
    "orders.reject_many": (Queue.NEW, Queue.CHECK),
    "orders.export": (),
}
_PROMISED = F("promise_due_at").asc(nulls_last=True)
#: By which date each queue breaks first: a promise to the buyer, then the day it waits for; what is over by the newest.
_BREAKS_FIRST: dict[str, tuple[Any, ...]] = {
    Queue.NEW: (_PROMISED, F("confirm_by").asc(nulls_last=True), "ordered_at", "pk"),
    Queue.CHECK: (_PROMISED, F("confirm_by").asc(nulls_last=True), "ordered_at", "pk"),
    Queue.AWAITING_PAYMENT: (_PROMISED, F("pay_due").asc(nulls_last=True), "ordered_at", "pk"),
    Queue.AWAITING_DATE: (_PROMISED, F("ship_not_before").asc(nulls_last=True), "ordered_at", "pk"),
    Queue.SHIPPED: ("-ordered_at", "-pk"),
    ALL: ("-ordered_at", "-pk"),
}
#: The ready-made views of the tab "to check" and what each counts.
_COUNTED = {"remark": ~Q(remark=""), "gift": Q(is_gift=True), "large": Q(total__gte=30000)}


class OrderTable(Table):
    """Orders of one tab (`?queue=`), narrowed by filters."""

    key = "orders"
    label = gettext_lazy("Orders")
    live = "akinai:order from:body delay:1s, akinai:minute"
    default_sort = "promise"
    bulk: ClassVar[tuple[str, ...]] = ()
    exports = False
    columns = (
        Column("number", gettext_lazy("Order number"), sort="number", css="ak-c1", fixed=True),
        Column("state", gettext_lazy("Queue"), css="ak-cw-m ak-oc-state", hidden=True),
        Column("promise", gettext_lazy("Next promise"), sort="promise_due_at", css="ak-c2"),
        Column("store", gettext_lazy("Store"), css="ak-c3", wide=True),
        Column("buyer", gettext_lazy("Customer"), css="ak-c4 ak-cut"),
        Column("total", gettext_lazy("Total"), sort="total", css="ak-c5 ak-num"),
        Column("stops", gettext_lazy("What stops it"), css="ak-cut ak-oc-stops"),
        Column("ordered", gettext_lazy("Ordered"), sort="ordered_at", css="ak-cw-m", wide=True, hidden=True),
        Column(
            "store_number",
            gettext_lazy("Store's number"),
            sort="store_number",
            css="ak-cw-l ak-cut",
            wide=True,
            hidden=True,
        ),
    )
    presets = (
        Preset("late", gettext_lazy("Overdue"), {"queue": "check", "only": "overdue"}, "clock-exclamation"),
        Preset("remark", gettext_lazy("With remark"), {"queue": "check", "only": "remark"}),
        Preset("gift", pgettext_lazy("order", "Gift"), {"queue": "check", "only": "gift"}),
        Preset("large", gettext_lazy("From 30,000 yen"), {"queue": "check", "amount_from": "30000"}),
        Preset("island", gettext_lazy("Islands"), {"queue": "check", "only": "island"}),
    )

    def __init__(self, actor: Actor, rows: Rows, params: QueryDict, path: str = "") -> None:
        super().__init__(actor, rows, _spelled_out(params), path)
        self.tab = tab_of(params)
        self._tags: dict[int, list[str]] = {}
        self._all_rows = selectors.in_queue(rows, self.tab)

    @property
    def filters(self) -> tuple[Filter, ...]:  # type: ignore[override]
        """Only the tab of all orders has any that are over."""
        tags = (TAG,) if self._has_tags else ()
        return (*FILTERS, *tags, ENDED) if self.tab == ALL else (*FILTERS, *tags)

    @cached_property
    def _has_tags(self) -> bool:
        """Nobody is offered a filter by tags where there are none."""
        return bool(tag_names())

    def _order_by(self) -> list[Any]:
        """By the date that breaks first in this tab, unless a column was chosen."""
        if self.sort.removeprefix("-") != "promise":
            return super()._order_by()
        by = _BREAKS_FIRST.get(self.tab, (_PROMISED, "ordered_at", "pk"))
        return [_turned(part) for part in by] if self.sort.startswith("-") else list(by)

    @cached_property
    def shown(self) -> list[Column]:
        """The queue is a column only where orders of several stand together."""
        found = [c for c in super().shown if c.key != "state"]
        state = next(c for c in self.columns if c.key == "state")
        return [found[0], state, *found[1:]] if self.tab == ALL else found

    @cached_property
    def actions(self) -> list[registry.Action]:
        """Whatever an app offers for many orders of this tab and this reader may do; one of them is highlighted."""
        fitting = [n for n, tabs in BULK.items() if n in registry.actions and (not tabs or self.tab in tabs)]
        found = registry.actions.named(fitting, self.actor)
        return [
            dataclasses.replace(a, primary=number == 0 and bool(BULK[a.name]), key_letter="c" if number == 0 else "")
            for number, a in enumerate(found)
            if a.bulk
        ]

    @cached_property
    def views(self) -> list[ViewChip]:
        """The ready-made views with how many wait in each; one query for all of them."""
        rows = Order.objects.still_open().filter(queue=Queue.CHECK).order_by()
        asked = {**_COUNTED, "late": selectors.is_overdue()}
        counts = rows.aggregate(**{name: Count("pk", filter=found) for name, found in asked.items()})
        labels = {str(p.label): counts.get(p.key) or None for p in self.presets}
        return [dataclasses.replace(v, count=labels.get(str(v.label))) if not v.pk else v for v in super().views]

    # -- rows ---------------------------------------------------------------------------------------------------------

    def prepare(self, rows: list[Order]) -> list[Order]:
        """The tags of the page's orders, in one query."""
        self._tags = tags_of([row.pk for row in rows])
        return rows

    def row_url(self, row: Order) -> str:
        return reverse("orders:order", args=[row.pk])

    def row_preview(self, row: Order) -> str:
        return reverse("orders:preview", args=[row.pk])

    def row_name(self, row: Order) -> str:
        return row.number

    def row_css(self, row: Order) -> str:
        """Orders nobody has opened yet stand out (R19)."""
        return "" if row.seen_at else "ak-unseen"

    def cell_number(self, row: Order) -> SafeString:
        return html.link(self.row_url(row), row.number)

    def cell_state(self, row: Order) -> SafeString:
        icon, tone = QUEUE_LOOK[row.queue]
        return html.badge(tone, Queue(row.queue).label, icon, plain=True)

    def cell_promise(self, row: Order) -> SafeString:
        return cells.promise(row) or html.badge("wait", _("ordered %(day)s") % {"day": html.day(row.ordered_at)},
                                                plain=True)  # fmt: skip

    def cell_store(self, row: Order) -> SafeString:
        return cells.store_badge(row)

    def cell_buyer(self, row: Order) -> str:
        return row.buyer_name or row.buyer_company

    def cell_total(self, row: Order) -> SafeString:
        return html.yen(row.total)

    def cell_stops(self, row: Order) -> SafeString:
        return cells.stops(row, self._tags.get(row.pk, ()))

    def cell_ordered(self, row: Order) -> str:
        return html.day(row.ordered_at)

    def empty(self) -> SafeString | None:
        """An empty queue is good news; conditions that fit nothing lead back to the tab."""
        query = f"?queue={self.tab}"
        if self.filtered and self.tab != ALL and self.params.get("q"):
            everywhere = self.params.copy()
            everywhere["queue"] = ALL
            return _empty(
                _("Nothing fits these conditions"),
                "",
                "zoom-question",
                f"?{everywhere.urlencode()}",
                _("Search all orders"),
            )
        if self.filtered:
            return _empty(_("Nothing fits these conditions"), "", "zoom-question", query, _("Take the conditions away"))
        if self.tab == ALL:
            return _empty(_("There are no orders yet"), _("They come from a store's file, by API or by hand."), "inbox")
        ready = "" if self.tab == Queue.READY else f"?queue={Queue.READY}"
        label = _("Look at what is ready to ship") if ready else ""
        return _empty(_("Nothing waits here"), "", "circle-check", ready, label)


def _spelled_out(params: QueryDict) -> QueryDict:
    """`overdue=1` for `only=overdue`, as other pages link to conditions."""
    short = next((name for name in ONLY if params.get(name) == "1"), "")
    if not short:
        return params
    plain = params.copy()
    del plain[short]
    plain["only"] = short
    return plain


def tab_of(params: QueryDict) -> str:
    """The tab asked for; unknown words mean the first."""
    wanted = params.get("queue", "")
    return wanted if wanted == ALL or wanted in TABS else str(FIRST_TAB)


def selected_ids(request: HttpRequest, actor: Actor) -> list[int]:
    """The ids a bulk POST of the order list means, in the order of the list; for bulk actions of any app.

    At most 1,000; ids that are no numbers or no orders are dropped.
    """
    posted = request.POST
    table = OrderTable(actor, selectors.order_rows(), QueryDict(posted.get("query", "")))
    if posted.get("all") == "1":
        return list(table.selected(posted).values_list("pk", flat=True))
    wanted = {int(i) for i in posted.getlist("id") if i.isascii() and i.isdigit() and len(i) < 19}
    rows = Order.objects.filter(pk__in=sorted(wanted)[:1000])
    return list(rows.order_by(*table._order_by()).values_list("pk", flat=True))


def _turned(part: Any) -> Any:
    if isinstance(part, str):
        return part.removeprefix("-") if part.startswith("-") else f"-{part}"
    turned = part.copy()
    turned.reverse_ordering()
    return turned


def _empty(title: str, text: str, icon: str, url: str = "", label: str = "") -> SafeString:
    parts = {"title": title, "text": text, "icon": icon, "url": url, "label": label}
    return SafeString(render_to_string("ui/parts/empty_state.html", parts))


def tabs(current: str) -> Sequence[tuple[str, Any, int | None, bool, bool, str]]:
    """(key, word, how many, whether some are late, whether it is this one, why late) for the tabs of the page."""
    counts = selectors.queue_counts()
    found: list[tuple[str, Any, int | None, bool, bool, str]] = []
    for queue in TABS:
        n = counts[queue.value]
        title = _("%(n)s overdue") % {"n": n.overdue} if n.overdue else ""
        found.append((queue.value, queue.label, n.number, bool(n.overdue), queue.value == current, title))
    return [*found, (ALL, _("All"), None, False, current == ALL, "")]
