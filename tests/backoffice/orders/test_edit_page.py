"""The page on which an order is changed, holds and stock that move with it, and bulk work, as a browser gets them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from akinai.backoffice.inventory.check import violations as stock_violations
from akinai.backoffice.orders import services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Queue
from akinai.foundation.core import clock as core_clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Conflict, Refused
from akinai.foundation.core.permissions import Role
from akinai.foundation.events.models import StoredEvent
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db

SATO = Actor("staff:1", "佐藤")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


@pytest.fixture
def clerk() -> Client:
    return client_for(Role.ORDER)


def auto(number: str = "A-1", **fields: Any) -> Order:
    return place(number, store=make_store("auto", auto_accept=True), **fields)


def another(number: int) -> Any:
    return dataclasses.replace(TAKA, name=f"客{number}", mail=f"k{number}@example.jp", phone=f"090-1234-000{number}")


def url(name: str, order: Order) -> str:
    return reverse(f"orders:{name}", args=[order.pk])


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def typed(order: Order, **changed: Any) -> dict[str, Any]:
    """The edit form as it stands, with what was typed over it."""
    now = fresh(order)
    data = {f"quantity_{x.number}": x.live for x in now.lines.all() if x.live}
    names = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")
    data |= {n: getattr(now, f"ship_{n}") for n in names}
    data |= {
        "version": now.version, "service": now.delivery_service.code, "method": now.payment_method.code,
        "wish_date": now.wish_date.isoformat() if now.wish_date else "", "wish_window": now.wish_window,
        "gift_note": now.gift_note, "shipping": now.shipping_fee, "wrapping_fee": now.wrapping_fee,
        "consent_how": "", "consent_on": core_clock.today().isoformat(), "consent_by": "渡邉 髙子", "reason": "",
    }  # fmt: skip
    return data | changed


def test_everything_is_changed_on_one_form_with_the_buyers_word(clerk: Client) -> None:
    """T23, ORD-41, ORD-42: one button, one edition."""
    stock_up(make_sku(), 9)
    stock_up(make_sku("KP-01", price=500), 9)
    order = auto(method="bank")
    page = clerk.get(url("edit", order)).content.decode()
    assert "受注内容を変更" in page and 'name="quantity_1"' in page
    data = typed(
        order, quantity_1=2, added_0="KP-01", added_quantity_0=2, name="渡邉 太郎", method="cod", wrapping_fee=300,
        is_gift="on", gift_note="のし 内祝", consent_how="phone", reason="お電話",
    )  # fmt: skip
    seen = clerk.post(url("foreseen", order), data).content.decode()
    assert "6,030" in seen and "渡邉 太郎" in seen and "3,830" in seen
    assert "代引" in seen and "お届け先の方が" in seen  # PAY-11: somebody else will have to pay at the door
    assert fresh(order).edition == 1
    assert clerk.post(url("edit", order), data).status_code == 302
    after = fresh(order)
    assert (after.total, after.payment_fee, after.edition, after.queue) == (6_030, 330, 2, Queue.READY)
    same = clerk.post(url("edit", order), typed(order, is_gift="on"))
    assert same.status_code == 302 and fresh(order).edition == 2


def test_what_cannot_be_done_comes_back_as_it_was_typed(clerk: Client) -> None:
    stock_up(make_sku(), 9)
    order = auto()
    bad = clerk.post(url("edit", order), typed(order, quantity_1="x", name="消えない名前"))
    assert bad.status_code == 422 and "消えない名前" in bad.content.decode()
    unknown = clerk.post(url("edit", order), typed(order, added_0="湯呑"))
    assert unknown.status_code == 422 and "YN-AI-01" in unknown.content.decode()
    assert clerk.post(url("edit", order), typed(order, method="bank")).status_code == 422
    assert clerk.post(url("edit", order), typed(order, address1=" ")).status_code == 422
    assert clerk.post(url("edit", order), typed(order, wish_date="2099-01-01")).status_code == 422
    assert (
        clerk.post(url("edit", order), typed(order, consent_how="phone", consent_by="", quantity_1=2)).status_code
        == 422
    )
    refused = clerk.post(url("edit", order), typed(order, recompute_shipping="on"))
    assert refused.status_code == 409 and "送料表" in refused.content.decode()
    old = typed(order, quantity_1=2)
    services.hold(SATO, order_id=order.pk, kind="manual")
    late = clerk.post(url("edit", order), old)
    assert late.status_code == 409 and "保留" in late.content.decode()
    assert fresh(order).edition == 1
    seen = clerk.post(url("foreseen", order), typed(order, quantity_1=0)).content.decode()
    assert "キャンセルしてください" in seen
    assert clerk.post(url("foreseen", order), {}).status_code == 200
    services.cancel_line(SATO, order_id=order.pk, line=1)
    assert clerk.get(url("edit", order)).status_code == 302


def test_the_page_asks_as_much_for_three_lines_as_for_one(clerk: Client) -> None:
    stock_up(make_sku(), 9)
    stock_up(make_sku("B-2"), 9)
    stock_up(make_sku("C-3"), 9)
    one = auto("A-1")
    three = auto("A-2", lines=[line(), line("B-2"), line("C-3")], buyer=another(2))
    counts = []
    for order in (one, three):
        clerk.get(url("edit", order))
        with CaptureQueriesContext(
            connection,
        ) as found:
            clerk.get(url("edit", order))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_ord_42_the_hold_leads_to_the_form_for_the_consent(clerk: Client) -> None:
    stock_up(make_sku(), 9)
    order = auto()
    assert clerk.post(url("edit", order), typed(order, quantity_1=2)).status_code == 302
    page = clerk.get(url("order", order)).content.decode()
    assert "同意を記録" in page and "2,200円の増額" in page
    release = clerk.post(url("release_hold", order), {"version": fresh(order).version, "kind": "consent"})
    assert release.status_code == 409
    said = {"version": fresh(order).version, "consent_how": "mail", "consent_on": "2026-11-20", "consent_by": "渡邉"}
    assert clerk.post(url("consent", order), {**said, "consent_by": ""}).status_code == 422
    assert clerk.post(url("consent", order), said).status_code == 302
    assert fresh(order).queue == Queue.READY
    clerk.post(url("edit", order), typed(order, quantity_1=3))
    clerk.post(url("edit", order), typed(order, quantity_1=2))
    assert fresh(order).queue == Queue.READY  # back to what the buyer agreed to


def test_ord_8_only_a_manager_lets_unpaid_goods_go(clerk: Client) -> None:
    stock_up(make_sku(), 9)
    order = auto(method="bank")
    asked = {"version": order.version, "reason": "常連のお客様"}
    assert clerk.post(url("override", order), asked).status_code == 403
    boss = client_for(Role.MANAGER)
    assert "入金前に出荷する" in boss.get(url("order", order)).content.decode()
    assert boss.post(url("override", order), {**asked, "reason": ""}).status_code == 422
    assert boss.post(url("override", order), asked).status_code == 302
    page = boss.get(url("order", order)).content.decode()
    assert "常連のお客様" in page and "入金前出荷" in boss.get("/orders/?queue=ready").content.decode()
    assert boss.post(url("withdraw_override", order), {"version": fresh(order).version}).status_code == 302
    assert fresh(order).queue == Queue.AWAITING_PAYMENT


def test_t09_a_hold_gets_another_date_and_the_buyer_hears_of_it(clerk: Client) -> None:
    stock_up(make_sku(), 9)
    order, today = auto(), core_clock.today()
    until, later = today + dt.timedelta(days=10), today + dt.timedelta(days=20)
    services.hold(SATO, order_id=order.pk, kind="until_date", until=until, offer_mail=True)
    data = {"version": fresh(order).version, "kind": "until_date", "until": later.isoformat(), "reason": "出張",
            "offer_mail": "on"}  # fmt: skip
    assert clerk.post(url("change_hold", order), data).status_code == 302
    row = order.holds.get(closed_at__isnull=True)
    assert (row.until, row.reason, fresh(order).queue) == (later, "出張", Queue.AWAITING_DATE)
    asked = StoredEvent.objects.filter(subject=order.subject, name="orders.mail_draft_requested")
    assert asked.count() == 2
    services.change_hold(SATO, order_id=order.pk, kind="until_date", until=until, offer_mail=True)
    assert asked.count() == 2  # earlier again: nobody has to apologise
    with pytest.raises(Refused):
        services.change_hold(SATO, order_id=order.pk, kind="manual")
    with pytest.raises(BadInput):
        services.change_hold(SATO, order_id=order.pk, kind="until_date")
    services.hold(SATO, order_id=order.pk, kind="manual")
    services.release_all(SATO, order_id=order.pk)
    assert fresh(order).queue == Queue.READY
    with pytest.raises(Refused):
        services.release_all(SATO, order_id=order.pk)


def test_t11_goods_of_one_order_go_to_another(clerk: Client) -> None:
    """The donor is short then, a person must look, and its buyer gets a word; printed papers keep theirs."""
    sku = make_sku()
    stock_up(sku, 3)
    donor = auto("A-1", lines=[line(quantity=3)])
    order = auto("A-2", lines=[line(quantity=2)], buyer=another(2))
    assert clerk.get(url("reallocate", order) + f"?sku={sku.pk}").status_code == 403
    boss = client_for(Role.MANAGER)
    page = boss.get(url("reallocate", order) + f"?sku={sku.pk}").content.decode()
    assert donor.number in page
    data = {"version": fresh(order).version, "sku": sku.pk, "donor": donor.pk, "reason": "お急ぎ", "offer_mail": "on"}
    assert boss.post(url("reallocate", order), {**data, "reason": ""}).status_code == 422
    assert boss.post(url("reallocate", order), {**data, "version": 0}).status_code == 422
    assert boss.post(url("reallocate", order), data).status_code == 302
    assert (order.lines.get().allocated, donor.lines.get().allocated, balance(sku).reserved) == (2, 1, 3)
    assert donor.checks.get(closed_at__isnull=True).code == "STOCKOUT"
    assert not order.checks.filter(code="STOCKOUT", closed_at__isnull=True).exists()
    assert StoredEvent.objects.filter(subject=donor.subject, name="orders.mail_draft_requested").count() == 1
    assert boss.get(url("reallocate", order) + f"?sku={sku.pk}").status_code == 302
    again = {"order_id": order.pk, "donor_id": donor.pk, "sku_id": sku.pk, "reason": "もう一度"}
    with pytest.raises(Refused):
        services.reallocate(SATO, **again)
    with pytest.raises(BadInput):
        services.reallocate(SATO, **{**again, "donor_id": order.pk})
    with pytest.raises(Conflict):
        services.reallocate(SATO, **again, seen_version=1)
    third = auto("A-3", buyer=another(3))
    services.accept(SATO, order_id=order.pk)
    services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    with pytest.raises(Refused, match="印刷"):
        services.reallocate(SATO, order_id=third.pk, donor_id=order.pk, sku_id=sku.pk, reason="急ぎ")
    assert [*violations(), *stock_violations()] == []


def test_ord_33_bulk_tells_of_each_order_what_became_of_it(clerk: Client) -> None:
    """Checked (R25), released, turned down (T05)."""
    stock_up(make_sku(), 20)
    first, second = place("A-1", remark="のし"), place("A-2", remark="贈答", buyer=another(2))
    crooked = place("A-3", buyer=dataclasses.replace(another(3), phone="12"))
    ids = [first.pk, second.pk, crooked.pk]
    page = clerk.post(reverse("orders:bulk_checked"), {"id": ids}).content.decode()
    assert crooked.number in page and "電話" in page
    assert [fresh(o).checks.filter(closed_at__isnull=True).count() for o in (first, second, crooked)] == [0, 0, 1]
    assert first.checks.get().closed_by.startswith("staff:")
    services.hold(SATO, order_id=first.pk, kind="manual")
    services.hold(SATO, order_id=second.pk, kind="bundle_wait")
    assert clerk.post(reverse("orders:bulk_release"), {"id": ids[:2]}).status_code == 302
    assert not first.holds.filter(closed_at__isnull=True).exists()
    assert "受注不可" in clerk.post(reverse("orders:bulk_reject"), {"id": ids}).content.decode()
    assert clerk.post(reverse("orders:bulk_reject"), {"id": ids, "reason": "nonsense"}).status_code == 422
    assert clerk.post(reverse("orders:bulk_reject"), {"id": ids, "reason": "shop", "note": "休業"}).status_code == 302
    assert [fresh(o).cancel for o in (first, second, crooked)] == [Cancel.CANCELLED] * 3
