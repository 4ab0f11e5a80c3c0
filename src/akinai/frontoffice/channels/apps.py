from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "akinai.frontoffice.channels"
    label = "channels"

    def ready(self) -> None:
        from . import errors, events, permissions  # noqa: F401
