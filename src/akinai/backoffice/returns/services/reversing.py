"""売上取消と返金 (ORD-74, ORD-79, T26): what is given back, who agrees, and the reversal dated the day it was made."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.pricing import charges_of, standard_rate
from akinai.backoffice.orders.states import Payment, Timing
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.declared import APPROVAL_FROM
from akinai.backoffice.returns import declared
from akinai.backoffice.returns.amounts import Reversal, Sale, SoldLine, reverse
from akinai.backoffice.returns.models import Case, CaseLine, Claim, SaleReversal
from akinai.backoffice.returns.states import Cause, ClaimKind, Kind, State
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.money import Rounding
from akinai.shop.stores import settings

from .locking import change, lock, note, require_state, tell_order

#: With these a case may ask for a refund: the goods are back, or (lost on the way) will never be.
REFUNDABLE = (State.RECEIVED, State.ASKED)


def sale_of(order: Order, case: Case) -> Sale:
    """The order as it was sold, with what of it comes back in this case and what was reversed before."""
    mine = {x.order_line_id: x for x in case.lines.all()}
    earlier = _earlier(order, case)
    lines = [
        SoldLine(x.unit_price, x.live, x.tax_rate, x.price_basis, earlier.get(x.pk, 0), _coming(case, mine.get(x.pk)))
        for x in order.lines.all()
        if x.live
    ]
    rates: dict[int, int] = {}
    money = 0
    for row in SaleReversal.objects.filter(order=order):
        money += row.amount
        for part in row.rates:
            rates[part["rate"]] = rates.get(part["rate"], 0) + part["gross"]
    charges = charges_of(order, standard_rate(order))
    return Sale(lines, charges, order.total, money, rates, Rounding(order.tax_rounding))


def _coming(case: Case, line: CaseLine | None) -> int:
    """What counts: items that are back; of a parcel that is lost all of them."""
    if line is None:
        return 0
    return line.quantity if case.kind == Kind.CARRIER_CLAIM and case.state == State.ASKED else line.received


def _earlier(order: Order, case: Case) -> dict[int, int]:
    """Items by order line whose sale was reversed in other cases."""
    found: dict[int, int] = {}
    rows = CaseLine.objects.filter(case__order=order, case__reversals__isnull=False).exclude(case=case)
    for line in rows.distinct().select_related("case"):
        lost = line.case.kind == Kind.CARRIER_CLAIM and not line.received
        found[line.order_line_id] = found.get(line.order_line_id, 0) + (line.quantity if lost else line.received)
    return found


def propose(order: Order, case: Case, *, with_fees: bool | None = None, withheld: int | None = None) -> Reversal:
    """What the rules give back (ORD-74). Without `with_fees` and `withheld` as the fault says.

    Shop's fault and all goods back: fees, too. Not delivered and prepaid: goods less the freights that the posted rule
    puts on the buyer.
    """
    sale = sale_of(order, case)
    if with_fees is None:
        with_fees = case.is_shop_fault and all(x.before + x.now >= x.quantity for x in sale.lines)
    if withheld is None:
        withheld = default_withheld(order, case)
    return reverse(sale, with_fees=with_fees, withheld=withheld)


def default_withheld(order: Order, case: Case) -> int:
    """Freights kept back from a prepaid refund: the way back, and the way there where the order paid none (ORD-76)."""
    if case.kind != Kind.NON_DELIVERY or case.cause == Cause.RECALLED:
        return 0
    one_way = settings.value(declared.FREIGHT)
    return (order.shipping_fee or one_way) + (0 if order.shipping_fee else one_way)


@transaction.atomic
def request_refund(
    actor: Actor,
    *,
    case_id: int,
    with_fees: bool,
    withheld: int = 0,
    seen_version: int | None = None,
) -> Case:
    """Ask for a refund of what is back (T25, T26); below the shop's amount it is approved at once, else somebody else
    approves it.

    Raises BadInput for an amount that cannot be kept back, Refused before inspection or where nothing is left to
    reverse.
    """
    order, case = lock(case_id, seen_version=seen_version)
    require_state(case, REFUNDABLE)
    if withheld < 0:
        raise BadInput(_("This cannot be kept back."), field="withheld")
    found = propose(order, case, with_fees=with_fees, withheld=withheld)
    if withheld > found.goods + found.fees:
        raise BadInput(_("More cannot be kept back than is given back."), field="withheld")
    if found.money + found.points <= 0 or case.reversals.exists():
        raise Refused(_("Nothing of this sale is left to be reversed. Close the case instead."))
    change(
        case, goods_amount=found.goods, fees_amount=found.fees, withheld=found.withheld, refund_amount=found.money,
        requested_at=clock.now(), requested_by=actor.key, requested_by_label=actor.label, state=State.APPROVAL,
    )  # fmt: skip
    note(actor, case, "request_refund", detail={"amount": found.money})
    if not needs_second(case):
        _reverse(actor, order, case, found)
    return case


def needs_second(case: Case) -> bool:
    """T26: from the shop's amount on a second person approves.

    What one person alone has reversed of the order in other cases counts with it: cases are no way around.
    """
    limit = int(settings.value(APPROVAL_FROM))
    if limit <= 0:
        return False
    alone = Case.objects.filter(order_id=case.order_id, approved_by=F("requested_by")).exclude(approved_by="")
    before = SaleReversal.objects.filter(case__in=alone).aggregate(n=Sum("amount"))["n"] or 0
    return before + case.refund_amount >= limit


@transaction.atomic
def approve_refund(actor: Actor, *, case_id: int, seen_version: int | None = None) -> Case:
    """Approve a refund somebody else asked for (T26). The sale is reversed today (ORD-79), the refund becomes due."""
    order, case = lock(case_id, seen_version=seen_version)
    require_state(case, (State.APPROVAL,))
    if case.requested_by == actor.key and needs_second(case):
        raise Refused(_("You asked for this refund yourself. Somebody else has to approve it."))
    found = propose(order, case, with_fees=case.fees_amount > 0, withheld=case.withheld)
    if found.money != case.refund_amount:
        raise Refused(_("The amount has changed since it was asked for. Ask for it again."))
    _reverse(actor, order, case, found)
    return case


@transaction.atomic
def decline_refund(actor: Actor, *, case_id: int, reason: str) -> Case:
    """Send a request back to be settled in another way. Raises BadInput without a reason."""
    if not reason.strip():
        raise BadInput(_("Write why the refund is not approved."), field="reason")
    _order, case = lock(case_id)
    require_state(case, (State.APPROVAL,))
    state = State.RECEIVED if case.received_at else State.ASKED
    change(case, state=state, refund_amount=0, goods_amount=0, fees_amount=0, withheld=0, requested_at=None)
    note(actor, case, "decline_refund", reason=reason)
    return case


def _reverse(actor: Actor, order: Order, case: Case, found: Reversal) -> None:
    """Write the reversal; the case waits for the refund, or is done where nothing was paid."""
    write_reversal(actor, order, case, found)
    change(case, approved_at=clock.now(), approved_by=actor.key, approved_by_label=actor.label, state=State.REFUND)
    note(actor, case, "approve_refund", detail={"amount": found.money})
    after = tell_order(actor, order.pk)
    if after.payment not in (Payment.REFUND_DUE, Payment.OVERPAID):
        change(case, state=State.CLOSED, closed_at=clock.now(), closed_by=actor.key,
               outcome=case.outcome or _("Sale reversed, nothing to pay back"))  # fmt: skip
        note(actor, case, "close")
        tell_order(actor, order.pk)


def write_reversal(actor: Actor, order: Order, case: Case, found: Reversal) -> SaleReversal:
    """ORD-79: dated today, whatever day the sale was. What a card had promised is taken as captured first."""
    if order.payment_method.timing == Timing.PREPAID:
        payments.note_capture(actor, order_id=order.pk)
    return SaleReversal.objects.create(
        number=f"{case.number}-R{case.reversals.count() + 1}", order=order, case=case, on=clock.today(),
        rates=[{"rate": p.rate, "gross": p.gross, "tax": p.tax} for p in found.rates], amount=found.money,
        points=found.points, by=actor.key,
    )  # fmt: skip


def reverse_unpaid(actor: Actor, order: Order, case: Case) -> None:
    """ORD-76: a parcel that was to be paid at the door or later, and was not: the sale is reversed whole, and what it
    cost is claimed. Called when it is back; does nothing for paid orders.
    """
    if order.payment_method.timing != Timing.POSTPAID or order.received_amount > 0:
        return
    sale = sale_of(order, case)
    is_whole = all(x.before + x.now >= x.quantity for x in sale.lines)
    found = reverse(sale, with_fees=is_whole)
    if found.money + found.points > 0:
        write_reversal(actor, order, case, found)
        note(actor, case, "reverse_sale", detail={"amount": found.money})
    if case.cause == Cause.RECALLED:
        return
    one_way = settings.value(declared.FREIGHT)
    costs = {ClaimKind.FREIGHT: (order.shipping_fee or one_way) + one_way, ClaimKind.COD_FEE: order.payment_fee}
    for kind, amount in costs.items():
        if amount > 0:
            Claim.objects.get_or_create(
                case=case, kind=kind, defaults={"order": order, "amount": amount, "by": actor.key}
            )
