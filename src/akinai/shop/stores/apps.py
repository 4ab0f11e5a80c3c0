from django.apps import AppConfig


class StoresConfig(AppConfig):
    name = "akinai.shop.stores"
    label = "stores"
