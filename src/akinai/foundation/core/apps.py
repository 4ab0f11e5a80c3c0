from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "akinai.foundation.core"
    label = "core"
