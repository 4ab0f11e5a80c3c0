"""交換・代替・再送 (T27, ORD-75, ORD-77, ORD-78): an order of its own, at no price or for the difference."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Check, Timing
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, PaymentDraft, Placed
from akinai.backoffice.returns import permissions
from akinai.backoffice.returns.amounts import line_amounts
from akinai.backoffice.returns.events import CaseReplaced
from akinai.backoffice.returns.models import Case
from akinai.backoffice.returns.states import OVER, Kind, State
from akinai.backoffice.returns.types import Replacement
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.shop.catalog.models import Sku
from akinai.shop.stores.models import Store
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.states import MethodKind

from .locking import change, key_of, lock, note, require_state, tell_order
from .reversing import sale_of

#: The store under which such orders stand: they are our own, whatever mall the first one came from.
STORE_CODE = "exchange"
_STATES = tuple(s for s in State.values if s not in OVER)
_PARTY = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")


@transaction.atomic
def replace(
    actor: Actor,
    *,
    case_id: int,
    goods: Sequence[Replacement],
    ship_to: PartyDraft | None = None,
    seen_version: int | None = None,
) -> Order:
    """Send other goods for those of the case (T27): the order that does is placed, accepted, reserved like any other.

    The buyer pays the difference where the new goods cost more; where they cost less, ask for a refund of the rest. A
    parcel lost or damaged on the way is replaced at no price (ORD-78), one that came back is sent again, perhaps to
    another address (ORD-77). Before the goods are back it is an exchange in advance, the manager's. Raises BadInput for
    goods that cannot be, Refused where it was done already. Emits CaseReplaced (M13).
    """
    order, case = lock(case_id, seen_version=seen_version)
    require_state(case, _STATES)
    _require_may(actor, case)
    skus = _skus(goods)
    lines = _lines(order, case, goods, skus)
    draft = OrderDraft(
        store_id=exchange_store().pk, store_number=case.number, ordered_at=clock.now(),
        buyer=_party(order, "buyer"), ship_to=ship_to or _party(order, "ship"), lines=tuple(lines),
        payment=PaymentDraft(method=_method(order, sum(x.unit_price * x.quantity for x in lines))),
        delivery_service=order.delivery_service.code, is_gift=order.is_gift, gift_note=order.gift_note,
        warehouse_note=_("Replaces goods of %(number)s") % {"number": order.number},
    )  # fmt: skip
    [placed] = orders.take_in(actor, [draft])
    if not isinstance(placed, Placed):
        raise Refused(list(placed.reasons))
    _no_duplicate(actor, placed.order)
    change(case, child=placed.order)
    note(actor, case, "replace", detail={"child": placed.order.number})
    events.emit(CaseReplaced(*key_of(case), child_id=placed.order.pk), actor=actor)
    tell_order(actor, order.pk)
    return placed.order


def _no_duplicate(actor: Actor, child: Order) -> None:
    """The same goods to the same buyer are what it is for: nobody need ask, where nothing else is to be asked."""
    found = set(child.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
    if Check.DUPLICATE not in found:
        return
    orders.clear_check(actor, order_id=child.pk, code=Check.DUPLICATE, answer=_("It replaces goods of that order."))
    if found == {Check.DUPLICATE}:
        orders.accept(actor, order_id=child.pk)
    child.refresh_from_db()


def _require_may(actor: Actor, case: Case) -> None:
    if case.kind not in (Kind.EXCHANGE, Kind.NON_DELIVERY, Kind.CARRIER_CLAIM):
        raise Refused(_("Goods are replaced in a case of exchange, non-delivery or damage."))
    if case.child_id is not None:
        raise Refused(_("The goods of this case have been replaced already."))
    if case.kind == Kind.EXCHANGE and case.received_at is None and not actor.may(permissions.EXCEPT):
        raise Refused(_("The goods are not back yet. The manager can exchange in advance."))
    if case.kind == Kind.NON_DELIVERY and case.received_at is None:
        raise Refused(_("The parcel is not back yet. Inspect it first."))


def _skus(goods: Sequence[Replacement]) -> dict[str, Sku]:
    if not goods:
        raise BadInput(_("Say what is sent instead."), field="code")
    found = {s.code: s for s in Sku.objects.filter(code__in=[g.code for g in goods], is_active=True)}
    for one in goods:
        if one.code not in found:
            raise BadInput(_("There is no SKU “%(code)s”.") % {"code": one.code}, field="code")
        if one.quantity < 1 or one.unit_price < 0:
            raise BadInput(_("A quantity must be 1 or more."), field="quantity")
    return found


def _lines(order: Order, case: Case, goods: Sequence[Replacement], skus: dict[str, Sku]) -> list[LineDraft]:
    """The goods at no price, but for what they cost more than the old ones: that stands on single pieces."""
    more = (
        0 if case.kind != Kind.EXCHANGE else max(0, sum(g.unit_price * g.quantity for g in goods) - worth(order, case))
    )
    found: list[LineDraft] = []
    for one in goods:
        share = min(more, one.unit_price * one.quantity)
        more -= share
        found += _priced(one, share, skus[one.code])
    return found


def _priced(one: Replacement, share: int, sku: Sku) -> list[LineDraft]:
    each, rest = divmod(share, one.quantity)
    parts = [(one.quantity - 1, each), (1, each + rest)] if rest else [(one.quantity, each)]
    return [LineDraft(code=one.code, name=sku.title, quantity=n, unit_price=price) for n, price in parts if n]


def worth(order: Order, case: Case) -> int:
    """What the buyer paid for the goods of the case, yen incl. tax after discounts."""
    sale = sale_of(order, case)
    amounts = dict(zip([x.pk for x in order.lines.all() if x.live], line_amounts(sale), strict=True))
    live = {x.pk: x.live for x in order.lines.all()}
    return sum(amounts[x.order_line_id] * x.quantity // live[x.order_line_id] for x in case.lines.all())


def exchange_store() -> Store:
    """Made on first use: our own, accepts by itself, and leaves the first words to the mails of the case."""
    defaults = {
        "name": _("Exchanges and replacements"), "short_name": _("Exchange"), "kind": "own", "auto_accept": True,
        "mail_senders": {"M01": "nobody", "M02": "nobody", "M03": "nobody"},
    }  # fmt: skip
    store, _made = Store.objects.get_or_create(code=STORE_CODE, defaults=defaults)
    return store


def _party(order: Order, prefix: str) -> PartyDraft:
    fields = {name: getattr(order, f"{prefix}_{name}") for name in _PARTY}
    return PartyDraft(**fields, mail=order.buyer_mail)


def _method(order: Order, total: int) -> str:
    """How the difference is paid: as before where that is by transfer, else by transfer; nothing needs no way."""
    if order.payment_method.kind == MethodKind.BANK_TRANSFER:
        return order.payment_method.code
    methods = [m for m in terms.snapshot().methods.values() if m.is_active and m.timing == Timing.PREPAID]
    kinds = (MethodKind.BANK_TRANSFER, MethodKind.POSTAL_TRANSFER)
    wanted = [m for m in methods if m.kind in kinds] or methods
    if total == 0:
        wanted = [m for m in methods if m.kind == MethodKind.NONE] or wanted
    if not wanted:
        raise Refused(_("No way to pay in advance is in use. Switch bank transfer on in the settings."))
    return wanted[0].code
