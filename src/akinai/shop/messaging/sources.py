"""Where the mails of an account come from."""

from __future__ import annotations

from akinai.foundation.core.sealing import unseal

from .adapters.imap.adapter import ImapConfig, ImapSource
from .models_inbox import MailAccount
from .ports import MailSource


def source_of(account: MailAccount) -> MailSource:
    """The mailbox that an account's settings mean."""
    config = ImapConfig(
        account.host, account.port, account.security, account.user, unseal(account.sealed_password), account.folder
    )
    return ImapSource(config)
