from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "akinai.frontoffice.channels"
    label = "channels"
