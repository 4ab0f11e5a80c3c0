from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "akinai.foundation.events"
    label = "events"

    def ready(self) -> None:
        """Learn every kind of event, so that an old one can be read whoever asks; pages listen to the live stream."""
        from akinai.foundation.ui import registry

        registry.scripts.append("events/stream.js")
        autodiscover_modules("events")
