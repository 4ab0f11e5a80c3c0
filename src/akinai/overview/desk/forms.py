"""Forms of the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.forms import FirstOwnerForm, SpokenForm


class HandoverForm(SpokenForm):
    """The note of the day; `seen_edition` is what the writer saw (ORD-31 in spirit)."""

    text = forms.CharField(
        label=_("What the others must know"),
        max_length=20_000,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "autofocus": True}),
    )
    seen_edition = forms.IntegerField(min_value=0, max_value=1_000_000, required=False, widget=forms.HiddenInput)

    def clean_seen_edition(self) -> int:
        """Nothing sent means that there was no note."""
        return int(self.cleaned_data["seen_edition"] or 0)


class FirstRunForm(FirstOwnerForm):
    """The shop's name and its owner."""

    field_order = ("shop_name", "display_name", "login", "password")
    shop_name = forms.CharField(
        label=_("Name of the shop"), max_length=100, widget=forms.TextInput(attrs={"autofocus": True})
    )


class CallForm(SpokenForm):
    """What came of a call; the button says which outcome."""

    outcome = forms.CharField(max_length=20, required=False)
    text = forms.CharField(max_length=20_000, required=False, strip=False)


class ContactForm(SpokenForm):
    """Why a buyer must be reached."""

    text = forms.CharField(max_length=20_000, required=False, strip=False)
