"""Reading orders: lists, counts, search and the page of one order. Constant numbers of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from akinai.backoffice.inventory import selectors as inventory
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound

from .facts import facts_of
from .models import CheckReason, Hold, Order, OrderLine, RemarkAnswer, StillOpen
from .queue import Blocker, Facts, blockers
from .search import INDEX
from .states import OPEN, Cancel, Confirmation, Payment, Queue, Supply
from .timing import Plan, Timetable

#: More than these nobody goes through one by one.
MOST_TO_CHECK = 500
_LAST = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
#: What a row of the order list shows; everything else stays in the database.
ROW = (
    "id", "number", "store_id", "store_number", "ordered_at", "buyer_name", "total", "queue", "queue_since", "badges",
    "confirm_by", "accepted_at", "confirmation", "stopped", "seen_at", "is_gift", "mail_failed", "ship_not_before",
    "pay_due", "payment", "version", "cancel", "is_history", "promise_kind", "promise_due_at",
)  # fmt: skip


def order_rows() -> QuerySet[Order]:
    """Orders for lists: only the columns a row shows, the store joined."""
    return Order.objects.select_related("store").only(
        *ROW, "store__name", "store__short_name", "store__kind", "store__code"
    )


def order_row(order_id: int) -> Order:
    """One order as lists show it; raises NotFound."""
    found = order_rows().filter(pk=order_id).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


def in_queue(rows: QuerySet[Order], queue: str) -> QuerySet[Order]:
    """One tab of the list: a queue, `open` for all unfinished ones, anything else for all."""
    if queue in Queue.values:
        rows = rows.filter(queue=queue)
        return rows if queue in (Queue.DONE, Queue.CANCELLED) else rows.filter(StillOpen())
    if queue == "open":
        return rows.filter(StillOpen())
    return rows


def ordered_before(rows: QuerySet[Order], at: dt.datetime, pk: int) -> QuerySet[Order]:
    """Rows after this one in a list by `-ordered_at, -pk` (keyset paging)."""
    return rows.filter(Q(ordered_at__lt=at) | Q(ordered_at=at, pk__lt=pk))


@dataclass(frozen=True, slots=True)
class QueueCount:
    """A queue's number of orders, the time since which its oldest waits, and how many broke a promise."""

    queue: str
    number: int
    oldest: dt.datetime | None
    overdue: int = 0


#: The buyer waits for a confirmation. One that was given counts, even if the order is looked at again.
UNCONFIRMED = Q(accepted_at__isnull=True, cancel=Cancel.NONE)


def is_overdue() -> Q:
    """A promise is broken: to the buyer (N-2), the confirmation (ORD-22), or the payment deadline has passed."""
    now = clock.now()
    unconfirmed = UNCONFIRMED & Q(confirm_by__lt=now)
    return Q(promise_due_at__lt=now) | unconfirmed | Q(queue=Queue.AWAITING_PAYMENT, pay_due__lt=clock.today())


def queue_counts() -> dict[str, QueueCount]:
    """Counts of all unfinished queues in one query over the partial index; empty queues count 0 (ORD-17).

    `overdue` counts broken promises (`is_overdue`).
    """
    rows = (
        Order.objects.still_open()
        .order_by()
        .values("queue")
        .annotate(
            number=Count("id"),
            oldest=Min("queue_since"),
            late=Count("id", filter=is_overdue()),
        )
    )
    found = {r["queue"]: QueueCount(r["queue"], r["number"], r["oldest"], r["late"]) for r in rows}
    return {queue.value: found.get(queue.value, QueueCount(queue.value, 0, None)) for queue in OPEN}


def to_look_at() -> tuple[int, int]:
    """How many orders stand in 新規受付 and 確認待ち, and how many of them are overdue; for the rail."""
    found = Order.objects.still_open().filter(queue__in=[Queue.NEW, Queue.CHECK]).order_by()
    numbers = found.aggregate(all=Count("id"), late=Count("id", filter=is_overdue()))
    return numbers["all"], numbers["late"]


def search_orders(text: str, *, newest: int = 1000) -> QuerySet[Order]:
    """Orders whose number, name, kana, phone, mail or recipient contain the words (folded).

    From three characters on a word may stand anywhere; shorter ones (the usual Japanese surname has two) are the
    beginning of a name, kana or number. No more than the `newest` that fit need be looked at.
    """
    return Order.objects.filter(INDEX.matches(text, newest=newest)) if text.strip() else Order.objects.all()


def matching(rows: QuerySet[Order], text: str) -> QuerySet[Order]:
    """Those of `rows` that contain every word of the text; see `search_orders`. A blank text narrows nothing."""
    return rows.filter(INDEX.matches(text)) if text.strip() else rows


def waiting_for_code(store_id: int, code: str) -> QuerySet[Order]:
    """Live orders of a store with a line of this item code that nobody has named a SKU for (INV-91)."""
    lines = OrderLine.objects.filter(store_code=code, sku__isnull=True, cancelled__lt=F("quantity"))
    rows = Order.objects.still_open().filter(store_id=store_id, cancel="none", is_history=False)
    return rows.filter(pk__in=lines.values("order_id")).order_by("ordered_at", "id")


@dataclass(frozen=True)
class OrderPage:
    """Everything the order page itself shows (panels of other apps fetch their own)."""

    order: Order
    lines: Sequence[OrderLine]
    checks: Sequence[CheckReason]
    holds: Sequence[Hold]
    facts: Facts
    blockers: Sequence[Blocker]
    plan: Plan | None
    timetable: Timetable
    #: Pieces that nobody was promised, by SKU of a line.
    free: Mapping[int, int]

    @property
    def check_details(self) -> dict[str, dict[str, Any]]:
        """What each open reason found, by blocker code."""
        return {f"check.{check.code}": check.detail for check in self.checks}


