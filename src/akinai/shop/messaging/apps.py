from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "akinai.shop.messaging"
    label = "messaging"

    def ready(self) -> None:
        from . import declared, permissions  # noqa: F401
