"""Shipments, the batches they are worked in, what was scanned, and the files that went to carriers and came back."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.states import IN_WORK, Stage
from akinai.foundation.core import clock

from .states import BatchState, BundleState, Direction, Paper, Scan, Tracking

#: Only these may be without an inspection (R69) or a packing.
_BEFORE_INSPECTED = [Stage.PLANNED, Stage.INSTRUCTED, Stage.PICKING, Stage.VOID]
_BEFORE_PACKED = [*_BEFORE_INSPECTED, Stage.INSPECTED]
_BEFORE_SHIPPED = [*_BEFORE_PACKED, Stage.PACKED]


class Batch(models.Model):
    """出荷バッチ: shipments printed and worked together. `job_id` is the job that makes its papers."""

    number = models.CharField(_("batch number"), max_length=20, unique=True)
    ship_on = models.DateField(_("ship date"))
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.OPEN)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    created_by_label = models.CharField(max_length=100, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    #: orders that could not be printed with it: [{"order_id", "number", "sentences"}] (ORD-33)
    refused = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text by which the foundation names this batch."""
        return f"batch:{self.pk}"


class BatchPaper(models.Model):
    """A printed document of a batch, kept under MEDIA_ROOT. `missing` are characters its font lacks."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=8, choices=Paper.choices)
    path = models.CharField(max_length=200)
    sheets = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "kind"], name="fulfillment_paper_once")]

    def __str__(self) -> str:
        return self.path


class Shipment(models.Model):
    """One parcel's worth of one order, or of several with a `bundle`: one ship-to, one service, one day (ORD-4).

    `order` is then the leading one, whose ship-to and service it bears; each line names its own order (ORD-54).

    The ship-to is copied from the order when papers are printed. `cod_amount` is what the driver collects, yen incl.
    tax. `inspecting_by` names who has the box on the table. `label_at` is when it last went into a carrier's file.
    """

    number = models.CharField(_("shipment number"), max_length=60, unique=True)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="shipments")
    bundle = models.ForeignKey(
        "fulfillment.Bundle", on_delete=models.PROTECT, null=True, blank=True, related_name="shipments"
    )
    service = models.ForeignKey("terms.DeliveryService", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.PLANNED)
    planned_ship_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    ship_name = models.CharField(max_length=200, blank=True)
    ship_kana = models.CharField(max_length=200, blank=True)
    ship_company = models.CharField(max_length=200, blank=True)
    ship_phone = models.CharField(max_length=40, blank=True)
    ship_postcode = models.CharField(max_length=10, blank=True)
    ship_prefecture = models.CharField(max_length=10, blank=True)
    ship_address1 = models.CharField(max_length=255, blank=True)
    ship_address2 = models.CharField(max_length=255, blank=True)

    wish_date = models.DateField(null=True, blank=True)
    wish_window = models.CharField(max_length=8, blank=True)
    window = models.CharField(max_length=8, blank=True)
    window_code = models.CharField(max_length=10, blank=True)
    window_differs = models.BooleanField(default=False)
    cod_amount = models.PositiveBigIntegerField(default=0)
    cod_tax = models.PositiveBigIntegerField(default=0)
    parcels = models.PositiveSmallIntegerField(default=1)

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="shipments")
    position = models.PositiveIntegerField(default=0)
    instructed_at = models.DateTimeField(null=True, blank=True)
    instructed_by = models.CharField(max_length=60, blank=True)
    label_at = models.DateTimeField(null=True, blank=True)
    inspecting_by = models.CharField(max_length=60, blank=True)
    inspecting_by_label = models.CharField(max_length=100, blank=True)
    inspected_at = models.DateTimeField(null=True, blank=True)
    inspected_by = models.CharField(max_length=60, blank=True)
    override_reason = models.TextField(blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    packed_by = models.CharField(max_length=60, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    shipped_by = models.CharField(max_length=60, blank=True)
    #: how often it was handed over: more than once where a dispatch was undone (T16)
    dispatches = models.PositiveSmallIntegerField(default=0)
    # where the carrier has it, as of that JST date (SHP-53, T17, T18)
    tracking_state = models.CharField(max_length=12, choices=Tracking.choices, blank=True)
    tracking_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    held_since = models.DateField(null=True, blank=True)
    held_told_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=60, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(stage=Stage.PLANNED), name="shipments_one_planned_an_order"
            ),
            models.UniqueConstraint(fields=["order"], condition=Q(stage__in=IN_WORK), name="shipments_one_in_work"),
            models.CheckConstraint(condition=Q(version__gte=1), name="shipments_version_from_one"),
            models.CheckConstraint(condition=Q(parcels__gte=1, parcels__lte=99), name="shipments_parcels"),
            models.CheckConstraint(condition=Q(cod_tax__lte=F("cod_amount")), name="shipments_cod_tax_within"),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.PLANNED, Stage.VOID])
                | Q(batch__isnull=False, instructed_at__isnull=False),
                name="shipments_printed_in_batch",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=_BEFORE_INSPECTED) | Q(inspected_at__isnull=False), name="shipments_r69_inspected"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=_BEFORE_PACKED) | Q(packed_at__isnull=False), name="shipments_packed"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=_BEFORE_SHIPPED) | Q(shipped_at__isnull=False), name="shipments_shipped"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.VOID) | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="shipments_void_why",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DELIVERED) | Q(delivered_on__isnull=False), name="shipments_delivered_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.RETURNED) | Q(returned_at__isnull=False), name="shipments_returned_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["held_since"], name="shipments_held", condition=Q(held_since__isnull=False)),
            models.Index(
                fields=["stage", "service", "id"],
                name="shipments_in_work",
                condition=Q(stage__in=IN_WORK),
            ),
            models.Index(fields=["-shipped_at", "-id"], name="shipments_shipped_at"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text by which the foundation (audit, events, messages) names this shipment."""
        return f"shipment:{self.pk}"

    @property
    def mail_occasion(self) -> str:
        """What its shipping mail is kept under: a new one for each time it is handed over (T16, MAIL-4)."""
        return self.subject if self.dispatches <= 1 else f"{self.subject}#{self.dispatches}"

    @property
    def ship_address(self) -> str:
        """お届け先 in one line, without the name."""
        return f"{self.ship_prefecture}{self.ship_address1} {self.ship_address2}".strip()


