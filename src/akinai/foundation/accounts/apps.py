from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "akinai.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.utils.translation import gettext_lazy as _

        from akinai.foundation.ui import registry

        from . import permissions, sessions
        from .views.mine import save_preference

        user_logged_in.connect(sessions.begin, dispatch_uid="accounts.sessions.begin")
        registry.preference_savers.append(save_preference)
        registry.user_menu.add(
            registry.MenuItem("me", _("My settings"), "user", "accounts:me", "", order=10),
            registry.MenuItem("logout", _("Log out"), "logout", "accounts:logout", "", order=900, post=True),
        )
        group = _("People and programs")
        pages = [
            ("me", _("My settings"), "user", "accounts:me", "", 10, _("Language, brightness, password")),
            ("staff", _("Staff"), "users", "accounts:staff_list", permissions.STAFF, 800, _("Who may sign in")),
            ("roles", _("Roles"), "shield", "accounts:roles", permissions.STAFF, 810, _("Who may do what")),
            ("tokens", _("API tokens"), "key", "accounts:token_list", permissions.TOKENS, 820, _("Keys for programs")),
        ]
        registry.settings_pages.add(*(registry.SettingsPage(*page, group) for page in pages))
