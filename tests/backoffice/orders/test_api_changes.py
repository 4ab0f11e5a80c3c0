"""Orders are changed by program as by hand: same guards, same sentences, and nothing twice (ORD-30, ORD-31, REL-5)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order, OrderVersion
from akinai.backoffice.orders.states import HoldKind
from akinai.foundation.audit import selectors as audit
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.shop.catalog.models import Sku
from tests.builders.accounts import api_client
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import make_shop, make_store, place
from tests.builders.shipments import ready_order, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    stock_up(make_sku(), 50)


@pytest.fixture
def client() -> Client:
    return api_client("orders.view", "orders.work", "orders.cancel")


def accepted(number: str = "A-1", **fields: Any) -> Order:
    return place(number, store=make_store("auto", auto_accept=True), **fields)


def post(client: Client, order: Order | str, deed: str = "edit", key: str = "", **said: Any) -> Any:
    number = order if isinstance(order, str) else order.number
    path = f"/api/v1/orders/{number}/{deed}"
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, json.dumps(said), content_type="application/json", headers=headers)


def test_an_order_is_edited_in_one_edition(client: Client) -> None:
    """T23 ORD-41: lines, wish and gift at once, one more edition; sent again under its key nothing is done twice."""
    order, tea = accepted(), make_sku("TEA-01", price=1080, jan="")
    stock_up(tea, 5)
    said: dict[str, Any] = {
        "lines": [{"line": 1, "quantity": 2}], "add": [{"sku": "TEA-01", "quantity": 1}],
        "wish": {"date": "2026-12-01", "window": "14-16"}, "gift": {"is_gift": True, "note": "のし"},
        "consent": {"how": "phone", "agreed_on": "2026-11-24", "said_by": "ご本人"}, "reason": "電話で追加",
        "version": order.version,
    }  # fmt: skip
    answers = [post(client, order, key="k-1", **said) for _again in range(3)]
    assert [a.status_code for a in answers] == [200] * 3, answers[0].content
    now = answers[0].json()
    assert [(x["sku"], x["quantity"]) for x in now["lines"]] == [("YN-AI-01", 2), ("TEA-01", 1)]
    assert (now["edition"], now["wish_date"], now["wish_window"], now["is_gift"]) == (2, "2026-12-01", "14-16", True)
    assert now["total"] == order.total + 2200 + 1080 and now["version"] > order.version
    assert OrderVersion.objects.filter(order=order, edition__gt=1).count() == 1
    assert balance(tea).reserved == 1


def test_ord_42_a_higher_total_without_the_buyers_word_holds_the_order(client: Client) -> None:
    answer = post(client, accepted(), lines=[{"line": 1, "quantity": 3}])
    assert answer.status_code == 200 and answer.json()["queue"] == "check"


def test_ord_31_an_order_that_has_moved_on_is_a_conflict_and_tried_anew(client: Client) -> None:
    order = accepted()
    services.hold(SYSTEM, order_id=order.pk, kind=HoldKind.MANUAL)
    late = post(client, order, "release", key="k-2", version=order.version)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "conflict")
    fresh = client.get(f"/api/v1/orders/{order.number}").json()["version"]
    assert post(client, order, "release", key="k-3", version=fresh).json()["queue"] == "ready"


def test_t09_hold_until_a_date_and_let_go(client: Client) -> None:
    order = accepted()
    refused = post(client, order, "hold", kind="until_date")
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "until")
    held = post(client, order, "hold", kind="until_date", until="2026-12-03", reason="ご出張")
    assert held.json()["queue"] == "awaiting_date"
    again = post(client, order, "hold", kind="until_date", until="2026-12-03")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "refused")
    assert post(client, order, "release", kind="until_date").json()["queue"] == "ready"


def test_t20_t21_a_cancellation_is_asked_for_and_granted(client: Client) -> None:
    order = accepted()
    assert post(client, order, "request-cancel", reason="メールで").json()["queue"] == "check"
    done = post(client, order, "cancel", key="k-4", reason="customer", note="お電話")
    assert (done.status_code, done.json()["queue"]) == (200, "cancelled")
    assert balance(Sku.objects.get()).reserved == 0
    assert post(client, order, "cancel", key="k-4", reason="customer", note="お電話").content == done.content
    twice = post(client, order, "cancel")
    assert twice.status_code == 409 and twice.json()["error"]["reasons"]


def test_t05_an_order_nobody_accepted_is_turned_down(client: Client) -> None:
    order = place("A-2", remark="在庫はありますか")
    assert post(client, order, "cancel", reason="shop").json()["queue"] == "cancelled"
    assert "orders.reject" in {entry.action for entry in audit.for_subject(order.subject)}


def test_ord_30_what_has_left_is_refused_in_sentences(client: Client) -> None:
    order = ready_order("A-3")
    sent(order)
    for deed, said in (("cancel", {}), ("hold", {"kind": "manual"}), ("edit", {"lines": [{"line": 1, "quantity": 2}]})):
        answer = post(client, order, deed, **said)
        assert answer.status_code == 409 and answer.json()["error"]["reasons"], deed


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"add": [{"sku": "NO-SUCH"}]}, "add.0.sku"),
        ({"delivery_service": "まほう"}, ""),
        ({"payment": {"method": "まほう"}}, ""),
        ({"lines": [{"line": 99, "quantity": 1}]}, ""),
        ({"ship_to": {"name": ""}}, ""),
        ({"lines": [{"line": 1, "quantity": -1}]}, None),
        ({"wish": {"date": "3000-01-01"}}, None),
        ({"version": 2**40}, None),
    ],
)
def test_what_cannot_be_is_422_with_its_field(client: Client, said: dict[str, Any], field: str | None) -> None:
    order = accepted()
    answer = post(client, order, **said)
    error = answer.json()["error"]
    assert answer.status_code == 422, answer.content
    if field:
        assert error["field"] == field
    assert Order.objects.get(pk=order.pk).edition == 1


def test_rel_13_scopes_decide_and_unknown_numbers_are_404(client: Client) -> None:
    order = accepted()
    assert post(api_client("orders.view"), order, "cancel").status_code == 403
    assert post(api_client("orders.work"), order, "cancel").status_code == 403
    assert post(client, "NO-1", "cancel").status_code == 404
    assert post(client, "NO-1%00", "hold", kind="manual").status_code == 400
