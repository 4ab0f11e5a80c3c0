"""A shop that may write mails, and messages without an order."""

from __future__ import annotations

from typing import Any

from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.jobs import services as jobs
from akinai.shop.messaging import services
from akinai.shop.messaging.models import Message
from akinai.shop.stores.models import Shop

from .orders import make_shop

CLERK = Actor("staff:7", "佐藤 美咲", frozenset({"messaging.send", "messaging.view", "notifications.write"}))


def make_writing_shop(**fields: Any) -> Shop:
    """A shop whose mails can say everything they must."""
    values = {
        "company": "株式会社うつわ屋", "responsible": "田中 一郎", "url": "https://utsuwaya.example/",
        "mail": "info@utsuwaya.example", "tel": "03-0000-0000", "hours": "平日 10:00〜17:00", "postcode": "100-0001",
        "address1": "千代田区千代田1-1", "bank_account": "あおば銀行 本店 普通 1234567\nカ)ウツワヤ",
    }  # fmt: skip
    return make_shop(**(values | fields))


def make_message(occasion: str = "hand:1", **fields: Any) -> Message:
    """A mail about a thing nobody knows, queued as a use case would."""
    values: dict[str, Any] = {
        "kind": "FREE", "subject_key": "thing:1", "occasion": occasion, "store_id": None, "to": "taka@example.jp",
        "subject": "ご連絡", "body": "こんにちは\n",
    }  # fmt: skip
    return services.queue_message(fields.pop("actor", SYSTEM), **(values | fields))


def run_jobs() -> int:
    """Run what is due, as a worker would."""
    return jobs.run_pending()


def mail_of(kind: str, occasion: str = "") -> Message:
    """The one mail of a kind (and occasion)."""
    rows = Message.objects.filter(kind=kind)
    return (rows.filter(occasion=occasion) if occasion else rows).get()
