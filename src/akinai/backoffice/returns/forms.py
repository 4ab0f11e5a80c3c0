"""Forms of returns. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import PartyDraft
from akinai.foundation.core import clock
from akinai.shop.stores.fields import DateField, SpokenForm

from . import selectors
from .models import Case, CaseLine
from .states import Cause, Kind, Reason, Result
from .types import Found, Replacement

AREA = forms.Textarea(attrs={"rows": 2})


class OpenForm(SpokenForm):
    """What comes back, how much of it, and why."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Kind.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=pgettext_lazy("case", "Reason"), choices=[("", "—"), *Reason.choices])
    cause = forms.ChoiceField(
        label=_("Why it was not delivered"), choices=[("", "—"), *Cause.choices], required=False
    )  # fmt: skip
    shipment = forms.ChoiceField(label=_("Parcel"), required=False)
    text = forms.CharField(
        label=pgettext_lazy("case", "What the buyer says"), required=False, max_length=2000, widget=AREA
    )
    exception = forms.CharField(
        label=_("Why outside the posted rule"), required=False, max_length=500,
        help_text=_("Only for the manager, and only where the posted time is over."),
    )  # fmt: skip

    def __init__(self, data: Any, order: Order, *, left: dict[int, int], may_except: bool, kind: str = "") -> None:
        super().__init__(data, initial={"version": order.version, "kind": kind or Kind.RETURN, "reason": ""})
        parcels = selectors.parcels_of(order.pk)
        self.fields["shipment"].choices = [("", "—"), *((str(s.pk), str(s.number)) for s in parcels)]  # type: ignore[attr-defined]
        if len(parcels) < 2:
            del self.fields["shipment"]
        if not may_except:
            del self.fields["exception"]
        self.lines = selectors.sold_lines(order.pk)
        for line in self.lines:
            most = left.get(line.pk, 0)
            self.fields[f"line_{line.pk}"] = forms.IntegerField(
                label=f"{line.name} ({most})", required=False, min_value=0, max_value=max(most, 0), initial=0,
                disabled=most <= 0,
            )  # fmt: skip

    @property
    def line_fields(self) -> list[Any]:
        """The quantities, for the page."""
        return [self[f"line_{line.pk}"] for line in self.lines]

    def quantities(self) -> dict[int, int]:
        """Items by order line."""
        return {line.pk: self.cleaned_data.get(f"line_{line.pk}") or 0 for line in self.lines}

    def shipment_id(self) -> int | None:
        """The parcel chosen, if there was a choice."""
        return int(self.cleaned_data["shipment"]) if self.cleaned_data.get("shipment") else None


class ReceiveForm(SpokenForm):
    """How many of each line are A, B, C or D; `key` makes a form that is sent twice count once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, case: Case, lines: Sequence[CaseLine], key: str) -> None:
        super().__init__(data, initial={"key": key, "version": case.version})
        self.lines = [line for line in lines if line.missing]
        for line in self.lines:
            sku = line.order_line.sku
            for result in Result:
                self.fields[f"{result.value}_{line.pk}"] = forms.IntegerField(
                    label=result.label, required=False, min_value=0, max_value=line.missing
                )
            self.fields[f"sku_{line.pk}"] = forms.CharField(
                label=_("Outlet SKU (for B)"), required=False, max_length=64,
                initial=selectors.last_outlet(sku.pk) if sku is not None else "",
            )  # fmt: skip
            self.fields[f"note_{line.pk}"] = forms.CharField(
                label=pgettext_lazy("case", "Condition"), required=False, max_length=255
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """Each line with its fields, for the page."""
        return [
            {
                "line": line,
                "counts": [self[f"{result}_{line.pk}"] for result in Result.values],
                "sku": self[f"sku_{line.pk}"],
                "note": self[f"note_{line.pk}"],
            }
            for line in self.lines
        ]

    def found(self) -> list[Found]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return [
            Found(line.pk, result, data[f"{result}_{line.pk}"], data[f"sku_{line.pk}"], data[f"note_{line.pk}"])
            for line in self.lines
            for result in Result.values
            if data.get(f"{result}_{line.pk}")
        ]


class ScanForm(SpokenForm):
    """One scan at the returns table; the result stays chosen for the next."""

    code = forms.CharField(
        label=_("Scan JAN or SKU"), max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "data-scan-field": True}),
    )  # fmt: skip
    result = forms.ChoiceField(label=_("Result of inspection"), choices=Result.choices, widget=forms.RadioSelect)
    sku = forms.CharField(label=_("Outlet SKU (for B)"), required=False, max_length=64)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)


class RefundForm(SpokenForm):
    """What goes back beside the goods, and what is kept back."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    with_fees = forms.BooleanField(label=_("Shipping and fees go back, too"), required=False)
    withheld = forms.IntegerField(
        label=_("Freights kept back"), required=False, min_value=0, max_value=1_000_000,
        help_text=_("Where the posted rule puts them on the buyer; yen including tax."),
    )  # fmt: skip


