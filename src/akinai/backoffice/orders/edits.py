"""受注変更 worked out before anything is written (T23): what an order becomes, what it costs, what speaks against it.

Works on unsaved rows and asks the database nothing, so that the preview of the edit form and the edit itself cannot
differ. `services.changing` writes what this works out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core import clock
from akinai.foundation.core.errors import BadInput, Sentence
from akinai.foundation.core.text import digits
from akinai.shop.catalog.models import Sku
from akinai.shop.stores.models import Store
from akinai.shop.stores.states import StoreKind
from akinai.shop.terms.charges import ShippingCharge
from akinai.shop.terms.models import DeliveryService, PaymentMethod
from akinai.shop.terms.states import MethodKind
from akinai.shop.terms.windows import CANONICAL

from .checks import Judge, judge_payment
from .models import Order, OrderLine
from .pricing import charge_of, compute, fee_for, standard_rate, write_totals
from .search import index_order
from .states import Supply
from .types import PartyDraft
from .wording import payment_obstacle

SHIP_FIELDS = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")
#: Where the shop itself charges shipping; a fee of any other store stays as it came unless the editor says otherwise.
WE_CHARGE = frozenset({StoreKind.OWN, StoreKind.PHONE, StoreKind.FAX})
#: Ways to pay whose old number or authorisation could still be used: a person confirms that it is void (1.6).
NEEDS_VOID = frozenset(
    {
        MethodKind.CARD,
        MethodKind.WALLET,
        MethodKind.CARRIER_BILLING,
        MethodKind.KONBINI,
        MethodKind.DEFERRED,
    }
)
MOST_PIECES = 1_000_000
MOST_YEN = 1_000_000_000


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A line to add: pieces of a SKU; `unit_price` in yen as the shop's prices are, None for the SKU's own price."""

    sku_id: int
    quantity: int = 1
    unit_price: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """The wished delivery day (JST) and window."""

    date: dt.date | None
    window: str = ""


@dataclass(frozen=True, slots=True)
class MethodChange:
    """Another way to pay, by its code. `old_is_void`: a person has confirmed that the old one cannot be used."""

    code: str
    old_is_void: bool = False


@dataclass(frozen=True, slots=True)
class Gift:
    """Gift or not, what to wrap or write, and the fee for it (yen incl. tax; None leaves it)."""

    is_gift: bool
    note: str = ""
    wrapping_fee: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What shall change, all of it in one edition (ORD-41). `quantities` are new live quantities by line number.

    `shipping` is a fee typed by hand (yen incl. tax); `recompute_shipping` takes that of our own table.
    """

    quantities: Mapping[int, int] = field(default_factory=dict)
    added: tuple[AddedLine, ...] = ()
    ship_to: PartyDraft | None = None
    wish: Wish | None = None
    service: str = ""
    method: MethodChange | None = None
    gift: Gift | None = None
    shipping: int | None = None
    recompute_shipping: bool = False


@dataclass
class Rows:
    """The rows an edit can name, fetched before it is worked out."""

    skus: Mapping[int, Sku]
    methods: Mapping[str, PaymentMethod]
    services: Mapping[str, DeliveryService]


@dataclass
class Edit:
    """What an edit comes to. `order` and `lines` are changed but unsaved; `before` and `after` hold what differs.

    `kinds` are the words of what changed, in the order of the form; `obstacles` keep it from being done at all.
    """

    order: Order
    lines: list[OrderLine]
    before: dict[str, Any]
    after: dict[str, Any]
    kinds: list[str]
    total_before: int
    obstacles: list[Sentence] = field(default_factory=list)
    charge: ShippingCharge | None = None

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def what(self) -> str:
        """One word for the whole edit: its only kind, or `several`."""
        return self.kinds[0] if len(self.kinds) == 1 else "several"

    @property
    def rises_by(self) -> int:
        """Yen by which the buyer owes more than before; 0 where it is no more."""
        return max(0, self.order.total - self.total_before)


def work_out(
    order: Order, lines: list[OrderLine], changes: Changes, *, judge: Judge, rows: Rows, may_empty: bool = False
) -> Edit:
    """Apply changes to unsaved rows and compute fees and totals anew (PAY-10, SHP-10, TAX-20).

    Raises BadInput with the field that cannot be used. What speaks against the whole stands in `obstacles`.
    """
    was, shown, total = side_of(order), sides_of_lines(lines), order.total
    ours = _charge_before(order, judge)
    if changes.ship_to is not None:
        _set_ship_to(order, changes.ship_to)
    if changes.service:
        _set_service(order, changes.service, rows)
    if changes.wish is not None:
        _set_wish(order, changes.wish)
    _set_quantities(lines, changes.quantities)
    lines += [_new_line(order, lines, n, added, judge, rows) for n, added in enumerate(changes.added)]
    if changes.gift is not None:
        _set_gift(order, changes.gift)
    old_method = order.payment_method
    if changes.method is not None:
        _set_method(order, changes.method, rows)
    before, after = _differences(was, side_of(order), shown, sides_of_lines(lines))
    edit = Edit(order, lines, before, after, [], total)
    if not may_empty and not any(line.live for line in lines):
        edit.obstacles.append(_("Nothing would be left of the order. Cancel it instead."))
    if _touches_money(changes, after, ours):
        _reprice(edit, changes, ours, judge, is_new=order.payment_method.pk != old_method.pk)
    edit.obstacles += delivery_obstacles(order, set(after), judge)
    edit.before, edit.after = _differences(was, side_of(order), shown, sides_of_lines(lines))
    edit.kinds = _kinds(edit, len(changes.added))
    return edit


def _charge_before(order: Order, judge: Judge) -> ShippingCharge | None:
    return charge_of(order, judge.terms, judge.settings) if order.store.kind in WE_CHARGE else None


def _touches_money(changes: Changes, after: dict[str, Any], ours: ShippingCharge | None) -> bool:
    """Totals are counted anew only where something they are made of changes: the store's own rounding stays else."""
    if changes.shipping is not None or changes.recompute_shipping or {"lines", "method", "wrapping_fee"} & set(after):
        return True
    moved = any(name.startswith("ship_") for name in after) or "delivery_service" in after
    return moved and ours is not None


