from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CustomersConfig(AppConfig):
    name = "akinai.shop.customers"
    label = "customers"

    def ready(self) -> None:
        from akinai.foundation.ui import registry
        from akinai.foundation.ui.statuses import Status, statuses

        from . import events, identity, permissions, providers  # noqa: F401  # declare their names

        identity.INDEX.kept_by(self)

        statuses.add(
            Status("attention_proposed", pgettext_lazy("attention", "Proposed"), "act", "user-question"),
            Status("attention_active", pgettext_lazy("attention", "In force"), "stop", "alert-octagon"),
            Status("attention_over", pgettext_lazy("attention", "Over"), "wait", "calendar-event"),
            Status("attention_ended", pgettext_lazy("attention", "Taken off"), "wait", "x"),
        )

        registry.menu.add(
            registry.MenuItem(
                "customers",
                _("Customers"),
                "users",
                "customers:customer_list",
                permissions.VIEW,
                order=90,
                letter="c",
                count=providers.proposals,
            )
        )
        registry.search_providers.add(
            registry.SearchProvider(
                "customers",
                _("Customers"),
                "users",
                permissions.VIEW,
                providers.find_customers,
                order=50,
                more=providers.all_customers,
            )
        )
        registry.page_links.add(
            registry.PageLink(
                "attention",
                _("The attention list"),
                "alert-octagon",
                "customers:attention_list",
                permissions.EDIT,
                "customers",
            )
        )
