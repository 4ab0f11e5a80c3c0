from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "akinai.overview.desk"
    label = "desk"
