"""The words an order is described with: queues, facts and their groups. Data only."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Queue(TextChoices):
    """The twelve processing queues (処理キュー), in the order in which they are decided (ORD-10)."""

    CANCELLED = "cancelled", pgettext_lazy("queue", "Cancelled")
    NEW = "new", pgettext_lazy("queue", "New")
    CHECK = "check", pgettext_lazy("queue", "To check")
    HOLD = "hold", pgettext_lazy("queue", "On hold")
    AWAITING_PAYMENT = "awaiting_payment", pgettext_lazy("queue", "Awaiting payment")
    AWAITING_STOCK = "awaiting_stock", pgettext_lazy("queue", "Awaiting stock")
    AWAITING_DATE = "awaiting_date", pgettext_lazy("queue", "Awaiting ship date")
    PREPARING = "preparing", pgettext_lazy("queue", "Being prepared")
    READY = "ready", pgettext_lazy("queue", "Ready to ship")
    AWAITING_SETTLEMENT = "awaiting_settlement", pgettext_lazy("queue", "Awaiting settlement")
    SHIPPED = "shipped", pgettext_lazy("queue", "Shipped")
    DONE = "done", pgettext_lazy("queue", "Done")


#: The queues in which an order still asks something of somebody before it leaves; the partial index covers them.
WORKING = (
    Queue.NEW,
    Queue.CHECK,
    Queue.HOLD,
    Queue.AWAITING_PAYMENT,
    Queue.AWAITING_STOCK,
    Queue.AWAITING_DATE,
    Queue.PREPARING,
    Queue.READY,
    Queue.AWAITING_SETTLEMENT,
)
#: Not yet finished, in the sense of tab counts: working queues and parcels on their way.
OPEN = (*WORKING, Queue.SHIPPED)


class Confirmation(TextChoices):
    """確認: whether a person or rule has taken the order on."""

    RECEIVED = "received", pgettext_lazy("fact", "Received")
    NEEDS_CHECK = "needs_check", _("Needs a check")
    ACCEPTED = "accepted", _("Accepted")


class Cancel(TextChoices):
    """取消 of a whole order."""

    NONE = "none", _("Not cancelled")
    REQUESTED = "requested", _("Cancel requested")
    CANCELLED = "cancelled", pgettext_lazy("fact", "Cancelled")


class CancelReason(TextChoices):
    """Why an order ended before shipping."""

    CUSTOMER = "customer", _("Customer's wish")
    UNPAID = "unpaid", _("Not paid in time")
    STOCKOUT = "stockout", _("Out of stock")
    SHOP = "shop", _("Shop cannot accept it")
    FRAUD = "fraud", _("Suspected fraud")
    STORE = "store", _("Cancelled at the store")
    JOINED = "joined", _("Put back into the order it was divided from")


#: What people choose from; the last kind is not chosen, it follows from putting an order together again.
CANCEL_REASONS = [choice for choice in CancelReason.choices if choice[0] != CancelReason.JOINED]


class Payment(TextChoices):
    """入金, derived by `payment_fact.derive_payment` (PAY-0)."""

    NOT_REQUIRED = "not_required", _("No payment due")
    UNPAID = "unpaid", _("Unpaid")
    GUARANTEED = "guaranteed", _("Guaranteed")
    GUARANTEE_FAILED = "guarantee_failed", _("Guarantee failed")
    PART_PAID = "part_paid", _("Partly paid")
    PAID = "paid", _("Paid")
    OVERPAID = "overpaid", _("Overpaid")
    REFUND_DUE = "refund_due", _("Refund due")
    WRITTEN_OFF = "written_off", _("Written off")


class Timing(StrEnum):
    """前払い / 後払い: whether money comes before or after the parcel (R52)."""

    PREPAID = "prepaid"
    POSTPAID = "postpaid"


class HoldKind(TextChoices):
    """ORD-5: why an order is kept back."""

    MANUAL = "manual", _("On hold")
    CUSTOMER_WAIT = "customer_wait", _("Waiting for the customer")
    UNTIL_DATE = "until_date", _("Until a date")
    RELEASE_DATE = "release_date", _("Release date")
    BUNDLE_WAIT = "bundle_wait", _("Waiting to ship together")
    FRAUD = "fraud", _("Fraud check")
    ADDRESS = "address", _("Address check")
    BLACKLIST = "blacklist", _("Attention list")
    CONSENT = "consent", _("Waiting for consent")


CHECK_HOLDS = frozenset({HoldKind.FRAUD, HoldKind.ADDRESS, HoldKind.BLACKLIST, HoldKind.CONSENT})
DATE_HOLDS = frozenset({HoldKind.UNTIL_DATE, HoldKind.RELEASE_DATE})
WAIT_HOLDS = frozenset({HoldKind.MANUAL, HoldKind.CUSTOMER_WAIT, HoldKind.BUNDLE_WAIT})


class ConsentBy(TextChoices):
    """How a buyer agreed to a higher amount (ORD-42)."""

    PHONE = "phone", _("By phone")
    MAIL = "mail", _("By mail")
    STORE = "store", _("Through the store")
    FAX = "fax", _("By FAX")
    OTHER = "other", _("In another way")


class Check(TextChoices):
    """ORD-20: what makes a person look before an order is accepted. The labels are as short as a badge."""

    REMARK = "REMARK", _("Remark")
    STOCKOUT = "STOCKOUT", _("Short")
    ADDRESS = "ADDRESS", _("Address")
    PHONE = "PHONE", _("Phone")
    DUPLICATE = "DUPLICATE", _("Duplicate?")
    NEW_SKU = "NEW_SKU", _("Unknown item")
    SHIP_TO_DIFF = "SHIP_TO_DIFF", _("Other recipient")
    QTY_LARGE = "QTY_LARGE", _("Large quantity")
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE", _("Date not possible")
    CHANNEL_CHANGED = "CHANNEL_CHANGED", _("Changed at the store")
    PRICE_DIFF = "PRICE_DIFF", _("Amounts differ")
    BLACKLIST = "BLACKLIST", _("Attention list")
    RULE = "RULE", _("Shop's rule")
    PAY_NOT_ALLOWED = "PAY_NOT_ALLOWED", _("Payment not possible")
    REMOTE_ISLAND = "REMOTE_ISLAND", _("Island")
    GIFT_INCOMPLETE = "GIFT_INCOMPLETE", _("Gift wording?")
    COMBINE_CANDIDATE = "COMBINE_CANDIDATE", _("Ship together?")
    COOL_MIX = "COOL_MIX", _("Temperature")
    AGE = "AGE", _("Age check")
    AUTH_EXPIRED = "AUTH_EXPIRED", _("Authorisation over")


class Promised(TextChoices):
    """What a buyer was promised and waits for (N-2); opened and kept by `overview.desk`."""

    CONFIRM = "confirm", pgettext_lazy("promise", "Confirmation")
    PAID = "paid", pgettext_lazy("promise", "Payment received")
    SHIPPED = "shipped", pgettext_lazy("promise", "Shipping notice")
    REPLY = "reply", pgettext_lazy("promise", "Reply to the remark")
    CANCEL = "cancel", pgettext_lazy("promise", "Answer to the cancel request")
    STOCKOUT = "stockout", pgettext_lazy("promise", "Word about missing goods")
    INQUIRY = "inquiry", pgettext_lazy("promise", "First reply to an inquiry")


#: Reasons that only ask a person to look; with nothing else open, one press answers them and accepts.
ONLY_LOOK = frozenset(
    {
        Check.REMARK,
        Check.SHIP_TO_DIFF,
        Check.QTY_LARGE,
        Check.DUPLICATE,
        Check.REMOTE_ISLAND,
        Check.COMBINE_CANDIDATE,
        Check.RULE,
    }
)


class Stage(TextChoices):
    """出荷: how far a shipment is."""

    PLANNED = "planned", _("Planned")
    INSTRUCTED = "instructed", _("Printed")
    PICKING = "picking", _("Picking")
    INSPECTED = "inspected", _("Inspected")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", pgettext_lazy("stage", "Shipped")
    DELIVERED = "delivered", _("Delivered")
    RETURNING = "returning", _("Coming back")
    RETURNED = "returned", _("Returned")
    VOID = "void", _("Void")


IN_WORK = (Stage.INSTRUCTED, Stage.PICKING, Stage.INSPECTED, Stage.PACKED)
CLOSED_STAGES = frozenset({Stage.DELIVERED, Stage.RETURNED, Stage.VOID})


class Supply(TextChoices):
    """ORD-3: where a line's goods come from."""

    STOCK = "stock", _("From stock")
    PREORDER = "preorder", _("Preorder")
    BACKORDER = "backorder", _("On order from the maker")
    MADE = "made", _("Made to order")


