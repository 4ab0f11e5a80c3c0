"""Proof that shipments, orders and scans tell the same story: what `akinai check` asks of fulfillment."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import IN_WORK, Cancel, Stage

from .models import BundleMember, ScanLog, Shipment, ShipmentLine
from .states import GONE, TOLD, BundleState, Scan

CHUNK = 500


def violations() -> Iterator[str]:
    """One line for each shipment or order that breaks a rule; nothing means that all is well."""
    yield from _shipped_quantities()
    yield from _stages_told()
    yield from _in_work_and_cancelled()
    yield from _not_secured()
    yield from _scans()
    yield from _left_without_inspection()
    yield from _bundles()


def _shipped_quantities() -> Iterator[str]:
    """What lines say was shipped is what their shipments carried away. History came shipped and has none."""
    carried = (
        ShipmentLine.objects.filter(order_line=OuterRef("pk"), shipment__stage__in=GONE)
        .order_by()
        .values("order_line")
        .annotate(n=Sum("quantity"))
        .values("n")
    )
    rows = OrderLine.objects.filter(order__is_history=False).annotate(carried=Coalesce(Subquery(carried), 0))
    for line in rows.exclude(shipped=F("carried")).select_related("order").iterator(CHUNK):
        told = {"order": line.order.number, "line": line.number, "says": line.shipped, "carried": line.carried}
        yield "T15 {order} line {line}: shipped {says}, its shipments carried {carried}".format(**told)


def _stages_told() -> Iterator[str]:
    """Each order knows the stages of its shipments, in their order."""
    last = 0
    while True:
        some = Order.objects.filter(pk__gt=last).filter(_has_shipments() | ~Q(shipment_stages=[])).order_by("pk")
        orders = list(some.filter(is_history=False).only("number", "shipment_stages")[:CHUNK])
        if not orders:
            return
        stages: dict[int, list[str]] = {order.pk: [] for order in orders}
        for order_id, stage in _carried_by(list(stages)):
            stages[order_id].append(stage)
        for order in orders:
            if order.shipment_stages != stages[order.pk]:
                yield f"ORD-1 {order.number}: knows {order.shipment_stages}, its shipments are {stages[order.pk]}"
        last = orders[-1].pk


def _has_shipments() -> Exists:
    mine = Q(order=OuterRef("pk")) | Q(bundle__members__order=OuterRef("pk"))
    return Exists(Shipment.objects.filter(mine, stage__in=TOLD))


def _carried_by(order_ids: list[int]) -> list[tuple[int, str]]:
    """(order, stage) of the shipments that carry these orders' goods, shared ones for each (ORD-54)."""
    own = Shipment.objects.filter(order_id__in=order_ids, stage__in=TOLD).values_list("id", "order_id", "stage")
    shared = Shipment.objects.filter(bundle__members__order_id__in=order_ids, stage__in=TOLD)
    rows = {*own, *shared.values_list("id", "bundle__members__order_id", "stage")}
    return [(order_id, stage) for _pk, order_id, stage in sorted(rows) if order_id in set(order_ids)]


def _bundles() -> Iterator[str]:
    """ORD-54: who is in a bundle is in it once and while it lives; a shared parcel holds goods of its orders only."""
    live = [BundleState.ASKED, BundleState.OPEN]
    for member in BundleMember.objects.filter(
        Q(is_open=True) & ~Q(bundle__state__in=live) | Q(is_open=False) & Q(bundle__state__in=live)
    ).select_related("bundle"):
        yield f"ORD-54 bundle {member.bundle_id}: {member.bundle.state}, but its orders say otherwise"
    lines = ShipmentLine.objects.exclude(shipment__stage=Stage.VOID).exclude(order_line__order=F("shipment__order"))
    mine = BundleMember.objects.filter(bundle=OuterRef("shipment__bundle"), order=OuterRef("order_line__order"))
    for line in lines.filter(~Exists(mine)).select_related("shipment").iterator(CHUNK):
        yield f"ORD-54 {line.shipment.number}: holds goods of an order that does not ship with it"


def _in_work_and_cancelled() -> Iterator[str]:
    cancelled = Q(order__cancel=Cancel.CANCELLED) | Q(lines__order_line__order__cancel=Cancel.CANCELLED)
    for shipment in Shipment.objects.filter(cancelled, stage__in=IN_WORK).distinct().iterator(CHUNK):
        yield f"ORD-12 {shipment.number}: in work, but its order is cancelled"


def _not_secured() -> Iterator[str]:
    """What is being packed is secured: no line of a shipment in work holds more than its order line has."""
    rows = ShipmentLine.objects.filter(shipment__stage__in=IN_WORK, quantity__gt=F("order_line__allocated"))
    for line in rows.select_related("shipment", "order_line").iterator(CHUNK):
        secured = line.order_line.allocated
        yield f"ORD-2 {line.shipment.number} line {line.order_line.number}: {line.quantity} to send, {secured} secured"


def _scans() -> Iterator[str]:
    """The count of each line is the sum of its log."""
    counted = (
        ScanLog.objects.filter(line=OuterRef("pk"), result__in=[Scan.OK, Scan.UNDONE])
        .order_by()
        .values("line")
        .annotate(n=Sum("quantity"))
        .values("n")
    )
    rows = ShipmentLine.objects.annotate(logged=Coalesce(Subquery(counted), 0)).exclude(scanned=F("logged"))
    for line in rows.select_related("shipment").iterator(CHUNK):
        yield f"SHP-72 {line.shipment.number}: {line.scanned} counted, the log says {line.logged}"


def _left_without_inspection() -> Iterator[str]:
    """R69: what left was scanned to the last piece, or passed with a reason."""
    for shipment in _unscanned(Shipment.objects.filter(stage__in=[Stage.PACKED, *GONE], override_reason="")):
        yield f"SHP-72 {shipment.number}: {shipment.stage} although not everything was scanned"


def _unscanned(rows: QuerySet[Shipment]) -> Iterator[Shipment]:
    lacking = ShipmentLine.objects.filter(shipment=OuterRef("pk"), scanned__lt=F("pieces"))
    return rows.filter(Exists(lacking)).iterator(CHUNK)
