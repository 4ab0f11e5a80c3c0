from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "akinai.backoffice.inventory"
    label = "inventory"
