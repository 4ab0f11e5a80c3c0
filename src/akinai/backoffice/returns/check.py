"""Proof that returns, orders and stock tell the same story: what `akinai check` asks of returns."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models as db
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from akinai.backoffice.inventory.models import Movement
from akinai.backoffice.inventory.states import Kind as MovementKind
from akinai.backoffice.orders.models import Order, OrderLine

from .models import CaseLine, Claim, Inspection, SaleReversal
from .states import OVER, ClaimKind, ClaimState, Kind, State

CHUNK = 500


def violations() -> Iterator[str]:
    """One line for each order, case or line that breaks a rule; nothing means that all is well."""
    yield from _told()
    yield from _reversed_by_rate()
    yield from _received()
    yield from _restocked_once()
    yield from _more_than_left()


def _told() -> Iterator[str]:
    """Each order knows its open cases, the claims on its buyer and what was reversed."""
    claims = Claim.objects.filter(order=OuterRef("pk"), state=ClaimState.OPEN).exclude(kind=ClaimKind.CARRIER)
    counted = claims.order_by().values("order").annotate(n=Count("pk")).values("n")
    rows = Order.objects.filter(
        Q(cases__isnull=False) | Q(claims__isnull=False) | Q(open_cases__gt=0) | Q(credited_amount__gt=0)
    ).annotate(
        found_open_cases=Count("cases", filter=~Q(cases__state__in=OVER), distinct=True),
        found_open_followups=Coalesce(Subquery(counted), 0),
        found_credited_amount=Coalesce(
            Subquery(
                SaleReversal.objects.filter(order=OuterRef("pk")).order_by().values("order")
                .annotate(n=Sum("amount")).values("n")
            ),
            0,
        ),
    )  # fmt: skip
    facts = {"open_cases": "ORD-15", "open_followups": "ORD-76", "credited_amount": "ORD-79"}
    for row in rows.order_by("pk").values("number", *facts, *(f"found_{name}" for name in facts)).iterator(CHUNK):
        for name, rule in facts.items():
            if row[name] != row[f"found_{name}"]:
                yield f"{rule} {row['number']}: {name} is {row[name]}, its cases give {row[f'found_{name}']}"


def _reversed_by_rate() -> Iterator[str]:
    """TAX-52: of no rate more was reversed than was sold."""
    sums: dict[int, dict[int, int]] = {}
    for order_id, rates in SaleReversal.objects.order_by("order_id").values_list("order_id", "rates"):
        own = sums.setdefault(order_id, {})
        for part in rates:
            own[part["rate"]] = own.get(part["rate"], 0) + part["gross"]
    for order in Order.objects.filter(pk__in=sums).only("number", "tax_lines").iterator(CHUNK):
        sold = {part["rate"]: part["gross"] for part in order.tax_lines}
        for rate, amount in sums[order.pk].items():
            if amount > sold.get(rate, 0):
                yield f"TAX-52 {order.number}: {amount} reversed at {rate}%, {sold.get(rate, 0)} sold"


def _received() -> Iterator[str]:
    """What a line says is back is the sum of its inspections."""
    rows = CaseLine.objects.annotate(found=Coalesce(Sum("inspections__quantity"), 0)).exclude(received=F("found"))
    for line in rows.select_related("case", "order_line").iterator(CHUNK):
        yield f"ORD-73 {line.case.number} line {line.order_line.number}: {line.received} back, {line.found} inspected"


def _restocked_once() -> Iterator[str]:
    """R94: the stock ledger took in exactly the pieces that were inspected, under the case's number."""
    wanted: dict[str, int] = {}
    for number, line, pieces in Inspection.objects.values_list(
        "line__case__number", "line__order_line__number", "pieces"
    ):
        wanted[f"{number}/{line}"] = wanted.get(f"{number}/{line}", 0) + pieces
    keys = sorted(wanted)
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        rows = Movement.objects.filter(reference__in=part, kind=MovementKind.RECEIVE).order_by().values("reference")
        came = {r["reference"]: r["n"] for r in rows.annotate(n=Sum("on_hand"))}
        for key in part:
            if came.get(key, 0) != wanted[key]:
                yield f"R94 {key}: {wanted[key]} pieces inspected, the ledger took in {came.get(key, 0)}"


def _more_than_left() -> Iterator[str]:
    """No more of a line is in cases than has left; of complaints what came back counts."""
    counts = db.Case(When(case__kind=Kind.COMPLAINT, then=F("received")), default=F("quantity"))
    taken = (
        CaseLine.objects.filter(order_line=OuterRef("pk")).exclude(case__state=State.WITHDRAWN)
        .order_by().values("order_line").annotate(n=Sum(counts)).values("n")
    )  # fmt: skip
    rows = OrderLine.objects.filter(case_lines__isnull=False).annotate(taken=Coalesce(Subquery(taken), 0))
    for line in rows.filter(taken__gt=F("shipped")).select_related("order").distinct().iterator(CHUNK):
        yield f"T24 {line.order.number} line {line.number}: {line.taken} in cases, {line.shipped} have left"
