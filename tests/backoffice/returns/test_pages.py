"""The pages of returns: boards, opening, receiving by scanner, settling, the report (R93, R95, ORD-15)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from akinai.backoffice.orders.models import Order
from akinai.backoffice.returns.models import Case, Claim
from akinai.backoffice.returns.states import State
from akinai.config.invariants import violations
from akinai.foundation.core.clock import FrozenClock
from tests.builders.accounts import client_for
from tests.builders.orders import line, make_shop
from tests.builders.shipments import ready_order, sent, tracking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> Iterator[None]:
    make_shop()
    yield
    assert list(violations()) == []


def shipped(serial: int = 1) -> Order:
    order = ready_order(f"A-{serial}", lines=[line(quantity=2)], method="bank", paid=4400)
    sent(order, tracking=tracking(serial))
    return Order.objects.get(pk=order.pk)


def open_at(client: Client, order: Order, **fields: object) -> Case:
    row = order.lines.get()
    data = {"kind": "return", "reason": "defect", f"line_{row.pk}": 2, "version": order.version, **fields}
    answer = client.post(f"/returns/orders/{order.pk}/open/", data)
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.latest("pk")


def test_r93_from_the_order_to_the_refund_by_scanner() -> None:
    clerk, order = client_for("manager"), shipped()
    assert "返品・交換・不着の登録" in clerk.get(f"/returns/orders/{order.pk}/panel/").content.decode()
    refused = clerk.post(f"/returns/orders/{order.pk}/open/", {"kind": "return", "reason": "", "text": "割れていた"})
    assert refused.status_code == 422
    assert "割れていた" in refused.content.decode()
    case = open_at(clerk, order)
    start = clerk.get(f"/returns/receive/?code={tracking(1)}")
    assert start["Location"] == f"/returns/{case.pk}/receive/"
    page = f"/returns/{case.pk}/"
    wrong = clerk.post(f"{page}scan/", {"code": "0000", "result": "A", "key": "a"})
    assert (wrong.status_code, "対象ではありません" in wrong.content.decode()) == (422, True)
    for key in ("a", "a", "b"):
        clerk.post(f"{page}scan/", {"code": "4901234567894", "result": "C", "key": key})
    case.refresh_from_db()
    assert (case.state, case.lines.get().received) == (State.RECEIVED, 2)
    assert "返金額を決めてください" in clerk.get(page).content.decode()
    too_much = clerk.post(f"{page}refund/", {"with_fees": "on", "withheld": "99999", "version": case.version})
    assert too_much.status_code == 422
    assert "99999" in too_much.content.decode()
    clerk.post(f"{page}refund/", {"with_fees": "on", "version": case.version})
    case.refresh_from_db()
    assert (case.state, case.refund_amount) == (State.REFUND, 4400)
    assert f"/money/orders/{order.pk}/" in clerk.get(page).content.decode()
    assert clerk.post(f"{page}close/", {"text": "済み"}).status_code == 422, "the money has not gone yet"


def test_ord_15_the_boards_ask_the_same_number_of_questions_for_one_case_and_three(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    clerk = client_for("manager")
    open_at(clerk, shipped(1))
    clerk.get("/returns/")
    with django_assert_max_num_queries(40) as one:
        assert clerk.get("/returns/").status_code == 200
        asked = len(one)
    for serial in (2, 3):
        open_at(clerk, shipped(serial))
    with django_assert_max_num_queries(asked):
        listed = clerk.get("/returns/").content.decode()
    assert listed.count("返送待ち") >= 3
    for board in ("undelivered", "refund", "claims", "all", "nonsense"):
        assert clerk.get(f"/returns/?board={board}&q=YN-AI-01&sort=-state").status_code == 200


def test_quantities_an_exchange_and_a_claim_by_hand(clock: FrozenClock) -> None:
    boss, order = client_for("manager"), shipped()
    case = open_at(boss, order, kind="carrier_claim", reason="damage")
    page, row = f"/returns/{case.pk}/", case.lines.get()
    seen = boss.get(page).content.decode()
    assert "運送会社の補償" in seen
    typed = {"code_0": "NO-SUCH", "quantity_0": 1, "price_0": 0, "ship_name": "渡邉", "ship_postcode": "106-0032",
             "ship_prefecture": "東京都", "ship_address1": "港区六本木1-2-3"}  # fmt: skip
    assert boss.post(f"{page}replace/", typed).status_code == 422
    assert boss.post(f"{page}replace/", {**typed, "code_0": "YN-AI-01"}).status_code == 302
    claim = Claim.objects.get()
    assert boss.post(f"/returns/claims/{claim.pk}/paid/", {"amount": "x", "on": ""}).status_code == 422
    change = f"/returns/claims/{claim.pk}/change/"
    assert "請求額" in boss.get(page).content.decode()
    assert boss.post(change, {"amount": "0"}).status_code == 422
    assert boss.post(change, {"amount": "3300"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.amount, claim.is_open) == (3300, True)
    boss.post(f"/returns/claims/{claim.pk}/paid/", {"amount": 4400, "on": "2026-11-24"})
    assert boss.post(change, {"amount": "100"}).status_code == 422, "what was paid stays"
    bad = boss.post(f"{page}receive/", {f"A_{row.pk}": 9, "key": "k"})
    assert bad.status_code == 422
    boss.post(f"{page}receive/", {f"A_{row.pk}": 1, f"C_{row.pk}": 1, "key": "k"})
    boss.post(f"{page}note/", {"text": "箱のみ到着"})
    boss.post(f"{page}close/", {"text": "補償受領"})
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.CLOSED, "補償受領")
    assert "箱のみ到着" in boss.get(page).content.decode()


def test_r95_the_report_by_article_and_reason_and_its_file() -> None:
    boss = client_for("manager")
    open_at(boss, shipped(1))
    row = shipped(2)
    open_at(boss, row, reason="wrong", **{f"line_{row.lines.get().pk}": 1})
    page = boss.get("/returns/report/?first=2026-11-01&last=2026-11-30").content.decode()
    assert "不良" in page
    assert "誤送" in page
    file = boss.get("/returns/report/?first=2026-11-01&last=2026-11-30&format=csv").content.decode("utf-8-sig")
    lines = file.splitlines()
    assert lines[1].split(",")[:7] == ["YN-AI-01", "湯呑 YN-AI-01", "不良", "1", "2", "4400", "50.0"]
    assert len(lines) == 3
    assert boss.get("/returns/report/?first=2026-13-01&last=x").status_code == 422
    assert "ありません" in boss.get("/returns/report/?first=2025-01-01&last=2025-01-31").content.decode()


def test_what_nobody_knows_is_not_found_and_never_a_fault() -> None:
    boss, order = client_for("manager"), shipped()
    assert boss.get("/returns/999/").status_code == 404
    assert boss.get("/returns/orders/999/open/").status_code == 404
    assert "見つかりません" in boss.get("/returns/receive/?code=１２３").content.decode()
    assert "返品を登録する" in boss.get(f"/returns/receive/?code={order.number}").content.decode()
    assert boss.post(f"/returns/orders/{order.pk}/reopen/", {"text": "まだ完了していない"}).status_code == 422


def test_an_10_a_customers_page_shows_the_cases_of_all_their_orders() -> None:
    clerk, order = client_for("manager"), shipped()
    case = open_at(clerk, order)
    part = clerk.get(f"/returns/customers/{order.customer_id}/").content.decode()
    assert case.number in part
    assert f"/returns/customers/{order.customer_id}/" in clerk.get(f"/customers/{order.customer_id}/").content.decode()
    assert clerk.get("/returns/customers/987654321/").status_code == 200


def test_ord_75_the_page_of_goods_not_sent_back_leads_to_the_buyer(clock: FrozenClock) -> None:
    """The highlighted press writes to them; what comes after all can still be inspected."""
    boss = client_for("manager")
    case = open_at(boss, shipped())
    for overdue in (None, clock.now()):
        Case.objects.update(overdue_at=overdue)
        seen = boss.get(f"/returns/{case.pk}/").content.decode()
        assert f'href="/returns/{case.pk}/receive/"' in seen
        assert ('<button class="btn btn-primary" data-key="e"' in seen) is bool(overdue)
        assert 'action="/mail/write/"' in seen
