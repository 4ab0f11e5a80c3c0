"""Orders, their lines and the facts held on them. Facts are stored; the queue is a projection (ORD-1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from . import states
from .phone.models import CallSheet, OrderCall
from .rules.models import OrderTag, Rule, RuleDeed, RuleLog, RuleTrial

__all__ = [
    "CallSheet",
    "CheckReason",
    "Hold",
    "Order",
    "OrderCall",
    "OrderLine",
    "OrderNote",
    "OrderTag",
    "OrderVersion",
    "RemarkAnswer",
    "Rule",
    "RuleDeed",
    "RuleLog",
    "RuleTrial",
]


class StillOpen(Func):
    """True of orders that are neither done nor cancelled, written as the partial index writes it.

    The words stand in the SQL and not among its parameters: SQLite plans before it sees parameters and would not
    know that the index applies.
    """

    template = "NOT (%(expressions)s IN ('done', 'cancelled'))"
    output_field = models.BooleanField()

    def __init__(self) -> None:
        super().__init__(F("queue"))


class OwedBack(Func):
    """True of orders whose buyer is owed money, written as the partial index writes it (see `StillOpen`)."""

    template = "%(expressions)s IN ('overpaid', 'refund_due')"
    output_field = models.BooleanField()

    def __init__(self) -> None:
        super().__init__(F("payment"))


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders, with the questions that an index answers."""

    def still_open(self) -> OrderQuerySet:
        """Those that are neither done nor cancelled; counts over them read the partial index only."""
        return self.filter(StillOpen())


