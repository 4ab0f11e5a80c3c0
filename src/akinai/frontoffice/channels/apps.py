from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "akinai.frontoffice.channels"
    label = "channels"

    def ready(self) -> None:
        """Declare errors and events; add the button on the orders list and the settings page."""
        from django.utils.translation import gettext_lazy as _

        from akinai.foundation.jobs.progress import titles
        from akinai.foundation.ui.registry import PageLink, SettingsPage, page_links, settings_pages

        from . import errors, events, permissions  # noqa: F401
        from .services.taking import TAKE_IN

        titles[TAKE_IN] = _("Orders are being taken in")
        page_links.add(
            PageLink("import", _("Take in orders"), "file-import", "channels:start", permissions.IMPORT, "orders")
        )
        settings_pages.add(
            SettingsPage(
                "imports", _("Order files"), "file-import", "channels:settings", permissions.IMPORT, 115,
                _("Words of stores, columns of own files"), _("Shop"),
            )
        )  # fmt: skip
