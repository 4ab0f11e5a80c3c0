"""Forms of shipping. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders.models import OrderLine
from akinai.backoffice.orders.states import CANCEL_REASONS, CancelReason
from akinai.foundation.core.errors import AkinaiError, BadInput, Conflict

from .carriers import ADAPTERS
from .states import Tracking


class SpokenForm(forms.Form):
    """A form that takes the errors of a use case to the field they are about."""

    def say(self, error: AkinaiError) -> None:
        """Show an error of ours at its field, or above the form."""
        field = error.field if isinstance(error, BadInput) and error.field in self.fields else None
        changes = error.changes if isinstance(error, Conflict) else []
        for sentence in getattr(error, "reasons", None) or [error.sentence, *changes]:
            self.add_error(field, str(sentence))


class IssuedForm(SpokenForm):
    """A carrier's file of numbers."""

    adapter = forms.ChoiceField(label=_("Carrier's program"), choices=[(a.code, a.label) for a in ADAPTERS.values()])
    file = forms.FileField(label=_("File"), allow_empty_file=True)


class TrackingForm(SpokenForm):
    """Tracking numbers, one a line."""

    numbers = forms.CharField(
        label=pgettext_lazy("shipping", "Tracking number"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("One a line. Hyphens may stay."),
    )  # fmt: skip

    def cleaned_numbers(self) -> list[str]:
        """The lines that hold something."""
        text = self.cleaned_data["numbers"].replace(",", "\n").replace("、", "\n")
        return [line for line in text.splitlines() if line.strip()]


class HistoryForm(SpokenForm):
    """A carrier's file of what became of parcels."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)


class ParcelStateForm(SpokenForm):
    """Where a parcel is, as a person has heard."""

    state = forms.ChoiceField(label=_("Where the parcel is"), choices=Tracking.choices)
    on = forms.DateField(
        label=pgettext_lazy("parcel", "Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=500)


class ParcelsForm(SpokenForm):
    """How many parcels a box became."""

    parcels = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=99)


class ReasonForm(SpokenForm):
    """A reason in one's own words; `version` is the order as the person saw it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class CancelForm(SpokenForm):
    """Why a printed order ends."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Reason"), choices=CANCEL_REASONS, initial=CancelReason.CUSTOMER)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip


class CountForm(SpokenForm):
    """How many of an item are in the box."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    counted = forms.IntegerField(label=_("Pieces in the box"), min_value=0, max_value=100_000)


class ContractForm(SpokenForm):
    """ヤマト B2クラウド: what is agreed with the carrier, and what labels say."""

    customer_code = forms.CharField(
        label=_("Customer code (billing)"), required=False, max_length=12,
        help_text=_("10 to 12 digits, as on the contract."),
    )  # fmt: skip
    classification = forms.CharField(label=_("Classification code"), required=False, max_length=3,
                                     help_text=_("3 digits, or blank."))  # fmt: skip
    freight_number = forms.CharField(label=_("Freight number"), required=False, max_length=2, initial="01")
    contents = forms.CharField(
        label=_("What is inside"), required=False, max_length=25,
        help_text=_("Printed on every label. Blank: the names of the goods."),
    )  # fmt: skip
    search_title = forms.CharField(
        label=_("Heading of the order number"), required=False, max_length=10, initial="注文番号",
        help_text=_("The order number goes into B2's search key 1 under this heading."),
    )  # fmt: skip
    sender_name = forms.CharField(label=pgettext_lazy("shipping", "Sender's name"), required=False, max_length=32)
    sender_phone = forms.CharField(label=_("Sender's telephone"), required=False, max_length=20)
    sender_postcode = forms.CharField(label=_("Sender's postcode"), required=False, max_length=8)
    sender_prefecture = forms.CharField(label=_("Sender's prefecture"), required=False, max_length=4)
    sender_address1 = forms.CharField(label=_("Sender's city and street"), required=False, max_length=100)
    sender_address2 = forms.CharField(label=_("Sender's building"), required=False, max_length=50)

    def clean(self) -> dict[str, Any]:
        """A sender's address is whole or the shop's."""
        data = super().clean() or {}
        parts = [data.get(f"sender_{name}", "") for name in ("postcode", "prefecture", "address1")]
        if any(parts) and not all(parts):
            self.add_error("sender_address1", _("Enter postcode, prefecture and street, or none of them."))
        return data


class PartsForm(SpokenForm):
    """Who bears the fees when an order ships in parts."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    together = forms.BooleanField(required=False, widget=forms.HiddenInput)
    rule = forms.ChoiceField(
        label=_("Fees"), required=False,
        choices=[
            ("free", _("Shipping and COD fee once; the shop bears the other parcels")),
            ("first", _("Shipping once, the COD fee of each parcel")),
            ("each", _("Shipping and COD fee of each parcel")),
        ],
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("The buyer asked for it or has agreed"), required=False)


class DivideForm(SpokenForm):
    """How many of each line move to an order of their own."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, lines: Sequence[OrderLine], version: int) -> None:
        """A field for each line that is still to be sent; what is short is offered to be moved."""
        super().__init__(data, initial={"version": version})
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line_{line.number}"] = forms.IntegerField(
                label=line.name, min_value=0, max_value=line.remaining, required=False, initial=line.short,
                widget=forms.NumberInput(attrs={"class": "form-control ak-num", "inputmode": "numeric"}),
            )  # fmt: skip

    def rows(self) -> list[tuple[OrderLine, forms.BoundField]]:
        """Each line with its field."""
        return [(line, self[f"line_{line.number}"]) for line in self.lines]

    def quantities(self) -> dict[int, int]:
        """Items by line number, as the use case takes them."""
        return {line.number: self.cleaned_data.get(f"line_{line.number}") or 0 for line in self.lines}

    def again(self, version: int) -> None:
        """Let a form that was refused be about the order as it is now."""
        if self.is_bound:
            self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]
