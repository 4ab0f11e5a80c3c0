from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoresConfig(AppConfig):
    name = "akinai.shop.stores"
    label = "stores"

    def ready(self) -> None:
        from . import declared, initial, models, permissions, revisions  # noqa: F401

        revisions.watch("stores", models.Shop, models.Store, models.ClosedDay, models.TaxRate)
        revisions.watch("settings", models.Setting)
        post_migrate.connect(initial.load_after_migrate, sender=self)
