"""The one form on which a clerk changes an order: what stands there, what was typed, and the changes it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core import clock
from akinai.shop.catalog.selectors import sku_by_scan
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.windows import CANONICAL
from akinai.shop.terms.zones import PREFECTURES

from .edits import NEEDS_VOID, SHIP_FIELDS, AddedLine, Changes, Gift, MethodChange, Wish, store_charges
from .forms import OrderForm, as_consent, as_party
from .models import Order, OrderLine
from .states import ConsentBy
from .types import ConsentDraft

#: Lines that can be added in one go.
NEW_LINES = 3
MOST_YEN = 100_000_000
_TEXTS: dict[str, tuple[Any, int]] = {
    "name": (pgettext_lazy("person", "Name"), 200),
    "kana": (_("Kana"), 200),
    "company": (_("Company"), 200),
    "phone": (_("Phone"), 40),
    "postcode": (_("Postcode"), 10),
    "address1": (_("City and street"), 255),
    "address2": (_("Building"), 255),
}


def _number(label: Any, initial: int | None = None, **more: Any) -> forms.IntegerField:
    limits: dict[str, Any] = {"min_value": 0, "max_value": MOST_YEN, "required": False, **more}
    return forms.IntegerField(label=label, initial=initial, **limits)


def _day(label: Any, initial: dt.date | None) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, initial=initial)


@dataclass(frozen=True)
class NewLine:
    """The three fields of a line to add."""

    code: forms.BoundField
    quantity: forms.BoundField
    price: forms.BoundField


class EditForm(OrderForm):
    """Everything about an order that may change, with what stands there; only what differs becomes a change."""

    def __init__(self, *args: Any, order: Order, lines: Sequence[OrderLine], **kwargs: Any) -> None:
        kwargs.setdefault("key", "edit")
        super().__init__(*args, **kwargs)
        self.order, self.lines = order, [line for line in lines if line.live]
        self.fields["version"].initial = order.version
        for line in self.lines:
            label = gettext("Quantity of %(name)s") % {"name": line.name}
            self.fields[f"quantity_{line.number}"] = _number(label, line.live, required=True, max_value=1_000_000)
        for n in range(NEW_LINES):
            self.fields[f"added_{n}"] = forms.CharField(label=_("SKU code or JAN"), max_length=120, required=False)
            self.fields[f"added_quantity_{n}"] = _number(_("Quantity"), 1, min_value=1, max_value=1_000_000)
            self.fields[f"added_price_{n}"] = _number(_("Unit price"))
        self._add_recipient()
        self._add_delivery()
        self._add_payment()
        self._add_consent()

    def _add_recipient(self) -> None:
        for name, (label, length) in _TEXTS.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=length, required=False, initial=getattr(self.order, f"ship_{name}")
            )
        kept = self.order.ship_prefecture
        names = [kept, *PREFECTURES] if kept and kept not in PREFECTURES else PREFECTURES
        self.fields["prefecture"] = forms.ChoiceField(
            label=_("Prefecture"), required=False, choices=[("", "—"), *((p, p) for p in names)], initial=kept
        )

    def _add_delivery(self) -> None:
        order = self.order
        services = [
            (code, f"{row.carrier.name} {row.name}")
            for code, row in terms.snapshot().services.items()
            if row.is_active or row.id == order.delivery_service_id
        ]
        self.fields["service"] = forms.ChoiceField(
            label=_("Delivery service"), choices=services, initial=order.delivery_service.code
        )
        self.fields["wish_date"] = _day(_("Wished date"), order.wish_date)
        windows = [(w, w or gettext("no wish")) for w in CANONICAL]
        self.fields["wish_window"] = forms.ChoiceField(
            label=_("Wished time"), required=False, choices=windows, initial=order.wish_window
        )
        self.fields["is_gift"] = forms.BooleanField(
            label=pgettext_lazy("order", "Gift"), required=False, initial=order.is_gift
        )
        self.fields["gift_note"] = forms.CharField(
            label=_("Wrapping, noshi, names"), required=False, max_length=1000, initial=order.gift_note,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

    def _add_payment(self) -> None:
        order = self.order
        methods = [
            (code, row.name)
            for code, row in terms.snapshot().methods.items()
            if row.is_active or row.id == order.payment_method_id
        ]
        self.fields["method"] = forms.ChoiceField(
            label=_("Payment method"), choices=methods, initial=order.payment_method.code
        )
        self.fields["old_is_void"] = forms.BooleanField(
            label=_("The old payment is void; I have checked it"), required=False
        )
        ours = store_charges(order.store)
        hint = _("By the table of your shipping fees.") if ours else _("The store charged it; tick to use your table.")
        self.fields["recompute_shipping"] = forms.BooleanField(
            label=_("Count the shipping fee anew"), required=False, help_text=hint
        )
        self.fields["shipping"] = _number(_("Shipping fee"), order.shipping_fee)
        self.fields["wrapping_fee"] = _number(_("Wrapping fee"), order.wrapping_fee)

    def _add_consent(self) -> None:
        choices = [("", gettext("not yet (the order waits)")), *ConsentBy.choices]
        self.fields["consent_how"] = forms.ChoiceField(label=_("How the buyer agreed"), required=False, choices=choices)
        self.fields["consent_on"] = _day(_("Agreed on"), clock.today())
        self.fields["consent_by"] = forms.CharField(
            label=_("Who agreed"), max_length=200, required=False, initial=self.order.buyer_name
        )
        self.fields["reason"] = forms.CharField(label=_("Why it is changed"), max_length=500, required=False)

    def clean_wish_date(self) -> dt.date | None:
        """Near enough to be meant; a past one that stands already may stay."""
        day: dt.date | None = self.cleaned_data.get("wish_date")
        return day if day == self.order.wish_date else self._near("wish_date")

    def line_rows(self) -> Iterator[tuple[OrderLine, forms.BoundField]]:
        """Each line with the field of its quantity."""
        for line in self.lines:
            yield line, self[f"quantity_{line.number}"]

    def new_rows(self) -> list[NewLine]:
        """The fields of the lines that can be added."""
        return [NewLine(self[f"added_{n}"], self[f"added_quantity_{n}"], self[f"added_price_{n}"])
                for n in range(NEW_LINES)]  # fmt: skip

    @property
    def needs_void(self) -> bool:
        """Whether the payment that stands could still be used after another one was chosen."""
        return self.order.payment_method.kind in NEEDS_VOID or bool(self.order.guaranteed_amount)

    def changes(self) -> Changes:
        """What differs from the order, for `services.edit_order`. An unknown SKU code is an error of its field."""
        data, order = self.cleaned_data, self.order
        quantities = {line.number: data[f"quantity_{line.number}"] for line in self.lines}
        moved = any(data[name] != getattr(order, f"ship_{name}") for name in SHIP_FIELDS)
        wish = Wish(data["wish_date"], data["wish_window"])
        gift = Gift(data["is_gift"], data["gift_note"].strip(), data["wrapping_fee"] or 0)
        shipping = data["shipping"] if data["shipping"] is not None else order.shipping_fee
        return Changes(
            quantities={n: q for n, q in quantities.items() if q != _line(self.lines, n).live},
            added=tuple(self._added()),
            ship_to=as_party(data) if moved else None,
            wish=wish if wish != Wish(order.wish_date, order.wish_window) else None,
            service=data["service"] if data["service"] != order.delivery_service.code else "",
            method=self._method(data),
            gift=gift if gift != Gift(order.is_gift, order.gift_note, order.wrapping_fee) else None,
            shipping=shipping if shipping != order.shipping_fee and not data["recompute_shipping"] else None,
            recompute_shipping=data["recompute_shipping"],
        )

    def _method(self, data: dict[str, Any]) -> MethodChange | None:
        if data["method"] == self.order.payment_method.code:
            return None
        return MethodChange(data["method"], data["old_is_void"])

    def _added(self) -> Iterator[AddedLine]:
        for n in range(NEW_LINES):
            typed = self.cleaned_data[f"added_{n}"].strip().replace("\x00", "")
            if not typed:
                continue
            sku = sku_by_scan(typed)
            if sku is None:
                self.add_error(
                    f"added_{n}", gettext("No SKU has this code. Look below the preview for what it may be.")
                )
                continue
            yield AddedLine(
                sku.pk, self.cleaned_data[f"added_quantity_{n}"] or 1, self.cleaned_data[f"added_price_{n}"]
            )

    def consent(self) -> ConsentDraft | None:
        """The buyer's word, if it was given."""
        return as_consent(self.cleaned_data)

    def unknown_words(self) -> str:
        """What was typed for a line to add and names no SKU; "" if all do."""
        for n in range(NEW_LINES):
            typed = str(self.data.get(f"added_{n}", "")).strip().replace("\x00", "")[:120]
            if typed and sku_by_scan(typed) is None:
                return typed
        return ""


def _line(lines: Sequence[OrderLine], number: int) -> OrderLine:
    return next(line for line in lines if line.number == number)
