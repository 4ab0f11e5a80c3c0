from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "akinai.config"
    label = "config"

    def ready(self) -> None:
        """Runs last: by now every app has declared its names, and one that nobody declared stops the start."""
        from akinai.foundation.events import registry as events
        from akinai.foundation.jobs import registry as jobs
        from akinai.foundation.ui.registry import actions

        from . import checks  # noqa: F401  # registers them

        actions.check()
        jobs.check_names()
        events.check_names()
