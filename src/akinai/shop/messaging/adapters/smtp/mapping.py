"""From our mail to the bytes of RFC 5322, and from the server's answers to ours. Pure."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from akinai.shop.messaging.addresses import quoted
from akinai.shop.messaging.ports import DeliveryError, OutgoingMail

#: Answers to logging in: the mail is sound, the shop's own settings are not
_OURS = frozenset({530, 534, 535, 538})


def as_message(mail: OutgoingMail) -> EmailMessage:
    """The mail as a message: UTF-8 text in base64, which every server and phone takes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    message["From"] = _address(mail.from_name, mail.from_address)
    message["To"] = _address("", mail.to)
    if mail.reply_to and mail.reply_to != mail.from_address:
        message["Reply-To"] = _address("", mail.reply_to)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = mail.message_id
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.body, charset="utf-8", cte="base64")
    for one in mail.files:
        main, _slash, sub = one.content_type.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    return message


def _address(name: str, address: str) -> Address:
    local, _at, domain = address.rpartition("@")
    return Address(name, local, domain)


def envelope(address: str) -> str:
    """An address for MAIL FROM and RCPT TO."""
    return quoted(address)


def as_error(error: Exception) -> DeliveryError:
    """What a failure of smtplib or the network means: only a 5xx about this very mail is for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (0, b""))
        return _answer(int(code), text)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(int(error.smtp_code), error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(f"the mail server cannot do what the settings ask for: {error}", permanent=False)
    if isinstance(error, ssl.SSLError):
        return DeliveryError(f"no protected connection to the mail server: {error}", permanent=False)
    return DeliveryError(f"no connection to the mail server: {error or type(error).__name__}", permanent=False)


def _answer(code: int, text: bytes | str) -> DeliveryError:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    permanent = 500 <= code < 600 and code not in _OURS
    return DeliveryError(f"{code} {said}".strip()[:1000], permanent=permanent, code=str(code) if code > 0 else "")
