"""The page on the API is true: its example is taken in, its calls exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments.check import violations
from akinai.foundation.core.clock import FrozenClock
from tests.builders.accounts import api_client
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store

from .route_walk import routes

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-api.md").read_text("utf-8")


@pytest.mark.django_db
def test_the_example_is_taken_in_once(clock: FrozenClock) -> None:
    make_shop()
    make_store("own")
    stock_up(make_sku(), 9)
    example = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.S)[0])
    client = api_client("orders.place", "orders.view")
    for status, outcome in ((201, "created"), (200, "unchanged")):
        answer = client.post("/api/v1/orders", example, content_type="application/json")
        assert (answer.status_code, answer.json()["outcome"]) == (status, outcome), answer.content
    order = Order.objects.get()
    assert (order.total, order.checks.filter(closed_at__isnull=True).count()) == (5060, 0)
    assert list(violations()) == []


@pytest.mark.django_db
def test_a_refusal_has_the_shape_the_page_shows(clock: FrozenClock) -> None:
    make_shop()
    shown = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.S)[1])
    got = api_client("orders.view").get("/api/v1/orders/UW-99999").json()
    assert (set(got), set(got["error"])) == (set(shown), set(shown["error"]))
    assert got["error"]["code"] == shown["error"]["code"]


def test_every_call_the_page_names_exists() -> None:
    known = {route.name for route in routes() if route.is_api}
    named = {
        f"{method} /api/v1{path.removeprefix('/api/v1')}"
        for method, path in re.findall(r"`(GET|POST) (/[a-z0-9/{}]+)`", PAGE)
    }
    missing = {n for n in named if not any(_bare(n) == _bare(k) for k in known)}
    assert named
    assert missing == set()


def _bare(name: str) -> str:
    return re.sub(r"[{<][^}>]*[}>]", "*", name)
