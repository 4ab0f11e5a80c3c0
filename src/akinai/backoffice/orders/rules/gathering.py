"""Reading the facts of rules for many orders at once: as many queries for one order as for a thousand."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import QuerySet

from akinai.backoffice.orders.models import CheckReason, Hold, Order, OrderLine
from akinai.backoffice.orders.states import Cancel, Check
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation.core import clock
from akinai.foundation.core.text import digits, fold
from akinai.shop.catalog.models import Sku
from akinai.shop.customers.models import Customer
from akinai.shop.terms.types import Method

from .facts import History, LineFacts, PartyFacts, RuleFacts
from .models import OrderTag, RuleDeed
from .states import DeedState

#: When, key, yen, whether it was cancelled: an order of a customer.
Past: TypeAlias = tuple[dt.datetime, int, int, bool]
#: What `RuleFacts` never asks of an order.
UNREAD = ("source", "tax_lines", "badges")


@dataclass(frozen=True)
class Around:
    """What stands around a batch of orders: terms, goods, earlier orders of the same customers, notes."""

    timetable: Timetable
    today: dt.date
    methods: Mapping[int, Method]
    skus: Mapping[int, Sku]
    past: Mapping[int, Sequence[Past]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def load(
        cls, orders: Iterable[Order], sku_ids: Iterable[int | None], *, timetable: Timetable | None = None,
        history: bool = True,
    ) -> Around:  # fmt: skip
        """Three queries at most, however many orders; without `history` one."""
        timetable = timetable or Timetable.load()
        batch = list(orders)
        wanted = {sku_id for sku_id in sku_ids if sku_id is not None}
        skus = Sku.objects.select_related("product").in_bulk(wanted) if wanted else {}
        methods = {method.id: method for method in timetable.terms.methods.values()}
        if not history:
            return cls(timetable, clock.today(), methods, skus)
        return cls(timetable, clock.today(), methods, skus, _past(batch), _notes({o.customer_id for o in batch}))


def _past(batch: Sequence[Order]) -> dict[int, list[Past]]:
    """All orders of these customers, those of the batch among them whether they are stored yet or not."""
    found: dict[int, set[Past]] = defaultdict(set)
    for order in batch:
        over = order.cancel == Cancel.CANCELLED
        found[order.customer_id].add((clock.aware(order.ordered_at), order.pk, order.total, over))
    rows = Order.objects.filter(customer_id__in=found).values_list("customer_id", "ordered_at", "pk", "total", "cancel")
    for customer, at, pk, total, cancel in rows.order_by():
        found[customer].add((clock.aware(at), pk, total, cancel == Cancel.CANCELLED))
    return {customer: sorted(past) for customer, past in found.items()}


def _notes(customers: set[int]) -> dict[int, str]:
    return dict(Customer.objects.filter(pk__in=customers).exclude(note="").values_list("pk", "note"))


def load_facts(orders: QuerySet[Order]) -> list[tuple[Order, RuleFacts]]:
    """The facts of stored orders, in the order of the query; seven queries for the whole batch."""
    rows = list(orders.defer(*UNREAD))
    ids = [order.pk for order in rows]
    lines: dict[int, list[OrderLine]] = {pk: [] for pk in ids}
    given = _given(ids)
    for line in OrderLine.objects.filter(order_id__in=ids).order_by("order_id", "number"):
        if (line.order_id, line.number) not in given:
            lines[line.order_id].append(line)
    words = {
        "checks": _words(CheckReason.objects.filter(order_id__in=ids, closed_at__isnull=True), "code"),
        "holds": _words(Hold.objects.filter(order_id__in=ids, closed_at__isnull=True), "kind"),
        "tags": _words(OrderTag.objects.filter(order_id__in=ids), "name"),
    }
    around = Around.load(rows, (line.sku_id for found in lines.values() for line in found))
    return [
        (
            order,
            facts_of(
                order, lines[order.pk], around, checks=words["checks"].get(order.pk, ()),
                holds=words["holds"].get(order.pk, ()), tags=words["tags"].get(order.pk, ()),
            ),
        )
        for order in rows
    ]  # fmt: skip


def _given(ids: Sequence[int]) -> set[tuple[int, int]]:
    """Lines that rules have added; no rule looks at them, else a gift would be the reason for itself."""
    rows = RuleDeed.objects.filter(order_id__in=ids, state=DeedState.STANDS, key__startswith="line:")
    return {(order_id, detail.get("line", 0)) for order_id, detail in rows.values_list("order_id", "detail")}


def _words(rows: QuerySet[CheckReason] | QuerySet[Hold] | QuerySet[OrderTag], name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for order_id, word in rows.order_by("pk").values_list("order_id", name):
        found[order_id].append(word)
    return found


def facts_of(
    order: Order,
    lines: Sequence[OrderLine],
    around: Around,
    *,
    checks: Iterable[str] = (),
    holds: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> RuleFacts:
    """The facts of one order that is at hand, stored or not. The reason that rules themselves open is left out."""
    service = around.timetable.service_of(order)
    method = around.methods[order.payment_method_id]
    store = around.timetable.stores.stores[order.store_id]
    ordered_at = clock.aware(order.ordered_at)
    buyer, ship_to = _party(order, "buyer"), _party(order, "ship")
    return RuleFacts(
        order_id=order.pk, number=order.number, store=store.code, store_kind=store.kind,
        store_number=order.store_number, ordered_on=ordered_at.date(), ordered_hour=ordered_at.hour,
        today=around.today, is_open_today=around.timetable.stores.calendar.is_open(around.today),
        total=order.total, goods_total=order.goods_total, shipping_fee=order.shipping_fee,
        payment_fee=order.payment_fee, wrapping_fee=order.wrapping_fee, coupon=order.coupon, points=order.points,
        remark=order.remark, is_gift=order.is_gift, gift_note=order.gift_note, warehouse_note=order.warehouse_note,
        ship_policy=order.ship_policy, is_accepted=order.confirmation == "accepted",
        checks=tuple(code for code in checks if code != Check.RULE), holds=tuple(holds), tags=tuple(tags),
        wish_date=order.wish_date, wish_window=order.wish_window, ship_not_before=order.ship_not_before,
        buyer=buyer, buyer_note=around.notes.get(order.customer_id, ""), history=_history(order, ordered_at, around),
        ship_to=ship_to,
        is_island=around.timetable.terms.island(digits(order.ship_postcode), service.carrier.code) is not None,
        goes_elsewhere=(fold(buyer.name), fold(buyer.address)) != (fold(ship_to.name), fold(ship_to.address)),
        method=method.code, method_kind=method.kind, timing=method.timing, payment=order.payment,
        received=order.received_amount, service=service.code, carrier=service.carrier.code,
        lines=tuple(_line(line, around) for line in lines if line.quantity > line.cancelled),
    )  # fmt: skip


def _party(order: Order, side: str) -> PartyFacts:
    def get(name: str) -> str:
        return str(getattr(order, f"{side}_{name}"))

    address = f"{get('prefecture')}{get('address1')} {get('address2')}".strip()
    mail = order.buyer_mail if side == "buyer" else ""
    return PartyFacts(
        get("name"), get("kana"), get("company"), get("phone"), mail, get("postcode"), get("prefecture"), address
    )


def _history(order: Order, ordered_at: dt.datetime, around: Around) -> History:
    """The customer's orders before this one; among orders of one moment the lower key comes first."""
    past = around.past.get(order.customer_id)
    if not past:
        return History()
    before = past[: bisect_left(past, (ordered_at, order.pk, 0, False))]
    if not before:
        return History()
    live = [row for row in before if not row[3]]
    days = (ordered_at.date() - before[-1][0].date()).days
    return History(len(live), sum(row[2] for row in live), len(before) - len(live), days)


def _line(line: OrderLine, around: Around) -> LineFacts:
    sku = around.skus.get(line.sku_id) if line.sku_id is not None else None
    return LineFacts(
        sku=sku.code if sku else "", product=sku.product.code if sku else "", store_code=line.store_code,
        name=line.name, options=line.options, quantity=line.live, unit_price=line.unit_price, amount=line.amount,
        tax_rate=line.tax_rate, supply=line.supply, short=max(0, line.short), is_unknown=sku is None,
        is_fragile=sku.product.is_fragile if sku else False, shelf=sku.shelf if sku else "",
        weight_g=(sku.weight_g or 0) if sku else 0, size_cm=(sku.size_cm or 0) if sku else 0,
    )  # fmt: skip
