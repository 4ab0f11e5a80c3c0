from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "akinai.backoffice.orders"
    label = "orders"
