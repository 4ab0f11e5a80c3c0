from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "akinai.config"
    label = "config"