def delivery_obstacles(order: Order, changed: set[str], judge: Judge) -> list[Sentence]:
    """What the delivery service cannot do of what was just chosen: date, window, cash on delivery (PAY-11)."""
    found: list[Sentence] = []
    service, name = order.delivery_service, {"name": order.delivery_service.name}
    if changed & {"wish_date", "wish_window", "delivery_service"}:
        island = judge.terms.island(digits(order.ship_postcode), service.carrier.code)
        if order.wish_date and (not service.date_ok or (island and island.no_date)):
            found.append(_("%(name)s takes no delivery date there. Take the date away or choose another.") % name)
        if order.wish_window and not service.window_ok:
            found.append(_("%(name)s takes no time window. Take it away or choose another service.") % name)
    if changed & {"method", "delivery_service"}:
        reason = judge_payment(judge, order)
        why = [w for w in reason.detail["why"] if w != "over_limit"] if reason else []
        found += [payment_obstacle(w, reason.detail) for w in why if reason]
    return found


def side_of(order: Order) -> dict[str, Any]:
    """What an edit can change of an order itself, as flat values."""
    side: dict[str, Any] = {f"ship_{name}": getattr(order, f"ship_{name}") for name in SHIP_FIELDS}
    side |= {
        "wish_date": order.wish_date.isoformat() if order.wish_date else "",
        "wish_window": order.wish_window,
        "delivery_service": order.delivery_service.name,
        "is_gift": order.is_gift,
        "gift_note": order.gift_note,
        "method": order.payment_method.name,
        "shipping_fee": order.shipping_fee,
        "payment_fee": order.payment_fee,
        "wrapping_fee": order.wrapping_fee,
        "total": order.total,
    }
    return side


def sides_of_lines(lines: Sequence[OrderLine]) -> dict[int, list[Any]]:
    """Lines as the snapshot of an order writes them: code, name, options, quantity, price in yen."""
    return {x.number: [x.sku.code if x.sku else x.store_code, x.name, x.options, x.live, x.unit_price] for x in lines}


