"""What orders add to the frame of every page: the rail's entry, search and actions."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html, registry
from akinai.shop.customers.ports import belongings

from . import customers, permissions, search, selectors, steps, wording
from .models import Order
from .states import QUEUE_LOOK

JOB_TITLES = {
    "orders.bulk": gettext_lazy("Work on the selected orders"),
    "orders.rederive": gettext_lazy("Orders judged anew after a change of settings"),
    "orders.rules_day": gettext_lazy("Rules look at the new day"),
    "orders.heed_attention": gettext_lazy("Open orders looked at by the attention list"),
    "orders.rules_on_change": gettext_lazy("Rules look at a changed order"),
    "orders.rules_on_edit": gettext_lazy("Rules look at an edited order"),
    "orders.rules_again": gettext_lazy("Rules look at an order again"),
    "orders.try_rule": gettext_lazy("Try a rule on the orders of the last 30 days"),
    "orders.tick": gettext_lazy("Orders whose date has come"),
    "orders.follow_releases": gettext_lazy("Preorders follow their release day"),
    "orders.serve_waiting": gettext_lazy("Free goods to orders that wait"),
}


def register() -> None:
    """Called once, when all apps are loaded."""
    registry.menu.add(
        registry.MenuItem(
            "orders", gettext_lazy("Orders"), "clipboard-list", "orders:list", permissions.VIEW, order=20,
            count=waiting, letter="o",
        )
    )  # fmt: skip
    registry.page_links.add(
        registry.PageLink(
            "phone", gettext_lazy("Phone or FAX order"), "phone", "orders:phone", permissions.PLACE, "orders", order=10
        )
    )
    _search()
    _panels()
    registry.settings_pages.add(
        registry.SettingsPage(
            "rules",
            gettext_lazy("Rules"),
            "wand",
            "orders:rule_list",
            permissions.RULES,
            150,
            gettext_lazy("What happens by itself with which orders"),
            gettext_lazy("Orders"),
        )
    )
    registry.actions.add(*_actions())
    for name in sorted({look.action for look in wording.LOOKS.values() if look.action.startswith("orders.")}):
        registry.actions.need(name, "orders.wording")
    registry.actions.need(steps.TELL_OF_DELAY, "orders.steps")


def _search() -> None:
    registry.search_providers.add(
        registry.SearchProvider(
            "orders", gettext_lazy("Orders"), "clipboard-list", permissions.VIEW, find, order=10, more=_all
        )
    )
    registry.search_providers.add(
        registry.SearchProvider(
            "orders_with", gettext_lazy("Orders with these goods"), "shopping-bag", permissions.VIEW, find_by_goods,
            order=70, more=_all_with_goods,
        )
    )  # fmt: skip


def _panels() -> None:
    registry.customer_panels.add(
        registry.Panel("orders", gettext_lazy("Orders"), "orders:of_customer", permissions.VIEW, order=10)
    )
    belongings.append(customers.belongings)
    registry.order_panels.add(
        registry.Panel(
            "rules",
            gettext_lazy("Tags and rules"),
            "orders:rules_of_order",
            permissions.VIEW,
            order=60,
            column="side",
            css="orders/rules.css",
        )
    )


def _actions() -> list[registry.Action]:
    work, cancel = permissions.WORK, permissions.CANCEL
    single = (
        ("accept", gettext_lazy("Accept the order"), work, "accept", "check"),
        ("clear_check", gettext_lazy("Checked"), work, "clear_check", "check"),
        ("allocate", gettext_lazy("Allocate"), work, "allocate", "packages"),
        ("change_ship_to", gettext_lazy("Correct the address"), work, "change_ship_to", "map-pin"),
        ("edit", gettext_lazy("Change the order"), work, "edit", "pencil"),
        ("change_wish", gettext_lazy("Change the wish"), work, "change_wish", "calendar-event"),
        ("set_line_sku", gettext_lazy("Name the SKU"), work, "set_line_sku", "tag"),
        ("hold", gettext_lazy("Hold"), work, "hold", "player-pause"),
        ("release_hold", gettext_lazy("Release the hold"), work, "release_hold", "player-play"),
        ("withdraw_override", gettext_lazy("Take the permission back"), permissions.OVERRIDE, "withdraw_override", "x"),
        ("approve_cancel", gettext_lazy("Cancel the order"), cancel, "cancel", "x"),
    )
    bulk = (
        registry.Action(
            "orders.accept_many", gettext_lazy("Accept"), work, "orders:bulk_accept", bulk=True, icon="check", order=10,
            key_letter="c", primary=True,
        ),
        registry.Action("orders.hold_many", gettext_lazy("Hold"), work, "orders:bulk_hold", bulk=True, order=20),
        registry.Action(
            "orders.checked_many", gettext_lazy("Checked"), work, "orders:bulk_checked", bulk=True, icon="eye", order=15
        ),
        registry.Action(
            "orders.release_many", gettext_lazy("Release"), work, "orders:bulk_release", bulk=True, order=25
        ),
        registry.Action(
            "orders.reject_many", gettext_lazy("Turn down"), cancel, "orders:bulk_reject", bulk=True, order=80
        ),
        registry.Action("orders.export", gettext_lazy("CSV"), permissions.VIEW, "orders:export", bulk=True, order=90),
    )  # fmt: skip
    made = [registry.Action(f"orders.{n}", label, need, f"orders:{url}", icon=i) for n, label, need, url, i in single]
    return [*made, *bulk]


def waiting(actor: Actor) -> registry.Count:
    """新規受付 and 確認待ち: what waits for a person to look; loud when a confirmation is overdue."""
    number, late = selectors.to_look_at()
    return registry.Count(number, bool(late), _("%(n)s overdue") % {"n": late} if late else "")


def find(text: str, actor: Actor, limit: int) -> Sequence[registry.Hit]:
    """Orders by number, name, kana, phone, mail: the one of exactly that number first, then the newest."""
    exact = search.exactly(text)
    # the newest by day are among the last that came in, but for a file that came late
    rows = selectors.search_orders(text, newest=4 * limit).exclude(pk__in=[o.pk for o in exact]).select_related("store")
    found = [*exact, *rows.order_by("-ordered_at", "-pk")[: limit - len(exact)]][:limit]
    return [_hit(o, _why(o, text), exact=o in exact) for o in found]


def find_by_goods(text: str, actor: Actor, limit: int) -> Sequence[registry.Hit]:
    """The newest orders with the goods of that SKU code, JAN or name."""
    return [_hit(order, name) for order, name in search.with_goods(text, limit)]


def _all(text: str) -> str:
    return f"{reverse('orders:list')}?{urlencode({'queue': 'all', 'q': text})}"


def _all_with_goods(text: str) -> str:
    return f"{reverse('orders:list')}?{urlencode({'queue': 'all', 'goods': text})}"


def _hit(order: Order, why: str, *, exact: bool = False) -> registry.Hit:
    return registry.Hit(
        reverse("orders:order", args=[order.pk]), f"{order.number} {order.buyer_name}",
        f"{html.day(order.ordered_at)} · {order.store.label} · {order.store_number}", QUEUE_LOOK[order.queue][0],
        order.queue, why=why, exact=exact,
    )  # fmt: skip


def _why(order: Order, text: str) -> str:
    """What the text hit, where the row does not show it anyway."""
    shown = (order.number, order.buyer_name, order.store_number)
    return " · ".join(f"{label} {value}" for label, value in search.why(order, text) if value not in shown)
