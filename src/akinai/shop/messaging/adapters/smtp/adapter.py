"""Delivery by SMTP with TLS and log-in; one connection a mail, time-outs of 30 seconds."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass

from akinai.shop.messaging.ports import OutgoingMail

from .mapping import as_error, as_message, envelope

TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class SmtpConfig:
    """Where the mail server is. `security` is starttls, tls or none; without a user nobody logs in."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = TIMEOUT


class SmtpTransport:
    """Hands mails to one mail server. `tls` replaces the machine's trust, for tests."""

    name = "smtp"

    def __init__(self, config: SmtpConfig, tls: ssl.SSLContext | None = None) -> None:
        self.config = config
        self._tls = tls

    def send(self, mail: OutgoingMail) -> str:
        """Deliver; raises DeliveryError. Once the server has said 250, a broken good-bye changes nothing."""
        message = as_message(mail)
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise as_error(error) from error
        try:
            server.sendmail(envelope(mail.from_address), [envelope(mail.to)], message.as_bytes())
        except (OSError, smtplib.SMTPException) as error:
            raise as_error(error) from error
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
        return f"accepted by {self.config.host}"

    def _connect(self) -> smtplib.SMTP:
        config = self.config
        tls = self._tls or ssl.create_default_context()
        if config.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(config.host, config.port, timeout=config.timeout, context=tls)
        else:
            server = smtplib.SMTP(config.host, config.port, timeout=config.timeout)
        try:
            if config.security == "starttls":
                server.starttls(context=tls)
            if config.user:
                server.login(config.user, config.password)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server
