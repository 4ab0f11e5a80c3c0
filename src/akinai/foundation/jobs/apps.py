from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "akinai.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Learn every task of the house, and tell the kit where a job can be watched."""
        from akinai.foundation.ui import registry

        registry.job_progress_url = "jobs:progress"
        autodiscover_modules("tasks", "subscribers")
