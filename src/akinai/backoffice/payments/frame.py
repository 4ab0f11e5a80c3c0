"""What money adds to the frame of every page: the rail's entry, the order page's panel, actions, job titles."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from akinai.backoffice.orders import deeds
from akinai.backoffice.orders import permissions as orders_permissions
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs import progress
from akinai.foundation.ui import registry

from . import permissions, selectors
from .states import Entry

#: How entries of the ledger look in the timeline of an order.
DEEDS = {
    Entry.DEPOSIT: "cash",
    Entry.STORE_PAID: "cash",
    Entry.AUTHORISED: "shield-check",
    Entry.REFUND: "receipt-refund",
    Entry.WRITE_OFF: "circle-minus",
    Entry.MOVED_IN: "arrows-split",
    Entry.MOVED_OUT: "arrows-split",
    Entry.AUTH_IN: "arrows-split",
    Entry.AUTH_OUT: "arrows-split",
    Entry.AUTH_OVER: "credit-card",
}


def register() -> None:
    """Called once, when all apps are loaded."""
    registry.menu.add(
        registry.MenuItem(
            "money", _l("Money"), "cash", "payments:waiting", permissions.VIEW, order=30, count=count, letter="m"
        )
    )
    registry.order_panels.add(
        registry.Panel("money", _l("Money"), "payments:panel", permissions.VIEW, order=30, css="payments/money.css")
    )
    registry.actions.add(
        registry.Action(
            "payments.mark_paid", _l("Confirm payment"), permissions.RECORD, "payments:mark_paid", bulk=True,
            icon="cash", order=40, primary=True, confirm=_l("Record the whole open amount as received today?"),
        )
    )  # fmt: skip
    registry.actions.add(
        registry.Action(
            "payments.several", _l("One deposit for several orders"), permissions.RECORD, "payments:several", bulk=True,
            icon="coins", order=45,
        )
    )  # fmt: skip
    registry.actions.add(
        registry.Action(
            "payments.cancel_unpaid", _l("Cancel as unpaid"), orders_permissions.CANCEL, "payments:cancel_unpaid",
            bulk=True, icon="x", order=50, danger=True,
            confirm=_l("Cancel these orders? The goods become free and the buyers get a mail."),
        )
    )  # fmt: skip
    registry.actions.add(
        registry.Action(
            "payments.settle", _l("Record the settlement"), permissions.RECORD, "payments:settle", bulk=True,
            icon="receipt", order=40, primary=True,
        )
    )  # fmt: skip
    for entry, icon in DEEDS.items():
        deeds.tell(f"payments.{entry.value}", icon, entry.label)
    deeds.tell("payments.refund_asked", "receipt-refund", _l("Refund: approval asked for"))
    deeds.tell("payments.refund_approved", "check", _l("Refund approved"))
    deeds.tell("payments.refund_declined", "x", _l("Refund not approved"))
    deeds.tell("payments.reverse", "arrow-back-up", _l("Money entry taken back"))
    deeds.tell("payments.bank_checked", "building-bank", _l("Passbook read"))
    deeds.tell("payments.settle", "receipt", _l("Several orders paid at once"))
    deeds.tell("payments.take_again", "refresh", _l("Taken again after payment"))
    progress.titles["payments.lapse_orders"] = _l("Orders not paid in time")
    progress.titles["payments.bank_checked"] = _l("Orders not paid in time")
    progress.titles["payments.end_authorisations"] = _l("Authorisations that ran out")
    progress.titles["payments.mark_many"] = _l("Confirming payments")


def count(actor: Actor) -> registry.Count:
    """What waits for us: overdue payments and money to give back; loud while a payment is overdue."""
    late = selectors.overdue(selectors.waiting()).count()
    back = selectors.money_to_return().aggregate(owed=Count("pk"), asked=Count("pk", filter=Q(asks=True)))
    owed, asked = back["owed"], back["asked"]
    parts = []
    if asked:
        parts.append(_("%(n)s refunds to approve") % {"n": asked})
    if late:
        parts.append(_("%(n)s overdue") % {"n": late})
    if owed:
        parts.append(_("%(n)s to give back") % {"n": owed})
    return registry.Count(late + owed, bool(late or asked), " · ".join(parts))
