"""受注変更 (T23): what each edit does to goods, fees, totals, payment, reasons and editions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from akinai.backoffice.inventory.check import violations as stock_violations
from akinai.backoffice.orders import services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.edits import AddedLine, Changes, Gift, Wish
from akinai.backoffice.orders.models import Consent, Order, OrderVersion
from akinai.backoffice.orders.states import Payment, Queue
from akinai.backoffice.orders.types import ConsentDraft
from akinai.backoffice.payments.check import violations as money_violations
from akinai.foundation import audit
from akinai.foundation.core import clock as core_clock
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.shop.terms import services as terms
from akinai.shop.terms.charges import ShippingFees
from akinai.shop.terms.models import PaymentMethod
from akinai.shop.terms.zones import ZONES
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db

SATO = Actor("staff:1", "佐藤")
NAHA = dataclasses.replace(TAKA, postcode="900-0014", prefecture="沖縄県", address1="那覇市松尾1-2-3", address2="")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def auto(number: str = "A-1", kind: str = "own", **fields: Any) -> Order:
    """An order that is accepted by itself; the stock is there."""
    return place(number, store=make_store(f"auto-{kind}", auto_accept=True, kind=kind), **fields)


def fresh(order: Order) -> Order:
    return Order.objects.select_related("payment_method").get(pk=order.pk)


def reasons(order: Order) -> list[str]:
    return sorted(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))


def holds(order: Order) -> list[str]:
    return sorted(order.holds.filter(closed_at__isnull=True).values_list("kind", flat=True))


def agreed() -> ConsentDraft:
    return ConsentDraft("phone", core_clock.today(), "渡邉 髙子", "電話で了承")


def charge(free_from: int | None = 8_000) -> None:
    fees = dict.fromkeys(ZONES, 800) | {"kanto": 660, "okinawa": 1_500}
    table = ShippingFees(core_clock.today(), fees, free_from=free_from)
    terms.set_shipping_fees(SYSTEM, table=table)


def sound() -> None:
    """Nothing that is stored contradicts its source."""
    assert [*violations(), *stock_violations(), *money_violations()] == []


def test_t23_a_line_added_is_secured_and_paid_for() -> None:
    """ORD-41, ORD-42: a bank order that was paid waits for the rest, with a new due date, once the buyer agreed."""
    stock_up(make_sku(), 5)
    other = make_sku("KP-01", price=1100)
    stock_up(other, 5)
    order = auto(method="bank", paid=2200)
    services.add_line(SATO, order_id=order.pk, sku_id=other.pk, quantity=2, consent=agreed(), reason="追加の電話")
    after = fresh(order)
    assert (after.total, after.payment, after.queue) == (4400, Payment.PART_PAID, Queue.AWAITING_PAYMENT)
    assert after.pay_due is not None and (holds(order), balance(other).reserved) == ([], 2)
    consent = Consent.objects.get()
    assert (consent.edition, consent.total, consent.how, consent.said_by) == (2, 4400, "phone", "渡邉 髙子")
    version = OrderVersion.objects.get(edition=2)
    assert version.after["lines"] == [["KP-01", other.title, "", 2, 1100]] and version.before["lines"] == []
    first = OrderVersion.objects.get(edition=1)
    assert (first.after["total"], len(first.after["lines"]), first.before) == (2200, 1, {})
    services.change_quantity(SATO, order_id=order.pk, line=2, to=1)
    assert OrderVersion.objects.get(edition=1).after == first.after
    sound()


def test_ord_42_more_to_pay_without_the_buyers_word_holds_the_order() -> None:
    stock_up(make_sku(), 9)
    order = auto()
    services.change_quantity(SATO, order_id=order.pk, line=1, to=3)
    assert (holds(order), fresh(order).queue, fresh(order).total) == (["consent"], Queue.CHECK, 6600)
    with pytest.raises(BadInput):
        services.record_consent(SATO, order_id=order.pk, consent=ConsentDraft("phone", core_clock.today(), " "))
    with pytest.raises(BadInput):
        tomorrow = core_clock.today() + dt.timedelta(days=1)
        services.record_consent(SATO, order_id=order.pk, consent=ConsentDraft("phone", tomorrow, "渡邉"))
    services.record_consent(SATO, order_id=order.pk, consent=agreed())
    assert (holds(order), fresh(order).queue) == ([], Queue.READY)
    services.change_quantity(SATO, order_id=order.pk, line=1, to=2)
    assert holds(order) == []
    sound()


def test_a_present_costs_nothing_asks_nobody_and_is_reserved() -> None:
    """What a rule puts in: price 0, no consent, a shortage is told."""
    stock_up(make_sku(), 5)
    gift = make_sku("OMAKE")
    order = auto()
    services.add_line(SYSTEM, order_id=order.pk, sku_id=gift.pk, unit_price=0)
    assert (fresh(order).total, holds(order), reasons(order)) == (2200, [], ["STOCKOUT"])
    assert audit.selectors.for_subject(order.subject).filter(action="orders.edit.present").exists()
    for bad in ({"sku_id": 999_999}, {"sku_id": gift.pk, "quantity": 0}, {"sku_id": gift.pk, "unit_price": -1}):
        with pytest.raises(BadInput):
            services.add_line(SATO, order_id=order.pk, **bad)


def test_shp_10_a_shipping_fee_of_ours_follows_its_table_and_a_malls_stays() -> None:
    """The threshold breaks and is reached again; to Okinawa it is never free (SHP-11)."""
    charge()
    stock_up(make_sku(), 50)
    ours = auto("A-1", lines=[line(quantity=4)])  # 8,800 yen of goods: free
    services.lower_quantity(SATO, order_id=ours.pk, line=1, to=2)
    assert (fresh(ours).shipping_fee, fresh(ours).total) == (660, 5_060)
    services.change_quantity(SATO, order_id=ours.pk, line=1, to=4, consent=agreed())
    assert (fresh(ours).shipping_fee, fresh(ours).total) == (0, 8_800)
    services.change_ship_to(SATO, order_id=ours.pk, ship_to=NAHA, consent=agreed())
    assert (fresh(ours).shipping_fee, fresh(ours).total) == (1_500, 10_300)
    mall = auto("B-1", kind="mall", lines=[line(quantity=4)], buyer=dataclasses.replace(TAKA, name="客", mail="k@e.jp"))
    services.lower_quantity(SATO, order_id=mall.pk, line=1, to=2)
    assert fresh(mall).shipping_fee == 0
    services.change_shipping_fee(SATO, order_id=mall.pk, consent=agreed())
    assert fresh(mall).shipping_fee == 660
    services.change_shipping_fee(SATO, order_id=mall.pk, fee=500)
    assert (fresh(mall).shipping_fee, fresh(mall).total) == (500, 4_900)
    sound()


def test_without_a_table_of_fees_nothing_is_computed_and_asking_for_it_is_refused() -> None:
    stock_up(make_sku(), 5)
    order = auto(shipping_fee=700)
    services.change_ship_to(SATO, order_id=order.pk, ship_to=dataclasses.replace(TAKA, address1="港区六本木9-9"))
    assert fresh(order).shipping_fee == 700
    with pytest.raises(Refused, match="送料表"):
        services.change_shipping_fee(SATO, order_id=order.pk)


def test_pay_10_an_edit_raises_the_cod_fee_over_its_band_and_refuses_above_the_last() -> None:
    """9,670 → 330, 9,671 and more → 440, above 298,900 no cash on delivery."""
    stock_up(make_sku(price=9670), 50)
    order = auto(method="cod", payment_fee=330, lines=[line(unit_price=9670)])
    services.change_quantity(SATO, order_id=order.pk, line=1, to=3, consent=agreed())
    assert (fresh(order).payment_fee, fresh(order).total) == (440, 29_450)
    services.change_quantity(SATO, order_id=order.pk, line=1, to=1)
    assert (fresh(order).payment_fee, fresh(order).total) == (330, 10_000)
    with pytest.raises(Refused, match="代金引換の上限"):
        services.change_quantity(SATO, order_id=order.pk, line=1, to=31, consent=agreed())
    assert fresh(order).total == 10_000
    sound()


def test_another_way_to_pay_only_when_the_old_one_is_dead() -> None:
    """1.6: the card's authorisation is voided in the ledger, the gate closes, the transfer falls due."""
    stock_up(make_sku(), 5)
    order = auto(guaranteed=2200)
    with pytest.raises(BadInput) as refused:
        services.change_payment_method(SATO, order_id=order.pk, method="bank")
    assert refused.value.field == "old_is_void"
    services.change_payment_method(SATO, order_id=order.pk, method="bank", old_is_void=True)
    after = fresh(order)
    assert (after.payment, after.queue, after.guaranteed_amount) == (Payment.UNPAID, Queue.AWAITING_PAYMENT, 0)
    assert after.pay_due is not None
    services.change_payment_method(SATO, order_id=order.pk, method="cod", consent=agreed())
    after = fresh(order)
    assert (after.payment_fee, after.total, after.queue, after.pay_due) == (330, 2530, Queue.READY, None)
    services.change_payment_method(SATO, order_id=order.pk, method="bank")
    assert (fresh(order).payment_fee, fresh(order).total) == (0, 2200)
    PaymentMethod.objects.filter(code="postal").update(is_active=False)
    for method in ("postal", "nonsense"):
        with pytest.raises(BadInput):
            services.change_payment_method(SATO, order_id=order.pk, method=method)
    sound()


