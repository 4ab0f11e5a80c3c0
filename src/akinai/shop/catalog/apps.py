from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "akinai.shop.catalog"
    label = "catalog"
