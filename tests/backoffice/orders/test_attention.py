"""CS-40: what the attention list means for orders (ORD-5, ORD-20). It never ends one by itself."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.selectors import order_page
from akinai.backoffice.orders.services.changing import ship_to_of
from akinai.backoffice.orders.states import Cancel, Check, HoldKind, Queue
from akinai.backoffice.orders.wording import sentence
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.permissions import Role, permissions_of
from akinai.foundation.jobs.services import run_pending
from akinai.shop.customers.models import Attention, Customer
from akinai.shop.customers.services import approve_listing, end_listing, list_customer, match_or_create
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.customers import make_buyer
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, make_shop, make_store, place

pytestmark = pytest.mark.django_db

MANAGER = Actor("staff:1", "店長", permissions_of(Role.MANAGER))
CLERK = Actor("staff:2", "受注係", permissions_of(Role.ORDER))


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    stock_up(make_sku(), 50)


def taka() -> Customer:
    fields = {f.name: getattr(TAKA, f.name) for f in dataclasses.fields(TAKA)}
    return match_or_create([make_buyer(**{k: v for k, v in fields.items() if k != "company"})])[0]


def put(level: str = "stop", actor: Actor = MANAGER, **fields: object) -> Attention:
    customer = fields.pop("customer", None) or taka()
    assert isinstance(customer, Customer)
    return list_customer(actor, customer_id=customer.pk, level=level, reason="受取拒否が2回", **fields)  # type: ignore[arg-type]


def marks(order: Order) -> tuple[list[str], list[str]]:
    checks = order.checks.filter(closed_at__isnull=True).values_list("code", flat=True)
    return list(checks), list(order.holds.filter(closed_at__isnull=True).values_list("kind", flat=True))


def test_cs_40_an_order_of_somebody_listed_waits_for_a_person_and_is_held() -> None:
    put()
    order = place()
    assert marks(order) == (["BLACKLIST"], ["blacklist"])
    assert (order.queue, order.cancel) == (Queue.CHECK, Cancel.NONE)
    assert order.badges == ["check.BLACKLIST", "hold.blacklist"]
    page = order_page(order.pk)
    said = sentence(page.blockers[0], page.check_details["check.BLACKLIST"])
    assert "取引停止" in said and "電話" in said and "受取拒否" not in said


@pytest.mark.parametrize(
    ("level", "method", "held"),
    [
        ("attention", "cod", []), ("prepaid", "card", []),
        ("prepaid", "cod", ["blacklist"]), ("stop", "card", ["blacklist"]),
    ],
)  # fmt: skip
def test_cs_40_levels_say_how_much_is_held(level: str, method: str, held: list[str]) -> None:
    put(level)
    assert marks(place(method=method)) == (["BLACKLIST"], held)


def test_cs_40_one_is_known_by_mail_phone_address_or_name_with_address() -> None:
    put()
    other = dataclasses.replace(
        TAKA, name="別人 太郎", phone="06-0000-1111", mail="other@example.jp", postcode="530-0001", prefecture="大阪府",
        address1="大阪市北区梅田3-1-1", address2="",
    )  # fmt: skip
    by_mail = dataclasses.replace(other, mail="TAKA@example.jp")
    by_phone = dataclasses.replace(other, phone="０３ー１２３４ー５６７８")
    place_fields = {n: getattr(TAKA, n) for n in ("postcode", "prefecture", "address1", "address2")}
    by_address = dataclasses.replace(other, **place_fields)
    by_name = dataclasses.replace(other, **{**place_fields, "postcode": "106-0099"}, name="渡辺 高子")
    for n, buyer in enumerate((other, by_mail, by_phone, by_address, by_name)):
        order = place(f"K-{n}", buyer=buyer)
        assert (Check.BLACKLIST in marks(order)[0]) is (n > 0), n
    as_gift = place("K-9", buyer=other, ship_to=by_address)
    assert "BLACKLIST" in marks(as_gift)[0]


def test_cs_40_a_clerks_proposal_asks_for_a_look_until_a_manager_approves() -> None:
    entry = put(actor=CLERK)
    order = place()
    assert marks(order) == (["BLACKLIST"], [])
    with pytest.raises(Refused):
        approve_listing(CLERK, entry_id=entry.pk)
    approve_listing(MANAGER, entry_id=entry.pk)
    run_pending()
    assert marks(order) == (["BLACKLIST"], ["blacklist"])
    with pytest.raises(Refused):
        services.release_hold(CLERK, order_id=order.pk, kind=HoldKind.BLACKLIST)
    assert Attention.objects.get().state == "active"


def test_cs_40_orders_already_here_are_compared_too_and_let_go_when_the_entry_ends(clock: FrozenClock) -> None:
    order = place(store=make_store(auto_accept=True))
    assert order.queue == Queue.READY
    entry = put()
    run_pending()
    order.refresh_from_db()
    assert marks(order) == (["BLACKLIST"], ["blacklist"]) and order.queue == Queue.CHECK
    services.clear_check(MANAGER, order_id=order.pk, code="BLACKLIST")
    services.release_hold(MANAGER, order_id=order.pk, kind="blacklist")
    assert services.heed_attention(MANAGER) == 0, "what a person has answered stays answered"
    second = place("A-2")
    with pytest.raises(Refused):
        end_listing(CLERK, entry_id=entry.pk, why="解決")
    end_listing(MANAGER, entry_id=entry.pk, why="話し合いで解決")
    run_pending()
    assert marks(second)[1] == [] and "BLACKLIST" not in marks(second)[0]
    assert "BLACKLIST" not in marks(place("A-3"))[0]


def test_cs_40_an_entry_ends_with_its_last_day(clock: FrozenClock) -> None:
    put(until=dt.date(2026, 11, 24))
    assert "BLACKLIST" in marks(place("A-1"))[0]
    clock.move_to(dt.datetime(2026, 11, 25, 0, 0, tzinfo=clock.now().tzinfo))
    assert "BLACKLIST" not in marks(place("A-2"))[0]


def test_cs_40_only_what_was_ticked_is_compared_and_merged_customers_count() -> None:
    customer = match_or_create([make_buyer("山田 次郎", mail="jiro@example.jp", phone="090-9999-8888")])[0]
    put(customer=customer, by=())
    assert marks(place("B-1", buyer=dataclasses.replace(TAKA, phone="090-9999-8888")))[0] == []
    from akinai.shop.customers.services import merge

    merge(MANAGER, customer=customer, into=taka())
    assert "BLACKLIST" in marks(place("B-2"))[0]


def test_cs_40_an_address_changed_to_a_listed_one_is_noticed() -> None:
    put(by=("address",), customer=match_or_create([make_buyer()])[0])
    order = place()
    assert marks(order)[0] == []
    ship_to = dataclasses.replace(ship_to_of(order), address1="港区六本木1-2-3", address2="")
    services.change_ship_to(MANAGER, order_id=order.pk, ship_to=ship_to)
    assert marks(order) == (["BLACKLIST"], ["blacklist"])


def test_cs_40_another_way_to_pay_is_held_although_the_entry_was_answered() -> None:
    """前払いのみ: looked at and let through while paid in advance, kept back once cash on delivery is chosen."""
    put("prepaid")
    order = place(method="bank")
    services.confirm(MANAGER, order_id=order.pk, codes=["BLACKLIST", *marks(order)[0]])
    assert marks(order) == ([], [])
    services.change_payment_method(CLERK, order_id=order.pk, method="cod")
    assert "BLACKLIST" in marks(order)[0] and "blacklist" in marks(order)[1]
    services.change_payment_method(CLERK, order_id=order.pk, method="bank")
    assert marks(order) == ([], []), "as it was answered"


def test_cs_40_a_hundred_orders_cost_two_questions_and_none_while_the_list_is_empty() -> None:
    with CaptureQueriesContext(connection) as empty:
        place("C-1")
    put(by=("phone",), customer=match_or_create([make_buyer("誰か", phone="090-0000-1234", mail="")])[0])
    with CaptureQueriesContext(connection) as one:
        place("C-2")
    asked = [[q for q in c.captured_queries if "customers_attention" in q["sql"]] for c in (empty, one)]
    assert [len(q) for q in asked] == [1, 2]


def test_cs_40_the_pages() -> None:
    customer = taka()
    clerk, manager = client_for("order"), client_for("manager")
    url = f"/customers/{customer.pk}/attention/"
    assert clerk.post(url, {"level": "stop", "reason": " "}).status_code == 422
    told = {"level": "stop", "reason": "いたずら注文", "by": ["phone"], "evidence": "UW-00001"}
    assert clerk.post(url, told).status_code == 302
    assert client_for("viewer").post(url, told).status_code == 403
    entry = Attention.objects.get()
    assert (entry.state, entry.phone_key, entry.mail_key) == ("proposed", "0312345678", "")
    assert "いたずら注文" in clerk.get(f"/customers/{customer.pk}/").content.decode()
    assert "いたずら注文" not in client_for("viewer").get(f"/customers/{customer.pk}/").content.decode()
    assert "いたずら注文" in clerk.get("/customers/attention/?state=proposed").content.decode()
    assert "いたずら注文" not in clerk.get("/customers/attention/?state=active").content.decode()
    assert "要注意リストの提案" in manager.get("/customers/").content.decode(), "the rail tells who decides"
    assert "要注意リストの提案" not in clerk.get("/customers/").content.decode()
    assert clerk.post(f"/customers/attention/{entry.pk}/approve/").status_code == 403
    assert manager.post(f"/customers/attention/{entry.pk}/approve/").status_code == 302
    assert "取引停止" in clerk.get("/customers/").content.decode()
    assert "取引停止" not in client_for("viewer").get("/customers/").content.decode()
    assert clerk.post(f"/customers/attention/{entry.pk}/end/", {"why": "x"}).status_code == 422
    assert manager.post(f"/customers/attention/{entry.pk}/end/", {"why": ""}).status_code == 422
    assert manager.post(f"/customers/attention/{entry.pk}/end/", {"why": "解決"}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "ended" and entry.ended_by_label == "佐藤 美咲"