class Bundle(models.Model):
    """同梱: orders that leave in one parcel (ORD-53, ORD-54), or were proposed to a buyer to do so (N-16).

    `until` is the JST day on which staff are asked when one still waits for another (ORD-55); `answer_by` when a
    question to the buyer lapses. `asked_to` is the address the question went to.
    """

    state = models.CharField(max_length=8, choices=BundleState.choices, default=BundleState.OPEN)
    until = models.DateField()
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    created_by_label = models.CharField(max_length=100, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    asked_to = models.CharField(max_length=254, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "until"], name="bundles_open", condition=Q(state__in=["open", "asked"]))
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def subject(self) -> str:
        """The text by which the foundation names this bundle."""
        return f"bundle:{self.pk}"


class BundleMember(models.Model):
    """One order of a bundle and what it was charged before, yen incl. tax: by that it is taken apart (ORD-54).

    `by_band`: its cash on delivery fee was that of our own table, and follows it again.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="members")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="bundled")
    is_lead = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    shipping_fee = models.BigIntegerField(null=True, blank=True)
    payment_fee = models.BigIntegerField(null=True, blank=True)
    by_band = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_lead", "order_id"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(is_open=True), name="bundled_once_at_a_time"),
            models.UniqueConstraint(fields=["bundle", "order"], name="bundled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.order_id}"


class PartPlan(models.Model):
    """分納 (ORD-50): an order that ships in parts, and what of its fees (yen incl. tax) later parcels carry.

    `shipping_fee` and `payment_fee` are those before; an order whose parts came together again gets them back.
    """

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="part_plan")
    rule = models.CharField(max_length=8)
    later_shipping = models.BigIntegerField(default=0)
    later_fee = models.BigIntegerField(default=0)
    shipping_fee = models.BigIntegerField()
    payment_fee = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.order_id} {self.rule}"


class ShipmentLine(models.Model):
    """How much of an order line goes with a shipment.

    `quantity` are ordered items, `pieces` what is to be scanned (a set of three is three), `scanned` what was right.
    """

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="+")
    sku = models.ForeignKey("catalog.Sku", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    pieces = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order_line__order_id", "order_line__number"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "order_line"], name="shipment_lines_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1) & Q(pieces__gte=F("quantity")), name="shipment_pieces"),
            models.CheckConstraint(condition=Q(scanned__lte=F("pieces")), name="shipment_scanned_within"),
        ]

    def __str__(self) -> str:
        return f"{self.scanned} / {self.pieces}"

    @property
    def left(self) -> int:
        """Pieces still to be scanned."""
        return self.pieces - self.scanned


class TrackingNumber(models.Model):
    """送り状番号: digits as stored (SHP-50), on one shipment only (SHP-51); several for several pieces."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="tracking")
    number = models.CharField(max_length=30, unique=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=60)
    carrier_file = models.ForeignKey(
        "fulfillment.CarrierFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="tracking_number_given")]

    def __str__(self) -> str:
        return self.number


class AppendOnly(TypeError):
    """Somebody tried to change or delete what is only ever added to."""


class ScanLog(models.Model):
    """Each scan as it came, right or wrong; never changed. `quantity` are pieces: 1, typed ones, or -1 taken back."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="scans")
    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=100)
    result = models.CharField(max_length=12, choices=Scan.choices)
    line = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sku = models.ForeignKey("catalog.Sku", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.IntegerField(default=0)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["shipment", "id"], name="scans_of_shipment")]

    def __str__(self) -> str:
        return f"{self.code} {self.result}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that exists is refused."""
        if self.pk is not None and not self._state.adding:
            raise AppendOnly("scans are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("scans are never deleted")


class CarrierFile(models.Model):
    """A file that went to a carrier's program or came back from it: its bytes and what was said about each row."""

    direction = models.CharField(max_length=4, choices=Direction.choices)
    adapter = models.CharField(max_length=40)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="carrier_files")
    name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    content = models.BinaryField()
    rows = models.PositiveIntegerField(default=0)
    results = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class CarrierContract(models.Model):
    """What the shop agreed with a carrier and how its files look: the adapter's name and its settings."""

    carrier = models.OneToOneField("terms.Carrier", on_delete=models.PROTECT, related_name="+")
    adapter = models.CharField(max_length=40)
    config = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.adapter