class Order(models.Model):
    """One order of one store. Money is yen including tax unless a name says otherwise; times are aware, in JST.

    `version` guards against two people acting at once (ORD-31); `edition` is the number the buyer sees in documents
    (ORD-41). What the apps above know (money received, parcels, cases, promises) reaches the order by
    `services.record` and is kept here as columns; `akinai check` compares each with its source.
    """

    number = models.CharField(_("order number"), max_length=40, unique=True)
    store = models.ForeignKey("stores.Store", on_delete=models.PROTECT, related_name="+")
    store_number = models.CharField(_("store's order number"), max_length=60)
    ordered_at = models.DateTimeField(_("ordered at"))
    received_at = models.DateTimeField(_("received at"))
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    is_history = models.BooleanField(default=False)

    # the buyer, as written on this order
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="orders")
    buyer_name = models.CharField(max_length=200)
    buyer_kana = models.CharField(max_length=200, blank=True)
    buyer_company = models.CharField(max_length=200, blank=True)
    buyer_phone = models.CharField(max_length=40, blank=True)
    buyer_mail = models.CharField(max_length=254, blank=True)
    buyer_postcode = models.CharField(max_length=10, blank=True)
    buyer_prefecture = models.CharField(max_length=10, blank=True)
    buyer_address1 = models.CharField(max_length=255, blank=True)
    buyer_address2 = models.CharField(max_length=255, blank=True)

    # お届け先
    ship_name = models.CharField(max_length=200)
    ship_kana = models.CharField(max_length=200, blank=True)
    ship_company = models.CharField(max_length=200, blank=True)
    ship_phone = models.CharField(max_length=40, blank=True)
    ship_postcode = models.CharField(max_length=10, blank=True)
    ship_prefecture = models.CharField(max_length=10, blank=True)
    ship_address1 = models.CharField(max_length=255, blank=True)
    ship_address2 = models.CharField(max_length=255, blank=True)

    # how it shall be paid and sent
    payment_method = models.ForeignKey("terms.PaymentMethod", on_delete=models.PROTECT, related_name="+")
    delivery_service = models.ForeignKey("terms.DeliveryService", on_delete=models.PROTECT, related_name="+")
    wish_date = models.DateField(null=True, blank=True)
    wish_window = models.CharField(max_length=8, blank=True)
    wish_window_raw = models.CharField(max_length=60, blank=True)
    remark = models.TextField(blank=True)
    is_gift = models.BooleanField(default=False)
    gift_note = models.TextField(blank=True)
    warehouse_note = models.TextField(blank=True)
    ship_policy = models.CharField(max_length=8, choices=states.ShipPolicy.choices, default=states.ShipPolicy.ALL)

    # money by the TAX rules; tax_lines is [{"rate", "gross", "tax", "discount"}]
    goods_total = models.BigIntegerField(default=0)
    added_tax = models.BigIntegerField(default=0)
    shipping_fee = models.BigIntegerField(default=0)
    payment_fee = models.BigIntegerField(default=0)
    wrapping_fee = models.BigIntegerField(default=0)
    other_fee = models.BigIntegerField(default=0)
    coupon = models.BigIntegerField(default=0)
    coupon_covers_shipping = models.BooleanField(default=False)
    points = models.BigIntegerField(default=0)
    points_kind = models.CharField(max_length=8, default="tender")
    discount_total = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    store_total = models.BigIntegerField(null=True, blank=True)
    store_tax = models.BigIntegerField(null=True, blank=True)
    tax_rounding = models.CharField(max_length=8, default="floor")
    tax_lines = models.JSONField(default=list)

    # facts
    confirmation = models.CharField(
        max_length=12, choices=states.Confirmation.choices, default=states.Confirmation.RECEIVED
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    cancel = models.CharField(max_length=10, choices=states.Cancel.choices, default=states.Cancel.NONE)
    cancel_reason = models.CharField(max_length=12, choices=states.CancelReason.choices, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=60, blank=True)
    confirm_by = models.DateTimeField(null=True, blank=True)
    pay_due = models.DateField(null=True, blank=True)
    pay_cancel_on = models.DateField(null=True, blank=True)
    # ORD-8: a manager lets the goods leave although the money is not there; when, who and why. All three may be null:
    # SQLite then adds the columns in place, where a rebuilt table would lose the triggers of the search
    gate_override_at = models.DateTimeField(null=True, blank=True)
    gate_override_by = models.CharField(max_length=100, null=True, blank=True)
    gate_override_reason = models.TextField(null=True, blank=True)

    # kept here for the apps above (services.record)
    received_amount = models.BigIntegerField(default=0)
    guaranteed_amount = models.BigIntegerField(default=0)
    guarantee_failed = models.BooleanField(default=False)
    credited_amount = models.BigIntegerField(default=0)
    written_off = models.BooleanField(default=False)
    shipment_stages = models.JSONField(default=list)
    open_cases = models.PositiveIntegerField(default=0)
    open_followups = models.PositiveIntegerField(default=0)
    close_wait_until = models.DateField(null=True, blank=True)
    mail_failed = models.BooleanField(default=False)
    shipped_at = models.DateTimeField(null=True, blank=True)
    promise_kind = models.CharField(max_length=12, choices=states.Promised.choices, blank=True)
    promise_due_at = models.DateTimeField(null=True, blank=True)

    # projections, written only by services.refresh
    payment = models.CharField(max_length=16, choices=states.Payment.choices, default=states.Payment.UNPAID)
    queue = models.CharField(max_length=20, choices=states.Queue.choices, default=states.Queue.NEW)
    queue_since = models.DateTimeField()
    ship_not_before = models.DateField(null=True, blank=True)
    stopped = models.BooleanField(default=False)
    badges = models.JSONField(default=list)
    search_text = models.TextField(blank=True)

    #: What the store's file said, for comparing with a later one (ORD-32).
    source = models.JSONField(default=dict)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "store_number"], name="orders_one_per_store_number"),
            models.CheckConstraint(condition=Q(edition__gte=1) & Q(version__gte=1), name="orders_versions_from_one"),
            models.CheckConstraint(
                condition=~Q(confirmation="accepted") | Q(accepted_at__isnull=False), name="orders_accepted_has_time"
            ),
            models.CheckConstraint(condition=~Q(cancel="cancelled") | ~Q(cancel_reason=""), name="orders_cancel_why"),
        ]
        indexes = [
            models.Index(
                fields=["queue", "-ordered_at", "-id"],
                name="orders_open",
                condition=~Q(queue__in=["done", "cancelled"]),
            ),
            models.Index(fields=["-ordered_at", "-id"], name="orders_latest"),
            models.Index(
                fields=["confirm_by"],
                name="orders_confirm_by",
                condition=Q(confirmation__in=["received", "needs_check"], cancel="none"),
            ),
            models.Index(
                fields=["promise_due_at"],
                name="orders_promise_due",
                condition=Q(promise_due_at__isnull=False),
            ),
            models.Index(fields=["customer", "-ordered_at"], name="orders_of_customer"),
            models.Index(fields=["store", "-ordered_at"], name="orders_of_store"),
            models.Index(fields=["store_number"], name="orders_store_number"),
            models.Index(
                fields=["payment", "-id"],
                name="orders_money_to_return",
                condition=Q(payment__in=["overpaid", "refund_due"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text by which the foundation (audit, messages) names this order."""
        return f"order:{self.pk}"

    @property
    def in_work(self) -> bool:
        """Whether papers of a parcel are out (ORD-40)."""
        return any(stage in states.IN_WORK for stage in self.shipment_stages)

    @property
    def gate_overridden(self) -> bool:
        """ORD-8: a manager has let the goods go before the money."""
        return self.gate_override_at is not None

    @property
    def ship_address(self) -> str:
        """お届け先 in one line, without the name."""
        return f"{self.ship_prefecture}{self.ship_address1} {self.ship_address2}".strip()


class OrderLine(models.Model):
    """One line. `short` is ordered - allocated - shipped - cancelled (ORD-2) and never stored twice.

    `unit_price` is yen in `price_basis`; `tax_rate` is percent as of the order. `moved` of the cancelled items are not
    given up but stand on another order since this one was divided (ORD-52).
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    #: its index is the one below, which also says which orders are the newest
    sku = models.ForeignKey(
        "catalog.Sku", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    store_code = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=500)
    options = models.TextField(blank=True)
    quantity = models.PositiveIntegerField()
    units_per_item = models.PositiveIntegerField(default=1)
    unit_price = models.BigIntegerField()
    price_basis = models.CharField(max_length=8, default="incl")
    tax_rate = models.PositiveSmallIntegerField()
    supply = models.CharField(max_length=10, choices=states.Supply.choices, default=states.Supply.STOCK)
    short_told = models.BooleanField(default=False)
    allocated = models.PositiveIntegerField(default=0)
    shipped = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="lines_number_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="lines_quantity_positive"),
            models.CheckConstraint(
                condition=Q(allocated__lte=F("quantity") - F("shipped") - F("cancelled")), name="lines_ord_2"
            ),
            models.CheckConstraint(condition=Q(moved__lte=F("cancelled")), name="lines_moved_within"),
        ]
        indexes = [models.Index(fields=["sku", "order"], name="lines_of_sku")]

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"

    @property
    def live(self) -> int:
        """How many the buyer still gets or has got."""
        return self.quantity - self.cancelled

    @property
    def remaining(self) -> int:
        """How many are still to be sent."""
        return self.quantity - self.shipped - self.cancelled

    @property
    def short(self) -> int:
        """How many of them are not secured."""
        return self.remaining - self.allocated

    @property
    def amount(self) -> int:
        """Yen of the live quantity, in the line's own price basis."""
        return self.unit_price * self.live

    @property
    def is_reduced(self) -> bool:
        """True where documents carry the ※ mark of the reduced rate."""
        return self.tax_rate == 8


class CheckReason(models.Model):
    """確認理由: why a person must look; open until somebody answers (T03)."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=20, choices=states.Check.choices)
    detail = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "code"], condition=Q(closed_at__isnull=True), name="checks_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Hold(models.Model):
    """保留: open until released by a person, an event or its date (ORD-5, ORD-6)."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=14, choices=states.HoldKind.choices)
    until = models.DateField(null=True, blank=True)
    is_delivery_date = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], condition=Q(closed_at__isnull=True), name="holds_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["until_date", "release_date"]) | Q(until__isnull=False),
                name="holds_date_has_date",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="holds_until", condition=Q(closed_at__isnull=True))]

    def __str__(self) -> str:
        return self.kind


