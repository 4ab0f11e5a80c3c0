"""Reading returns: the boards, one case, what a scanned code means, and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.services.together import of_order as carrying
from akinai.backoffice.fulfillment.states import UNDER_WAY
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import Payment, Stage
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.text import fold_hyphens, nfkc
from akinai.shop.customers.selectors import ids_of

from .models import Case, CaseLine, Claim, Inspection
from .states import EXPECTING, OVER, ClaimState, Kind, Reason, Result, State

#: The page of a customer shows so many cases.
MOST_OF_CUSTOMER = 30
#: The boards of the list (ORD-15) and what stands on each.
OPEN = ~Q(state__in=OVER)
BOARDS: dict[str, Q] = {
    "open": OPEN & ~Q(kind=Kind.NON_DELIVERY),
    "undelivered": OPEN & Q(kind=Kind.NON_DELIVERY),
    "refund": Q(state__in=[State.APPROVAL, State.REFUND]),
    "claims": Q(claims__state=ClaimState.OPEN),
    "all": Q(),
}


def board(name: str) -> QuerySet[Case]:
    """Cases of one board, with what a row shows."""
    rows = Case.objects.filter(BOARDS.get(name, OPEN)).distinct() if name == "claims" else _plain(name)
    goods = Prefetch("lines", CaseLine.objects.select_related("order_line__sku"))
    return rows.select_related("order__store", "child").prefetch_related(goods)


def _plain(name: str) -> QuerySet[Case]:
    return Case.objects.filter(BOARDS.get(name, OPEN))


def counts() -> dict[str, int]:
    """How many cases stand on each board but the last; two questions over the partial indexes."""
    open_ones = Case.objects.filter(OPEN).order_by()
    found = open_ones.aggregate(
        open=Count("pk", filter=~Q(kind=Kind.NON_DELIVERY)),
        undelivered=Count("pk", filter=Q(kind=Kind.NON_DELIVERY)),
        refund=Count("pk", filter=BOARDS["refund"]),
    )
    claims = Claim.objects.filter(state=ClaimState.OPEN).values("case").distinct().count()
    return {**found, "claims": claims}


def our_turn() -> tuple[int, int]:
    """How many cases wait for us (inspected, to be approved, to be paid, overdue), and how many are overdue."""
    rows = Case.objects.filter(OPEN).order_by()
    late = Q(state=State.AWAITING, overdue_at__isnull=False)
    wait = Q(state__in=[State.RECEIVED, State.APPROVAL, State.REFUND]) | late
    found = rows.aggregate(wait=Count("pk", filter=wait), late=Count("pk", filter=late))
    return found["wait"], found["late"]


def case(case_id: int) -> Case:
    """One case with what its page shows. Raises NotFound."""
    found = (
        Case.objects.select_related("order__store", "order__payment_method", "order__customer", "shipment", "child")
        .filter(pk=case_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such case."))
    return found


def lines_of(case_id: int) -> list[CaseLine]:
    """The goods of a case with what was found of each."""
    rows = CaseLine.objects.filter(case_id=case_id).select_related("order_line__sku__product")
    return list(rows.prefetch_related(Prefetch("inspections", Inspection.objects.select_related("sku"))))


def of_customer(customer_id: int) -> list[Case]:
    """The newest cases of a customer and of everybody merged into them (AN-10)."""
    rows = Case.objects.filter(order__customer__in=ids_of(customer_id)).select_related("order__store")
    return list(rows.order_by("-pk")[:MOST_OF_CUSTOMER])


def of_order(order_id: int) -> list[Case]:
    """The cases of an order and the one it replaces goods in, the latest first."""
    rows = Case.objects.filter(Q(order_id=order_id) | Q(child_id=order_id)).select_related("order", "child")
    return list(rows.order_by("-id"))


@dataclass(frozen=True)
class Scanned:
    """What a code at the returns table means: the case to inspect, or the order whose goods came unannounced."""

    cases: Sequence[Case] = ()
    order: Order | None = None


def by_code(code: str) -> Scanned:
    """By number of case, order, shipment or parcel, as scanned or typed; look-alike hyphens and blanks aside."""
    text = fold_hyphens(nfkc(code)).strip()
    digits = "".join(c for c in text if c.isalnum())
    if not digits:
        return Scanned()
    boxes = Shipment.objects.filter(Q(number__iexact=text) | Q(tracking__number=digits)).order_by("-id")
    order = Order.objects.filter(Q(number__iexact=text) | Q(shipments__in=boxes.values("pk"))).order_by("-id").first()
    wanted = Q(number__iexact=text) | (Q(order=order) if order is not None else Q(pk__in=[]))
    cases = Case.objects.filter(wanted, state__in=EXPECTING).exclude(kind=Kind.COMPLAINT).order_by("-id")
    return Scanned(list(cases.select_related("order")), order)


def parcels_of(order_id: int) -> list[Shipment]:
    """What has left of an order and may come back as a whole."""
    rows = Shipment.objects.filter(carrying(order_id), stage__in=[*UNDER_WAY, Stage.RETURNED]).distinct()
    return list(rows.prefetch_related("tracking").order_by("id"))


def sold_lines(order_id: int) -> list[OrderLine]:
    """The lines of which anything has left."""
    return list(OrderLine.objects.filter(order_id=order_id, shipped__gt=0).select_related("sku").order_by("number"))


def last_outlet(sku_id: int) -> str:
    """The outlet article that goods of this SKU became the last time; "" before the first."""
    rows = Inspection.objects.filter(line__order_line__sku_id=sku_id, result=Result.OUTLET).order_by("-id")
    return rows.values_list("sku__code", flat=True).first() or ""


def is_refund_open(order: Order) -> bool:
    """Money is owed to the buyer (返金待ち)."""
    return order.payment in (Payment.REFUND_DUE, Payment.OVERPAID)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """R95: how often goods came back for a reason; `amount` is what they were sold for, yen in the lines' basis."""

    code: str
    name: str
    reason: str
    cases: int
    quantity: int
    amount: int
    results: dict[str, int]
    sold: int = 0

    @property
    def reason_word(self) -> str:
        return str(Reason(self.reason).label)

    @property
    def share(self) -> str:
        """Of those shipped in the same time, in percent; "" where none were."""
        return f"{self.quantity * 100 / self.sold:.1f}" if self.sold else ""

    @property
    def found(self) -> list[int]:
        """Items by inspection result, in the order A to D."""
        return [self.results.get(result, 0) for result in Result.values]


