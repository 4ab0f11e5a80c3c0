"""M07: after hand-over, for each parcel, with everything the buyer needs (R73, R76-R79, N-14)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akinai.backoffice.fulfillment.closing import without_mail
from akinai.backoffice.orders.selectors import order_page
from akinai.backoffice.orders.timing import Plan
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.frontoffice.notifications import facts, services
from akinai.frontoffice.notifications.forms import FORMS
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.messaging.texts import text_of
from akinai.shop.terms.models import CarrierNotice
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, mail_of, make_writing_shop, run_jobs
from tests.builders.orders import TAKA, line, make_store
from tests.builders.shipments import NUMBERS, packed, ready_order, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()


def test_r77_the_shipping_mail_names_day_carrier_number_page_and_arrival() -> None:
    order = ready_order(lines=[line(quantity=2)], wish_window="14-16")
    shipment = sent(order)
    run_jobs()
    body = mail_of("M07", f"shipment:{shipment.pk}").body
    for part in (
        "■発送日 11月24日(火)", "■配送会社 ヤマト運輸 宅急便", "■お問い合わせ番号 123456789013",
        "https://toi.kuronekoyamato.co.jp/cgi-bin/tneko?number01=123456789013", "■お届け予定 11月25日(水) 14時〜16時",
        "・湯呑 YN-AI-01 × 2", "天候や道路の状況により", "渡邉 髙子A-1 様",
    ):  # fmt: skip
        assert part in body, part
    assert "配達員へお支払い" not in body


def test_r76_it_goes_out_the_same_day(clock: FrozenClock) -> None:
    shipment = sent(ready_order())
    run_jobs()
    mail = mail_of("M07", f"shipment:{shipment.pk}")
    assert (mail.state, mail.sent_at) == (State.SENT, clock.now())


def test_a_persons_dispatch_can_be_undone_for_a_while(clock: FrozenClock) -> None:
    sent(ready_order(), actor=CLERK)
    run_jobs()
    assert mail_of("M07").send_after == clock.now() + dt.timedelta(seconds=120)


def test_n_14_there_is_no_shipping_mail_before_hand_over() -> None:
    """R79"""
    order = ready_order()
    shipment = packed(order)
    assert services.on_dispatched(SYSTEM, shipment_id=shipment.pk) == []
    run_jobs()
    assert not Message.objects.filter(kind="M07").exists()


def test_mail_4_one_mail_a_parcel() -> None:
    shipment = sent(ready_order())
    for _ in range(3):
        services.on_dispatched(SYSTEM, shipment_id=shipment.pk)
    run_jobs()
    assert Message.objects.filter(kind="M07").count() == 1


def test_pay_12_cash_on_delivery_is_told_again_in_the_shipping_mail() -> None:
    """R58"""
    sent(ready_order(method="cod", payment_fee=330))
    run_jobs()
    assert "お受け取りの際に 2,530円を配達員へお支払いください" in mail_of("M07").body


def test_ord_51_a_part_says_what_follows() -> None:
    stock_up(make_sku("YN-AI-01", jan="4901234567894"), 5)
    make_sku("LATE-1", jan="4901234567900", supply="backorder", lead_days=5)
    order = ready_order(
        lines=[line(), line("LATE-1", short_told=True)],
        store=make_store("part", auto_accept=True, ship_policy="partial"),
    )
    sent(order)
    run_jobs()
    body = mail_of("M07").body
    assert "・湯呑 YN-AI-01 × 1" in body
    assert "■あとからお送りするもの" in body
    assert "・湯呑 LATE-1 × 1(12月1日(火)ごろ発送の予定)" in body.split("■あとからお送りするもの")[1]


def test_r78_weather_and_traffic_are_mentioned_and_the_text_can_be_changed() -> None:
    sent(ready_order("A-1"))
    run_jobs()
    assert "天候や道路の状況により、お届けが前後する場合がございます。" in mail_of("M07").body
    body = text_of("M07").body
    line = next(row for row in body.splitlines() if "天候" in row)
    messaging.save_template(CLERK, kind="M07", subject="発送", body=body.replace(line, "年末は道路が混み合います。"))
    sent(ready_order("A-2"), tracking=NUMBERS[1])
    run_jobs()
    last = Message.objects.filter(kind="M07").latest("id").body
    assert "年末は道路が混み合います。" in last and "天候" not in last


def test_shp_42_a_delay_on_the_road_moves_the_day_and_is_told_with_the_parcel(clock: FrozenClock) -> None:
    """SHP-42: the arrival of M07 counts it, M07 and M10 say why, and only buyers on that way hear of it."""
    snow = {
        "carrier": "", "zones": ["kanto"], "begins": "2026-11-24", "ends": "2026-11-25", "extra_days": "2",
        "text": "大雪の影響により、お届けに遅れが出ております。",
    }  # fmt: skip
    boss = client_for("manager")
    assert boss.post("/settings/delays/", {**snow, "ends": "2026-11-23"}).status_code == 422
    assert boss.post("/settings/delays/", snow).status_code == 302
    assert "関東" in boss.get("/settings/delays/").content.decode()
    order = ready_order("A-1")
    sent(order)
    osaka = replace(
        TAKA, name="梅田 花", phone="06-1234-5678", mail="hana@example.jp", postcode="530-0001", prefecture="大阪府",
        address1="大阪市北区梅田3-1-1", address2="",
    )  # fmt: skip
    sent(ready_order("A-2", buyer=osaka), tracking=NUMBERS[1])
    run_jobs()
    tokyo, west = (m.body for m in Message.objects.filter(kind="M07").order_by("id"))
    assert "■お届け予定 11月27日(金)" in tokyo and snow["text"] in tokyo
    assert "■お届け予定 11月25日(水)" in west and snow["text"] not in west
    begun = FORMS["M10"].fresh(facts.load(order.pk), CLERK)
    assert begun.initial["reason"] == snow["text"]
    assert client_for("order").post("/settings/delays/1/drop/").status_code == 403
    assert boss.post(f"/settings/delays/{CarrierNotice.objects.get().pk}/drop/").status_code == 302
    assert order_page(ready_order("A-3").pk).plan == Plan(dt.date(2026, 11, 24), dt.date(2026, 11, 25))


def test_mail_13_amazon_tells_its_buyers_itself() -> None:
    sent(ready_order(store=make_store("amazon", kind="mall", preset="amazon-jp", auto_accept=True)))
    run_jobs()
    assert not Message.objects.filter(kind="M07").exists()


def test_shp_73_the_close_list_is_empty_once_the_mail_has_left(clock: FrozenClock) -> None:
    shipment = sent(ready_order())
    assert [row.shipment for row in without_mail(clock.now().date())] == [shipment]
    run_jobs()
    assert mail_of("M07").occasion == shipment.subject
    assert without_mail(clock.now().date()) == []
