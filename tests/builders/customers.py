"""Small explicit builders of buyers."""

from __future__ import annotations

from akinai.shop.customers.types import Buyer


def make_buyer(
    name: str = "山本 花子",
    *,
    kana: str = "ヤマモト ハナコ",
    phone: str = "090-1234-5678",
    mail: str = "hanako@example.com",
    postcode: str = "106-0032",
    prefecture: str = "東京都",
    address1: str = "港区六本木1-2-3",
    address2: str = "",
    mail_is_masked: bool = False,
) -> Buyer:
    return Buyer(name, kana, "", phone, mail, postcode, prefecture, address1, address2, mail_is_masked)
