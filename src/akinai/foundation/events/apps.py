from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "akinai.foundation.events"
    label = "events"
