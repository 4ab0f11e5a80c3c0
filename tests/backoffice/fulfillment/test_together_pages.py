"""The pages on which orders are divided and combined, and the one on which a buyer answers (N-16)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from akinai.backoffice.fulfillment import bundles, services
from akinai.backoffice.fulfillment.answers import token_for
from akinai.backoffice.fulfillment.models import Bundle
from akinai.backoffice.orders.models import Order, OrderPart
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.jobs.services import run_pending
from akinai.shop.messaging.models import Message
from akinai.shop.stores.declared import PUBLIC_URL
from akinai.shop.stores.services import set_setting
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def one(code: str, *, quantity: int = 1, stock: int = 9) -> Order:
    if stock:
        stock_up(make_sku(code), stock)
    else:
        make_sku(code)
    return place(f"N-{code}", store=make_store(auto_accept=True), lines=[line(code, quantity)], shipping_fee=600)


def test_ord_52_dividing_and_putting_together_on_the_pages() -> None:
    client = client_for("order")
    order = one("TEA-1", quantity=3)
    url = reverse("fulfillment:divide", args=[order.pk])
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"version": order.version, "line_1": "3", "reason": ""})
    assert wrong.status_code == 422
    assert "元の受注にも商品を残してください" in wrong.content.decode()
    done = client.post(url, {"version": order.version, "line_1": "1", "reason": "先に送る"})
    assert done.status_code == 302
    part = OrderPart.objects.get(order=order).part
    panel = client.get(reverse("fulfillment:together", args=[order.pk])).content.decode()
    assert part.number in panel
    assert client.post(reverse("fulfillment:join", args=[part.pk])).status_code == 302
    again = client.post(reverse("fulfillment:join", args=[part.pk]))
    assert again.status_code == 409


def test_ord_53_combining_from_the_panel_and_apart_from_the_list() -> None:
    client = client_for("order")
    first, second = one("TEA-1"), one("CUP-1")
    panel = client.get(reverse("fulfillment:together", args=[first.pk])).content.decode()
    assert second.number in panel and "600" in panel
    assert bundles.proposals() == [[first, second]]
    assert "同梱できそうな受注" in client.get(reverse("fulfillment:bundle_list")).content.decode()
    none = client.post(reverse("fulfillment:combine", args=[first.pk]))
    assert none.status_code == 422
    odd = client.post(reverse("fulfillment:combine", args=[first.pk]), {"with": "²"})
    assert odd.status_code == 422
    assert client.post(reverse("fulfillment:combine", args=[first.pk]), {"with": second.pk}).status_code == 302
    page = client.get(reverse("fulfillment:bundle_list")).content.decode()
    assert first.number in page and second.number in page
    made = Bundle.objects.get()
    assert client.post(reverse("fulfillment:apart", args=[made.pk]), {"reason": "別\x00送"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "apart"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_n_16_the_buyer_reads_and_answers_without_an_account(client: Client, language: str) -> None:
    set_setting(SYSTEM, key=PUBLIC_URL, value="https://desk.example.jp")
    first, second = one("TEA-1"), one("CUP-1")
    made = services.ask(SYSTEM, order_ids=[first.pk, second.pk])
    run_pending()
    mail = Message.objects.get(kind="BUNDLE")
    url = reverse("fulfillment:answer", args=[token_for(made)])
    assert f"https://desk.example.jp{url}" in mail.body
    assert "600" in mail.body
    page = client.get(url, headers={"Accept-Language": language})
    assert page.status_code == 200
    made.refresh_from_db()
    assert made.state == "asked"  # looking decides nothing
    text = page.content.decode()
    assert first.store_number in text and first.ship_address1 not in text
    done = client.post(url, {"wish": "yes"}, headers={"Accept-Language": language})
    assert done.status_code == 200
    made.refresh_from_db()
    assert made.state == "open"
    assert client.get(reverse("fulfillment:answer", args=["made-up"])).status_code == 404
