from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "akinai.shop.catalog"
    label = "catalog"

    def ready(self) -> None:
        from akinai.foundation.ui import registry

        from . import permissions, providers

        registry.menu.add(
            registry.MenuItem(
                "products", _("Products"), "tag", "catalog:product_list", permissions.VIEW, order=60, letter="p"
            )
        )
        registry.search_providers.add(
            registry.SearchProvider("skus", _("Products"), "tag", permissions.VIEW, providers.find_skus, order=60)
        )
