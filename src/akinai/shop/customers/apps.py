from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "akinai.shop.customers"
    label = "customers"
