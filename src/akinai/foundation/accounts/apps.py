from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "akinai.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from . import permissions, sessions

        assert permissions.STAFF
        user_logged_in.connect(sessions.begin, dispatch_uid="accounts.sessions.begin")
