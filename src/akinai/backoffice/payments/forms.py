"""Forms of money. They say what a field looks like and read what people type; the rules are in the services."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from akinai.foundation.core import clock
from akinai.foundation.core.errors import AkinaiError, Conflict
from akinai.shop.stores.fields import DateField, SpokenForm

from .selectors import OrderMoney, amount_of
from .services import Money
from .states import RefundMethod

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


class AmountField(forms.CharField):
    """Yen as people type them: full-width digits, commas and 円 are fine."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        amount = amount_of(text)
        if amount is None:
            raise forms.ValidationError(_("Enter an amount in yen above zero."))
        return amount

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise forms.ValidationError(_("Enter an amount in yen above zero."))

    def run_validators(self, value: Any) -> None:
        super().run_validators("" if value is None else str(value))


class MoneyForm(SpokenForm):
    """What every form on an order's money has: the version it was drawn from, and a token that makes it count once."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=False)
    token = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """What is wrong with a hidden part is said above the form."""
        if any(name in self.errors for name in ("version", "token")):
            for name in ("version", "token"):
                self.errors.pop(name, None)
            self.add_error(None, _("This page is too old. Look at the order again."))
        return self.cleaned_data

    def say(self, error: AkinaiError) -> None:
        """With what somebody else did in the meantime (ORD-31)."""
        super().say(error)
        for change in error.changes if isinstance(error, Conflict) else ():
            self.add_error(None, str(change))

    def again(self, money: OrderMoney) -> None:
        """Let the same form, shown once more, be about the order as it is now."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "version": str(money.order.version)}

    @property
    def key(self) -> str:
        """The ledger key of this very form; "" where the token was lost."""
        token = self.cleaned_data.get("token", "")
        return f"form:{token}" if _TOKEN.fullmatch(token) else ""


def _hidden(money: OrderMoney) -> dict[str, Any]:
    return {"version": money.order.version, "token": secrets.token_urlsafe(12)}


class DepositForm(MoneyForm):
    """Money that came in."""

    amount = AmountField(label=gettext_lazy("Amount received"))
    on = DateField(label=gettext_lazy("Received on"))
    payer_name = forms.CharField(label=gettext_lazy("Payer's name"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    @classmethod
    def for_order(cls, money: OrderMoney) -> DepositForm:
        """The open amount and today stand there already."""
        amount = money.open if money.open > 0 else ""
        return cls(initial={**_hidden(money), "amount": amount, "on": clock.today()})

    def money(self) -> Money:
        """As the use case takes it."""
        got = self.cleaned_data
        return Money(got["amount"], got["on"], payer_name=got["payer_name"], note=got["note"], key=self.key)


class AuthoriseForm(MoneyForm):
    """A new authorisation, as the agency shows it."""

    amount = AmountField(label=gettext_lazy("Amount authorised"))
    on = DateField(label=gettext_lazy("Authorised on"))
    expires_on = DateField(
        label=pgettext_lazy("authorisation", "Valid until"), required=False,
        help_text=gettext_lazy("Blank: as long as the payment method says."),
    )  # fmt: skip
    reference = forms.CharField(label=gettext_lazy("Approval or transaction number"), max_length=200, required=False)

    @classmethod
    def for_order(cls, money: OrderMoney) -> AuthoriseForm:
        """The order's total and today stand there already."""
        return cls(initial={**_hidden(money), "amount": money.order.total, "on": clock.today()})

    def money(self) -> Money:
        """As the use case takes it."""
        got = self.cleaned_data
        return Money(got["amount"], got["on"], reference=got["reference"], key=self.key)


class RefundForm(MoneyForm):
    """Money that went back."""

    amount = AmountField(label=gettext_lazy("Amount given back"))
    on = DateField(label=gettext_lazy("Given back on"))
    method = forms.ChoiceField(label=gettext_lazy("How it went back"), choices=RefundMethod.choices)
    reference = forms.CharField(
        label=gettext_lazy("Reference (receipt or transaction number)"), max_length=200, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    @classmethod
    def for_order(cls, money: OrderMoney) -> RefundForm:
        """What is owed to the buyer and today stand there already."""
        return cls(initial={**_hidden(money), "amount": money.to_return or "", "on": clock.today()})

    def money(self) -> Money:
        """As the use case takes it."""
        got = self.cleaned_data
        return Money(
            got["amount"], got["on"], method=got["method"], reference=got["reference"], note=got["note"], key=self.key
        )  # fmt: skip


class DeclineForm(SpokenForm):
    """Why a refund is not approved."""

    answer = forms.CharField(label=gettext_lazy("Why not"), max_length=500)


class AgainForm(MoneyForm):
    """An order is taken again: nothing is typed."""

    @classmethod
    def for_order(cls, money: OrderMoney) -> AgainForm:
        """With its hidden parts."""
        return cls(initial=_hidden(money))


class WriteOffForm(MoneyForm):
    """Why the rest is not asked for."""

    note = forms.CharField(label=gettext_lazy("Why the rest is not asked for"), max_length=500)

    @classmethod
    def for_order(cls, money: OrderMoney) -> WriteOffForm:
        """With its hidden parts."""
        return cls(initial=_hidden(money))


class ReverseForm(SpokenForm):
    """Why an entry is taken back."""

    note = forms.CharField(label=gettext_lazy("Why it is taken back"), max_length=500)


class BankCheckForm(SpokenForm):
    """Up to which day the account has been looked at."""

    through = DateField(label=gettext_lazy("All deposits are recorded up to"))


class SumForm(SpokenForm):
    """One sum of money for several orders."""

    amount = AmountField(label=gettext_lazy("Amount on the account"))
    on = DateField(label=gettext_lazy("Received on"))
    reference = forms.CharField(label=pgettext_lazy("money", "Reference"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)
    token = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def money(self) -> Money:
        """As the use cases take it."""
        got = self.cleaned_data
        key = f"form:{got['token']}" if _TOKEN.fullmatch(got["token"]) else ""
        payer = got.get("payer_name", "")
        return Money(
            got["amount"], got["on"], payer_name=payer, reference=got["reference"], note=got["note"], key=key
        )  # fmt: skip


class SeveralForm(SumForm):
    """A buyer's transfer for several orders."""

    payer_name = forms.CharField(label=gettext_lazy("Payer's name"), max_length=200, required=False)
    difference = forms.ChoiceField(required=False, choices=[("", ""), ("keep", ""), ("forgive", "")])
    #: the difference that stood on the page
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("amount", "on", "payer_name", "note")


class SettleForm(SumForm):
    """A carrier's or agency's statement."""

    fee = AmountField(label=gettext_lazy("Fee kept by the carrier or agency"), required=False)
    field_order = ("amount", "fee", "on", "reference", "note")


class ManyForm(SpokenForm):
    """The date for several orders at once; today where none is given."""

    on = DateField(required=False)
