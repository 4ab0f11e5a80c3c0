"""What a new shop needs before its first order: each step with what is missing and where to put it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.inventory.models import Stock
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.actor import Actor
from akinai.shop.catalog.models import Sku
from akinai.shop.messaging import transports
from akinai.shop.stores import permissions as stores
from akinai.shop.stores import selectors as shops
from akinai.shop.stores.models import Shop
from akinai.shop.stores.states import LEGAL_FIELDS
from akinai.shop.terms.models import DeliveryService, PaymentMethod

from . import links

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `missing` names what is still needed (nothing: done); `optional` steps hold nothing up."""

    key: str
    icon: str
    title: str
    why: str
    url: str
    missing: tuple[Words, ...] = ()
    optional: bool = False

    @property
    def is_done(self) -> bool:
        return not self.missing


def steps() -> list[Step]:
    """Every step, in the order in which a shop takes them."""
    shop = shops.shop()
    return [_shop(shop), *(step() for step in STEPS), _bank(shop)]


def left_to_do(actor: Actor) -> int:
    """How many steps hold the shop up, for those who may do something about it."""
    if not actor.may(stores.EDIT):
        return 0
    return sum(not step.is_done and not step.optional for step in steps())


def _shop(shop: Shop) -> Step:
    """Who sells: the papers, the mails and the law want it."""
    blank = shops.missing_legal_fields(shop)
    if not shop.prefecture:
        blank = ["prefecture", *blank]
    words = tuple(LEGAL_FIELDS.get(name) or Shop._meta.get_field(name).verbose_name for name in blank)  # type: ignore[union-attr]
    why = _("Printed on papers, written under mails, wanted by law.")
    return Step("shop", "building-store", _("Shop data"), why, links.page("stores:shop"), words)


def _calendar() -> Step:
    why = _(
        "Deadlines and ship dates are counted in open days. Weekends and holidays are closed until you say otherwise."
    )
    return Step("calendar", "calendar", _("Open days"), why, links.page("stores:calendar"), optional=True)


def _stores() -> Step:
    missing = () if shops.active_stores() else (_("a place of sale"),)
    why = _("Own shop, mall, cart, phone: each place whose orders come here.")
    return Step("stores", "world", pgettext("set-up", "Stores"), why, links.page("stores:store_list"), missing)


def _products() -> Step:
    missing = () if Sku.objects.filter(is_active=True).exists() else (_("products"),)
    why = _("What is sold, with its codes, prices and tax. A file does it in one go.")
    return Step("products", "tag", pgettext("set-up", "Products"), why, links.page("catalog:product_list"), missing)


def _stock() -> Step:
    missing = () if Stock.objects.filter(on_hand__gt=0).exists() else (_("counted stock"),)
    why = _("How many stand on the shelf. Orders are promised from it.")
    url = links.page("inventory:stock_list")
    return Step("stock", "packages", pgettext("set-up", "Stock"), why, url, missing)


def _delivery() -> Step:
    default = DeliveryService.objects.select_related("carrier").filter(is_default=True, is_active=True).first()
    if default is None:
        missing: tuple[str, ...] = (_("the usual delivery service"),)
    else:
        missing = (
            () if default.carrier.pickup_time else (_("pickup time of %(carrier)s") % {"carrier": default.carrier},)
        )
    why = _("Which carrier comes when: the day's work is counted back from it.")
    return Step("delivery", "truck", pgettext("set-up", "Delivery"), why, links.page("terms:service_list"), missing)


def _mail() -> Step:
    """Without a server every mail fails, visibly."""
    missing = () if transports.is_set_up() else (_("a mail server"),)
    why = _("Buyers get the mails the trade expects; each one is kept here as it was sent.")
    return Step("mail", "mail", pgettext("set-up", "Mail"), why, links.page("messaging:server"), missing)


def _staff() -> Step:
    alone = Staff.objects.filter(is_active=True).count() < 2
    missing = (_("an account for each person"),) if alone else ()
    why = _("Everybody signs in as themselves, so that it is clear who did what.")
    return Step(
        "staff", "users", pgettext("set-up", "Staff"), why, links.page("accounts:staff_list"), missing, optional=True
    )


def _bank(shop: Shop) -> Step:
    by_bank = PaymentMethod.objects.filter(kind="bank_transfer", is_active=True).exists()
    missing = (_("bank account for transfers"),) if by_bank and not shop.bank_account.strip() else ()
    why = _("The ways to pay you take, and the account buyers transfer to.")
    url = links.page("stores:shop") if missing else links.page("terms:method_list")
    return Step("payment", "credit-card", pgettext("set-up", "Payment"), why, url, missing)


STEPS: tuple[Callable[[], Step], ...] = (_calendar, _stores, _products, _stock, _delivery, _mail, _staff)
