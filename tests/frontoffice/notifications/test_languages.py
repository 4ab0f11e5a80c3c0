"""MAIL-12: buyers read mails in their own language; the store's setting decides where nobody has said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import width
from akinai.frontoffice.notifications import facts, services, spelling
from akinai.frontoffice.notifications.house_texts_english import ENGLISH
from akinai.frontoffice.notifications.samples import sample_of
from akinai.frontoffice.notifications.services import Wanted
from akinai.shop.customers.models import Customer
from akinai.shop.customers.services import merge, set_language
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.rendering import problems_of, render
from akinai.shop.messaging.texts import template_warnings, text_of
from tests.builders import orders as build
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, mail_of, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()
    stock_up(make_sku("YN-AI-01"), 50)


def english(number: str = "A-1", **fields: object) -> Order:
    order = build.place(number, **fields)
    set_language(CLERK, customer_id=order.customer_id, language="en")
    return order


def test_every_english_text_is_sound_and_narrow() -> None:
    """MAIL-2, MAIL-7, MAIL-8, MAIL-9, LAW-12: all that buyers get."""
    assert set(ENGLISH) == {kind.key for kind in kinds} - {"M02"}
    for key, (subject, text) in ENGLISH.items():
        kind = kinds.get(key)
        assert kind.languages == ["ja", "en"]
        assert problems_of(subject, kind.variables) + problems_of(text, kind.variables) == [], key
        assert all(width(line) <= 70 for line in text.splitlines()), key
        assert template_warnings(kind, subject, text) == [], key
        assert all(name in text for name in ("unsubscribe_url", "signature") if kind.promotional), key


@pytest.mark.parametrize("kind", sorted(ENGLISH))
def test_an_english_mail_has_no_japanese_but_names(kind: str) -> None:
    build.place(method="cod", payment_fee=330, wish_date=dt.date(2026, 11, 27), wish_window="14-16")
    subject, text = ENGLISH[kind]
    values = dict(sample_of(kind, "", None, "en").values)
    kept = ("shop_name", "ship_to_address", "ship_to_name", "customer_name", "signature", "bank_account", "lines")
    values |= {name: [] if name == "lines" else "X" for name in kept}
    values |= {"staff_name": values["staff_name"], "return_address": "X"}
    made = render(subject, values).text + render(text, values).text
    assert not [c for c in made if "ぁ" <= c <= "ヶ" or "一" <= c <= "龯"], made


def test_the_stores_language_holds_where_nobody_has_said(clock: FrozenClock) -> None:
    store = build.make_store("shopify", language="en")
    build.place("E-1", store=store)
    run_jobs()
    mail, to_us = mail_of("M01"), mail_of("M02")
    assert mail.subject == "[茶と器 うつわ屋] We have received your order (order no. E-1)"
    for said in ("Dear 渡邉 髙子,", "Payment: Credit card", "Delivery: Yamato Transport TA-Q-BIN", "Your message: none",
                 "Wished day and time: none given", "2,200 yen x 1", "(Japan time)"):  # fmt: skip
        assert said in mail.body, said
    assert "支払: クレジットカード" in to_us.body  # our own staff read Japanese


def test_what_a_buyer_said_wins_over_the_store_and_follows_a_merge(clock: FrozenClock) -> None:
    """AN-10"""
    order = build.place("A-1", store=build.make_store("shopify", language="en"))
    set_language(CLERK, customer_id=order.customer_id, language="ja")
    assert facts.load(order.pk).language == "ja"
    other = Customer.objects.create(name="Anna", language="en")
    merge(CLERK, customer=order.customer, into=other)
    assert facts.load(order.pk).language == "en"
    with pytest.raises(BadInput):
        set_language(CLERK, customer_id=other.pk, language="fr")


def test_the_chain_of_a_transfer_in_english(clock: FrozenClock) -> None:
    order = english(method="bank")
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    with translation.override("ja"):
        orders.accept(CLERK, order_id=order.pk)
        run_jobs()
        money = Money(order.total, clock.now().date())
        payments.mark_deposit(CLERK, order_id=order.pk, money=money)
        run_jobs()
    confirmed, paid = mail_of("M03"), mail_of("M05")
    assert "once your payment is here" in confirmed.body and "YOUR BANK TRANSFER" in confirmed.body
    assert f"Due by: {_english(order.pk)}" in confirmed.body
    assert f"Your payment of {order.total:,} yen reached us on " in paid.body and "(金)" not in paid.body


def _english(order_id: int) -> str:
    with translation.override("en"):
        return spelling.day(Order.objects.get(pk=order_id).pay_due) or ""


def test_what_the_clerk_reads_is_not_what_the_buyer_reads(clock: FrozenClock) -> None:
    """Days typed into a form are spelled for the buyer, whatever language the form was in."""
    japanese, foreign = (
        build.place("A-1"),
        english("A-2", buyer=replace(build.TAKA, name="Anna", mail="a@x.example")),
    )
    typed = {"reason": "…", "old_date": dt.date(2026, 11, 26), "new_date": "", "reply_due": dt.date(2026, 11, 27)}
    with translation.override("en"):
        ours = services.preview(CLERK, order_id=japanese.pk, wanted=Wanted("M09", typed))
    theirs = services.preview(CLERK, order_id=foreign.pk, wanted=Wanted("M09", typed))
    assert "11月26日(木)" in ours.body and "11月27日(金)までに" in ours.body
    assert "Planned before: Thu 26 November" in theirs.body and "by Fri 27 November" in theirs.body


def test_a_variant_per_store_and_language(clock: FrozenClock) -> None:
    """A store's text, else the shop's, else the house's, each in the reader's language; a Japanese text never stands in
    for an English one."""
    store = build.make_store("shopify", language="en")
    body = "{{customer_name}}\n{{signature}}"
    messaging.save_template(CLERK, kind="M01", subject="和 {{order_no}}", body=body)
    assert text_of("M01", store.pk, "en").subject == ENGLISH["M01"][0]
    messaging.save_template(CLERK, kind="M01", subject="Shop {{order_no}}", body=body, language="en")
    assert text_of("M01", store.pk, "en").subject == "Shop {{order_no}}"
    messaging.save_template(CLERK, kind="M01", subject="Own {{order_no}}", body=body, language="en", store_id=store.pk)
    build.place("E-1", store=store)
    run_jobs()
    assert mail_of("M01").subject == "Own E-1"
    assert text_of("M01").subject == "和 {{order_no}}"
    messaging.restore_default(CLERK, kind="M01", language="en", store_id=store.pk)
    assert text_of("M01", store.pk, "en").subject == "Shop {{order_no}}"
    with pytest.raises(BadInput):
        messaging.save_template(CLERK, kind="M02", subject="X", body=body, language="en")


def test_the_editor_shows_previews_and_tests_each_variant(clock: FrozenClock) -> None:
    client, store = client_for(make_staff("owner")), build.make_store("mall", name="楽天市場店")
    build.make_store()
    build.place("A-1", store=store)
    url = f"/mail/templates/M03/?store={store.pk}&language=en"
    page = client.get(url).content.decode()
    assert "We have accepted your order" in page and "このたびのご注文を確かに承りました" not in page
    assert f'href="/mail/templates/M03/?store={store.pk}"' in page and 'href="/mail/templates/M03/?language=en"' in page
    typed = {"subject": "Yours {{order_no}}", "body": "Ships {{ship_plan}}\n{{signature}}", "store": str(store.pk),
             "language": "en", "version": "0"}  # fmt: skip
    client.post(url, {**typed, "probe": "1", "probe_to": "me@example.jp"})
    assert "Ships " in Message.objects.get(to="me@example.jp").body
    saved = client.post("/mail/templates/M03/", typed)
    assert saved.status_code == 302 and saved["Location"] == url
    assert "楽天市場店" in client.get("/mail/templates/").content.decode()
    assert client.get("/mail/templates/M02/?language=en").status_code == 404
    assert client.get("/mail/templates/M03/?language=xx").status_code == 404


def test_the_language_is_set_on_the_customers_page(client: Client) -> None:
    order = build.place()
    clerk = client_for(make_staff("order"))
    path = f"/customers/{order.customer_id}/"
    assert clerk.post(path, {"name": "渡邉 髙子", "mail": "taka@example.jp", "language": "en"}).status_code == 302
    assert facts.load(order.pk).language == "en"
    assert "英語" in clerk.get(f"/mail/orders/{order.pk}/").content.decode()
    assert clerk.post(path, {"name": "渡邉 髙子", "language": "fr"}).status_code == 422
