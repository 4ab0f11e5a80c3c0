"""The lists of the Money page."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy as _pl

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import QUEUE_LOOK, CancelReason, Payment, Queue
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import ChoiceFilter, FlagFilter, RangeFilter, Rows, TextFilter
from akinai.foundation.ui.tables import Table
from akinai.shop.stores.selectors import active_stores

from . import selectors
from .coverage import Coverage, coverage
from .models import LedgerEntry
from .services import open_amount
from .services.lapsing import obstacles
from .states import Entry

FIND = TextFilter("q", _l("Number, name, kana or amount"), selectors.find_owing)
FIND_ALL = TextFilter("q", _l("Number, name, kana or amount"), selectors.find_waiting)
#: Tone and icon of each payment fact; the words are those of the facts.
PAYMENT_LOOK: dict[str, tuple[str, str]] = {
    Payment.UNPAID: ("wait", "cash"),
    Payment.PART_PAID: ("warn", "cash"),
    Payment.PAID: ("ok", "check"),
    Payment.GUARANTEED: ("ok", "shield"),
    Payment.GUARANTEE_FAILED: ("stop", "cash"),
    Payment.OVERPAID: ("act", "receipt-refund"),
    Payment.REFUND_DUE: ("act", "receipt-refund"),
    Payment.WRITTEN_OFF: ("wait", "circle-minus"),
    Payment.NOT_REQUIRED: ("ok", "check"),
}


def payment_badge(payment: str, *, plain: bool = False) -> SafeString:
    """The payment fact as word, icon and colour."""
    tone, icon = PAYMENT_LOOK[payment]
    return html.badge(tone, Payment(payment).label, icon, plain=plain)


def due_badge(order: Order) -> SafeString:
    """Until when the money should be there; loud once it is late."""
    if order.pay_due is None:
        return SafeString("")
    late = (clock.today() - order.pay_due).days if open_amount(order) > 0 else -9
    if late > 0:
        # on a narrow screen the days are enough
        return format_html(
            '<span class="ak-st plain stop">{}<span class="wide">{}&nbsp;</span>{}</span>',
            html.icon("alert-octagon"), html.day(order.pay_due), _("%(n)s d late") % {"n": late},
        )  # fmt: skip
    tone = "warn" if late >= -1 else "wait"
    return html.badge(tone, html.day(order.pay_due), "calendar-event", plain=True)


def _stores() -> list[tuple[str, str]]:
    return [(str(store.pk), store.name) for store in active_stores()]


class OrderMoneyTable(Table):
    """What the lists of orders share: cells, the form beside the list, and the way to it."""

    live = "akinai:order"
    saves_views = False

    def row_url(self, row: Order) -> str:
        return reverse("payments:order", args=[row.pk])

    def row_preview(self, row: Order) -> str:
        return self.row_url(row)

    def row_name(self, row: Order) -> str:
        return row.number

    def cell_number(self, row: Order) -> SafeString:
        return html.link(self.row_url(row), row.number)

    def cell_store(self, row: Order) -> SafeString:
        return format_html('<span class="ak-shop" title="{}">{}</span>', row.store.name, row.store.label)

    def cell_open(self, row: Order) -> SafeString:
        """The amount; where part of it came already, an icon says so."""
        if row.payment != Payment.PART_PAID:
            return html.yen(open_amount(row))
        part = html.icon("coins", label=str(Payment.PART_PAID.label))
        return format_html('<span class="ak-t-warn">{}</span> {}', part, html.yen(open_amount(row)))

    def cell_due(self, row: Order) -> SafeString:
        return due_badge(row)

    def cell_total(self, row: Order) -> SafeString:
        return html.yen(row.total)

    def cell_payment(self, row: Order) -> SafeString:
        """What the money says; where the order waits for something else too, that queue."""
        if row.payment == Payment.UNPAID and row.queue != Queue.AWAITING_PAYMENT:
            icon, tone = QUEUE_LOOK[row.queue]
            return html.badge(tone, Queue(row.queue).label, icon, plain=True)
        return payment_badge(row.payment, plain=True)


def _method(row: Order) -> str:
    return row.payment_method.name


NUMBER = Column("number", _l("Order number"), sort="number", css="ak-money-no", fixed=True)
STORE = Column("store", _l("Store"), css="ak-money-st", wide=True, export=lambda row: row.store.name)
BUYER = Column("buyer_name", _l("Customer"), css="ak-cut")
KANA = Column("buyer_kana", _l("Kana"), sort="buyer_kana", css="ak-cut ak-sub", wide=True)
METHOD = Column("method", _l("Payment method"), cell=_method, css="ak-cw-m ak-cut", wide=True, export=_method)
OPEN = Column("open", _l("Open amount"), css="ak-money-yen ak-num ak-strong", export=open_amount)
TOTAL = Column("total", _l("Total"), sort="total", css="ak-money-yen ak-num")
DUE = Column("due", _l("Due"), sort="pay_due", css="ak-money-due", export=lambda row: row.pay_due)
RECEIVED = Column("received_amount", _pl("paid", "Received"), css="ak-money-yen ak-num",
                  cell=lambda row: html.yen(row.received_amount))  # fmt: skip
STATE = Column(
    "payment", _pl("money", "Payment"), css="ak-cw-m", wide=True, export=lambda row: Payment(row.payment).label
)


def _days_open(row: Order) -> str:
    """Days since the order was taken on."""
    if row.accepted_at is None:
        return ""
    days = (clock.today() - clock.aware(row.accepted_at).date()).days
    return _("%(n)s days") % {"n": days} if days else _("accepted today")


class OwingTable(OrderMoneyTable):
    """What buyers still owe, the earliest due date first; orders without one by their age."""

    default_sort = "due"
    bulk = ("payments.mark_paid", "payments.several")
    filters = (
        ChoiceFilter("store", _l("Store"), _stores, "store_id"),
        FlagFilter("late", _l("Overdue"), selectors.overdue, icon="alert-octagon"),
        FIND,
    )

    def _order_by(self) -> list[Any]:
        if self.sort.removeprefix("-") != "due":
            return super()._order_by()
        if self.sort.startswith("-"):
            return [F("pay_due").desc(nulls_last=True), "-ordered_at", "-pk"]
        return [F("pay_due").asc(nulls_last=True), "ordered_at", "pk"]


DAYS = Column("days", _l("Since acceptance"), cell=_days_open, css="ak-cw-s ak-num", wide=True, export=_days_open)


class WaitingTable(OwingTable):
    """入金待ち. While somebody searches, every order that may be meant is in: also those still checked or on hold."""

    key = "money-waiting"
    label = _l("Awaiting payment")
    columns = (
        NUMBER, STORE, BUYER, KANA, OPEN, DUE, DAYS, replace(METHOD, hidden=True), STATE,
    )  # fmt: skip
    filters = (*OwingTable.filters[:2], FIND_ALL)

    def __init__(self, actor: Actor, rows: Rows, params: QueryDict, path: str = "") -> None:
        super().__init__(actor, selectors.owing() if params.get("q", "").strip() else rows, params, path)

    @cached_property
    def shown(self) -> list[Column]:
        """What the money says is a column only while orders of all kinds are searched."""
        searching = bool(self.params.get("q", "").strip())
        return [c for c in super().shown if c is not (DAYS if searching else STATE)]

    def empty(self) -> SafeString | None:
        text = _("Every order that is paid first is paid.")
        return None if self.filtered else _nothing(_("No payment is awaited"), text)


class LapsedTable(OrderMoneyTable):
    """期限切れ: not paid in time, proposed for cancellation (T08)."""

    key = "money-lapsed"
    label = _l("Past the last day")
    default_sort = "pay_cancel_on"
    bulk = ("payments.cancel_unpaid",)
    columns = (
        NUMBER, STORE, BUYER, replace(KANA, hidden=True), OPEN, DUE,
        Column("pay_cancel_on", _l("Last day to pay"), sort="pay_cancel_on", css="ak-cw-m"),
        Column("lapse", _l("May it be cancelled?"), css="ak-cw-l", wide=True, exported=False),
    )  # fmt: skip
    filters = (ChoiceFilter("store", _l("Store"), _stores, "store_id"), FIND)

    @cached_property
    def bank(self) -> Coverage:
        """How far the account was looked at."""
        return coverage()

    def cell_pay_cancel_on(self, row: Order) -> str:
        return html.day(row.pay_cancel_on)

    def cell_lapse(self, row: Order) -> SafeString:
        found = obstacles(row, self.bank)
        if found:
            return html.badge("wait", str(found[0]), "clock", plain=True)
        if row.received_amount:
            return html.badge("warn", _("Partly paid: look first"), "coins", plain=True)
        return html.badge("act", _("Yes"), "x", plain=True)

    def empty(self) -> SafeString | None:
        return None if self.filtered else _nothing(_("Nobody is past their last day to pay"))


class PartPaidTable(OwingTable):
    """一部入金."""

    key = "money-part"
    label = _l("Partly paid")
    columns = (
        NUMBER, STORE, BUYER, replace(KANA, hidden=True), TOTAL,
        RECEIVED,
        OPEN, DUE,
    )  # fmt: skip

    def empty(self) -> SafeString | None:
        return None if self.filtered else _nothing(_("No order is partly paid"))


class ReturnTable(OrderMoneyTable):
    """返金待ち: whom the shop owes money."""

    key = "money-return"
    label = _l("To give back")
    default_sort = "number"
    columns = (
        NUMBER, STORE, BUYER, replace(KANA, hidden=True), TOTAL,
        RECEIVED,
        Column("open", _l("To give back"), css="ak-money-yen ak-num ak-strong", export=lambda r: -open_amount(r)),
        replace(METHOD, hidden=True), STATE,
    )  # fmt: skip
    filters = (ChoiceFilter("store", _l("Store"), _stores, "store_id"), FIND)

    def cell_open(self, row: Order) -> SafeString:
        return html.yen(-open_amount(row))

    def cell_payment(self, row: Order) -> SafeString:
        """A refund may wait for a second person (T26). Who paid too late may still want the goods (PAY-8)."""
        if row.asks:  # type: ignore[attr-defined]
            return html.badge("warn", _("Refund waits for approval"), "receipt-refund", plain=True)
        if row.cancel_reason == CancelReason.UNPAID:
            return html.badge("act", _("Paid after cancellation"), "refresh", plain=True)
        return super().cell_payment(row)

    def empty(self) -> SafeString | None:
        return None if self.filtered else _nothing(_("Nobody is owed money"))


class SettlementTable(OrderMoneyTable):
    """後払い入金待ち: shipped, paid to the carrier or an agency, not settled yet."""

    key = "money-settlement"
    label = _l("Awaiting settlement")
    default_sort = "shipped_at"
    bulk = ("payments.settle",)
    columns = (
        NUMBER, STORE, BUYER, KANA, OPEN, METHOD,
        Column("shipped_at", _l("Shipped"), sort="shipped_at", css="ak-cw-m", cell=lambda r: html.day(r.shipped_at)),
    )  # fmt: skip
    filters = (ChoiceFilter("store", _l("Store"), _stores, "store_id"), FIND)

    def empty(self) -> SafeString | None:
        return None if self.filtered else _nothing(_("Everything shipped is settled"))


def _nothing(title: str, text: str = "") -> SafeString:
    """Good news."""
    sub = format_html('<p class="ak-sub">{}</p>', text) if text else ""
    return format_html(
        '<div class="ak-empty">{}<p class="ak-strong">{}</p>{}</div>', html.icon("circle-check", large=True), title, sub
    )


def _buyer(entry: LedgerEntry) -> str:
    return entry.order.buyer_name


class LedgerTable(Table):
    """履歴: the whole ledger."""

    key = "money-ledger"
    label = _pl("money", "History")
    default_sort = "-occurred_on"
    saves_views = False
    live = "akinai:order"
    columns = (
        Column("occurred_on", _l("Date"), sort="occurred_on", css="ak-cw-m"),
        Column("number", _l("Order number"), css="ak-cw-m", fixed=True, export=lambda e: e.order.number),
        Column("buyer", _l("Customer"), css="ak-cut", cell=_buyer, export=_buyer),
        Column("kind", _l("What"), css="ak-cw-l", export=lambda e: e.get_kind_display()),
        Column("amount", _l("Amount"), css="ak-money-yen ak-num ak-strong", export=lambda e: e.signed),
        Column("said", _l("Payer, reference, note"), css="ak-cut ak-sub", wide=True, exported=False),
        Column("payer_name", _l("Payer's name"), hidden=True),
        Column("reference", _pl("money", "Reference"), hidden=True),
        Column("note", _l("Note"), hidden=True),
        Column("actor_label", _l("By"), css="ak-cw-m ak-cut", wide=True),
        Column("at", _l("Recorded at"), css="ak-cw-l", hidden=True, cell=lambda e: html.day_hour(e.at)),
    )  # fmt: skip
    filters = (
        ChoiceFilter("kind", _l("What"), lambda: Entry.choices, "kind"),
        RangeFilter("on", _l("Date"), "occurred_on", of="date"),
        TextFilter("q", _l("Number, name, payer, reference or amount"), selectors.find_in_ledger),
    )

    def row_url(self, row: LedgerEntry) -> str:
        return reverse("payments:order", args=[row.order_id])

    def row_css(self, row: LedgerEntry) -> str:
        return "off" if row.kind == Entry.REVERSAL or hasattr(row, "reversed_by") else ""

    def cell_occurred_on(self, row: LedgerEntry) -> str:
        return html.day(row.occurred_on)

    def cell_number(self, row: LedgerEntry) -> SafeString:
        return html.link(self.row_url(row), row.order.number)

    def cell_kind(self, row: LedgerEntry) -> object:
        if hasattr(row, "reversed_by"):
            return _("%(kind)s (taken back)") % {"kind": row.get_kind_display()}
        return row.get_kind_display()

    def cell_amount(self, row: LedgerEntry) -> SafeString:
        return html.yen(row.signed)

    def cell_said(self, row: LedgerEntry) -> str:
        return " · ".join(part for part in (row.payer_name, *said(row)) if part)


def said(entry: LedgerEntry) -> tuple[str, str]:
    """Reference and note as people read them; "store" is a word of the program."""
    reference = _("told by the store") if entry.reference == "store" else entry.reference
    return reference, entry.note