def _differences(
    was: dict[str, Any], now: dict[str, Any], old: dict[int, list[Any]], new: dict[int, list[Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    before = {name: value for name, value in was.items() if now[name] != value}
    after = {name: now[name] for name in before}
    moved = [number for number, side in new.items() if old.get(number) != side]
    if moved:
        before["lines"] = [old[number] for number in moved if number in old]
        after["lines"] = [new[number] for number in moved]
    return before, after


def _kinds(edit: Edit, added: int) -> list[str]:
    """The words by which the house knows the parts of an edit."""
    names, found = set(edit.after), []
    if any(name.startswith("ship_") and name != "shipping_fee" for name in names):
        found.append("ship_to")
    found += [kind for kind, name in (("wish", "wish_date"), ("service", "delivery_service")) if name in names]
    if "wish_window" in names and "wish" not in found:
        found.append("wish")
    if added:
        found.append("add" if edit.order.total != edit.total_before else "present")
    if len(edit.after.get("lines", ())) > added:
        found.append("quantity")
    if names & {"is_gift", "gift_note", "wrapping_fee"}:
        found.append("gift")
    if "method" in names:
        found.append("method")
    return found or ["shipping"]


def _set_ship_to(order: Order, party: PartyDraft) -> None:
    for name in ("name", "postcode", "prefecture", "address1"):
        if not getattr(party, name).strip():
            raise BadInput(_("This must not be empty."), field=name)
    for name in SHIP_FIELDS:
        setattr(order, f"ship_{name}", getattr(party, name).strip())
    index_order(order)


def _set_wish(order: Order, wish: Wish) -> None:
    if wish.window not in CANONICAL:
        raise BadInput(_("Choose a time window from the list."), field="wish_window")
    if (order.wish_date, order.wish_window) != (wish.date, wish.window):
        order.wish_date, order.wish_window, order.wish_window_raw = wish.date, wish.window, ""


def _set_service(order: Order, code: str, rows: Rows) -> None:
    service = rows.services.get(code)
    if service is None or (not service.is_active and service.pk != order.delivery_service_id):
        raise BadInput(_("Choose a delivery service from the list."), field="service")
    order.delivery_service = service


def _set_method(order: Order, change: MethodChange, rows: Rows) -> None:
    old, new = order.payment_method, rows.methods.get(change.code)
    if new is None or (not new.is_active and new.pk != old.pk):
        raise BadInput(_("Choose a payment method from the list."), field="method")
    if new.pk == old.pk:
        return
    if (old.kind in NEEDS_VOID or order.guaranteed_amount) and not change.old_is_void:
        raise BadInput(
            _("Void the old payment (%(name)s) first and confirm it here; it could still be used.")
            % {"name": old.name},
            field="old_is_void",
        )
    order.payment_method, order.guarantee_failed = new, False


def _set_gift(order: Order, gift: Gift) -> None:
    order.is_gift, order.gift_note = gift.is_gift, gift.note.strip()
    if gift.wrapping_fee is not None:
        if not 0 <= gift.wrapping_fee <= MOST_YEN:
            raise BadInput(_("Enter an amount in yen, 0 or more."), field="wrapping_fee")
        order.wrapping_fee = gift.wrapping_fee


def _set_quantities(lines: Sequence[OrderLine], quantities: Mapping[int, int]) -> None:
    """A lower number cancels the rest of the line, a higher one orders more on top."""
    by_number = {line.number: line for line in lines}
    for number, wanted in quantities.items():
        line = by_number.get(number)
        if line is None:
            raise BadInput(_("This order has no such line."), field="line")
        if not line.shipped <= wanted <= MOST_PIECES:
            text = _("Enter a number from %(least)d to %(most)d.") % {"least": line.shipped, "most": MOST_PIECES}
            raise BadInput(text, field=f"quantity_{number}")
        if wanted < line.live:
            line.cancelled = line.quantity - wanted
        else:
            line.quantity = wanted + line.cancelled


def _new_line(
    order: Order, lines: Sequence[OrderLine], offset: int, added: AddedLine, judge: Judge, rows: Rows
) -> OrderLine:
    sku = rows.skus.get(added.sku_id)
    if sku is None:
        raise BadInput(_("There is no such SKU."), field="added")
    if not 1 <= added.quantity <= MOST_PIECES:
        raise BadInput(_("A quantity must be 1 or more."), field="added_quantity")
    price = sku.price if added.unit_price is None else added.unit_price
    if not 0 <= price <= MOST_YEN:
        raise BadInput(_("A price must not be negative."), field="added_price")
    rates = judge.stores.tax_rates(clock.aware(order.ordered_at).date())
    return OrderLine(
        order=order,
        number=max((line.number for line in lines), default=0) + 1 + offset,
        sku=sku,
        name=added.name or sku.title,
        quantity=added.quantity,
        unit_price=price,
        price_basis=judge.stores.shop.price_basis,
        tax_rate=rates.get(sku.product.tax_class, rates["std"]),
        supply=sku.supply,
        short_told=sku.supply != Supply.STOCK,
    )


def _reprice(edit: Edit, changes: Changes, ours: ShippingCharge | None, judge: Judge, *, is_new: bool) -> None:
    """Shipping, payment fee and totals of the changed order, in this order, since each is counted on the one before."""
    order, rate, old = edit.order, standard_rate(edit.order), edit.total_before
    follows = ours is not None and ours.fee == order.shipping_fee
    write_totals(order, compute(order, edit.lines, fee_rate=rate))
    edit.charge = charge_of(order, judge.terms, judge.settings)
    if changes.shipping is not None:
        if not 0 <= changes.shipping <= MOST_YEN:
            raise BadInput(_("Enter an amount in yen, 0 or more."), field="shipping")
        order.shipping_fee = changes.shipping
    elif changes.recompute_shipping and edit.charge is None:
        edit.obstacles.append(_("There is no table of shipping fees for this place. Set one, or enter the fee."))
    elif edit.charge is not None and (changes.recompute_shipping or follows):
        order.shipping_fee = edit.charge.fee
    order.total = old  # a fee of ours is known by the total it belonged to
    if any(line.live for line in edit.lines):
        fee = fee_for(order, edit.lines, judge.terms, rate, is_new=is_new)
        if fee is None:
            edit.obstacles.append(_("The amount is too high for cash on delivery. Choose another way to pay."))
        else:
            order.payment_fee = fee
    write_totals(order, compute(order, edit.lines, fee_rate=rate))


def store_charges(store: Store) -> bool:
    """Whether shipping of this store's orders is charged by us."""
    return store.kind in WE_CHARGE
