"""What shipping adds to the frame: its menu entry, buttons on orders, the panel of an order, search, settings."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders import deeds
from akinai.backoffice.orders import permissions as order_permissions
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.text import digits
from akinai.foundation.jobs.progress import titles
from akinai.foundation.ui import registry

from . import permissions, selectors
from .states import TRACKING_LOOK, Tracking


def register() -> None:
    """Called once, when all apps are ready."""
    registry.menu.add(
        registry.MenuItem(
            "shipping", pgettext_lazy("menu", "Shipping"), "truck-delivery", "fulfillment:waiting", permissions.VIEW,
            order=40, count=_open, letter="s", sections=("fulfillment",),
        )
    )  # fmt: skip
    registry.order_panels.add(
        registry.Panel(
            "shipments", _("Shipments"), "fulfillment:panel", permissions.VIEW, order=30, css="fulfillment/shipping.css"
        )
    )
    registry.order_panels.add(
        registry.Panel("together", _("Divide and combine"), "fulfillment:together", permissions.VIEW, order=35)
    )
    titles["fulfillment.lapse"] = _("Questions to buyers whose time is over")
    for action, icon, label in _DEEDS:
        deeds.tell(action, icon, label)
    registry.actions.add(*_actions())
    for state in Tracking:
        deeds.tell(f"fulfillment.parcel.{state.value}", TRACKING_LOOK[state][0], state.label)
    registry.search_providers.add(
        registry.SearchProvider("shipments", _("Shipments"), "truck", permissions.VIEW, _find, order=40)
    )
    registry.settings_pages.add(
        registry.SettingsPage(
            "carrier_files", _("Carrier files"), "truck", "fulfillment:contract", permissions.SETTINGS, 320,
            _("B2 Cloud: contract, sender, contents"), pgettext_lazy("menu", "Shipping"),
        )
    )  # fmt: skip


_DEEDS = (
    ("fulfillment.bundle", "packages", _("Ships together with another order")),
    ("fulfillment.unbundle", "packages", _("Ships alone again")),
)


def _actions() -> list[registry.Action]:
    work, make = permissions.WORK, _("Print the papers")
    return [
        registry.Action(
            "fulfillment.instruct", make, work, "fulfillment:instruct", icon="printer", order=40, primary=True
        ),
        registry.Action(
            "fulfillment.make_batch", make, work, "fulfillment:instruct", bulk=True, icon="printer", order=40,
            primary=True,
        ),
        registry.Action(
            "fulfillment.dispatch", _("Hand over"), work, "fulfillment:dispatch_now", bulk=True, icon="truck", order=50,
            primary=True,
        ),
        registry.Action(
            "fulfillment.pull_back", _("Pull the shipment back"), permissions.PULL_BACK, "fulfillment:pull_back",
            icon="truck-return", order=60,
        ),
        registry.Action(
            "fulfillment.cancel_and_pull_back", _("Cancel the order"), order_permissions.CANCEL,
            "fulfillment:cancel_and_pull_back", icon="x", order=70, danger=True,
        ),
    ]  # fmt: skip


def _open(actor: Actor) -> registry.Count:
    return registry.Count(selectors.open_in_menu(), title=_("Ready to ship or being prepared"))


def _find(text: str, actor: Actor, limit: int) -> Sequence[registry.Hit]:
    return [
        registry.Hit(
            reverse("fulfillment:shipment", args=[s.pk]), s.number,
            " · ".join([str(s.get_stage_display()), s.ship_name, *(t.number for t in s.tracking.all())]), "truck",
            exact=s.number == text.strip() or digits(text) in {t.number for t in s.tracking.all()},
        )
        for s in selectors.find_by_code(text, limit)
    ]  # fmt: skip
