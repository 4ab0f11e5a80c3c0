import gc
from functools import partial

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "akinai.config"
    label = "config"

    def ready(self) -> None:
        """Runs last: by now every app has declared its names, and one that nobody declared stops the start."""
        from akinai.foundation.events import registry as events
        from akinai.foundation.jobs import registry as jobs
        from akinai.foundation.tabular.writing import write_csv
        from akinai.foundation.ui.registry import actions
        from akinai.foundation.ui.tables import set_csv_writer

        from . import checks  # noqa: F401  # registers them

        set_csv_writer(partial(write_csv, encoding="utf-8-sig"))
        actions.check()
        jobs.check_names()
        events.check_names()
        # What is loaded now lives as long as the process; looked at again and again by the collector of garbage it
        # would cost a tenth of a second each time, in the middle of a request or an import.
        gc.freeze()
