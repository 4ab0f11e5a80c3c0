"""Labels out, numbers in, the day closed: SHP-31, SHP-50, SHP-51, SHP-62, SHP-73, R71, R72, R76."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from akinai.backoffice.fulfillment import closing, selectors, services
from akinai.backoffice.fulfillment.adapters.yamato_b2.columns import HEADINGS, Column
from akinai.backoffice.fulfillment.check import violations
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.pages import note_page, of_batch
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.shop.messaging.models import Message
from akinai.shop.stores.settings import snapshot
from tests.builders.orders import TAKA, line, make_shop, make_store
from tests.builders.shipments import NUMBERS, packed, printed, ready_order, sent

pytestmark = pytest.mark.django_db
B2 = "yamato_b2"


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> Iterator[None]:
    make_shop(postcode="604-0001", prefecture="京都府", address1="京都市中京区道場町1-2", tel="075-123-4567")
    services.set_contract(SYSTEM, adapter=B2, config={"customer_code": "0751234567", "freight_number": "01"})
    yield
    assert list(violations()) == []


def rows_of(data: bytes) -> list[list[str]]:
    lines = data.decode("cp932").rstrip("\r\n").split("\r\n")
    return [text.split(",") for text in lines[1:]]


def issued(*rows: tuple[str, str, str], heading: bool = True) -> bytes:
    """(shipment number, tracking number, name) as B2 writes them."""
    lines = [",".join(HEADINGS)] if heading else []
    for key, number, name in rows:
        cells = [""] * len(HEADINGS)
        cells[Column.KEY - 1], cells[Column.NUMBER - 1], cells[Column.TO_NAME - 1] = key, number, name
        cells[Column.SHIP_DATE - 1] = "2026/11/24"
        lines.append(",".join(cells))
    return ("\r\n".join(lines) + "\r\n").encode("cp932")


def numbers(shipment: Shipment) -> list[str]:
    return list(shipment.tracking.values_list("number", flat=True))


def test_r71_a_label_says_what_the_order_says() -> None:
    order = ready_order(method="cod", payment_fee=330, wish_window="14-16", wish_date=dt.date(2026, 11, 26))
    shipment = printed(order)
    out = services.carrier_file_out(SYSTEM, adapter=B2, batch_id=shipment.batch_id)
    assert out.file is not None and not out.problems
    (cells,) = rows_of(bytes(out.file.content))
    assert len(cells) == 95
    said = {c: cells[c - 1] for c in (Column.KEY, Column.LABEL_TYPE, Column.WINDOW, Column.COD_AMOUNT, Column.TO_NAME)}
    assert said == {
        Column.KEY: shipment.number,
        Column.LABEL_TYPE: "2",
        Column.WINDOW: "1416",
        Column.COD_AMOUNT: str(order.total),
        Column.TO_NAME: order.ship_name,
    }
    assert cells[Column.FROM_NAME - 1] == "茶と器 うつわ屋"


def test_shp_31_what_cannot_be_written_is_named_and_the_others_go_out() -> None:
    good = ready_order("A-1")
    bad = ready_order("A-2", buyer=replace(TAKA, name="𠮷田 太郎", mail="y@example.jp", phone="03-9999-1111"))
    made = services.make_batch(SYSTEM, order_ids=[good.pk, bad.pk], papers=False)
    assert made.batch is not None
    out = services.carrier_file_out(SYSTEM, adapter=B2, batch_id=made.batch.pk)
    assert out.written == (f"{good.number}-1",)
    assert [(p.key, p.stops) for p in out.problems] == [(f"{bad.number}-1", True)]
    assert "𠮷" in out.problems[0].sentence
    assert Shipment.objects.get(order=good).label_at is not None
    with pytest.raises(Refused):  # the good one is not written twice, the bad one is still in the way
        services.carrier_file_out(SYSTEM, adapter=B2, shipment_ids=[Shipment.objects.get(order=good).pk])


def test_without_a_contract_nothing_is_written() -> None:
    services.set_contract(SYSTEM, adapter=B2, config={})
    shipment = printed(ready_order())
    out = services.carrier_file_out(SYSTEM, adapter=B2, batch_id=shipment.batch_id)
    assert out.file is None
    assert out.problems


def test_shp_62_a_gift_goes_out_in_the_buyers_name_and_shows_no_price() -> None:
    friend = replace(TAKA, name="友人 次郎", mail="", phone="06-1111-2222", prefecture="大阪府", postcode="530-0001",
                     address1="大阪市北区梅田1-1", address2="")  # fmt: skip
    order = ready_order(is_gift=True, ship_to=friend, store=make_store(auto_accept=False))
    from akinai.backoffice.orders import services as orders

    for check in order.checks.filter(closed_at__isnull=True):
        orders.clear_check(SYSTEM, order_id=order.pk, code=check.code)
    orders.accept(SYSTEM, order_id=order.pk)
    shipment = printed(order)
    out = services.carrier_file_out(SYSTEM, adapter=B2, batch_id=shipment.batch_id)
    assert out.file is not None
    (cells,) = rows_of(bytes(out.file.content))
    assert (cells[Column.FROM_NAME - 1], cells[Column.TO_NAME - 1]) == (order.buyer_name, "友人 次郎")
    assert shipment.batch is not None
    page = note_page(of_batch(shipment.batch)[0])
    assert not page.with_prices


def test_issued_numbers_are_looked_at_first_and_taken_over_then() -> None:
    first, second, other = (printed(ready_order(n)) for n in ("A-1", "A-2", "A-3"))
    data = issued(
        (first.number, NUMBERS[0], first.ship_name),
        (second.number, "444413758704", second.ship_name),
        (other.number, NUMBERS[2], "別人 一郎"),
        ("X-99-1", NUMBERS[3], "だれか"),
    )
    kept = services.carrier_file_in(SYSTEM, data=data, name="issued.csv", adapter=B2)
    assert [(r["row"], r["outcome"]) for r in kept.results] == [(2, "good"), (3, "bad"), (4, "bad"), (5, "bad")]
    assert "お名前が違います" in kept.results[2]["said"]
    assert numbers(first) == []
    results = services.apply_carrier_file(SYSTEM, file_id=kept.pk)
    assert [r.outcome for r in results] == ["good", "bad", "bad", "bad"]
    assert (numbers(first), numbers(second), numbers(other)) == ([NUMBERS[0]], [], [])
    with pytest.raises(Refused):
        services.apply_carrier_file(SYSTEM, file_id=kept.pk)
    again = services.carrier_file_in(SYSTEM, data=data, adapter=B2)
    assert again.results[0]["outcome"] == "same"


def test_several_pieces_have_several_numbers() -> None:
    shipment = packed(ready_order())
    services.pack(SYSTEM, shipment_id=shipment.pk, parcels=2)
    rows = [(shipment.number, n, shipment.ship_name) for n in NUMBERS[:2]]
    kept = services.carrier_file_in(SYSTEM, data=issued(*rows, heading=False), adapter=B2)
    assert [r["outcome"] for r in kept.results] == ["good"]
    services.apply_carrier_file(SYSTEM, file_id=kept.pk)
    assert numbers(shipment) == list(NUMBERS[:2])


def test_shp_51_a_number_of_another_shipment_is_not_taken() -> None:
    sent(ready_order("A-1"))
    shipment = printed(ready_order("A-2"))
    data = issued((shipment.number, NUMBERS[0], shipment.ship_name))
    kept = services.carrier_file_in(SYSTEM, data=data, adapter=B2)
    assert [r["outcome"] for r in kept.results] == ["bad"]
    both = printed(ready_order("A-3"))
    twice = issued((shipment.number, NUMBERS[1], shipment.ship_name), (both.number, NUMBERS[1], both.ship_name))
    kept = services.carrier_file_in(SYSTEM, data=twice, adapter=B2)
    assert [r["outcome"] for r in kept.results] == ["bad", "bad"]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"a,b\r\n", "住所\r\n".encode("utf-16"), b'"open'])
def test_no_bytes_make_it_fall(data: bytes) -> None:
    try:
        kept = services.carrier_file_in(SYSTEM, data=data, adapter=B2)
    except BadInput as refused:
        assert refused.field == "file"
    else:
        assert all(r["outcome"] == "bad" for r in kept.results)


def test_shp_73_the_day_is_closed_when_all_has_left_and_all_are_told(clock: FrozenClock) -> None:
    here = packed(ready_order("A-1"))
    gone = sent(ready_order("A-2"), tracking=NUMBERS[1])
    silent = sent(
        ready_order("A-3", buyer=replace(TAKA, name="無宛 花子", mail="", phone="03-7777-0000")), tracking=NUMBERS[2]
    )
    today = clock.now().date()
    assert list(selectors.not_handed_over()) == [here]
    assert [row.shipment for row in closing.without_mail(today)] == [gone]  # the other has no address
    assert silent.shipped_at is not None
    mail = Message.objects.create(
        kind="M07", subject_key=gone.order.subject, occasion=gone.subject, to="a@example.jp", subject="発送", body="…",
        message_id="<1@example.jp>", state="failed", send_after=clock.now(), created_by="system",
    )  # fmt: skip
    assert [row.said for row in closing.without_mail(today)] == [str(mail.get_state_display())]
    Message.objects.create(
        kind="M07", subject_key=gone.order.subject, occasion=f"resend:{mail.pk}:1", to="a@example.jp", subject="発送",
        body="…", message_id="<2@example.jp>", state="sent", sent_at=clock.now(), send_after=clock.now(),
        created_by="system", resend_of=mail,
    )  # fmt: skip
    assert closing.without_mail(today) == []
    assert snapshot()["fulfillment.pack_with_inspection"] is True


def test_a_part_of_an_order_is_no_invoice_and_says_so() -> None:
    from akinai.backoffice.orders import services as orders
    from tests.builders.catalog import make_sku
    from tests.builders.inventory import stock_up

    stock_up(make_sku("A"), 5)
    late = make_sku("B")
    store = make_store(auto_accept=True, ship_policy="partial")
    order = ready_order(store=store, lines=[line("A", 1), line("B", 1, short_told=True)])
    shipment = printed(order)
    assert shipment.batch is not None
    page = note_page(of_batch(shipment.batch)[0])
    assert (len(page.lines), page.is_invoice, bool(page.notices)) == (1, False, True)
    assert orders.receive_stock(SYSTEM, sku_id=late.pk, quantity=1)
