from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "akinai.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Learn every task of the house."""
        autodiscover_modules("tasks", "subscribers")
