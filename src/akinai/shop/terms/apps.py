from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TermsConfig(AppConfig):
    name = "akinai.shop.terms"
    label = "terms"

    def ready(self) -> None:
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
        )
        revisions.watch("terms", *tables)
        post_migrate.connect(initial.load_after_migrate, sender=self)
