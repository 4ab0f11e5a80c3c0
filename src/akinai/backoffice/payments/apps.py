from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "akinai.backoffice.payments"
    label = "payments"
