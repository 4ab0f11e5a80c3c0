"""The form of a phone or FAX order. It keeps whatever was typed; only placing asks that everything be there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.edits import MOST_PIECES, MOST_YEN
from akinai.backoffice.orders.forms import OrderForm
from akinai.backoffice.orders.types import PartyDraft
from akinai.foundation.accounts.models import Language
from akinai.shop.customers.models import Customer
from akinai.shop.stores import selectors as stores
from akinai.shop.terms import postcodes
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.windows import CANONICAL
from akinai.shop.terms.zones import PREFECTURES

from .models import TYPED_KINDS, CallBy
from .quoting import PARTY, Entry, EntryLine

ROWS, MOST_ROWS = 4, 40
KEY = re.compile(r"[0-9a-f]{12}")
TEXTS: dict[str, tuple[Any, int]] = {
    "phone": (_("Phone"), 40),
    "name": (pgettext_lazy("person", "Name"), 120),
    "kana": (_("Kana"), 120),
    "company": (_("Company"), 120),
    "mail": (_("Mail"), 254),
    "postcode": (_("Postcode"), 10),
    "address1": (_("City and street"), 255),
    "address2": (_("Building"), 255),
}
NEEDED = ("phone", "name", "postcode", "prefecture", "address1")
#: How phones and tablets are to help with typing.
MODES = {"phone": "tel", "postcode": "numeric", "mail": "email"}


def fresh_key() -> str:
    """The name of a new form."""
    return secrets.token_hex(6)


@dataclass(frozen=True)
class LineFields:
    """The fields of one line."""

    row: int
    code: forms.BoundField
    quantity: forms.BoundField
    price: forms.BoundField


def _text(label: Any, length: int, mode: str = "") -> forms.CharField:
    attrs = {"inputmode": mode} if mode else {}
    attrs["autocomplete"] = "off"
    return forms.CharField(label=label, max_length=length, required=False, widget=forms.TextInput(attrs=attrs))


def _number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False, **more)


def _area(label: Any, length: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    )


class PhoneForm(OrderForm):
    """Buyer, ship-to, lines, delivery, payment, words. `entry()` is what of it makes sense so far."""

    key = forms.CharField(max_length=12, widget=forms.HiddenInput)
    how = forms.ChoiceField(label=_("How it came"), choices=CallBy.choices, initial=CallBy.PHONE)
    ship_same = forms.BooleanField(label=_("Goes to the buyer"), required=False, initial=True)
    wish_date = forms.DateField(
        label=_("Wished date"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    is_gift = forms.BooleanField(label=pgettext_lazy("order", "Gift"), required=False)
    short_told = forms.BooleanField(required=False, label=_("The buyer knows of the wait and agrees"))
    read_out = forms.BooleanField(
        required=False, label=_("Read out to the buyer (FAX: stands on the sheet)"),
    )  # fmt: skip
    read = forms.CharField(max_length=16, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("key", "call")
        super().__init__(*args, **kwargs)
        self.fields["gift_note"] = _area(_("Wrapping, noshi, names"), 1000)
        self.fields["remark"] = _area(_("What the buyer asks for"), 2000)
        self.fields["staff_note"] = _area(_("Note for colleagues"), 2000)
        self._add_parties()
        self._add_choices()
        self.rows = self._count_rows()
        for n in range(self.rows):
            self.fields[f"code_{n}"] = _text(_("SKU code, JAN or name"), 120)
            self.fields[f"quantity_{n}"] = _number(_("Quantity"), 1, MOST_PIECES, initial=1)
            self.fields[f"price_{n}"] = _number(_("Unit price"), 0, MOST_YEN)

    def _add_parties(self) -> None:
        prefectures = [("", "—"), *((p, p) for p in PREFECTURES)]
        for side in ("buyer", "ship"):
            for name, (label, length) in TEXTS.items():
                if (side, name) != ("ship", "mail"):
                    self.fields[f"{side}_{name}"] = _text(label, length, MODES.get(name, ""))
            self.fields[f"{side}_prefecture"] = forms.ChoiceField(
                label=_("Prefecture"), required=False, choices=prefectures
            )

    def _add_choices(self) -> None:
        snapshot = terms.snapshot()
        typed = [s for s in stores.snapshot().stores.values() if s.is_active and s.kind in TYPED_KINDS]
        methods = [(m.code, m.name) for m in snapshot.methods.values() if m.is_active]
        services = [(s.code, f"{s.carrier.name} {s.name}") for s in snapshot.services.values() if s.is_active]
        self.fields["store"] = forms.ChoiceField(label=_("Store"), choices=[(str(s.pk), s.name) for s in typed])
        self.fields["method"] = forms.ChoiceField(label=_("Payment method"), choices=methods)
        self.fields["service"] = forms.ChoiceField(
            label=_("Delivery service"), choices=services, initial=snapshot.default_service
        )
        windows = [(w, w or gettext("no wish")) for w in CANONICAL]
        self.fields["wish_window"] = forms.ChoiceField(label=_("Wished time"), required=False, choices=windows)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of mails"), required=False, choices=[("", _("As at the store")), *Language.choices]
        )
        self.fields["shipping"] = _number(_("Shipping fee"), 0, MOST_YEN)

    def _count_rows(self) -> int:
        """As many lines as were typed, and always an empty one."""
        typed = [n for n in range(MOST_ROWS) if str(self.data.get(f"code_{n}", "")).strip()]
        return min(MOST_ROWS, max(ROWS, (typed[-1] + 2) if typed else 0))

    @property
    def has_store(self) -> bool:
        """Whether the shop has a store for such orders at all."""
        return bool(self.fields["store"].choices)  # type: ignore[attr-defined]

    @property
    def several_stores(self) -> bool:
        """Whether there is a choice."""
        return len(self.fields["store"].choices) > 1  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A key of ours, and no characters that are none."""
        data = super().clean() or self.cleaned_data
        if not KEY.fullmatch(data.get("key", "")):
            raise forms.ValidationError(gettext("This form is none of ours. Begin a new one."))
        return data

    def line_rows(self) -> list[LineFields]:
        """The fields of each line."""
        return [LineFields(n, self[f"code_{n}"], self[f"quantity_{n}"], self[f"price_{n}"]) for n in range(self.rows)]

    def party(self, side: str) -> list[forms.BoundField]:
        """The fields of buyer or recipient in the order of a call: phone first."""
        return [self[f"{side}_{name}"] for name in TEXTS if f"{side}_{name}" in self.fields]

    def require_all(self) -> bool:
        """Ask for what an order cannot do without; True if it is there."""
        sides = ["buyer"] if self.cleaned_data.get("ship_same") else ["buyer", "ship"]
        for side in sides:
            for name in NEEDED:
                if not self.cleaned_data.get(f"{side}_{name}") and f"{side}_{name}" not in self.errors:
                    self.add_error(f"{side}_{name}", gettext("This must not be empty."))
        if not self.cleaned_data.get("read_out"):
            self.add_error("read_out", gettext("Read the six items out first, then tick this."))
        return not self.errors

    def entry(self) -> Entry | None:
        """What was typed so far; None while not even store, payment and delivery are known words."""
        data = self.cleaned_data
        if not all(data.get(name) for name in ("store", "method", "service", "how")):
            return None
        buyer = self._party(data, "buyer")
        same = PartyDraft(**{name: getattr(buyer, name) for name in PARTY})
        ship_to = same if data["ship_same"] else self._party(data, "ship")
        return Entry(
            how=data["how"], store_id=int(data["store"]), buyer=buyer, ship_to=ship_to, lines=tuple(self._lines(data)),
            method=data["method"], service=data["service"], wish_date=data.get("wish_date"),
            wish_window=data.get("wish_window", ""), shipping=data.get("shipping"), remark=data.get("remark", ""),
            staff_note=data.get("staff_note", ""), is_gift=data["is_gift"], gift_note=data.get("gift_note", ""),
            short_told=data["short_told"], language=data.get("language", ""),
        )  # fmt: skip

    def _party(self, data: Mapping[str, Any], side: str) -> PartyDraft:
        return PartyDraft(**{name: data.get(f"{side}_{name}", "") for name in PartyDraft.__dataclass_fields__})

    def _lines(self, data: Mapping[str, Any]) -> list[EntryLine]:
        return [
            EntryLine(n, data[f"code_{n}"], data.get(f"quantity_{n}") or 1, data.get(f"price_{n}"))
            for n in range(self.rows)
            if data.get(f"code_{n}")
        ]

    def typed(self) -> dict[str, str]:
        """The form as it stands, to go on with later; what was read out has to be read out again."""
        names = set(self.fields) - {"key", "read", "read_out", "version", "next"}
        return {name: str(self.data.get(name, ""))[:2000] for name in sorted(names) if self.data.get(name)}


def with_customer(data: QueryDict, customer: Customer) -> QueryDict:
    """What was typed, with the buyer's side taken from a known customer."""
    filled = data.copy()
    for name in PartyDraft.__dataclass_fields__:
        filled[f"buyer_{name}"] = getattr(customer, name)
    filled["language"] = customer.language or ""
    return filled


def fills(data: Mapping[str, Any]) -> dict[str, str]:
    """What the postcodes typed so far say about fields that are still blank."""
    found: dict[str, str] = {}
    for side in ("buyer", "ship"):
        place = postcodes.lookup(str(data.get(f"{side}_postcode", ""))[:20])
        if place is None:
            continue
        if not data.get(f"{side}_prefecture") and place.prefecture:
            found[f"{side}_prefecture"] = place.prefecture
        if not str(data.get(f"{side}_address1", "")).strip() and place.city:
            found[f"{side}_address1"] = place.city + place.town
    return found
