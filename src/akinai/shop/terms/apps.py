from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "akinai.shop.terms"
    label = "terms"
