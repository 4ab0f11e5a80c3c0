"""Proof that orders are right: what `akinai check` asks of orders. No line means that all is well.

Orders are read in batches, without a lock. What looks wrong is looked at once more while the order is held, so that a
clerk at work in the same moment is not reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Max

from akinai.backoffice.inventory.models import Reservation
from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.money import Rounding
from akinai.foundation.jobs.models import Schedule

from .facts import facts_of, project
from .models import CallSheet, Order, OrderLine, OrderPart
from .phone.sheets import FOLDER
from .pricing import charges_of
from .services.refreshing import OPEN_CHECKS, OPEN_HOLDS
from .states import Cancel
from .timing import Timetable
from .totals import Basis, Priced, total_order

#: Told after each batch: how many orders are done, of how many.
Progress = Callable[[int, int], None]
BATCH = 500
#: How many missed midnight ticks are understood before the stored queue must agree.
MISSED_DAYS = 62
PROJECTED = ("payment", "queue", "stopped", "badges")
#: The deeds by which an order begins, is taken on, ends and leaves; each state must have left one of its traces.
BEGUN = frozenset({"orders.place", "orders.take_over", "orders.split_off"})
#: By which a manager lets goods leave before their money (ORD-8).
ALLOWED = frozenset({"orders.override_gate"})
TAKEN_ON = frozenset({"orders.accept", "orders.split_off"})
ENDED = frozenset(
    {"orders.reject", "orders.approve_cancel", "orders.cancel_last_line", "orders.take_over", "orders.join"}
)
SEEN, SHIPPED = frozenset({"orders.seen", "orders.split_off"}), frozenset({"orders.ship"})

_PROMISED = """
SELECT reference, SUM(promised), SUM(allocated) FROM (
    SELECT reference, sku_id, SUM(quantity) AS promised, 0 AS allocated
    FROM {reservations} WHERE expires_at IS NULL GROUP BY reference, sku_id
    UNION ALL
    SELECT o.number || '/' || CAST(l.number AS VARCHAR(12)), l.sku_id, 0, l.allocated * l.units_per_item
    FROM {lines} AS l JOIN {orders} AS o ON o.id = l.order_id WHERE l.allocated > 0
) AS t GROUP BY reference, sku_id HAVING SUM(promised) <> SUM(allocated) ORDER BY reference
"""


def violations(progress: Progress | None = None) -> Iterator[str]:
    """One line for each stored fact of an order that its sources do not give.

    Queue, payment, stop flag, badges and ship date are derived anew (ORD-1, PAY-0), totals added up by the order's own
    rule (TAX-10), lines balanced (ORD-2) and compared with the reservations, states with their audit entries.
    """
    yield from reserved_pieces()
    yield from divided_orders()
    yield from lost_sheets()
    total, done, last = Order.objects.count(), 0, 0
    while batch := list(_readable().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        suspects = [pk for pk, _said in _faults(batch)]
        for pk in dict.fromkeys(suspects):
            yield from _again(pk)
        done += len(batch)
        if progress is not None:
            progress(done, total)


def reserved_pieces() -> Iterator[str]:
    """Pieces allocated to each line against what inventory holds for it; one statement, so one moment."""
    tables = {"reservations": Reservation, "lines": OrderLine, "orders": Order}
    names = {key: connection.ops.quote_name(model._meta.db_table) for key, model in tables.items()}
    with connection.cursor() as cursor:
        cursor.execute(_PROMISED.format(**names))
        for reference, promised, allocated in cursor.fetchall():
            yield f"ORD-2 {reference}: {int(allocated)} pieces allocated, {int(promised)} reserved"


def lost_sheets() -> Iterator[str]:
    """R16: the file of every FAX sheet lies where its row says."""
    for stored, name in CallSheet.objects.order_by("pk").values_list("stored", "name").iterator(BATCH):
        if not default_storage.exists(f"{FOLDER}/{stored}"):
            yield f"R16 sheet {stored} ({name}): the file is gone"


def divided_orders() -> Iterator[str]:
    """ORD-52: what was moved to parts stands there, and while nobody edits them the totals add up to the yen."""
    rows = OrderPart.objects.filter(undone_at__isnull=True).select_related("order", "part").order_by("order_id")
    for row in rows.iterator(BATCH):
        unedited = row.order.edition == row.first_edition and row.part.edition == 1
        if unedited and row.order.total + row.part.total != row.total:
            sums = f"{row.order.total} + {row.part.total} are not {row.total}"
            yield f"ORD-52 {row.order.number}: {sums}"
    moved: dict[tuple[str, int], int] = {}
    taken = OrderLine.objects.filter(order__part_of__isnull=False, order__part_of__undone_at__isnull=True)
    for number, line, items in taken.values_list("order__part_of__order__number", "number", "quantity"):
        moved[number, line] = moved.get((number, line), 0) + items
    told = OrderLine.objects.filter(moved__gt=0).values_list("order__number", "number", "moved")
    away = {(number, line): items for number, line, items in told}
    for key in sorted(away):  # more may have been ordered on a part
        if moved.get(key, 0) < away[key]:
            yield f"ORD-52 {key[0]} line {key[1]}: {away.get(key, 0)} moved, {moved.get(key, 0)} on its parts"


def _again(pk: int) -> list[str]:
    """What is wrong with one order while nobody can change it."""
    with transaction.atomic():
        Order.objects.select_for_update().only("pk").filter(pk=pk).first()
        return [said for _pk, said in _faults(list(_readable().filter(pk=pk)))]


def _readable() -> Any:
    rows = Order.objects.select_related("payment_method", "delivery_service").defer("source", "search_text", "remark")
    return rows.prefetch_related("lines__sku", OPEN_CHECKS, OPEN_HOLDS)


@dataclass(frozen=True)
class _Sources:
    """What a batch is compared with."""

    timetable: Timetable
    today: dt.date
    ticked: dt.date | None
    editions: dict[int, int]
    deeds: dict[str, dict[str, str]]

    @classmethod
    def of(cls, batch: Sequence[Order]) -> _Sources:
        schedule = Schedule.objects.filter(name="orders.tick").first()
        ticked = clock.aware(schedule.last_ok).date() if schedule and schedule.last_ok else None
        edits = Order.objects.filter(pk__in=[o.pk for o in batch]).annotate(newest=Max("versions__edition"))
        return cls(
            Timetable.load(), clock.today(), ticked, dict(edits.values_list("pk", "newest")), _deeds(batch)
        )  # fmt: skip


def _deeds(batch: Sequence[Order]) -> dict[str, dict[str, str]]:
    """Who did which of the deeds that matter, by subject."""
    rows = AuditEntry.objects.filter(
        subject__in=[o.subject for o in batch], action__in=BEGUN | TAKEN_ON | ENDED | SEEN | SHIPPED | ALLOWED
    ).values_list("subject", "action", "actor")
    found: dict[str, dict[str, str]] = {}
    for subject, action, actor in rows:
        found.setdefault(subject, {})[action] = actor
    return found


def _faults(batch: Sequence[Order]) -> Iterator[tuple[int, str]]:
    if not batch:
        return
    sources = _Sources.of(batch)
    for order in batch:
        lines = list(order.lines.all())
        for said in (
            *_lines(lines),
            *_money(order, lines, sources),
            *_ship_date(order, lines, sources),
            *_derived(order, lines, sources),
            *_edition(order, sources),
            *_traces(order, lines, sources.deeds.get(order.subject, {})),
        ):
            yield order.pk, f"{said[0]} {order.number}: {said[1]}"


Fault = tuple[str, str]


def _lines(lines: Sequence[OrderLine]) -> Iterator[Fault]:
    for x in lines:
        if min(x.short, x.allocated, x.remaining) < 0:
            parts = f"ordered {x.quantity}, allocated {x.allocated}, shipped {x.shipped}, cancelled {x.cancelled}"
            yield "ORD-2", f"line {x.number}: {parts}"


def _money(order: Order, lines: Sequence[OrderLine], sources: _Sources) -> Iterator[Fault]:
    """Totals by the stored rule. A cancelled order keeps those it had when it ended."""
    if order.cancel == Cancel.CANCELLED and order.edition > 1:
        return
    first: dict[str, Any] = {}
    rate = sources.timetable.stores.tax_rates(clock.aware(order.ordered_at).date())["std"]
    for store_tax in dict.fromkeys((order.store_tax, None)):
        given = _total(order, lines, rate, store_tax)
        if all(getattr(order, name) == value for name, value in given.items()):
            return
        first = first or given
    for name, value in first.items():
        if getattr(order, name) != value:
            yield "TAX-10", f"{name} is {getattr(order, name)}, the lines give {value}"


def _total(order: Order, lines: Sequence[OrderLine], rate: int, store_tax: int | None) -> dict[str, Any]:
    """The money columns as the lines give them; fees bear `rate`, the standard one of the day."""
    ended = order.cancel == Cancel.CANCELLED
    priced = [Priced(x.unit_price, x.quantity if ended else x.live, x.tax_rate, Basis(x.price_basis)) for x in lines]
    charges, rounding = charges_of(order, rate), Rounding(order.tax_rounding)
    totals = total_order(priced, charges, rounding=rounding, added_tax_given=store_tax)
    return {
        "goods_total": totals.goods,
        "added_tax": totals.added_tax,
        "discount_total": totals.discount + totals.points,
        "total": totals.total,
        "tax_lines": [{"rate": r.rate, "gross": r.gross, "tax": r.tax, "discount": r.discount} for r in totals.rates],
    }


def _ship_date(order: Order, lines: Sequence[OrderLine], sources: _Sources) -> Iterator[Fault]:
    """ORD-7, for orders that still have something to send."""
    if order.is_history or order.cancel == Cancel.CANCELLED or not any(x.remaining > 0 for x in lines):
        return
    wanted = sources.timetable.ship_not_before(order, list(order.holds.all()))
    if wanted != order.ship_not_before:
        yield "ORD-7", f"ship_not_before is {order.ship_not_before}, the dates give {wanted}"


def _derived(order: Order, lines: Sequence[OrderLine], sources: _Sources) -> Iterator[Fault]:
    """The stored projection is what the facts give today, or gave on a day since the last midnight tick (ORD-6)."""
    facts = facts_of(
        order, lines=lines, checks=order.checks.all(), holds=list(order.holds.all()),
        method=order.payment_method,
    )  # fmt: skip
    stored = {name: getattr(order, name) for name in PROJECTED}
    first: dict[str, Any] = {}
    for day in _days(order, sources):
        project(order, facts, now=dt.datetime.combine(day, dt.time(12), tzinfo=clock.JST))
        given = {name: getattr(order, name) for name in PROJECTED}
        for name, value in stored.items():
            setattr(order, name, value)
        if given == stored:
            return
        first = first or given
    for name, value in first.items():
        if stored[name] != value:
            yield ("PAY-0" if name == "payment" else "ORD-1"), f"{name} is {stored[name]}, the facts give {value}"


def _days(order: Order, sources: _Sources) -> Iterator[dt.date]:
    """Today, then back to the day of the last tick (or, where none has run, to the last change of queue)."""
    since = sources.ticked or clock.aware(order.queue_since).date()
    for back in range(min((sources.today - since).days, MISSED_DAYS) + 1):
        yield sources.today - dt.timedelta(days=back)


def _edition(order: Order, sources: _Sources) -> Iterator[Fault]:
    """ORD-41: the order as it came is edition 1, each edit adds one."""
    newest = sources.editions.get(order.pk) or 1
    if order.edition != newest:
        yield "ORD-41", f"edition is {order.edition}, the edits give {newest}"


def _traces(order: Order, lines: Sequence[OrderLine], deeds: dict[str, str]) -> Iterator[Fault]:
    """N-14: every change of state has left its line in the audit."""
    done, live = set(deeds), not order.is_history
    if not done & BEGUN:
        yield "ORD-1", "nothing says who placed it"
    if live and order.accepted_at and not done & TAKEN_ON and order.accepted_by != deeds.get("orders.place"):
        yield "ORD-1", "accepted, and nothing says by whom"
    if order.cancel == Cancel.CANCELLED and not done & ENDED:
        yield "ORD-1", "cancelled, and nothing says by whom"
    if (order.seen_at is None) != (order.seen_by == "") or (live and order.seen_at and not done & SEEN):
        yield "ORD-1", "seen, and nothing says by whom"
    if order.gate_overridden and not done & ALLOWED:
        yield "ORD-8", "may leave unpaid, and nothing says by whom"
    if live and any(x.shipped for x in lines) != (order.shipped_at is not None):
        yield "ORD-1", "the lines and the order differ on whether anything has left"
    if live and order.shipped_at and not done & SHIPPED:
        yield "ORD-1", "shipped, and nothing says by whom"
