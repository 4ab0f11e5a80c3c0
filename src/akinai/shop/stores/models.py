"""The shop, its calendar and rates, and each place where it sells."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.models import Language

from . import states


def closed_on_weekend() -> list[int]:
    """Saturday and Sunday, as `date.weekday()` counts them."""
    return [5, 6]


class Shop(models.Model):
    """The one shop this data belongs to: who sells, by law and on paper. There is one row, with key 1."""

    name = models.CharField(_("Shop name"), max_length=100)
    company = models.CharField(_("Seller (company or person)"), max_length=100, blank=True)
    responsible = models.CharField(_("Responsible person"), max_length=100, blank=True)
    url = models.URLField(_("Shop address on the web"), blank=True)
    mail = models.EmailField(_("Mail address"), blank=True)
    tel = models.CharField(_("Telephone"), max_length=20, blank=True)
    hours = models.CharField(_("Business hours"), max_length=100, blank=True)
    postcode = models.CharField(_("Postcode"), max_length=8, blank=True)
    prefecture = models.CharField(_("Prefecture"), max_length=4, blank=True)
    address1 = models.CharField(_("City and street"), max_length=200, blank=True)
    address2 = models.CharField(_("Building"), max_length=200, blank=True)
    is_corporation = models.BooleanField(_("Corporation"), default=False)
    registration_number = models.CharField(_("Invoice registration number"), max_length=14, blank=True)
    tax_rounding = models.CharField(
        _("Rounding of tax"), max_length=5, choices=states.TaxRounding, default=states.TaxRounding.FLOOR
    )
    price_basis = models.CharField(_("Prices"), max_length=4, choices=states.PriceBasis, default=states.PriceBasis.INCL)
    order_prefix = models.CharField(_("Order number prefix"), max_length=8, blank=True)
    bank_account = models.TextField(_("Bank account for transfers"), blank=True)
    closed_weekdays = models.JSONField(_("Closed weekdays"), default=closed_on_weekend)
    closed_on_holidays = models.BooleanField(_("Closed on public holidays"), default=True)
    legal = models.JSONField(_("Statements required by law"), default=dict, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="shop_is_one")]

    def __str__(self) -> str:
        return self.name


class Store(models.Model):
    """One selling place (店舗): own shop, mall, cart, phone, fax or API, with what differs between them."""

    code = models.SlugField(_("Store code"), max_length=40, unique=True)
    name = models.CharField(_("Store name"), max_length=100)
    short_name = models.CharField(_("Short name"), max_length=20, blank=True)
    kind = models.CharField(_("Kind of store"), max_length=8, choices=states.StoreKind, default=states.StoreKind.OWN)
    preset = models.CharField(_("File layout of orders"), max_length=40, blank=True)
    auto_accept = models.BooleanField(_("Accept plain orders automatically"), default=False)
    take_over_from = models.DateField(_("Taken over from (order date)"), null=True, blank=True)
    when_short = models.CharField(
        _("When stock is short"), max_length=6, choices=states.WhenShort, default=states.WhenShort.ACCEPT
    )
    ship_policy = models.CharField(
        _("Ship policy"), max_length=7, choices=states.ShipPolicy, default=states.ShipPolicy.ALL
    )
    language = models.CharField(_("Language of mails"), max_length=5, choices=Language.choices, default=Language.JA)
    mail_senders = models.JSONField(_("Who sends which mail"), default=dict, blank=True)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name, or the name where there is none."""
        return self.short_name or self.name


class ClosedDay(models.Model):
    """A day that differs from the weekly rule: closed, or open by way of exception (臨時営業)."""

    date = models.DateField(_("Date"), unique=True)
    is_open = models.BooleanField(_("Open by way of exception"), default=False)
    note = models.CharField(_("Note"), max_length=100, blank=True)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return self.date.isoformat()


class TaxRate(models.Model):
    """A consumption tax rate in whole percent, from and to inclusive dates (TAX-1)."""

    code = models.CharField(_("Tax class"), max_length=6, choices=states.TaxCode)
    percent = models.PositiveSmallIntegerField(_("Percent"))
    effective_from = models.DateField(_("Valid from"))
    effective_to = models.DateField(_("Valid until"), null=True, blank=True)

    class Meta:
        ordering = ["code", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="tax_rate_once_a_day"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="tax_rate_percent"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="tax_rate_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.percent}%"


class Setting(models.Model):
    """A number, deadline or switch of the shop from a date on; what exists is declared by the apps."""

    key = models.CharField(max_length=80)
    value = models.JSONField()
    effective_from = models.DateField()

    class Meta:
        ordering = ["key", "effective_from"]
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="setting_once_a_day")]

    def __str__(self) -> str:
        return self.key


class Revision(models.Model):
    """Which edition of a set of rows is current: a random token that changes with them (see `revisions`)."""

    scope = models.CharField(max_length=20, primary_key=True)
    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.scope} {self.token}"
