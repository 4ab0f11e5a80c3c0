from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "akinai.shop.customers"
    label = "customers"

    def ready(self) -> None:
        from akinai.foundation.ui import registry

        from . import permissions, providers

        registry.menu.add(
            registry.MenuItem(
                "customers", _("Customers"), "users", "customers:customer_list", permissions.VIEW, order=90, letter="c"
            )
        )
        registry.search_providers.add(
            registry.SearchProvider(
                "customers", _("Customers"), "users", permissions.VIEW, providers.find_customers, order=90
            )
        )
