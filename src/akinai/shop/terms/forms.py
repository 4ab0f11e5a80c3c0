"""Forms of terms. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.shop.stores.fields import DateField, DateListField, SpokenForm, SpokenModelForm, WeekdaysField, WordsField

from . import models, windows, zones
from .charges import ShippingFees
from .fees import FeeBand
from .types import Transit


class MethodForm(SpokenModelForm):
    """A payment method."""

    aliases = WordsField(label=_("Words used in order files"), required=False)

    class Meta:
        model = models.PaymentMethod
        fields = [
            "code",
            "name",
            "kind",
            "timing",
            "needs_credit_check",
            "due_days",
            "tolerance",
            "auth_days",
            "aliases",
            "is_active",
        ]
        help_texts = {
            "code": _("Letters, digits and hyphens; can't be changed later."),
            "due_days": _("Calendar days; blank where nothing falls due."),
            "auth_days": _("As the agency says; blank where authorisations do not run out."),
        }


class ServiceForm(SpokenModelForm):
    """A delivery service."""

    aliases = WordsField(label=_("Words used in order files"), required=False)

    class Meta:
        model = models.DeliveryService
        fields = [
            "code",
            "carrier",
            "name",
            "handover",
            "cool",
            "label_type",
            "cod_label_type",
            "date_ok",
            "max_days_ahead",
            "window_ok",
            "cod_ok",
            "cod_limit",
            "tracking_check",
            "address_layout",
            "aliases",
            "is_default",
            "is_active",
        ]
        help_texts = {
            "code": _("Letters, digits and hyphens; can't be changed later."),
            "tracking_check": _("Blank: as the carrier."),
            "address_layout": _("Blank: as the carrier."),
            "label_type": _("As the carrier's software writes it, such as 0 or A for B2 Cloud."),
        }


class CarrierForm(SpokenModelForm):
    """A carrier's pickups, tracking page and label."""

    pickup_closed_weekdays = WeekdaysField(label=_("No pickup on"), required=False)
    pickup_closed_days = DateListField(label=_("No pickup on these dates"), required=False)

    class Meta:
        model = models.Carrier
        fields = [
            "name",
            "pickup_time",
            "pickup_closed_weekdays",
            "pickup_closed_days",
            "tracking_url",
            "tracking_check",
            "address_layout",
            "takes_po_box",
        ]
        widgets = {"pickup_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
        help_texts = {"tracking_url": _("{n} stands for the tracking number.")}


class WindowsForm(SpokenForm):
    """Which time windows a carrier has, each with its code; an empty code means that it has none."""

    def __init__(self, *args: Any, kept: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for window in windows.CANONICAL[1:]:
            self.fields[window] = forms.CharField(
                label=window, max_length=10, required=False, initial=kept.get(window, "")
            )
        self.fields["none"] = forms.CharField(
            label=_("No wish"), max_length=10, required=False, initial=kept.get("", ""), help_text=_("May stay empty.")
        )

    def codes(self) -> dict[str, str]:
        """Window → code as `services.set_windows` takes it."""
        found = {window: self.cleaned_data[window] for window in windows.CANONICAL[1:] if self.cleaned_data[window]}
        return {"": self.cleaned_data["none"], **found}


def _cell(name: str | Promise, width: str) -> forms.NumberInput:
    """A number in a table, named for those who do not see the heading of its column."""
    return forms.NumberInput(attrs={"class": f"form-control {width}", "aria-label": name})


class FeeBandsForm(SpokenForm):
    """A table of fees: up to eight bands, valid from a day."""

    ROWS = 8
    effective_from = DateField(label=_("Valid from"))

    def __init__(self, *args: Any, kept: list[FeeBand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(self.ROWS):
            band = kept[number] if number < len(kept) else None
            amount: dict[str, Any] = {"min_value": 1, "max_value": 10_000_000, "required": False}
            self.fields[f"up_to_{number}"] = forms.IntegerField(
                label=_("Amount up to"),
                initial=band.up_to if band else None,
                widget=_cell(_("Amount up to"), "ak-w-m"),
                **amount,
            )
            self.fields[f"fee_{number}"] = forms.IntegerField(
                label=_("Fee"),
                min_value=0,
                max_value=1_000_000,
                required=False,
                initial=band.fee if band else None,
                widget=_cell(_("Fee"), "ak-w-m"),
            )
            self.fields[f"less_{number}"] = forms.BooleanField(
                label=_("less than"), required=False, initial=bool(band and not band.inclusive)
            )

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields row by row, for the page."""
        return [(self[f"up_to_{n}"], self[f"fee_{n}"], self[f"less_{n}"]) for n in range(self.ROWS)]

    def clean(self) -> dict[str, Any]:
        """A band has a limit and a fee, or neither."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(self.ROWS):
            limit, fee = data.get(f"up_to_{number}"), data.get(f"fee_{number}")
            if (limit is None) != (fee is None) and not self.errors:
                self.add_error(f"up_to_{number}", _("Enter both amount and fee, or neither."))
        return data

    def bands(self) -> list[FeeBand]:
        """The filled rows."""
        data = self.cleaned_data
        return [
            FeeBand(data[f"up_to_{n}"], data[f"fee_{n}"], inclusive=not data[f"less_{n}"])
            for n in range(self.ROWS)
            if data[f"up_to_{n}"] is not None
        ]


class LeadDaysForm(SpokenForm):
    """Days from the shop's zone to each of the twelve."""

    def __init__(self, *args: Any, kept: dict[str, Transit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        for zone, name in zones.ZONE_NAMES.items():
            lead = kept.get(zone)
            self.fields[f"days_{zone}"] = forms.IntegerField(
                label=name,
                min_value=0,
                max_value=30,
                initial=lead.days if lead else None,
                widget=_cell(name, "ak-w-s"),
            )
            self.fields[f"afternoon_{zone}"] = forms.BooleanField(
                label=_("Arrives in the afternoon"), required=False, initial=bool(lead and lead.afternoon)
            )

    def lines(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField, bool]]:
        """Zone name, its prefectures, the fields, and whether the days are an estimate."""
        return [
            (
                name,
                " ".join(zones.ZONES[zone]),
                self[f"days_{zone}"],
                self[f"afternoon_{zone}"],
                zone in self.kept and self.kept[zone].is_estimate,
            )
            for zone, name in zones.ZONE_NAMES.items()
        ]

    def days(self) -> dict[str, tuple[int, bool]]:
        """Zone → days and afternoon, as `services.set_lead_days` takes it."""
        data = self.cleaned_data
        return {zone: (data[f"days_{zone}"], data[f"afternoon_{zone}"]) for zone in zones.ZONES}


class ShippingFeesForm(SpokenForm):
    """A table of shipping fees: a fee for each zone, from when goods ship free, valid from a day."""

    effective_from = DateField(label=_("Valid from"))
    cool_surcharge = forms.IntegerField(
        label=_("Surcharge for cool delivery (yen, tax included)"), min_value=0, max_value=100_000, required=False
    )
    free_from = forms.IntegerField(
        label=_("Free from goods of (yen, tax included)"),
        min_value=1,
        max_value=100_000_000,
        required=False,
        help_text=_("Blank: never free."),
    )
    free_far = forms.BooleanField(label=_("Also free to Okinawa and islands"), required=False)

    def __init__(self, *args: Any, kept: ShippingFees | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for zone, name in zones.ZONE_NAMES.items():
            self.fields[f"fee_{zone}"] = forms.IntegerField(
                label=name,
                min_value=0,
                max_value=100_000,
                initial=kept.fees.get(zone) if kept else None,
                widget=_cell(name, "ak-w-m"),
            )
        if kept:
            for field in ("cool_surcharge", "free_from", "free_far"):
                self.fields[field].initial = getattr(kept, field)

    def lines(self) -> list[tuple[str, str, forms.BoundField]]:
        """Zone name, its prefectures and the field of its fee."""
        return [(name, " ".join(zones.ZONES[zone]), self[f"fee_{zone}"]) for zone, name in zones.ZONE_NAMES.items()]

    def table(self, store_id: int | None) -> ShippingFees:
        """What was typed, as `services.set_shipping_fees` takes it."""
        data = self.cleaned_data
        return ShippingFees(
            effective_from=data["effective_from"],
            fees={zone: data[f"fee_{zone}"] for zone in zones.ZONES},
            store_id=store_id,
            cool_surcharge=data["cool_surcharge"] or 0,
            free_from=data["free_from"],
            free_far=data["free_far"],
        )


class NoticeForm(SpokenForm):
    """Parcels take longer: when, where, by how much, and what buyers read."""

    carrier = forms.ModelChoiceField(
        label=_("Carrier"), queryset=models.Carrier.objects.all(), required=False, empty_label=_("All carriers")
    )
    zones = forms.MultipleChoiceField(
        label=pgettext_lazy("delay", "To"), choices=list(zones.ZONE_NAMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: everywhere."),
    )  # fmt: skip
    begins = DateField(label=_("Sent from"))
    ends = DateField(label=_("Sent until"))
    extra_days = forms.IntegerField(label=_("Extra days"), min_value=0, max_value=60, initial=1)
    text = forms.CharField(
        label=_("What buyers read"), max_length=300,
        help_text=_("Such as 大雪の影響により、北海道へのお届けに遅れが出ています。"),
    )  # fmt: skip


class IslandsForm(SpokenForm):
    """A list to load: for which carrier, where it comes from and as of when."""

    carrier = forms.ModelChoiceField(
        label=_("Carrier"),
        queryset=models.Carrier.objects.all(),
        required=False,
        empty_label=_("All carriers"),
    )
    source = forms.CharField(label=_("Source"), max_length=100)
    source_date = DateField(label=_("As of"))
    file = forms.FileField(label=_("File"))