def reply_to_remark(order_id: int) -> str:
    """The sentence that answers the buyer's remark in the confirmation (R32); "" where nobody has accepted one."""
    return RemarkAnswer.objects.filter(order_id=order_id).values_list("reply", flat=True).first() or ""


def order_page(order_id: int) -> OrderPage:
    """One order with its lines, reasons, holds, blockers and the day it ships if nothing else is in the way."""
    order = (
        Order.objects.select_related("store", "payment_method", "delivery_service__carrier", "customer")
        .filter(pk=order_id)
        .first()
    )
    if order is None:
        raise NotFound(_("There is no such order."))
    lines = list(order.lines.select_related("sku__product"))
    checks = list(order.checks.filter(closed_at__isnull=True))
    holds = list(order.holds.filter(closed_at__isnull=True))
    facts = facts_of(order, lines=lines, checks=checks, holds=holds, method=order.payment_method)
    table = Timetable.load()
    leaves = order.cancel != Cancel.CANCELLED and any(line.remaining > 0 for line in lines)
    plan = table.plan(order, lines) if leaves else None
    free = inventory.free({line.sku_id for line in lines if line.sku_id is not None})
    return OrderPage(order, lines, checks, holds, facts, blockers(facts, clock.today()), plan, table, free)


def load_facts(order: Order) -> Facts:
    """The facts of a stored order as of now; for use cases and pages that judge one order."""
    return facts_of(
        order,
        lines=list(order.lines.all()),
        checks=list(order.checks.filter(closed_at__isnull=True)),
        holds=list(order.holds.filter(closed_at__isnull=True)),
        method=order.payment_method,
    )


_STILL = {"order": OuterRef("pk"), "closed_at__isnull": True}
#: Something has to be decided about an order among those to check; the others only wait to be accepted.
_IS_ODD = Case(
    When(~Q(confirmation=Confirmation.NEEDS_CHECK) | ~Q(cancel=Cancel.NONE), then=True),
    When(Exists(CheckReason.objects.filter(**_STILL)) | Exists(Hold.objects.filter(**_STILL)), then=True),
    When(payment=Payment.GUARANTEE_FAILED, then=True),
    default=False,
)


def next_to_check(order: Order) -> Order | None:
    """The order to look at after this one (N-4): the one below it among those that something is to be decided about,
    after the last the first. Plain ones that only wait to be accepted are left to the list, where that is one press for
    all of them; who opens one of them goes on among them.
    """
    rows = Order.objects.still_open().filter(queue=Queue.CHECK).annotate(odd=_IS_ODD)
    rows = rows.order_by("-odd", "confirm_by", "ordered_at", "pk").only("id", "number", "confirm_by", "ordered_at")
    waiting: list[Any] = list(rows[:MOST_TO_CHECK])
    odd = next((other.odd for other in waiting if other.pk == order.pk), True)
    there = sorted((other for other in waiting if other.odd == odd and other.pk != order.pk), key=_turn)
    return next((other for other in there if _turn(other) > _turn(order)), there[0] if there else None)


def _turn(order: Order) -> tuple[dt.datetime, dt.datetime, int]:
    """Where an order stands among those to check; acceptance does not move it."""
    return clock.aware(order.confirm_by or _LAST), clock.aware(order.ordered_at), order.pk


def id_of(number: str) -> int:
    """The key of the order with our number, for programs; raises NotFound."""
    pk = None if "\x00" in number else Order.objects.filter(number=number).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(_("There is no such order."))
    return pk


def version_of(order_id: int) -> int:
    """The current version of an order, for forms; raises NotFound."""
    version = Order.objects.filter(pk=order_id).values_list("version", flat=True).first()
    if version is None:
        raise NotFound(_("There is no such order."))
    return version


def edition_of(order_id: int) -> int:
    """The current edition of an order (ORD-41); 0 if there is no such order."""
    return Order.objects.filter(pk=order_id).values_list("edition", flat=True).first() or 0


def awaiting_release(sku_id: int) -> QuerySet[Order]:
    """Live orders that still wait for preordered goods of this SKU, the earliest first (ORD-60)."""
    lines = OrderLine.objects.filter(sku_id=sku_id, supply=Supply.PREORDER, quantity__gt=F("shipped") + F("cancelled"))
    rows = Order.objects.still_open().filter(cancel="none", is_history=False, pk__in=lines.values("order_id"))
    return rows.order_by("ordered_at", "store_number", "id")


def line_choices(order_id: int) -> list[tuple[int, str]]:
    """The lines that may still be lowered, for a form."""
    lines = OrderLine.objects.filter(order_id=order_id, quantity__gt=F("cancelled") + F("shipped"))
    return [(x.number, f"{x.number}. {x.name} × {x.live}") for x in lines.order_by("number")]


def code_of_line(order_id: int, line: int) -> str:
    """The store's item code of a line; "" if there is none."""
    return OrderLine.objects.filter(order_id=order_id, number=line).values_list("store_code", flat=True).first() or ""


def donors(order: Order, sku_id: int, limit: int = 20) -> list[tuple[Order, int]]:
    """Orders that hold pieces of a SKU and have no papers out (T11), the latest ordered first, with their pieces."""
    lines = OrderLine.objects.filter(sku_id=sku_id, allocated__gt=0, order__cancel="none", order__is_history=False)
    lines = lines.exclude(order_id=order.pk).select_related("order__store").order_by("-order__ordered_at", "-order_id")
    found: dict[int, tuple[Order, int]] = {}
    for line in lines[: limit * 3]:
        if line.order.in_work:
            continue
        known = found.get(line.order_id, (line.order, 0))
        found[line.order_id] = (known[0], known[1] + line.allocated * line.units_per_item)
    return list(found.values())[:limit]
