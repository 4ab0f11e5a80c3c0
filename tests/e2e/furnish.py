"""Furnish a shop with one of everything, so that every page has something to show; run in the shop's own process.

`python -m tests.e2e.furnish PASSWORD` prints the keys of what it made as one JSON object.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  # models come after setup
from django.utils import translation  # noqa: E402

from akinai.backoffice.fulfillment import services as fulfillment  # noqa: E402
from akinai.backoffice.orders import services as orders  # noqa: E402
from akinai.backoffice.orders.rules import services as rules  # noqa: E402
from akinai.backoffice.payments import services as payments  # noqa: E402
from akinai.backoffice.returns import services as returns  # noqa: E402
from akinai.backoffice.returns.types import Found  # noqa: E402
from akinai.config.data_folder import ensure_data_folder  # noqa: E402
from akinai.foundation.accounts import services as accounts  # noqa: E402
from akinai.foundation.accounts.models import Staff  # noqa: E402
from akinai.foundation.core import clock  # noqa: E402
from akinai.foundation.core.actor import SYSTEM, Actor  # noqa: E402
from akinai.foundation.core.permissions import Role, all_permissions  # noqa: E402
from akinai.foundation.jobs.models import Job  # noqa: E402
from akinai.foundation.jobs.services import run_pending  # noqa: E402
from akinai.frontoffice.channels import services as channel_services  # noqa: E402
from akinai.frontoffice.channels.uploads import Upload  # noqa: E402
from akinai.overview.desk import services as desk  # noqa: E402
from akinai.shop.catalog.models import StoreItemCode  # noqa: E402
from akinai.shop.catalog.services import set_picture  # noqa: E402
from akinai.shop.messaging import services as messaging  # noqa: E402
from akinai.shop.messaging.marks import refusal_token  # noqa: E402
from akinai.shop.messaging.models import Message  # noqa: E402
from akinai.shop.messaging.ports import FetchedMail  # noqa: E402
from akinai.shop.terms.models import Carrier, DeliveryService, PaymentMethod  # noqa: E402
from tests.builders import channels, stores  # noqa: E402
from tests.builders.catalog import make_product, make_sku  # noqa: E402
from tests.builders.inventory import stock_up  # noqa: E402
from tests.builders.orders import TAKA, line, place  # noqa: E402
from tests.builders.rules import act, condition, make_rule  # noqa: E402
from tests.builders.shipments import NUMBERS, packed, printed, ready_order, sent, tracking  # noqa: E402
from tests.e2e import issued  # noqa: E402

B2 = {"customer_code": "0312345678", "freight_number": "01"}


def furnish(password: str) -> dict[str, Any]:
    """Everything once; what it is worth asking for by key."""
    ensure_data_folder()
    owner = _people(password)
    boss = Actor(owner.key, owner.display_name, frozenset(all_permissions()))
    stores.make_shop(url="https://utsuwaya.example/", bank_account="あおば銀行 本店 普通 1234567")
    own = stores.make_store("own", short_name="自社", auto_accept=True)
    stores.make_store(
        "mall", name="楽天店", short_name="楽天", kind="mall", preset="rakuten", mail_senders={"M01": "store"}
    )
    Carrier.objects.filter(code="yamato").update(pickup_time="17:00")
    fulfillment.set_contract(boss, adapter="yamato_b2", config=B2)
    found = {**_goods(own.pk), **_orders(boss), **_shipping(boss), **_files(boss)}
    desk.write_handover(boss, text="棚A-03の湯呑は月曜に数え直してください。\n佐川の集荷は16時です。")
    Job.objects.create(
        name="orders.tick", args={}, state="dead", failures=5, last_error="ValueError: x", run_at=clock.now()
    )
    run_pending()
    draft = messaging.save_draft(
        boss, kind="FREE", subject_key=f"order:{found['order']}", occasion="hand:1", store_id=own.pk,
        to="taka@example.jp", subject="お届け日について", body="{{customer_name}} 様\n", missing=["customer_name"],
        files=[messaging.as_file("見積書.pdf", b"%PDF-1.7")],
    )  # fmt: skip
    return {
        **found,
        **_letters(boss),
        "draft": draft.pk,
        "file": draft.enclosures.values_list("pk", flat=True)[0],
        "staff": Staff.objects.get(login="clerk@example.jp").pk,
        "store": own.pk,
        "call": _call(boss),
        "carrier": Carrier.objects.get(code="yamato").pk,
        "service": DeliveryService.objects.filter(is_default=True).values_list("pk", flat=True)[0],
        "method": PaymentMethod.objects.get(code="cod").pk,
        "message": Message.objects.filter(state="sent").values_list("pk", flat=True)[0],
        "job": Job.objects.order_by("pk").values_list("pk", flat=True)[0],
    }


def _call(boss: Actor) -> str:
    """A phone order that was begun and not finished."""
    store = stores.make_store("phone", name="電話・FAX", short_name="電話", kind="phone")
    typed = {
        "how": "phone", "store": str(store.pk), "method": "cod", "service": "takkyubin", "ship_same": "on",
        "code_0": "TEA-1", "quantity_0": "2", "code_1": "湯呑", "shipping": "800", "remark": "夕方に届けてください",
        **{f"buyer_{name}": getattr(TAKA, name) for name in TAKA.__dataclass_fields__},
    }  # fmt: skip
    return orders.keep_call(boss, key="0123456789ab", how="phone", typed=typed).key


def _letters(boss: Actor) -> dict[str, Any]:
    """A mailbox that is read, and a mail of a buyer with a file, waiting for an answer."""
    account = messaging.save_account(
        boss, settings=messaging.AccountSettings("店舗の受信箱", "imap.example.jp", "info", is_on=False)
    )
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "渡邉 髙子 <taka@example.jp>", "info@utsuwaya.example"
    message["Subject"], message["Message-ID"] = "口が欠けていました", "<furnish@example.jp>"
    message.set_content("写真をお送りします。\n交換をお願いできますか。")
    message.add_attachment(b"\x89PNG..", maintype="image", subtype="png", filename="欠け.png")
    fetched = FetchedMail(1, 1, message.as_bytes())
    received = messaging.receive(SYSTEM, account_id=account.pk, fetched=fetched)
    assert received is not None and received.thread is not None
    part = received.files[0]["part"]
    token = refusal_token("taka@example.jp")
    return {
        "account": account.pk, "received": received.pk, "part": part, "thread": received.thread.pk, "refusal": token
    }  # fmt: skip


LOGINS = {
    "owner": Role.OWNER, "manager": Role.MANAGER, "clerk": Role.ORDER, "packer": Role.WAREHOUSE,
    "books": Role.ACCOUNTING, "viewer": Role.VIEWER,
}  # fmt: skip


def _people(password: str) -> Staff:
    for login, role in LOGINS.items():
        accounts.create_staff(
            SYSTEM, login=f"{login}@example.jp", display_name=f"{login} さん", role=role, password=password
        )
    english = {"login": "english@example.jp", "display_name": "Ann", "role": Role.OWNER, "language": "en"}
    accounts.create_staff(SYSTEM, password=password, **english)
    return Staff.objects.get(login="owner@example.jp")


def _goods(store: int) -> dict[str, Any]:
    cup = make_sku(jan="4901234567894", shelf="A-03-2", packing_note="口を下に", weight_g=220, size_cm=30)
    stock_up(cup, 100, blocked=2)
    tea = make_sku(
        "TEA-1", product=make_product("P-TEA", name="深蒸し煎茶", tax_class="red"), price=1296, shelf="B-01-1",
        variation="100g",
    )  # fmt: skip
    stock_up(tea, 60)
    rare = make_sku(
        "POT-1", product=make_product("P-POT", name="常滑急須", is_fragile=True), price=6600, shelf="C-02-1"
    )
    stock_up(rare, 1)
    StoreItemCode.objects.create(store_id=store, code="YUNOMI-AI", sku=cup, quantity=2)
    drawn = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="#264a78"/></svg>'
    )
    pictured = set_picture(SYSTEM, product=cup.product, data=drawn, drawn_by_us=True)
    return {"sku": cup.pk, "rare": rare.pk, "product": cup.product_id, "picture": pictured.image}


def _buyer(number: int) -> Any:
    return replace(TAKA, name=f"試験 花子{number}", mail=f"hanako{number}@example.jp", phone=f"03-6000-{number:04}")


def _orders(boss: Actor) -> dict[str, int]:
    checked = place("C-1", lines=[line(quantity=2)], remark="27日以降に届けてください。", buyer=_buyer(1))
    unknown = place("C-2", lines=[line("X-OLD", name="湯呑 旧番号")], buyer=_buyer(2))
    short = place("C-3", lines=[line("POT-1", 3, 6600, name="常滑急須")], buyer=_buyer(3))
    bank = place("B-1", method="bank", lines=[line("TEA-1", 2, 1296, tax_rate=8)], buyer=_buyer(4))
    part = place("B-2", method="bank", buyer=_buyer(5))
    payments.mark_deposit(boss, order_id=part.pk, money=payments.Money(1000, clock.today()))
    over = place("B-3", method="bank", buyer=_buyer(6))
    payments.mark_deposit(boss, order_id=over.pk, money=payments.Money(over.total + 500, clock.today()))
    pair = [place(f"B-{n}", method="bank", buyer=_buyer(10)) for n in (4, 5)]
    together = payments.Money(sum(one.total for one in pair), clock.today(), payer_name="ヤマダ ハナコ")
    paid = payments.split_deposit(boss, order_ids=[one.pk for one in pair], money=together)
    held = place("H-1", buyer=_buyer(7))
    orders.hold(boss, order_id=held.pk, kind="manual", reason="電話待ち")
    place("D-1", method="cod", is_gift=True, gift_note="のし 内祝い", buyer=_buyer(8))
    gone = place("X-1", buyer=_buyer(9))
    orders.request_cancel(boss, order_id=gone.pk, reason="お客様都合")
    orders.approve_cancel(boss, order_id=gone.pk)
    run_pending()
    rule = make_rule(
        condition("total", "at_least", 1_000_000),
        do=(act("check", say="高額のため在庫を確認"), act("tag", name="高額")),
    )
    rules.add_tag(boss, order_id=checked.pk, name="熨斗")
    rules.run_trial(rules.try_rule(boss, rule_id=rule.pk).pk)
    return {
        "rule": rule.pk,
        "sum": paid.pk,
        "order": checked.pk,
        "unknown": unknown.pk,
        "bank": bank.pk,
        "part": part.pk,
        "short": short.pk,
        "customer": checked.customer_id or 0,
    }


def _shipping(boss: Actor) -> dict[str, Any]:
    for number in range(3):
        ready_order(f"R-{number}")
    work = printed(ready_order("P-1", lines=[line(quantity=3)]), boss)
    box = packed(ready_order("P-2"), boss)
    left = sent(ready_order("P-3"), tracking=NUMBERS[1], actor=boss)
    back = [sent(ready_order(f"P-{n}"), tracking=tracking(n), actor=boss).order for n in (7, 8)]
    cases = [
        returns.open_case(boss, order_id=o.pk, kind="return", reason="defect", quantities={o.lines.get().pk: 1})
        for o in back
    ]
    found = [Found(cases[1].lines.get().pk, "A", 1)]
    returns.receive(boss, case_id=cases[1].pk, found=found, key="furnish")
    some = [ready_order(f"P-{number}").pk for number in (4, 5)]
    batch = fulfillment.make_batch(boss, order_ids=some).batch
    assert batch is not None
    run_pending()
    out = fulfillment.carrier_file_out(boss, adapter="yamato_b2", batch_id=batch.pk).file
    assert out is not None
    data = issued.file_for(bytes(out.content), first=5000)
    read = fulfillment.carrier_file_in(boss, data=data, name="issued.csv", adapter="yamato_b2")
    told = f"お問い合わせ番号,配送完了作業年月日\r\n{NUMBERS[1]},{clock.today():%Y%m%d}\r\n999999999999,20261124\r\n"
    history = fulfillment.history_in(boss, data=told.encode("cp932"), name="rireki.csv")
    return {
        "history": history.pk,
        "case": cases[0].pk,
        "inspected": cases[1].pk,
        "shipment": work.pk,
        "worked": work.order_id,
        "packed": box.pk,
        "left": left.pk,
        "shipped": left.order_id,
        "batch": batch.pk,
        "out": out.pk,
        "issued": read.pk,
    }


def _files(boss: Actor) -> dict[str, int]:
    mall = stores.make_store("cart", name="うつわ屋 別館", short_name="別館", kind="cart", preset="nextengine")
    bad = channels.check(mall, channels.template_file(), actor=boss)
    own_file = channel_services.keep_own_files(boss, mall, [Upload("my.csv", channels.orders_file(3))])
    return {"run": bad.pk, "own_run": own_file.pk}


if __name__ == "__main__":
    with translation.override("ja"):
        result = furnish(sys.argv[1])
    assert settings.DATA_DIR
    sys.stdout.write("\n" + json.dumps(result) + "\n")
