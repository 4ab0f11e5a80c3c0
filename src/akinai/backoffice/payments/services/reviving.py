"""取消後入金: money came for an order that was cancelled as unpaid, and the shop takes it again (PAY-8)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.services.guarding import NOT_HISTORY, take
from akinai.backoffice.orders.states import ONLY_LOOK, Cancel, CancelReason, Supply
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, PaymentDraft, Placed
from akinai.backoffice.payments.events import DepositRecorded
from akinai.backoffice.payments.models import Revival
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused, Sentence

from .dividing import move_received
from .ledger import ledger_balance

_PARTY = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")
_SAME = ("wish_date", "wish_window", "wish_window_raw", "shipping_fee", "payment_fee", "wrapping_fee", "other_fee",
         "remark", "is_gift", "gift_note", "warehouse_note")  # fmt: skip


@transaction.atomic
def take_again(actor: Actor, *, order_id: int, seen_version: int | None = None) -> Order:
    """Place an order that was cancelled as unpaid once more, with its money, and return the new one (PAY-8).

    The goods must be there; what the buyer wished and wrote, prices and fees are those of the first order, and so is
    the sum, to the yen. What a person had looked at is not asked again. Refused where that cannot be: then refund.
    Emits DepositRecorded for the new order (M05), beside what placing and accepting emit.
    """
    order = take(order_id, NOT_HISTORY, seen_version=seen_version)
    if found := _obstacles(order):
        raise Refused(found)
    child = _placed(actor, order)
    Revival.objects.create(order=order, child=child, at=clock.now(), by=actor.key)
    for one, other in ((order, child), (child, order)):
        audit.record(actor, "payments.take_again", one.subject, detail={"other": other.number})
    amount = ledger_balance(order).received
    on = order.ledger.filter(kind__in=("deposit", "store_paid")).order_by("id").values_list("occurred_on", flat=True)
    entry = move_received(actor, order, child, amount)
    _accept(actor, order, child)
    paid_on = list(on)[-1] if on else clock.today()
    events.emit(DepositRecorded(child.pk, entry.pk, amount, paid_on), actor=actor)
    return Order.objects.get(pk=child.pk)


def _obstacles(order: Order) -> list[Sentence]:
    if order.cancel != Cancel.CANCELLED or order.cancel_reason != CancelReason.UNPAID:
        return [_("This order was not cancelled for want of payment.")]
    if Revival.objects.filter(order=order).exists():
        return [_("This order has been taken again already.")]
    found: list[Sentence] = []
    if order.received_amount <= 0:
        found.append(_("No money has come for this order."))
    if order.points or order.coupon:
        found.append(_("Points and coupons were given back with the cancellation. Enter the order by hand, or refund."))
    return found


def _placed(actor: Actor, order: Order) -> Order:
    lines = list(order.lines.select_related("sku").filter(moved=0))
    draft = OrderDraft(
        store_id=order.store_id, store_number=_number(order), ordered_at=clock.now(),
        buyer=_party(order, "buyer"), ship_to=_party(order, "ship"), lines=tuple(_line(line) for line in lines),
        payment=PaymentDraft(method=order.payment_method.code), delivery_service=order.delivery_service.code,
        **{name: getattr(order, name) for name in _SAME},
    )  # fmt: skip
    [placed] = orders.take_in(actor, [draft])
    if not isinstance(placed, Placed):
        raise Refused(list(placed.reasons))
    new = list(placed.order.lines.select_related("sku"))
    if placed.order.total != order.total or [x.sku_id for x in new] != [x.sku_id for x in lines]:
        raise Refused(_("This order was changed after it came. Enter it by hand, or refund."))
    short = [x.name for x in new if x.short > 0 and x.supply == Supply.STOCK]
    if short:
        raise Refused([_("%(name)s is not there any more.") % {"name": name} for name in short])
    return placed.order


def _number(order: Order) -> str:
    """The number the buyer knows, marked: two orders cannot bear the same one."""
    return f"{order.store_number[:57]}-R"


def _line(line: OrderLine) -> LineDraft:
    own = line.sku is not None and line.units_per_item == 1
    return LineDraft(
        code=line.sku.code if own and line.sku else line.store_code, name=line.name, quantity=line.quantity,
        unit_price=line.unit_price, price_basis=line.price_basis, tax_rate=line.tax_rate, options=line.options,
        short_told=line.short_told,
    )  # fmt: skip


def _party(order: Order, prefix: str) -> PartyDraft:
    fields = {name: getattr(order, f"{prefix}_{name}") for name in _PARTY}
    return PartyDraft(**fields, mail=order.buyer_mail)


def _accept(actor: Actor, order: Order, child: Order) -> None:
    """Take the new order on, unless something about it needs more than a look."""
    child = Order.objects.get(pk=child.pk)
    if child.accepted_at is not None:
        return
    answer = _("Looked at with %(number)s") % {"number": order.number}
    for code in child.checks.filter(closed_at__isnull=True, code__in=ONLY_LOOK).values_list("code", flat=True):
        orders.clear_check(actor, order_id=child.pk, code=code, answer=answer)
    if not child.checks.filter(closed_at__isnull=True).exists():
        orders.accept(actor, order_id=child.pk)
