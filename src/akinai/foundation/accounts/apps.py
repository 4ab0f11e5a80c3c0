from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "akinai.foundation.accounts"
    label = "accounts"
