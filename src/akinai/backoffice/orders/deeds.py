"""What was done to an order, in words: for its timeline, its editions and the sentence of a conflict (ORD-31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from akinai.foundation.core.errors import Sentence
from akinai.foundation.core.money import yen
from akinai.foundation.ui import html

from .states import CancelReason, Check, HoldKind, ShipPolicy


@dataclass(frozen=True, slots=True)
class Deed:
    """An audit action as people read it."""

    icon: str
    label: Sentence


#: Known audit actions by name. Apps above add theirs with `deeds.tell` in `apps.ready()`.
DEEDS: dict[str, Deed] = {
    "orders.place": Deed("shopping-bag", pgettext_lazy("deed", "Ordered")),
    "orders.read_out": Deed("phone", _("The six items read out to the buyer")),
    "orders.take_over": Deed("history", _("Taken over as history")),
    "orders.met_again": Deed("refresh", _("Came again in a later file")),
    "orders.seen": Deed("eye", _("Looked at for the first time")),
    "orders.clear_check": Deed("check", _("Checked")),
    "orders.accept_remark": Deed("message-2", _("Remark taken as read")),
    "orders.accept": Deed("circle-check", _("Order accepted")),
    "orders.reject": Deed("x", _("Order turned down")),
    "orders.hold": Deed("player-pause", _("Put on hold")),
    "orders.change_hold": Deed("player-pause", _("Hold changed")),
    "orders.took_stock": Deed("packages", _("Got goods of another order")),
    "orders.gave_stock": Deed("packages", _("Gave goods to another order")),
    "orders.release_hold": Deed("player-play", _("Hold released")),
    "orders.allocate": Deed("packages", _("Stock allocated")),
    "orders.lost_stock": Deed("packages", _("Stock taken back by a correction")),
    "orders.edit.ship_to": Deed("map-pin", _("Delivery address changed")),
    "orders.edit.wish": Deed("calendar-event", _("Wished delivery changed")),
    "orders.edit.sku": Deed("tag", _("Item identified")),
    "orders.edit.quantity": Deed("pencil", _("Quantity changed")),
    "orders.edit.add": Deed("plus", _("Line added")),
    "orders.edit.present": Deed("gift", _("Put in without charge")),
    "orders.edit.service": Deed("truck", _("Delivery service changed")),
    "orders.edit.method": Deed("cash", _("Payment method changed")),
    "orders.edit.gift": Deed("gift", _("Gift wish changed")),
    "orders.edit.shipping": Deed("truck", _("Shipping fee changed")),
    "orders.edit.several": Deed("pencil", _("Order changed")),
    "orders.consent": Deed("circle-check", _("Buyer agreed to the new amount")),
    "orders.override_gate": Deed("lock-open", _("Allowed to leave unpaid")),
    "orders.withdraw_override": Deed("lock", _("Permission to leave unpaid taken back")),
    "orders.request_cancel": Deed("hand-stop", _("Cancellation asked for")),
    "orders.approve_cancel": Deed("x", _("Cancelled")),
    "orders.cancel_last_line": Deed("x", _("Cancelled with its last line")),
    "orders.refuse_cancel": Deed("circle-minus", _("Cancellation refused")),
    "orders.instruct": Deed("printer", _("Papers printed")),
    "orders.take_back": Deed("arrow-back-up", _("Shipment pulled back")),
    "orders.ship": Deed("truck", _("Goods left the house")),
    "orders.unship": Deed("arrow-back-up", _("Shipping undone")),
    "orders.note": Deed("note", _("Note")),
    "orders.rule": Deed("wand", _("A rule acted")),
    "orders.rule_ended": Deed("wand", _("A rule took back what it had done")),
    "orders.edit.line": Deed("gift", _("Line added")),
    "orders.tag": Deed("tag", _("Tag put on")),
    "orders.untag": Deed("tag", _("Tag taken off")),
    "orders.edit.split": Deed("arrows-split", _("Order divided")),
    "orders.split_off": Deed("arrows-split", _("Split off from another order")),
    "orders.edit.join": Deed("arrows-split", _("Put together again")),
    "orders.join": Deed("arrows-split", _("Put back into the order it came from")),
    "orders.edit.policy": Deed("packages", _("Ship policy changed")),
    "orders.edit.bundle": Deed("packages", _("Charges changed: shipped together")),
    "orders.edit.parts": Deed("packages", _("Charges changed: shipped in parts")),
    "orders.move_release": Deed("calendar-event", _("Release date moved")),
    "orders.auth_expired": Deed("credit-card", _("Authorisation over")),
}


def tell(action: str, icon: str, label: Sentence) -> None:
    """Say how an audit action of another app on `order:…` reads in the timeline."""
    DEEDS[action] = Deed(icon, label)


def deed(action: str) -> Deed:
    """An audit action in words; one that nobody described stands for itself."""
    return DEEDS.get(action) or Deed("point", action)


#: What the fields of an order are called where before and after are compared.
FIELDS: dict[str, Sentence] = {
    "name": pgettext_lazy("person", "Name"),
    "kana": _("Kana"), "company": _("Company"), "phone": _("Phone"), "mail": _("Mail"),
    "postcode": _("Postcode"), "prefecture": _("Prefecture"), "address1": _("City and street"),
    "address2": _("Building"), "wish_date": _("Wished date"), "wish_window": _("Wished time"),
    "wish_window_raw": _("Wished time as written"), "line": _("Line"), "sku": _("SKU"), "quantity": _("Quantity"),
    "total": _("Total"), "lines": _("Lines"), "ordered_at": _("Ordered"), "method": _("Payment method"),
    "paid_amount": _("Paid"), "guaranteed_amount": _("Guaranteed"), "is_shipped": _("Shipped at the store"),
    "is_cancelled": _("Cancelled at the store"), "delivery_service": _("Delivery service"),
    "shipping_fee": _("Shipping fee"), "payment_fee": _("Payment fee"), "wrapping_fee": _("Wrapping fee"),
    "other_fee": _("Other fee"), "coupon": _("Coupon"), "points": _("Points"), "store_total": _("Total at the store"),
    "remark": _("Remark"), "until": _("Until"), "reason": _("Note for colleagues"),
    "is_gift": pgettext_lazy("order", "Gift"), "gift_note": _("Gift note"),
    "split": _("Divided"), "ship_policy": _("Ship policy"), "bundle": _("Shipped together with"), "parts": _("Parcels"),
}  # fmt: skip
_DAYS = {"wish_date", "ordered_at", "until", "release_on"}
_MONEY = {"total", "shipping_fee", "payment_fee", "wrapping_fee", "other_fee", "coupon", "points", "store_total",
          "paid_amount", "guaranteed_amount"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as words."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label} {self.words}".strip()

    @property
    def words(self) -> str:
        """Before → after; "" for what only says where."""
        return f"{self.before or '—'} → {self.after or '—'}" if self.before or self.after else ""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two sides; `line` is always told, since it says where."""
    found = []
    for name, value in after.items():
        if name == "line":
            found.append(Change(_("Line %(line)s") % {"line": value}, "", ""))
        elif before.get(name) != value:
            found.append(Change(field_label(name), shown(name, before.get(name)), shown(name, value)))
    return found


