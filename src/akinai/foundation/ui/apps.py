from django.apps import AppConfig
from django.core.checks import register


class UiConfig(AppConfig):
    name = "akinai.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        from .checks import check_registries

        register(check_registries)
