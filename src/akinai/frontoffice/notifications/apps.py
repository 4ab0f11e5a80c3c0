from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "akinai.frontoffice.notifications"
    label = "notifications"
