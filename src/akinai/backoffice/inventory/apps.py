from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    name = "akinai.backoffice.inventory"
    label = "inventory"

    def ready(self) -> None:
        from akinai.foundation.ui import registry

        from . import permissions

        registry.menu.add(
            registry.MenuItem(
                "stock", _("Stock"), "packages", "inventory:stock_list", permissions.VIEW, order=50, letter="z"
            )
        )
