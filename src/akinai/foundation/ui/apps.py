from django.apps import AppConfig
from django.core.checks import register


class UiConfig(AppConfig):
    name = "akinai.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from . import registry
        from .checks import check_registries

        register(check_registries)
        lit = ("accounts", "stores", "terms")
        entry = registry.MenuItem("settings", _("Settings"), "settings", "ui:settings", "", order=900, sections=lit)
        registry.menu.add(entry)
