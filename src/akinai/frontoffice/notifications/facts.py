"""What a mail about an order is made from, fetched once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import CheckReason, Order, OrderLine, OrderVersion
from akinai.backoffice.orders.payment_fact import gate_open
from akinai.backoffice.orders.states import Cancel, HoldKind, Payment, Supply, Timing
from akinai.backoffice.orders.timing import Plan, Timetable
from akinai.foundation.core.errors import NotFound
from akinai.shop.stores.models import Shop
from akinai.shop.terms.states import MethodKind

TRANSFERS = (MethodKind.BANK_TRANSFER, MethodKind.POSTAL_TRANSFER)


@dataclass(frozen=True)
class OrderFacts:
    """An order with its live lines, the shop, and the plan if nothing changes. Yen incl. tax, dates JST."""

    order: Order
    lines: Sequence[OrderLine]
    shop: Shop
    timetable: Timetable
    #: another language than the buyer's, for looking at a text
    reader: str = ""

    @cached_property
    def plan(self) -> Plan | None:
        """When it ships and arrives, counted from now."""
        return self.timetable.plan(self.order, self.lines)

    @cached_property
    def transit_days(self) -> int | None:
        """Calendar days on the way; None where the prefecture is unknown."""
        transit = self.timetable.transit(self.order)
        return transit.total if transit else None

    @cached_property
    def checks(self) -> list[CheckReason]:
        """Open reasons for a person to look."""
        return list(self.order.checks.filter(closed_at__isnull=True))

    @property
    def language(self) -> str:
        """What the buyer reads: as the customer page says, else as their store does (MAIL-12)."""
        if self.reader:
            return self.reader
        buyer = self.order.customer
        known = [one.language for one in (buyer.merged_into, buyer) if one is not None and one.language]
        return known[0] if known else self.order.store.language

    def speaking(self) -> AbstractContextManager[None]:
        """Inside, values are said in the buyer's language, whatever the staff read."""
        return translation.override(self.language)

    @property
    def open_amount(self) -> int:
        """Yen still to come; negative where too much came."""
        return 0 if self.is_cancelled else self.order.total - self.order.credited_amount - self.order.received_amount

    @property
    def is_cancelled(self) -> bool:
        return self.order.cancel == Cancel.CANCELLED

    @property
    def is_prepaid(self) -> bool:
        return self.order.payment_method.timing == Timing.PREPAID

    @property
    def is_cod(self) -> bool:
        return self.order.payment_method.kind == MethodKind.COD

    @property
    def waits_for_transfer(self) -> bool:
        """M04: a transfer is due and has not come."""
        unpaid = self.order.payment in (Payment.UNPAID, Payment.PART_PAID)
        return self.order.payment_method.kind in TRANSFERS and unpaid and self.open_amount > 0

    @property
    def waits_for_money(self) -> bool:
        """The payment gate is closed (ORD-8)."""
        method = self.order.payment_method
        if self.order.gate_overridden:
            return False
        return not gate_open(self.order.payment, method.timing, needs_credit_check=method.needs_credit_check)

    @property
    def waits_for_goods(self) -> bool:
        """Goods are short and nobody knows for how long."""
        return any(
            line.short > 0 and (line.supply == Supply.STOCK or line.sku is None or line.sku.lead_days is None)
            for line in self.lines
        )

    @cached_property
    def is_changed(self) -> bool:
        """The buyer's order was changed after it came; naming the SKU of an unknown item, or a present put in, is no
        change of theirs."""
        if self.order.edition == 1:
            return False
        edits = OrderVersion.objects.filter(order=self.order, edition__gt=1).values_list("before", flat=True)
        return any("sku" not in before and before not in ({}, {"lines": []}) for before in edits)

    @cached_property
    def waits_for_consent(self) -> bool:
        """The buyer has not agreed to the new amount yet (ORD-42)."""
        return self.order.holds.filter(kind=HoldKind.CONSENT, closed_at__isnull=True).exists()


def load(order_id: int) -> OrderFacts:
    """The facts of one order; raises NotFound."""
    order = (
        Order.objects.select_related("store", "payment_method", "delivery_service__carrier", "customer__merged_into")
        .filter(pk=order_id)
        .first()
    )
    if order is None:
        raise NotFound(_("There is no such order."))
    lines = [line for line in order.lines.select_related("sku__product") if line.live]
    timetable = Timetable.load()
    return OrderFacts(order, lines, timetable.stores.shop, timetable)


def order_id_of(subject_key: str) -> int | None:
    """The order a message is about, or None if it is about something else."""
    word, _colon, number = subject_key.partition(":")
    return int(number) if word == "order" and number.isdigit() else None