def report(first: dt.date, last: dt.date) -> list[ReportRow]:
    """Goods of cases opened in a time (JST dates, both included), by article and reason, the most first (R95).

    Withdrawn cases and other matters do not count. Three queries.
    """
    start, end = _span(first, last)
    lines = CaseLine.objects.filter(case__opened_at__gte=start, case__opened_at__lt=end).exclude(
        Q(case__state=State.WITHDRAWN) | Q(case__kind=Kind.COMPLAINT)
    )
    keys = ("order_line__sku_id", "case__reason")
    rows = (
        lines.order_by()
        .values(*keys, "order_line__sku__code", "order_line__sku__product__name")
        .annotate(
            cases=Count("case", distinct=True),
            n=Sum("quantity"),
            amount=Sum(F("quantity") * F("order_line__unit_price")),
        )
    )
    found = Inspection.objects.filter(line__in=lines.values("pk")).order_by()
    results: dict[tuple[int | None, str], dict[str, int]] = {}
    for sku, reason, result, n in found.values_list(
        "line__order_line__sku_id", "line__case__reason", "result"
    ).annotate(n=Sum("quantity")):
        results.setdefault((sku, reason), {})[result] = n
    sold = _sold(start, end)
    made = [
        ReportRow(
            r["order_line__sku__code"] or "—", r["order_line__sku__product__name"] or "—", r["case__reason"],
            r["cases"], r["n"], r["amount"], results.get((r["order_line__sku_id"], r["case__reason"]), {}),
            sold.get(r["order_line__sku_id"], 0),
        )
        for r in rows
    ]  # fmt: skip
    return sorted(made, key=lambda row: (-row.quantity, row.code, row.reason))


def _span(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    midnight = dt.time()
    start = dt.datetime.combine(first, midnight, tzinfo=clock.JST)
    return start, dt.datetime.combine(last + dt.timedelta(days=1), midnight, tzinfo=clock.JST)


def _sold(start: dt.datetime, end: dt.datetime) -> dict[int, int]:
    """Items shipped in the same time, by SKU."""
    rows = OrderLine.objects.filter(order__shipped_at__gte=start, order__shipped_at__lt=end, shipped__gt=0)
    sums = rows.filter(sku__isnull=False).order_by().values_list("sku_id").annotate(n=Sum("shipped"))
    return dict(sums)
