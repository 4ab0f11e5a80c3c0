from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "akinai.shop.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Say what mails add to the frame; declare settings and permissions."""
        from django.utils.translation import gettext_lazy as _

        from akinai.foundation.ui import registry

        from . import declared, frame, permissions  # noqa: F401

        registry.menu.add(
            registry.MenuItem(
                "mail", _("Mail"), "mail", "messaging:outbox", permissions.VIEW, order=100, count=frame.waiting,
                letter="l", sections=("messaging", "notifications"),
            )
        )  # fmt: skip
        registry.actions.add(
            registry.Action(
                "messaging.stop", _("Stop sending"), permissions.SEND, url_name="messaging:stop_many", bulk=True,
                icon="hand-stop", key_letter="u",
            ),
            registry.Action(
                "messaging.hurry", _("Send now"), permissions.SEND, url_name="messaging:hurry_many", bulk=True,
                icon="send",
            ),
            registry.Action(
                "messaging.resend", _("Resend"), permissions.SEND, url_name="messaging:resend_many", bulk=True,
                icon="mail-forward", confirm=_("Send the selected mails again?"),
            ),
        )  # fmt: skip
        group = _("Mail")
        registry.settings_pages.add(
            registry.SettingsPage(
                "mail_server", _("Mail server"), "send", "messaging:server", permissions.SETUP, 300,
                _("How mail leaves the house"), group,
            ),
            registry.SettingsPage(
                "mail_accounts", _("Mailboxes"), "mailbox", "messaging:account_list", permissions.SETUP, 305,
                _("Where mails of buyers are fetched"), group,
            ),
            registry.SettingsPage(
                "mail_templates", _("Mail templates"), "template", "messaging:template_list", permissions.VIEW, 310,
                _("What mails to buyers say"), group,
            ),
        )  # fmt: skip
