from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "akinai.config"
    label = "config"

    def ready(self) -> None:
        # last of all apps: everything is registered by now
        from akinai.foundation.ui.registry import actions

        actions.check()
