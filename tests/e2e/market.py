"""A shop that has been at work for a while: three stores whose files are known, goods, stock, contract and an owner.

`python -m tests.e2e.market PASSWORD on|off` runs in the shop's own process; `on`: plain orders accept themselves.
"""

from __future__ import annotations

import sys

import django

django.setup()

from akinai.foundation.accounts import services as accounts  # noqa: E402  # models come after setup
from akinai.foundation.core.actor import SYSTEM  # noqa: E402
from akinai.foundation.core.permissions import Role  # noqa: E402
from akinai.frontoffice.channels import services as channels  # noqa: E402
from akinai.frontoffice.channels.states import Word  # noqa: E402
from akinai.shop.stores.models import Store  # noqa: E402
from tests.builders import stores  # noqa: E402
from tests.builders.catalog import make_product, make_sku  # noqa: E402
from tests.e2e import day_files, stockroom  # noqa: E402

#: Store and preset → who answers its buyers (MAIL-13): the mall confirms receipt by itself.
STORES = {"nextengine": ("本店", "we"), "rakuten": ("楽天店", "reply"), "colorme": ("別館", "we")}
WORDS = {"クレジットカード": "card", "銀行振込": "bank", "代金引換": "cod"}


def open_market(password: str, *, auto_accept: bool) -> None:
    """Everything a store is asked at its first import has been answered."""
    stores.make_shop(url="https://utsuwaya.example/", bank_account="あおば銀行 本店 普通 1234567", order_prefix="UW-")
    accounts.create_staff(SYSTEM, login="owner@example.jp", display_name="山田 花", role=Role.OWNER, password=password)
    for preset, (name, answer) in STORES.items():
        store = stores.make_store(
            preset, name=f"うつわ屋 {name}", short_name=name, kind="mall" if preset == "rakuten" else "cart",
            preset=preset, auto_accept=auto_accept,
        )  # fmt: skip
        _said(store, answer)
    stockroom.stock()
    rare = day_files.RARE
    make_sku(rare.code, product=make_product(f"P-{rare.code}", name=rare.name), price=rare.price, shelf="B-01")


def _said(store: Store, answer: str) -> None:
    channels.map_words(SYSTEM, store, field=Word.PAYMENT, words=WORDS)
    channels.map_words(SYSTEM, store, field=Word.DELIVERY, words={"ヤマト運輸": "takkyubin", "宅配便": "takkyubin"})
    channels.answer_vouching(SYSTEM, store, answers={"card": True})
    channels.answer_who_mails(SYSTEM, store, answer=answer)


if __name__ == "__main__":
    open_market(sys.argv[1], auto_accept=sys.argv[2] == "on")
