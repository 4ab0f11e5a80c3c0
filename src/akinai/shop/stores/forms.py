"""Forms of stores. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import states
from .fields import DateField, SpokenForm, SpokenModelForm, WeekdaysField
from .models import Shop, Store
from .prefectures import PREFECTURES
from .settings import Declaration


class ShopForm(SpokenModelForm):
    """Who sells, by law and on paper."""

    IDENTITY = ("name", "company", "is_corporation", "responsible")
    CONTACT = ("url", "mail", "tel", "hours", "postcode", "prefecture", "address1", "address2")
    PAPERS = ("registration_number", "price_basis", "tax_rounding", "order_prefix", "bank_account")
    url = forms.URLField(label=_("Shop address on the web"), required=False, max_length=200, assume_scheme="https")
    prefecture = forms.ChoiceField(
        label=_("Prefecture"), required=False, choices=[("", "—"), *((name, name) for name in PREFECTURES)]
    )

    class Meta:
        model = Shop
        fields = [
            "name",
            "company",
            "is_corporation",
            "responsible",
            "url",
            "mail",
            "tel",
            "hours",
            "postcode",
            "prefecture",
            "address1",
            "address2",
            "registration_number",
            "price_basis",
            "tax_rounding",
            "order_prefix",
            "bank_account",
        ]
        widgets = {"bank_account": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "registration_number": _("T and 13 digits; blank if the shop is not registered."),
            "order_prefix": _("Stands in front of our order numbers."),
            "bank_account": _("As buyers read it in mails."),
            "tax_rounding": _("Once per rate and document."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.legal if isinstance(self.instance, Shop) else {}
        # The service judges the number; here it may be longer while it still has hyphens and full-width digits.
        self.fields["registration_number"] = forms.CharField(
            label=self.fields["registration_number"].label,
            help_text=self.fields["registration_number"].help_text,
            max_length=40,
            required=False,
        )
        for key, label in states.LEGAL_FIELDS.items():
            self.fields[f"legal_{key}"] = forms.CharField(
                label=label,
                required=False,
                max_length=4000,
                initial=kept.get(key, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def changes(self) -> dict[str, Any]:
        """Fields of Shop, the legal statements as one."""
        data = dict(self.cleaned_data)
        legal = {key: data.pop(f"legal_{key}").strip() for key in states.LEGAL_FIELDS}
        return {**data, "legal": {key: text for key, text in legal.items() if text}}

    def identity(self) -> list[forms.BoundField]:
        return [self[name] for name in self.IDENTITY]

    def contact(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CONTACT]

    def papers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PAPERS]

    def statements(self) -> list[forms.BoundField]:
        return [self[f"legal_{key}"] for key in states.LEGAL_FIELDS]


class StoreForm(SpokenModelForm):
    """A selling place, with who sends which mail; blank means the default of its kind (MAIL-13)."""

    take_over_from = DateField(
        label=_("Taken over from (order date)"),
        required=False,
        help_text=_("Orders before this day stay with the system used until then."),
    )

    class Meta:
        model = Store
        fields = [
            "code",
            "name",
            "short_name",
            "kind",
            "preset",
            "auto_accept",
            "when_short",
            "ship_policy",
            "take_over_from",
            "language",
            "is_active",
        ]
        help_texts = {
            "code": _("Letters, digits and hyphens; can't be changed later."),
            "short_name": _("As lists show it."),
            "language": _("A buyer may have another one, on their page."),
            "preset": _("Such as nextengine or rakuten; blank if no files are read."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.mail_senders if isinstance(self.instance, Store) else {}
        for kind, label in states.MAIL_KINDS.items():
            self.fields[f"mail_{kind}"] = forms.ChoiceField(
                label=f"{kind} {label}",
                required=False,
                initial=kept.get(kind, ""),
                choices=[("", _("By default")), *states.MailSender.choices],
            )
        if self.instance.pk is not None:
            self.fields["code"].disabled = True

    def changes(self) -> dict[str, Any]:
        """Fields of Store, the senders as one."""
        data = dict(self.cleaned_data)
        chosen = {kind: data.pop(f"mail_{kind}") for kind in states.MAIL_KINDS}
        return {**data, "mail_senders": {kind: who for kind, who in chosen.items() if who}}

    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self._meta.fields or []]

    def senders(self) -> list[forms.BoundField]:
        return [self[f"mail_{kind}"] for kind in states.MAIL_KINDS]


class WeekForm(SpokenForm):
    """The weekly rule."""

    closed_weekdays = WeekdaysField(label=_("Closed weekdays"), required=False)
    closed_on_holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False)


class ClosingForm(SpokenForm):
    """A run of closed days."""

    first = DateField(label=_("First day"))
    last = DateField(label=_("Last day"))
    note = forms.CharField(label=_("Note"), max_length=100, required=False)


class TaxRateForm(SpokenForm):
    """A rate from a day on."""

    code = forms.ChoiceField(label=_("Tax class"), choices=states.TaxCode.choices)
    percent = forms.IntegerField(label=_("Percent"), min_value=0, max_value=100)
    effective_from = DateField(label=_("Valid from"))


class SettingForm(SpokenForm):
    """A value of one declared setting from a day on; the field fits its kind."""

    effective_from = DateField(label=_("Valid from"))
    field_order = ("value", "effective_from")

    def __init__(self, *args: Any, declaration: Declaration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(declaration)
        self.order_fields(self.field_order)


def _value_field(declaration: Declaration) -> forms.Field:
    words: dict[str, Any] = {"label": declaration.label, "help_text": declaration.help_text}
    if declaration.kind == "int":
        return forms.IntegerField(**words, min_value=declaration.minimum, max_value=declaration.maximum)
    if declaration.kind == "bool":
        return forms.BooleanField(**words, required=False)
    if declaration.kind == "time":
        return forms.TimeField(**words, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    if declaration.kind == "choice":
        return forms.ChoiceField(**words, choices=declaration.choices)
    return forms.CharField(**words, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
