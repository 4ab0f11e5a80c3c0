"""Forms of customers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.forms import SpokenForm

from .types import Buyer


class CustomerForm(SpokenForm):
    """What is known of a customer."""

    name = forms.CharField(label=_("Customer name"), max_length=120, required=False)
    kana = forms.CharField(label=_("Kana"), max_length=120, required=False)
    company = forms.CharField(label=_("Company"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    mail = forms.EmailField(label=_("Mail address"), max_length=254, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    prefecture = forms.CharField(label=_("Prefecture"), max_length=10, required=False)
    address1 = forms.CharField(label=_("City and street"), max_length=255, required=False)
    address2 = forms.CharField(label=_("Building and room"), max_length=255, required=False)
    note = forms.CharField(label=_("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self) -> Buyer:
        """What was typed, without the note."""
        return Buyer(**{name: value for name, value in self.cleaned_data.items() if name != "note"})