class ReplaceForm(SpokenForm):
    """What is sent instead. For an address that was unknown, where to."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ship_name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200)
    ship_phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    ship_postcode = forms.CharField(label=_("Postcode"), max_length=10)
    ship_prefecture = forms.CharField(label=_("Prefecture"), max_length=10)
    ship_address1 = forms.CharField(label=_("City and street"), max_length=255)
    ship_address2 = forms.CharField(label=_("Building"), max_length=255, required=False)
    MOST = 5

    def __init__(self, data: Any, case: Case, lines: Sequence[CaseLine]) -> None:
        order = case.order
        names = ("name", "phone", "postcode", "prefecture", "address1", "address2")
        initial: dict[str, Any] = {f"ship_{name}": getattr(order, f"ship_{name}") for name in names}
        rows = [(x.order_line.sku.code, x.quantity * x.order_line.units_per_item, x.order_line) for x in lines
                if x.order_line.sku is not None]  # fmt: skip
        for i, (code, quantity, line) in enumerate(rows[: self.MOST]):
            each = line.unit_price // line.units_per_item
            initial |= {f"code_{i}": code, f"quantity_{i}": quantity, f"price_{i}": each}
        super().__init__(data, initial={**initial, "version": case.version})
        self.count = min(self.MOST, len(rows) + 1)
        for i in range(self.count):
            self.fields[f"code_{i}"] = forms.CharField(label="SKU", required=False, max_length=64)
            self.fields[f"quantity_{i}"] = forms.IntegerField(
                label=_("Quantity"), required=False, min_value=0, max_value=9999
            )
            self.fields[f"price_{i}"] = forms.IntegerField(
                label=_("Price of one"), required=False, min_value=0, max_value=10_000_000
            )

    @property
    def good_rows(self) -> list[list[Any]]:
        """The fields of each article, for the page."""
        return [[self[f"code_{i}"], self[f"quantity_{i}"], self[f"price_{i}"]] for i in range(self.count)]

    def goods(self) -> list[Replacement]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return [
            Replacement(data[f"code_{i}"].strip(), data[f"quantity_{i}"], data[f"price_{i}"] or 0)
            for i in range(self.count)
            if data[f"code_{i}"].strip() and data[f"quantity_{i}"]
        ]

    def party(self, order: Order) -> PartyDraft:
        """Where it goes."""
        data = self.cleaned_data
        return PartyDraft(
            name=data["ship_name"], kana=order.ship_kana, company=order.ship_company, phone=data["ship_phone"],
            mail=order.buyer_mail, postcode=data["ship_postcode"], prefecture=data["ship_prefecture"],
            address1=data["ship_address1"], address2=data["ship_address2"],
        )  # fmt: skip


class WordsForm(SpokenForm):
    """A reason, an outcome or a note in one's own words."""

    text = forms.CharField(label=pgettext_lazy("case", "In your words"), max_length=1000, widget=AREA)


class CauseForm(SpokenForm):
    """Why a parcel was not delivered."""

    cause = forms.ChoiceField(label=_("Why it was not delivered"), choices=Cause.choices)


class ClaimForm(SpokenForm):
    """What was paid of a claim."""

    amount = forms.IntegerField(label=pgettext_lazy("claim", "Paid amount"), min_value=1, max_value=100_000_000)
    on = DateField(label=pgettext_lazy("claim", "Paid on"))


class AmountForm(SpokenForm):
    """What an open claim really comes to."""

    amount = forms.IntegerField(label=pgettext_lazy("claim", "Claimed amount"), min_value=1, max_value=100_000_000)


class PeriodForm(forms.Form):
    """From when to when."""

    first = DateField(label=pgettext_lazy("period", "From"))
    last = DateField(label=pgettext_lazy("period", "To"))

    @classmethod
    def this_month(cls) -> dict[str, str]:
        """What the report shows at first."""
        today = clock.today()
        return {"first": today.replace(day=1).isoformat(), "last": today.isoformat()}
