from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "akinai.foundation.ui"
    label = "ui"
