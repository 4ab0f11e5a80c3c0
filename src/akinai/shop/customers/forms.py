"""Forms of customers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.forms import SpokenForm
from akinai.foundation.accounts.models import Language
from akinai.foundation.core.text import phone_key

from .attention import KEYS
from .models import Level
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
    language = forms.ChoiceField(
        label=_("Language of mails"), required=False, choices=[("", _("As at the store")), *Language.choices]
    )
    note = forms.CharField(label=_("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_phone(self) -> str:
        """Something a telephone can dial; an extension may follow."""
        text: str = self.cleaned_data["phone"].strip()
        if text and not 6 <= len(phone_key(text)) <= 15:
            raise forms.ValidationError(gettext("This is not a phone number."))
        return text

    def facts(self) -> Buyer:
        """What was typed, without what is only known here."""
        return Buyer(**{name: value for name, value in self.cleaned_data.items() if name not in ("note", "language")})

    def beside(self) -> dict[str, Any]:
        """What a buyer does not say of themselves: the note, and what they read."""
        return {name: self.cleaned_data[name] for name in ("note", "language")}


class AttentionForm(SpokenForm):
    """An entry of the attention list (CS-40)."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    until = forms.DateField(
        label=pgettext_lazy("attention", "Last day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Empty: until somebody takes it off."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=2000,
        required=False,
        help_text=_("Order numbers, dates, who was told."),
    )
    by = forms.MultipleChoiceField(
        label=_("Orders are recognised by"),
        choices=list(KEYS.items()),
        required=False,
        initial=list(KEYS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Besides this customer: as the contact data stand now."),
    )


class EndForm(SpokenForm):
    """Why an entry comes off the list."""

    why = forms.CharField(label=_("Why it comes off"), max_length=500)