class OrderVersion(models.Model):
    """One edit (ORD-41): who changed what, why, from what to what. Edition 1 is the order as it came, in `after`; it is
    written down with the first edit and never changes."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="versions")
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["edition"]
        constraints = [models.UniqueConstraint(fields=["order", "edition"], name="versions_once")]

    def __str__(self) -> str:
        return f"{self.order_id} v{self.edition}"


class Consent(models.Model):
    """ORD-42: the buyer agreed to a higher amount: how, on which day (JST), who said so, and to how much (yen)."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="consents")
    edition = models.PositiveIntegerField()
    total = models.BigIntegerField()
    how = models.CharField(max_length=10, choices=states.ConsentBy.choices)
    agreed_on = models.DateField()
    said_by = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.total}"


class RemarkAnswer(models.Model):
    """What the buyer's remark was taken for, and the sentence that answers it in the confirmation (R32, MAIL-10)."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="remark_answer")
    read = models.JSONField(default=dict)
    reply = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.reply[:40]


class OrderNote(models.Model):
    """社内メモ: what staff tell each other about an order; the buyer never sees it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:40]


class OrderPart(models.Model):
    """受注分割 (ORD-52): `part` took lines over from `order`, which goes on as the first part under its own number.

    `total` is what `order` came to before, yen incl. tax; `first_total` and `part_total` are what the two came to
    after (`first_edition` of the order), and add up to it. `by_store_tax`: the total believed the store's rounding of
    the tax. A division that was undone stays as a record.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parts")
    part = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="part_of")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    total = models.BigIntegerField()
    first_total = models.BigIntegerField()
    part_total = models.BigIntegerField()
    first_edition = models.PositiveIntegerField()
    by_store_tax = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=F("first_total") + F("part_total")), name="parts_ord_52_to_the_yen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} / {self.part_id}"
