"""What orders are charged when their parcels are shared or parted (PAY-10, ORD-50, ORD-54); nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.pricing import by_store_tax, compute, standard_rate
from akinai.backoffice.orders.totals import Basis, tax_on
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.fees import FeeBand, cod_fee
from akinai.shop.terms.states import MethodKind


def is_cod(order: Order) -> bool:
    """Whether the driver collects the money."""
    return bool(order.payment_method.kind == MethodKind.COD)


def bands_of(order: Order) -> Sequence[FeeBand]:
    """The fee table in force when it was ordered."""
    return terms.snapshot().bands(order.payment_method.code, order.ordered_at.date())


def before_fee(order: Order, lines: Sequence[OrderLine], *, shipping_fee: int) -> int:
    """The order's total (yen incl. tax) without its payment fee and with this shipping fee."""
    other = copy(order)
    other.shipping_fee, other.payment_fee = shipping_fee, 0
    given = order.store_tax if by_store_tax(order, lines) else None
    return compute(other, lines, fee_rate=standard_rate(order), store_tax=given).total


def is_by_band(order: Order) -> bool:
    """Whether its cash on delivery fee is the one of our table (PAY-10)."""
    return is_cod(order) and cod_fee(order.total - order.payment_fee, bands_of(order)) == order.payment_fee


def goods_of(line: OrderLine, items: int) -> int:
    """Yen of so many items of a line, tax included."""
    amount = line.unit_price * items
    return amount + (tax_on(amount, line.tax_rate) if line.price_basis == Basis.EXCLUDED else 0)
