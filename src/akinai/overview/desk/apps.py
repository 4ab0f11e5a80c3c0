from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "akinai.overview.desk"
    label = "desk"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from akinai.backoffice.orders import deeds
        from akinai.backoffice.orders import permissions as orders
        from akinai.foundation.jobs import permissions as jobs
        from akinai.foundation.ui import registry

        from . import bell, declared, events, listening, permissions, titles  # noqa: F401  # they declare their names

        titles.give()
        deeds.tell("desk.log_call", "phone", _("Call noted"))
        deeds.tell("desk.open_contact", "phone", _("Buyer must be reached"))
        registry.order_panels.add(
            registry.Panel(
                "contacts", _("Promises and calls"), "desk:order_contacts", orders.VIEW, order=50, column="side",
                css="desk/today.css",
            )
        )  # fmt: skip
        listening.begin()
        registry.menu.add(registry.MenuItem("today", _("Today"), "sun", "desk:today", "", order=10, letter="t"))
        registry.bar_items.add(
            registry.MenuItem("notices", _("Notices"), "bell", "desk:notices", "", order=10, count=bell.ring)
        )
        registry.scripts.append("desk/effort.js")
        registry.addresses["effort"] = "desk:effort_note"
        registry.settings_pages.add(
            registry.SettingsPage(
                "effort", _("Work at orders"), "activity", "desk:effort", permissions.MEASURE, 820,
                _("Clicks and time by kind of order"), _("People and programs"),
            )
        )  # fmt: skip
        registry.settings_pages.add(
            registry.SettingsPage(
                "jobs", _("Background work"), "stack-2", "desk:jobs", jobs.VIEW, 830, _("Running, waiting, failed"),
                _("People and programs"),
            )
        )  # fmt: skip
