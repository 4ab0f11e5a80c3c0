from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "akinai.shop.messaging"
    label = "messaging"
