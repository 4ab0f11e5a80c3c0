"""What returns add to the frame: the rail's entry, the panel of an order, deeds, search."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders import deeds
from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import registry

from . import permissions, selectors
from .models import Case

DEEDS = {
    "open": ("arrow-back-up", _("Return or other case opened")),
    "cause": ("pencil", _("Why it was not delivered")),
    "receive": ("package", _("Returned goods inspected")),
    "finish": ("package", _("The rest is not awaited")),
    "request_refund": ("receipt-refund", _("Refund asked for")),
    "approve_refund": ("receipt-refund", _("Refund approved, sale reversed")),
    "decline_refund": ("circle-minus", _("Refund not approved")),
    "reverse_sale": ("receipt-refund", _("Sale reversed")),
    "replace": ("truck", _("Other goods sent instead")),
    "overdue": ("clock-exclamation", _("Not sent back in time")),
    "claim_paid": ("cash", _("Claim paid")),
    "claim_waived": ("circle-minus", _("Claim waived")),
    "claim_changed": ("pencil", _("Claim corrected")),
    "close": ("check", _("Case closed")),
    "withdraw": ("x", _("Case withdrawn")),
    "note": ("note", _("Note on a case")),
}


def register() -> None:
    """Called once, when all apps are ready."""
    registry.menu.add(
        registry.MenuItem(
            "returns", pgettext_lazy("menu", "Returns"), "truck-return", "returns:list", permissions.VIEW, order=45,
            count=_count, letter="r",
        )
    )  # fmt: skip
    registry.order_panels.add(
        registry.Panel("returns", _("Returns and exchanges"), "returns:panel", permissions.VIEW, order=40)
    )
    registry.customer_panels.add(
        registry.Panel("returns", _("Returns and exchanges"), "returns:of_customer", permissions.VIEW, order=20)
    )
    registry.search_providers.add(
        registry.SearchProvider(
            "returns", pgettext_lazy("menu", "Returns"), "truck-return", permissions.VIEW, _find, order=60
        )
    )
    for name, (icon, label) in DEEDS.items():
        deeds.tell(f"returns.{name}", icon, label)


def _count(actor: Actor) -> registry.Count:
    number, late = selectors.our_turn()
    return registry.Count(number, bool(late), _t("%(n)s overdue") % {"n": late} if late else "")


def _find(text: str, actor: Actor, limit: int) -> Sequence[registry.Hit]:
    rows = Case.objects.filter(number__istartswith=text.strip()).select_related("order")[:limit]
    return [
        registry.Hit(
            reverse("returns:case", args=[c.pk]), c.number,
            f"{c.get_kind_display()} · {c.get_state_display()} · {c.order.buyer_name}", "truck-return",
        )
        for c in rows
    ]  # fmt: skip
