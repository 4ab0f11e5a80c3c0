from django.apps import AppConfig


class TabularConfig(AppConfig):
    name = "akinai.foundation.tabular"
    label = "tabular"
