"""Cases by program: opened, read and withdrawn as by hand, each once (T24, REL-5)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from akinai.backoffice.orders.models import Order
from akinai.backoffice.returns.models import Case
from akinai.foundation.core.clock import FrozenClock
from tests.builders.accounts import api_client
from tests.builders.orders import line, make_shop
from tests.builders.shipments import ready_order, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(clock: FrozenClock) -> Order:
    make_shop()
    made = ready_order("A-1", lines=[line(quantity=2)])
    sent(made)
    return made


@pytest.fixture
def client() -> Client:
    return api_client("returns.view", "returns.work")


def post(client: Client, path: str, key: str = "", **said: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/v1/{path}", json.dumps(said), content_type="application/json", headers=headers)


def wanted(order: Order, **more: Any) -> dict[str, Any]:
    return {
        "order_number": order.number, "kind": "return", "reason": "defect", "lines": [{"line": 1, "quantity": 1}],
        "note": "欠けていた", **more,
    }  # fmt: skip


def test_t24_a_case_is_opened_once_and_read(client: Client, order: Order) -> None:
    answers = [post(client, "cases", key="k-1", **wanted(order)) for _again in range(3)]
    assert [a.status_code for a in answers] == [201] * 3, answers[0].content
    case = Case.objects.get()
    said = answers[0].json()
    assert (said["number"], said["order_number"], said["state"]) == (case.number, order.number, "awaiting")
    assert said["lines"] == [
        {"line": 1, "sku": "YN-AI-01", "name": order.lines.get().name, "quantity": 1, "received": 0}
    ]
    assert client.get(f"/api/v1/cases/{case.number}").json() == said
    listed = client.get("/api/v1/cases", {"order_number": order.number, "state": "awaiting"}).json()
    assert [row["number"] for row in listed["cases"]] == [case.number] and listed["next"] is None
    assert client.get("/api/v1/cases", {"state": "closed"}).json()["cases"] == []
    gone = post(client, f"cases/{case.number}/withdraw", reason="お客様が使い続ける")
    assert (gone.status_code, gone.json()["state"]) == (200, "withdrawn")
    assert post(client, f"cases/{case.number}/withdraw", reason="もう一度").status_code == 409


def test_pages_of_cases_go_on_at_the_cursor(client: Client, order: Order) -> None:
    for _n in range(2):
        assert post(client, "cases", **wanted(order)).status_code == 201
    first = client.get("/api/v1/cases", {"limit": 1}).json()
    second = client.get("/api/v1/cases", {"limit": 1, "after": first["next"]}).json()
    numbers = [row["number"] for page in (first, second) for row in page["cases"]]
    assert numbers == [case.number for case in Case.objects.order_by("pk")] and second["next"] is None


def test_ord_30_every_failed_guard_is_a_sentence(client: Client, order: Order) -> None:
    answer = post(client, "cases", **wanted(order, lines=[{"line": 1, "quantity": 2}, {"line": 1, "quantity": 1}]))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (409, "refused") and error["reasons"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"lines": [{"line": 9, "quantity": 1}]}, "lines.0.line"),
        ({"lines": []}, "lines"),
        ({"reason": "undeliverable"}, "reason"),
        ({"shipment": "NO-1"}, "shipment"),
        ({"kind": "non_delivery", "reason": "undeliverable"}, "cause"),
        ({"kind": "magic"}, None),
    ],
)
def test_what_cannot_be_is_422_with_its_field(
    client: Client, order: Order, more: dict[str, Any], field: str | None
) -> None:
    answer = post(client, "cases", **wanted(order, **more))
    assert answer.status_code == 422, answer.content
    assert field is None or answer.json()["error"]["field"] == field


def test_rel_13_scopes_decide(order: Order) -> None:
    assert post(api_client("returns.view"), "cases", **wanted(order)).status_code == 403
    assert post(api_client("returns.work"), "cases", **wanted(order, order_number="NO-1")).status_code == 404
    assert api_client("returns.view").get("/api/v1/cases/NO-1").status_code == 404
