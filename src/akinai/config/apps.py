from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "akinai.config"
    label = "config"

    def ready(self) -> None:
        from akinai.foundation.ui.registry import actions

        from . import checks  # noqa: F401  # registers them

        # last of all apps: everything is registered by now
        actions.check()
