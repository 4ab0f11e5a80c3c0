from django.apps import AppConfig


class FulfillmentConfig(AppConfig):
    name = "akinai.backoffice.fulfillment"
    label = "fulfillment"
