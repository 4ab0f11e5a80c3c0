"""Words stored in the rows of fulfillment. The stages themselves belong to orders."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders.states import Stage

#: Papers are out, goods are being fetched: what inspection may be done on.
SCANNABLE = (Stage.INSTRUCTED, Stage.PICKING)
#: Not planned any more and not void: what the order keeps as `shipment_stages`.
TOLD = (
    Stage.INSTRUCTED,
    Stage.PICKING,
    Stage.INSPECTED,
    Stage.PACKED,
    Stage.SHIPPED,
    Stage.DELIVERED,
    Stage.RETURNING,
    Stage.RETURNED,
)


#: Handed over and not back here: where the carrier has it is known from outside.
UNDER_WAY = (Stage.SHIPPED, Stage.DELIVERED, Stage.RETURNING)
#: Goods of these have left the house; what came back was sent all the same.
GONE = (*UNDER_WAY, Stage.RETURNED)


class Tracking(TextChoices):
    """Where a parcel is, in the carriers' words (SHP-53)."""

    ACCEPTED = "accepted", pgettext_lazy("tracking", "Taken in")
    IN_TRANSIT = "in_transit", pgettext_lazy("tracking", "On the way")
    AT_DEPOT = "at_depot", pgettext_lazy("tracking", "At the delivery depot")
    OUT = "out", pgettext_lazy("tracking", "Out for delivery")
    MISSED = "missed", pgettext_lazy("tracking", "Nobody at home")
    HELD = "held", pgettext_lazy("tracking", "Kept at the depot")
    RESCHEDULED = "rescheduled", pgettext_lazy("tracking", "Another day agreed")
    SEARCHED = "searched", pgettext_lazy("tracking", "Being searched for")
    RETURNING = "returning", pgettext_lazy("tracking", "Coming back")
    DELIVERED = "delivered", pgettext_lazy("tracking", "Delivered")


#: The stage that follows from where the carrier has it; all others mean that it is still on its way.
STAGE_OF: dict[str, str] = {Tracking.DELIVERED: Stage.DELIVERED, Tracking.RETURNING: Stage.RETURNING}


class BatchState(TextChoices):
    """出荷バッチ: a round of work, from printing to the last parcel."""

    OPEN = "open", pgettext_lazy("batch", "In work")
    DONE = "done", pgettext_lazy("batch", "Done")


class Paper(TextChoices):
    """What is printed for a batch."""

    TOTAL = "total", _("Total picking list")
    SINGLE = "single", _("Picking lists")
    NOTE = "note", _("Delivery notes")


class Scan(TextChoices):
    """What became of one scan."""

    OK = "ok", _("Right")
    WRONG_ITEM = "wrong_item", _("Wrong item")
    TOO_MANY = "too_many", _("Too many")
    STOPPED = "stopped", _("Shipping stopped")
    UNKNOWN = "unknown", _("Unknown code")
    UNDONE = "undone", _("Taken back")
    PASSED = "passed", _("Passed by a manager")


class BundleState(TextChoices):
    """同梱: asked of the buyer, agreed and waiting or planned, gone, or ended without a parcel."""

    ASKED = "asked", pgettext_lazy("bundle", "Asked")
    OPEN = "open", pgettext_lazy("bundle", "Together")
    SENT = "sent", pgettext_lazy("bundle", "Sent")
    APART = "apart", pgettext_lazy("bundle", "Taken apart")
    REFUSED = "refused", pgettext_lazy("bundle", "Not wanted")
    LAPSED = "lapsed", pgettext_lazy("bundle", "No answer")


class Direction(TextChoices):
    """Which way a carrier's file went."""

    OUT = "out", _("To the carrier")
    IN = "in", _("From the carrier")


#: Icon and tone of where a parcel is.
TRACKING_LOOK: dict[str, tuple[str, str]] = {
    Tracking.ACCEPTED: ("truck", "ok"),
    Tracking.IN_TRANSIT: ("truck", "ok"),
    Tracking.AT_DEPOT: ("truck", "ok"),
    Tracking.OUT: ("truck-delivery", "ok"),
    Tracking.MISSED: ("alert-triangle", "warn"),
    Tracking.HELD: ("alert-triangle", "warn"),
    Tracking.RESCHEDULED: ("calendar-event", "wait"),
    Tracking.SEARCHED: ("search", "warn"),
    Tracking.RETURNING: ("truck-return", "stop"),
    Tracking.DELIVERED: ("check", "ok"),
}

#: Icon and tone of each stage.
STAGE_LOOK: dict[str, tuple[str, str]] = {
    Stage.PLANNED: ("clock", "wait"),
    Stage.INSTRUCTED: ("printer", "ok"),
    Stage.PICKING: ("barcode", "ok"),
    Stage.INSPECTED: ("circle-check", "ok"),
    Stage.PACKED: ("package", "ok"),
    Stage.SHIPPED: ("truck", "ok"),
    Stage.DELIVERED: ("check", "ok"),
    Stage.RETURNING: ("truck", "warn"),
    Stage.RETURNED: ("check", "wait"),
    Stage.VOID: ("x", "wait"),
}
