"""Forms of the catalogue. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.forms import SpokenForm
from akinai.shop.stores.models import Store

from .states import Supply, TaxClass, Temperature
from .types import MOST, ProductFacts, SkuFacts


class ProductForm(SpokenForm):
    """A product."""

    name = forms.CharField(label=_("Product name"), max_length=255)
    code = forms.CharField(label=_("Product code"), max_length=64)
    tax_class = forms.ChoiceField(label=_("Tax class"), choices=TaxClass)
    is_fragile = forms.BooleanField(label=_("Fragile"), required=False)
    never_resell = forms.BooleanField(
        label=_("Never sell again what came back (food, cosmetics, made to order)"), required=False
    )
    temperature = forms.ChoiceField(label=_("Temperature on the way"), choices=Temperature, required=False)
    is_alcohol = forms.BooleanField(
        label=_("Alcohol: sold from twenty years of age on"), required=False,
        help_text=_("Orders wait until somebody has looked at the buyer's age; mails and delivery notes say the law."),
    )  # fmt: skip
    packing_note = forms.CharField(
        label=_("Packing note"), max_length=255, required=False, help_text=_("Packers read it at the inspection.")
    )
    note = forms.CharField(label=_("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self) -> ProductFacts:
        """What was typed; a form that says nothing of the temperature means the normal one."""
        typed = self.cleaned_data
        return ProductFacts(**{**typed, "temperature": typed["temperature"] or Temperature.NORMAL})


class SkuForm(SpokenForm):
    """A SKU."""

    code = forms.CharField(label=_("SKU code"), max_length=64)
    variation = forms.CharField(
        label=_("Variation"), max_length=120, required=False, help_text=_("Colour, size or weight, as buyers read it.")
    )
    jan = forms.CharField(label=_("JAN"), max_length=20, required=False)
    price = forms.IntegerField(label=_("Price (yen)"), min_value=0, max_value=MOST["price"])
    cost = forms.IntegerField(label=_("Cost (yen)"), min_value=0, max_value=MOST["cost"], required=False)
    weight_g = forms.IntegerField(label=_("Weight (g)"), min_value=0, max_value=MOST["weight_g"], required=False)
    size_cm = forms.IntegerField(
        label=_("Size (cm, three edges)"), min_value=0, max_value=MOST["size_cm"], required=False
    )
    shelf = forms.CharField(label=_("Shelf"), max_length=40, required=False)
    safety = forms.IntegerField(
        label=_("Safety stock"), min_value=0, max_value=MOST["safety"], help_text=_("Pieces no store is shown.")
    )
    supply = forms.ChoiceField(label=_("Supply"), choices=Supply)
    lead_days = forms.IntegerField(
        label=_("Days until it can leave"), min_value=0, max_value=MOST["lead_days"], required=False
    )
    release_on = forms.DateField(
        label=_("Released on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    packing_note = forms.CharField(label=_("Packing note"), max_length=255, required=False)
    is_active = forms.BooleanField(label=_("On sale"), required=False)

    def facts(self) -> SkuFacts:
        """What was typed."""
        return SkuFacts(**self.cleaned_data)


class CodeForm(SpokenForm):
    """What a store calls the SKU."""

    store = forms.ModelChoiceField(label=_("Store"), queryset=Store.objects.filter(is_active=True))
    code = forms.CharField(label=_("Item code in the store"), max_length=120)
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=9999, initial=1)


class PictureForm(SpokenForm):
    """A picture of the product."""

    image = forms.FileField(
        label=_("Picture"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
    )


class FileForm(SpokenForm):
    """A file of products."""

    file = forms.FileField(label=_("Products file"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}))