def field_label(name: str) -> str:
    """`ship_address1` → お届け先 住所; an unknown name stands for itself."""
    for prefix, whose in (("buyer_", pgettext_lazy("party", "Buyer")), ("ship_", pgettext_lazy("party", "Ship-to"))):
        bare = name.removeprefix(prefix)
        if bare != name and bare in FIELDS:
            return f"{whose} {FIELDS[bare]}"
    return str(FIELDS.get(name, name))


def shown(name: str, value: Any) -> str:
    """A stored value as words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("flag", "yes") if value else pgettext("flag", "no")
    if name == "ship_policy" and value in ShipPolicy.values:
        return str(ShipPolicy(value).label)
    if name in _MONEY and isinstance(value, int):
        return yen(value)
    if name == "lines" and isinstance(value, list):
        return "、".join(f"{x[1] or x[0]} × {x[3]} @{yen(x[4])}" for x in value if isinstance(x, list) and len(x) > 4)
    return _day(str(value)) if name in _DAYS else str(value)


def _day(text: str) -> str:
    """A day kept as `2026-11-24`, or with a time behind it, as it is written everywhere else; other text as it is."""
    try:
        return (
            html.day(dt.date.fromisoformat(text)) if len(text) == 10 else html.day_hour(dt.datetime.fromisoformat(text))
        )
    except ValueError:
        return text


def told(action: str, detail: Mapping[str, Any]) -> str:
    """The particulars of a deed in a few words, from what the audit entry keeps."""
    before, after = detail.get("before"), detail.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return " · ".join(str(c) for c in changes(before, after))
    parts = []
    if isinstance(detail.get("amount"), int):
        parts.append(str(_("%(amount)s yen") % {"amount": yen(detail["amount"])}))
    if detail.get("code") in Check.values and action == "orders.clear_check":
        parts.append(str(Check(detail["code"]).label))
    if detail.get("kind") in HoldKind.values:
        parts.append(str(HoldKind(detail["kind"]).label))
    parts += [str(detail[name]) for name in ("tag",) if isinstance(detail.get(name), str)]
    if detail.get("other"):
        parts.append(str(detail["other"]))
    if detail.get("until"):
        parts.append(_day(str(detail["until"])))
    if detail.get("reason") in CancelReason.values:
        parts.append(str(CancelReason(detail["reason"]).label))
    return " · ".join(parts)
