from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TermsConfig(AppConfig):
    name = "akinai.shop.terms"
    label = "terms"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from akinai.foundation.ui.registry import SettingsPage, addresses, scripts, settings_pages
        from akinai.shop.stores import revisions

        from . import declared, initial, models, permissions  # noqa: F401

        tables = (
            models.PaymentMethod,
            models.PaymentFeeBand,
            models.Carrier,
            models.DeliveryService,
            models.SizeClass,
            models.LeadTime,
            models.Island,
            models.WindowCode,
            models.ShippingFeeTable,
            models.CarrierNotice,
        )
        scripts.append("terms/address.js")
        addresses["places"] = "terms:place"
        revisions.watch("terms", *tables)
        post_migrate.connect(initial.load_after_migrate, sender=self)
        group = _("Payment and delivery")
        pages = [
            ("methods", _("Payment methods"), "credit-card", "terms:method_list", 200, _("Deadlines, fees, words")),
            ("delivery", _("Delivery services"), "truck", "terms:service_list", 210, _("Carriers, windows, pickups")),
            (
                "shipping_fees",
                _("Shipping fees"),
                "coin",
                "terms:shipping_fees",
                205,
                _("By zone, free from an amount"),
            ),
            ("lead_days", _("Lead days"), "calendar-time", "terms:lead_days", 220, _("Days to each zone")),
            ("islands", _("Islands"), "map-pin", "terms:island_list", 230, _("Extra days and limits")),
            (
                "notices",
                _("Delays on the road"),
                "alert-triangle",
                "terms:notice_list",
                225,
                _("Year's end, storms, snow"),
            ),
        ]
        settings_pages.add(
            *(
                SettingsPage(key, label, icon, url, permissions.VIEW, order, words, group)
                for key, label, icon, url, order, words in pages
            )
        )