def test_pay_1_a_deferred_payment_sent_elsewhere_is_checked_again() -> None:
    stock_up(make_sku(), 5)
    order = auto(method="atobarai", guaranteed=2200)
    assert order.queue == Queue.READY
    moved = dataclasses.replace(TAKA, address1="港区六本木9-9-9", address2="")
    services.change_ship_to(SATO, order_id=order.pk, ship_to=moved)
    assert (fresh(order).guaranteed_amount, fresh(order).queue) == (0, Queue.AWAITING_PAYMENT)
    hotel = dataclasses.replace(moved, address2="ホテル六本木 1201")
    services.change_ship_to(SATO, order_id=order.pk, ship_to=hotel)
    assert "PAY_NOT_ALLOWED" in reasons(order)
    sound()


def test_ord_20_payment_island_and_gift_make_a_person_look() -> None:
    stock_up(make_sku(), 50)
    assert reasons(place("A-1", method="cod", delivery_service="nekopos")) == ["PAY_NOT_ALLOWED"]
    hachijo = dataclasses.replace(
        TAKA, name="島田", mail="s@e.jp", phone="090-1111-2222", postcode="100-1401", address1="八丈島八丈町大賀郷1-2"
    )
    assert "REMOTE_ISLAND" in reasons(place("A-2", buyer=hachijo, lines=[line(quantity=2)]))
    gift = place("A-3", is_gift=True, lines=[line(quantity=3)])
    assert reasons(gift) == ["DUPLICATE", "GIFT_INCOMPLETE"]
    services.change_gift(
        SATO, order_id=gift.pk, is_gift=True, gift_note="のし 内祝 渡邉", wrapping_fee=300, consent=agreed()
    )
    assert (reasons(gift), fresh(gift).total) == (["DUPLICATE"], 6_900)
    assert "PAY_NOT_ALLOWED" in reasons(place("A-4", method="cod", lines=[line(unit_price=300_001)]))


