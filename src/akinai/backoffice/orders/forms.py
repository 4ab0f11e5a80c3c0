"""What people type about an order. A form keeps what was typed when the use case refuses it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core import clock
from akinai.foundation.core.errors import AkinaiError, BadInput
from akinai.shop.terms.windows import CANONICAL
from akinai.shop.terms.zones import PREFECTURES

from .models import Order
from .states import CANCEL_REASONS, Check, ConsentBy, HoldKind
from .types import ConsentDraft, PartyDraft

#: Nobody plans a parcel further ahead; a later year is a slip of the finger.
FURTHEST = dt.timedelta(days=730)


def _text(label: Any, length: int, *, required: bool = False, area: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if area else forms.TextInput()
    return forms.CharField(label=label, max_length=length, required=required, widget=widget, **more)


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class OrderForm(forms.Form):
    """Base: the version the person saw (ORD-31) and where to go afterwards."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, key: str = "form", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{key}_%s")
        super().__init__(*args, **kwargs)

    def say(self, error: AkinaiError) -> None:
        """Show a refusal at the field it is about, or above the form."""
        name = error.field if isinstance(error, BadInput) else ""
        self.add_error(name if name in self.fields else None, str(error))

    def _near(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get(name)
        if day is not None and abs(day - clock.today()) > FURTHEST:
            raise forms.ValidationError(gettext("Enter a date within two years."))
        return day


class PlainForm(OrderForm):
    """A button: nothing to fill in."""


class AnswerForm(OrderForm):
    """Answer one check reason."""

    code = forms.ChoiceField(label=_("Reason"), choices=Check.choices)
    answer = _text(_("Answer"), 1000, area=True, help_text=_("What was found out, for whoever reads this later."))


class RemarkForm(OrderForm):
    """Take the remark as it was read; the sentence for the confirmation may be changed or emptied."""

    reply = _text(_("In the confirmation"), 1000, area=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].widget.attrs.update({"class": "form-control", "rows": 1})

    def clean_reply(self) -> str | None:
        """None where no sentence was sent at all: then the prepared one goes."""
        return self.cleaned_data["reply"] if "reply" in self.data else None


class ConfirmForm(OrderForm):
    """Answer the reasons that were on the screen and accept."""

    codes = forms.MultipleChoiceField(choices=Check.choices, required=False, widget=forms.MultipleHiddenInput)


class ShipToForm(OrderForm):
    """お届け先."""

    name = _text(pgettext_lazy("person", "Name"), 200, required=True)
    kana = _text(_("Kana"), 200)
    company = _text(_("Company"), 200)
    phone = _text(_("Phone"), 40)
    postcode = _text(_("Postcode"), 10, required=True)
    prefecture = forms.ChoiceField(label=_("Prefecture"), choices=[("", "—"), *((p, p) for p in PREFECTURES)])
    address1 = _text(_("City and street"), 255, required=True)
    address2 = _text(_("Building"), 255)
    reason = _text(_("Why it is changed"), 500)

    @staticmethod
    def initial_of(order: Order) -> dict[str, Any]:
        """As it stands."""
        return {n: getattr(order, f"ship_{n}") for n in PartyDraft.__dataclass_fields__ if n != "mail"}


class WishForm(OrderForm):
    """The wished delivery day and window."""

    wish_date = _day(_("Wished date"), _("Empty: as soon as possible."))
    wish_window = forms.ChoiceField(
        label=_("Wished time"), required=False, choices=[(w, w or _("no wish")) for w in CANONICAL]
    )
    reason = _text(_("Why it is changed"), 500)

    def clean_wish_date(self) -> dt.date | None:
        return self._near("wish_date")


class SkuForm(OrderForm):
    """Which SKU an unknown line is. `sku` is a choice of the search; `q` a code or JAN typed whole."""

    line = forms.IntegerField(min_value=1, max_value=100_000, widget=forms.HiddenInput)
    sku = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    q = _text(_("SKU code, JAN or name"), 120)
    units_per_item = forms.IntegerField(
        label=_("Pieces per item ordered"),
        min_value=1,
        max_value=10_000,
        initial=1,
        help_text=_("A set of three is 3."),
    )
    remember = forms.BooleanField(
        label=_("Remember this for the item code of this store"), required=False, initial=True
    )


class HoldForm(OrderForm):
    """Put an order on hold."""

    kind = forms.ChoiceField(label=_("Kind of hold"), choices=HoldKind.choices)
    until = _day(_("Until"))
    is_delivery_date = forms.ChoiceField(
        label=_("The date means"),
        choices=[("", _("Ship on this day")), ("1", _("Deliver on this day or later"))],
        required=False,
    )
    reason = _text(_("Note for colleagues"), 500)
    free_stock = forms.BooleanField(label=_("Give the allocated stock back"), required=False)
    offer_mail = forms.BooleanField(label=_("Draft a mail about the new date (M09)"), required=False)

    def clean_until(self) -> dt.date | None:
        until = self._near("until")
        if until is not None and until < clock.today():
            raise forms.ValidationError(gettext("Enter today or a later date."))
        return until

    def clean_is_delivery_date(self) -> bool:
        return bool(self.cleaned_data.get("is_delivery_date"))


class BulkHoldForm(forms.Form):
    """Put several orders on hold; kinds that need no date."""

    kind = forms.ChoiceField(
        label=_("Kind of hold"),
        choices=[(k.value, k.label) for k in HoldKind if k not in (HoldKind.UNTIL_DATE, HoldKind.RELEASE_DATE)],
    )
    reason = _text(_("Note for colleagues"), 500)


class ChangeHoldForm(HoldForm):
    """Another date or reason for a hold that is open; `kind` chooses among the open ones."""

    kind = forms.ChoiceField(label=_("Hold"), choices=HoldKind.choices)
    free_stock = None  # type: ignore[assignment]


class ReallocateForm(OrderForm):
    """Which order gives its goods to this one, and why."""

    donor = forms.IntegerField(min_value=1, max_value=2**62)
    sku = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    reason = _text(_("Why the goods go to another order"), 500, required=True)
    offer_mail = forms.BooleanField(label=_("Draft a mail about the delay (M09) to the other buyer"), required=False)


class BulkRejectForm(forms.Form):
    """Turn several orders down."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CANCEL_REASONS)
    note = _text(_("Note for colleagues"), 500)


class ReleaseForm(OrderForm):
    """Let go of a hold."""

    kind = forms.ChoiceField(choices=HoldKind.choices, widget=forms.HiddenInput)


class RequestCancelForm(OrderForm):
    """The buyer wants to cancel; somebody decides later."""

    reason = _text(_("What the buyer said"), 500)


class CancelForm(OrderForm):
    """Cancel the order, or turn it down."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CANCEL_REASONS)
    note = _text(_("Note for colleagues"), 500)


class RefuseForm(OrderForm):
    """Say no to a wish to cancel."""

    reason = _text(_("Why it cannot be cancelled"), 500, required=True)


class QuantityForm(OrderForm):
    """Lower a line; 0 cancels it."""

    line = forms.TypedChoiceField(label=_("Line"), coerce=int)
    to = forms.IntegerField(
        label=_("New quantity"), min_value=0, max_value=1_000_000, help_text=_("0 cancels the line.")
    )
    reason = _text(_("Why it is changed"), 500)

    def __init__(self, *args: Any, lines: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = lines or []


class ConsentForm(OrderForm):
    """ORD-42: how, when and by whom the buyer agreed to pay more."""

    consent_how = forms.ChoiceField(label=_("How the buyer agreed"), choices=ConsentBy.choices)
    consent_on = _day(_("Agreed on"), required=True)
    consent_by = _text(_("Who agreed"), 200, required=True)
    consent_note = _text(_("What was agreed"), 500)

    @staticmethod
    def initial_of(order: Order) -> dict[str, Any]:
        """Today, by the buyer."""
        return {"consent_on": clock.today(), "consent_by": order.buyer_name or order.buyer_company}


class OverrideForm(OrderForm):
    """ORD-8: let the goods go before the money is there."""

    reason = _text(_("Why it may leave before the money is there"), 500, required=True)


class NoteForm(OrderForm):
    """社内メモ."""

    text = _text(_("Note"), 2000, required=True)


def as_consent(data: dict[str, Any]) -> ConsentDraft | None:
    """A consent from the fields of `ConsentForm`; None where nobody chose how."""
    if not data.get("consent_how"):
        return None
    on = data.get("consent_on") or clock.today()
    return ConsentDraft(data["consent_how"], on, data.get("consent_by", ""), data.get("consent_note", ""))


def as_party(data: dict[str, Any]) -> PartyDraft:
    """A recipient from the fields of `ShipToForm`."""
    return PartyDraft(**{n: data[n] for n in PartyDraft.__dataclass_fields__ if n in data})


class ReleaseDateForm(forms.Form):
    """When preordered goods come after all."""

    to = forms.DateField(
        label=_("New release date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Cause, as the buyers read it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    tell = forms.BooleanField(label=_("Draft a mail of delay for each order"), required=False)