class ShipPolicy(TextChoices):
    """ORD-11: ship when everything is there, or what is there."""

    ALL = "all", _("Everything together")
    PARTIAL = "partial", _("What is in stock first")


#: Icon and tone of each queue: colour says whose turn it is, the word what, the icon both without colour.
QUEUE_LOOK: dict[str, tuple[str, str]] = {
    Queue.CANCELLED: ("x", "wait"),
    Queue.NEW: ("inbox", "act"),
    Queue.CHECK: ("eye", "act"),
    Queue.HOLD: ("player-pause", "wait"),
    Queue.AWAITING_PAYMENT: ("cash", "wait"),
    Queue.AWAITING_STOCK: ("packages", "wait"),
    Queue.AWAITING_DATE: ("calendar-event", "wait"),
    Queue.PREPARING: ("barcode", "ok"),
    Queue.READY: ("printer", "act"),
    Queue.AWAITING_SETTLEMENT: ("receipt", "wait"),
    Queue.SHIPPED: ("truck", "ok"),
    Queue.DONE: ("check", "ok"),
}

#: Icon and tone of each check reason's badge.
CHECK_LOOK: dict[str, tuple[str, str]] = {
    Check.REMARK: ("message-2", "act"),
    Check.STOCKOUT: ("packages", "stop"),
    Check.ADDRESS: ("map-pin", "warn"),
    Check.PHONE: ("phone", "warn"),
    Check.DUPLICATE: ("copy", "act"),
    Check.NEW_SKU: ("tag", "warn"),
    Check.SHIP_TO_DIFF: ("id", "act"),
    Check.QTY_LARGE: ("plus", "act"),
    Check.DATE_IMPOSSIBLE: ("calendar-event", "warn"),
    Check.CHANNEL_CHANGED: ("refresh", "act"),
    Check.PRICE_DIFF: ("cash", "warn"),
    Check.BLACKLIST: ("alert-octagon", "stop"),
    Check.RULE: ("wand", "act"),
    Check.PAY_NOT_ALLOWED: ("cash", "stop"),
    Check.REMOTE_ISLAND: ("map-pin", "act"),
    Check.GIFT_INCOMPLETE: ("gift", "act"),
    Check.COMBINE_CANDIDATE: ("packages", "act"),
    Check.COOL_MIX: ("snowflake", "warn"),
    Check.AGE: ("id", "act"),
    Check.AUTH_EXPIRED: ("credit-card", "stop"),
}


def words(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    """The (value, label) pairs of a vocabulary, for model fields and forms."""
    return list(choices.choices)