def test_ord_40_and_service_limits_keep_an_edit_from_being_done() -> None:
    stock_up(make_sku(), 5)
    order = auto(method="cod", payment_fee=330)
    with pytest.raises(Refused, match="代金引換"):
        services.change_service(SATO, order_id=order.pk, service="nekopos")
    other = dataclasses.replace(TAKA, name="客", mail="k@e.jp", phone="090-1111-2222")
    card = auto("A-2", lines=[line(quantity=2)], buyer=other)
    services.change_service(SATO, order_id=card.pk, service="nekopos")
    with pytest.raises(Refused, match="お届け日を指定できません"):
        services.change_wish(SATO, order_id=card.pk, wish_date=core_clock.today() + dt.timedelta(days=9))
    with pytest.raises(Refused, match="キャンセル"):
        services.change_quantity(SATO, order_id=card.pk, line=1, to=0)
    services.instruct(SATO, order_id=card.pk, stages=["instructed"])
    for act in (
        lambda: services.change_quantity(SATO, order_id=card.pk, line=1, to=1),
        lambda: services.change_payment_method(SATO, order_id=card.pk, method="bank", old_is_void=True),
        lambda: services.change_gift(SATO, order_id=card.pk, is_gift=True, gift_note="のし"),
    ):
        with pytest.raises(Refused, match="印刷"):
            act()


