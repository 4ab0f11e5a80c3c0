from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoresConfig(AppConfig):
    name = "akinai.shop.stores"
    label = "stores"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from akinai.foundation.ui.registry import SettingsPage, settings_pages

        from . import declared, initial, models, permissions, revisions  # noqa: F401

        revisions.watch("stores", models.Shop, models.Store, models.ClosedDay, models.TaxRate)
        revisions.watch("settings", models.Setting)
        post_migrate.connect(initial.load_after_migrate, sender=self)
        group, see = _("Shop"), permissions.VIEW
        settings_pages.add(
            SettingsPage("shop", group, "building-store", "stores:shop", see, 100, _("Who sells, law, papers"), group),
            SettingsPage("stores", _("Stores"), "world", "stores:store_list", see, 110, _("Each place of sale"), group),
            SettingsPage(
                "calendar", _("Business calendar"), "calendar", "stores:calendar", see, 120, _("Closed days"), group
            ),
            SettingsPage("tax", _("Tax rates"), "receipt-tax", "stores:tax", see, 130, _("By date"), group),
            SettingsPage(
                "numbers",
                _("Numbers and deadlines"),
                "adjustments",
                "stores:number_list",
                see,
                140,
                _("Cut-off, reminders, limits"),
                group,
            ),
        )
