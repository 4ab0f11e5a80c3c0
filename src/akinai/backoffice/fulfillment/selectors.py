"""Reading shipments: the day's flow with its counts, batches, what may leave, what must be closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order, StillOpen
from akinai.backoffice.orders.states import IN_WORK, Queue, Stage
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.text import fold_hyphens, nfkc
from akinai.shop.terms.states import TrackingCheck

from .models import Batch, BatchPaper, Shipment, ShipmentLine, TrackingNumber
from .states import SCANNABLE, BatchState

WAITING_ROW = (
    "id", "number", "ordered_at", "ship_name", "ship_prefecture", "wish_date", "wish_window", "remark", "is_gift",
    "warehouse_note", "total", "received_amount", "queue", "queue_since",
)  # fmt: skip


def waiting_orders() -> QuerySet[Order]:
    """Orders in 出荷待ち, with the columns the list shows."""
    return (
        Order.objects.filter(queue=Queue.READY)
        .filter(StillOpen())
        .select_related("store", "delivery_service", "payment_method")
        .only(
            *WAITING_ROW,
            "store__name", "store__short_name", "delivery_service__name", "payment_method__name",
            "payment_method__kind",
        )
    )  # fmt: skip


def waiting_by_service() -> list[tuple[int, str, int]]:
    """(service id, name, orders in 出荷待ち), the largest first."""
    rows = (
        Order.objects.filter(queue=Queue.READY)
        .filter(StillOpen())
        .order_by()
        .values_list("delivery_service_id", "delivery_service__name")
        .annotate(n=Count("id"))
    )
    return sorted(((pk, name, n) for pk, name, n in rows), key=lambda row: (-row[2], row[1]))


@dataclass(frozen=True, slots=True)
class Flow:
    """How many stand at each step of the day; `numberless` are packed without the number they need."""

    waiting: int
    batches: int
    to_inspect: int
    packed: int
    numberless: int
    shipped_today: int

    @property
    def open(self) -> int:
        """What is still to be done today."""
        return self.waiting + self.to_inspect + self.packed


def flow() -> Flow:
    """The counts of the day's steps; three queries."""
    now = Q(stage__in=IN_WORK)
    numbered = Exists(TrackingNumber.objects.filter(shipment=OuterRef("pk")))
    row = (
        Shipment.objects.filter(now | Q(shipped_at__gte=start_of_day()))
        .order_by()
        .annotate(numbered=numbered)
        .aggregate(
            to_inspect=Count("id", filter=Q(stage__in=[*SCANNABLE, Stage.INSPECTED])),
            packed=Count("id", filter=Q(stage=Stage.PACKED)),
            numberless=Count("id", filter=Q(stage=Stage.PACKED, numbered=False) & _needs_number()),
            shipped_today=Count("id", filter=Q(shipped_at__gte=start_of_day())),
        )
    )
    return Flow(
        waiting=Order.objects.filter(queue=Queue.READY).filter(StillOpen()).count(),
        batches=Batch.objects.filter(state=BatchState.OPEN).count(),
        **row,
    )


def _needs_number() -> Q:
    """A service (or its carrier) that checks numbers wants one."""
    unchecked = Q(service__tracking_check=TrackingCheck.NONE) | Q(
        service__tracking_check="", service__carrier__tracking_check=TrackingCheck.NONE
    )
    return ~unchecked


def start_of_day(day: dt.date | None = None) -> dt.datetime:
    """Midnight of a day (default today) in JST."""
    return dt.datetime.combine(day or clock.today(), dt.time(), tzinfo=clock.JST)


def open_in_menu() -> int:
    """Orders that wait for papers or are being prepared: the number beside 出荷."""
    wanted = [Queue.READY, Queue.PREPARING]
    return Order.objects.filter(queue__in=wanted).filter(StillOpen()).count()


# -- batches ---------------------------------------------------------------------------------------------------------


def batches() -> QuerySet[Batch]:
    """Batches with the numbers of their shipments by how far they are, newest first."""

    def at(*stages: str) -> Count:
        return Count("shipments", filter=Q(shipments__stage__in=stages))

    return Batch.objects.annotate(
        total=Count("shipments", filter=~Q(shipments__stage=Stage.VOID)),
        printed=at(Stage.INSTRUCTED),
        picking=at(Stage.PICKING),
        packed=at(Stage.INSPECTED, Stage.PACKED),
        sent=at(Stage.SHIPPED, Stage.DELIVERED, Stage.RETURNING, Stage.RETURNED),
    ).order_by("-id")


@dataclass(frozen=True)
class BatchPage:
    """Everything the page of a batch shows."""

    batch: Batch
    shipments: Sequence[Shipment]
    papers: dict[str, BatchPaper]

    def at(self, *stages: str) -> list[Shipment]:
        """Its shipments at these stages."""
        return [s for s in self.shipments if s.stage in stages]

    @property
    def live(self) -> list[Shipment]:
        """Its shipments that are not void."""
        return [s for s in self.shipments if s.stage != Stage.VOID]

    @property
    def void(self) -> list[Shipment]:
        """Those taken back after their papers were printed."""
        return self.at(Stage.VOID)

    @property
    def unpicked(self) -> list[Shipment]:
        """Printed, and nobody has begun to pick them."""
        return self.at(Stage.INSTRUCTED)

    @property
    def numberless(self) -> list[Shipment]:
        """In work, and without a tracking number."""
        return [s for s in self.at(*IN_WORK) if not s.tracking.all()]


