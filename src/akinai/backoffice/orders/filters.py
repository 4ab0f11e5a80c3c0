"""What the list of orders can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.foundation.ui.filters import ChoiceFilter, Params, RangeFilter, TextFilter, Unreadable
from akinai.shop.customers.models import Customer
from akinai.shop.stores import selectors as stores
from akinai.shop.terms import selectors as terms

from . import selectors
from .customers import orders_of
from .models import CheckReason, Hold, RemarkAnswer, StillOpen
from .rules.selectors import tag_names
from .search import of_goods
from .states import Check, HoldKind, Queue

#: More would be slower than reading all the rows.
MOST_POSTCODES = 900


def _stores() -> Sequence[tuple[str, Any]]:
    return [(str(pk), store.name) for pk, store in stores.snapshot().stores.items()]


def _reasons() -> Sequence[tuple[str, Any]]:
    return [*((f"check.{c.value}", c.label) for c in Check), *((f"hold.{k.value}", k.label) for k in HoldKind)]


def _by_reason(rows: Any, value: str) -> Any:
    """Orders with this check reason or hold open."""
    family, _dot, code = value.partition(".")
    if family == "check":
        return rows.filter(pk__in=CheckReason.objects.filter(code=code, closed_at__isnull=True).values("order_id"))
    return rows.filter(pk__in=Hold.objects.filter(kind=code, closed_at__isnull=True).values("order_id"))


def _ended(rows: Any, value: str) -> Any:
    return rows.filter(queue=value)


def overdue(rows: Any) -> Any:
    """Those of `rows` of which a promise is broken."""
    return rows.filter(StillOpen(), selectors.is_overdue())


def unanswered(rows: Any) -> Any:
    """R32: on hold with a remark that nobody has answered; neither with the confirmation nor otherwise from here."""
    held = Hold.objects.filter(order_id=OuterRef("pk"), closed_at__isnull=True)
    answered = RemarkAnswer.objects.filter(order_id=OuterRef("pk")).exclude(reply="")
    return rows.filter(StillOpen(), ~Q(remark=""), Exists(held), ~Exists(answered))


def on_islands(rows: Any) -> Any:
    """Orders to places that the terms list as islands."""
    codes = {postcode for _carrier, postcode in terms.snapshot().islands}
    whole = sorted(c for c in codes if len(c) == 7)[:MOST_POSTCODES]
    found = Q(ship_postcode__in=[*whole, *(f"{c[:3]}-{c[3:]}" for c in whole)])
    for start in sorted(c for c in codes if len(c) < 7)[:50]:
        dashed = start if len(start) <= 3 else f"{start[:3]}-{start[3:]}"
        found |= Q(ship_postcode__startswith=start) | Q(ship_postcode__startswith=dashed)
    return rows.filter(found)


#: What a person most often wants to see alone.
ONLY: dict[str, tuple[Any, Any]] = {
    "overdue": (_("Overdue"), overdue),
    "promised": (_("Something is owed"), Q(promise_due_at__isnull=False)),
    "unseen": (_("Not looked at"), Q(seen_at__isnull=True)),
    "remark": (_("With remark"), ~Q(remark="")),
    "unanswered": (_("On hold, no reply yet"), unanswered),
    "gift": (pgettext_lazy("order", "Gift"), Q(is_gift=True)),
    "island": (_("Islands"), on_islands),
    "stopped": (_("Shipping stopped"), Q(stopped=True)),
    "mail_failed": (_("Mail failed"), Q(mail_failed=True)),
}


def _only(rows: Any, value: str) -> Any:
    wanted = ONLY[value][1]
    return rows.filter(wanted) if isinstance(wanted, Q) else wanted(rows)


class CustomerFilter(TextFilter):
    """Orders of one customer by their number here, as the customer's page links to them; says the name."""

    def says(self, params: Params) -> str:
        number = params.get(self.key, "").strip()
        row = Customer.objects.filter(pk=int(number)).first() if _is_number(number) else None
        return str(row) if row else super().says(params)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _of_customer(rows: Any, text: str) -> Any:
    if not _is_number(text):
        raise Unreadable
    return rows.filter(orders_of(int(text)))


FILTERS = (
    TextFilter("q", _("Search"), selectors.matching, _("Number, name, kana, phone, mail")),
    TextFilter("goods", _("Goods"), of_goods, _("SKU, JAN or product")),
    ChoiceFilter("store", _("Store"), _stores, "store_id", _("All stores")),
    RangeFilter("ordered", _("Ordered"), "ordered_at"),
    ChoiceFilter("reason", _("Reason"), _reasons, _by_reason),
    RangeFilter("amount", _("Amount"), "total", of="number"),
    CustomerFilter("customer", _("Customer"), _of_customer, _("Customer number")),
    ChoiceFilter("only", _("Condition"), lambda: [(key, label) for key, (label, _q) in ONLY.items()], _only),
)
TAG = ChoiceFilter("tag", _("Tag"), lambda: [(name, name) for name in tag_names()], "tags__name")
ENDED = ChoiceFilter(
    "ended", _("Closed as"), lambda: [(q.value, q.label) for q in (Queue.DONE, Queue.CANCELLED)], _ended
)