def test_several_changes_are_one_edition_and_none_is_none() -> None:
    stock_up(make_sku(), 9)
    other = make_sku("KP-01", price=500)
    stock_up(other, 5)
    order = auto()
    changes = Changes(
        quantities={1: 2},
        added=(AddedLine(other.pk),),
        ship_to=dataclasses.replace(TAKA, name="渡邉 太郎"),
        wish=Wish(core_clock.today() + dt.timedelta(days=14), "14-16"),
        gift=Gift(True, "のし 御祝"),
    )
    services.edit_order(SATO, order_id=order.pk, changes=changes, reason="電話", consent=agreed())
    after = fresh(order)
    assert (after.edition, after.total, after.ship_name, after.wish_window) == (2, 4_900, "渡邉 太郎", "14-16")
    assert audit.selectors.for_subject(order.subject).filter(action="orders.edit.several").count() == 1
    same = Changes(quantities={1: 2}, wish=Wish(after.wish_date, "14-16"), gift=Gift(True, "のし 御祝"))
    services.edit_order(SATO, order_id=order.pk, changes=same)
    assert fresh(order).edition == 2
    sound()


def test_ord_8_a_manager_lets_unpaid_goods_go_and_an_edit_takes_it_back() -> None:
    """R55: prepaid goods stay in 入金待ち by every other route."""
    stock_up(make_sku(), 9)
    order = auto(method="bank")
    with pytest.raises(Refused):
        services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    with pytest.raises(BadInput):
        services.override_gate(SATO, order_id=order.pk, reason=" ")
    services.override_gate(SATO, order_id=order.pk, reason="常連のお客様、明日振込")
    after = fresh(order)
    assert (after.queue, after.badges, after.gate_override_by) == (Queue.READY, ["gate_override"], "佐藤")
    assert after.payment == Payment.UNPAID
    with pytest.raises(Refused):
        services.override_gate(SATO, order_id=order.pk, reason="もう一度")
    services.change_quantity(SATO, order_id=order.pk, line=1, to=2, consent=agreed())
    assert (fresh(order).queue, fresh(order).gate_overridden) == (Queue.AWAITING_PAYMENT, False)
    services.override_gate(SATO, order_id=order.pk, reason="常連")
    services.withdraw_override(SATO, order_id=order.pk)
    assert (fresh(order).queue, fresh(order).badges) == (Queue.AWAITING_PAYMENT, ["unpaid"])
    with pytest.raises(Refused):
        services.withdraw_override(SATO, order_id=order.pk)
    services.override_gate(SATO, order_id=order.pk, reason="常連")
    services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    assert fresh(order).queue == Queue.PREPARING
    free = auto("A-2", method="cod", payment_fee=330)
    with pytest.raises(Refused):
        services.override_gate(SATO, order_id=free.pk, reason="要らない")
    sound()