def batch_page(batch_id: int) -> BatchPage:
    """A batch with its shipments, numbers and papers. Raises NotFound."""
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(_("There is no such batch."))
    rows = shipment_rows().filter(batch_id=batch_id).order_by("position", "id")
    return BatchPage(batch, list(rows), {paper.kind: paper for paper in batch.papers.all()})


# -- shipments -------------------------------------------------------------------------------------------------------


def shipment_rows() -> QuerySet[Shipment]:
    """Shipments for lists: order, service and numbers joined; `pieces` and `scanned` summed."""
    return (
        Shipment.objects.select_related("order__store", "service__carrier", "batch")
        .prefetch_related(Prefetch("tracking", TrackingNumber.objects.order_by("id")))
        .annotate(pieces=Sum("lines__pieces"), scanned_pieces=Sum("lines__scanned"))
    )


def to_dispatch() -> QuerySet[Shipment]:
    """Packed and here: what may be handed over, or lacks its number."""
    return shipment_rows().filter(stage=Stage.PACKED).order_by("service_id", "id")


def is_ready_to_leave(shipment: Shipment) -> bool:
    """True if nothing visible stands against it (of `to_dispatch`); the use case looks again."""
    check = shipment.service.tracking_check or shipment.service.carrier.tracking_check
    return not shipment.order.stopped and (bool(shipment.tracking.all()) or check == TrackingCheck.NONE)


def shipment(shipment_id: int) -> Shipment:
    """One shipment with what its page shows. Raises NotFound."""
    found = shipment_rows().select_related("order__payment_method").filter(pk=shipment_id).first()
    if found is None:
        raise NotFound(_("There is no such shipment."))
    return found


def by_number(number: str) -> Shipment | None:
    """The shipment of this number as scanned from a slip; blanks, case and full-width letters aside."""
    key = fold_hyphens(nfkc(number)).strip()
    return Shipment.objects.filter(number__iexact=key).first() if key else None


def lines_of(shipment_id: int) -> list[ShipmentLine]:
    """The lines of a box with their goods."""
    rows = ShipmentLine.objects.filter(shipment_id=shipment_id)
    return list(rows.select_related("sku__product", "order_line").order_by("order_line__number"))


def of_order(order_id: int) -> list[Shipment]:
    """All shipments of an order, void ones too, the latest first."""
    mine = Q(order_id=order_id) | Q(pk__in=Shipment.objects.filter(bundle__members__order_id=order_id).values("pk"))
    return list(shipment_rows().filter(mine).order_by("-id"))


def next_to_inspect(batch_id: int | None = None, *, limit: int = 30) -> list[Shipment]:
    """What waits on the inspection table: begun boxes first, then in the order of the papers."""
    rows = shipment_rows().filter(stage__in=SCANNABLE)
    if batch_id is not None:
        rows = rows.filter(batch_id=batch_id)
    return list(rows.order_by("-stage", "batch_id", "position", "id")[:limit])


@dataclass(frozen=True, slots=True)
class Pace:
    """How far today's inspection is: done, all that is to do today, and boxes an hour (None before the first)."""

    done: int
    total: int
    an_hour: int | None

    @property
    def waiting(self) -> int:
        """How many are still to be inspected; the list beside it may show the first of them only."""
        return self.total - self.done


def pace() -> Pace:
    """Counted from today's inspections; nothing is forecast."""
    today = Shipment.objects.filter(inspected_at__gte=start_of_day()).exclude(stage=Stage.VOID)
    times = list(today.order_by("inspected_at").values_list("inspected_at", flat=True))
    waiting = Shipment.objects.filter(stage__in=SCANNABLE).count()
    return Pace(len(times), len(times) + waiting, _an_hour([t for t in times if t is not None]))


def _an_hour(times: Sequence[dt.datetime]) -> int | None:
    """Boxes an hour over the last hour of work."""
    if len(times) < 2:
        return None
    last = times[-1]
    recent = [t for t in times if last - t <= dt.timedelta(hours=1)]
    span = (last - recent[0]).total_seconds()
    return round((len(recent) - 1) * 3600 / span) if len(recent) > 1 and span >= 60 else None


# -- closing the day -------------------------------------------------------------------------------------------------


def not_handed_over() -> QuerySet[Shipment]:
    """SHP-73: packed, but the carrier has not got it."""
    return shipment_rows().filter(stage__in=[Stage.INSPECTED, Stage.PACKED]).order_by("packed_at", "id")


def shipped_on(day: dt.date) -> QuerySet[Shipment]:
    """What left on a day (JST)."""
    start = start_of_day(day)
    return shipment_rows().filter(shipped_at__gte=start, shipped_at__lt=start + dt.timedelta(days=1))


def find_by_code(text: str, limit: int) -> list[Shipment]:
    """Shipments by tracking number (hyphens aside, or its first four digits and more) or shipment number."""
    number = "".join(c for c in nfkc(text) if c.isascii() and c.isalnum()).upper()
    if len(number) < 4:
        return []
    own = nfkc(text)
    ids = set(Shipment.objects.filter(number__in=sorted({own, own.upper()})).values_list("pk", flat=True))
    # digits compare alike everywhere, so a range is a prefix that every index answers
    end = number + "9" * max(0, 14 - len(number))
    tracking = Q(number__gte=number, number__lte=end) if number.isdigit() else Q(number=number)
    ids |= set(
        TrackingNumber.objects.filter(tracking).order_by("-number").values_list("shipment_id", flat=True)[:limit]
    )
    return list(shipment_rows().filter(pk__in=ids).order_by("-id")[:limit])
