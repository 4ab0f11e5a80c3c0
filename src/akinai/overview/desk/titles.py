"""What background work is called on screen, for tasks whose own app has given no name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.jobs import progress
from akinai.foundation.ui.registry import Label

TITLES: dict[str, Label] = {
    "accounts.prune": _("Forget old log-in tries"),
    "channels.take_in": _("Import orders"),
    "desk.review": _("Keep count of promises"),
    "desk.review_open": _("Look at open promises again"),
    "fulfillment.dispatch": _("Confirm dispatch"),
    "returns.bill_unreturned": _("Goods not sent back in time"),
    "returns.parcel_returning": _("Case for a parcel coming back"),
    "returns.refund_recorded": _("Cases closed by a refund"),
    "fulfillment.tell_of_held": _("Mail about parcels kept at the depot"),
    "fulfillment.instruct_batch": _("Make a shipping batch"),
    "fulfillment.print_batch": _("Make the papers of a batch"),
    "fulfillment.replan": _("Plan shipments"),
    "inventory.expire": _("Let go stock whose time is over"),
    "jobs.prune": _("Forget old background work"),
    "messaging.fetch": _("Fetch mails from the mailboxes"),
    "messaging.send": _("Send a mail"),
    "notifications.ask_and_follow": _("Mail: requests for reviews, and following up"),
    "notifications.bundle_asked": _("Mail: sending orders together"),
    "notifications.case_closed": _("Mail: returns that are over"),
    "notifications.case_opened": _("Mail: how to send goods back"),
    "notifications.parcel_held": _("Mail about parcels kept at the depot"),
    "notifications.bank_checked": _("Mail: reminders that waited for the passbook"),
    "notifications.remind": _("Payment reminders"),
    "notifications.deposit_recorded": _("Mail: payment received"),
    "notifications.mail_draft_requested": _("Mail: draft"),
    "notifications.note_delivery": _("Note failed mails on orders"),
    "notifications.order_accepted": _("Mail: order confirmation"),
    "notifications.order_cancelled": _("Mail: cancellation"),
    "notifications.order_edited": _("Mail: changed order"),
    "notifications.order_placed": _("Mail: order received"),
    "notifications.refund_recorded": _("Mail: refund"),
    "notifications.shipment_dispatched": _("Mail: shipping notice"),
}


def give() -> None:
    """Name what nobody has named."""
    for task, label in TITLES.items():
        progress.titles.setdefault(task, label)
