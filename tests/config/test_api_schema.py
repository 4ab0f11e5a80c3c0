"""Whatever a program sends to any operation of /api/v1: never a 500, and answers as the schema says (schemathesis)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings

from akinai.foundation.core.permissions import all_permissions
from tests.builders.accounts import make_token
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store, place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def secret() -> str:
    """A token that may everything, and an order to be found."""
    make_shop()
    stock_up(make_sku(), 50)
    place(store=make_store(auto_accept=True))
    return make_token(*(p.name for p in all_permissions().values() if p.scope))[1]


def test_rel_10_no_request_breaks_the_api(secret: str) -> None:
    """The answer is never a fault of ours."""
    schema = schemathesis.openapi.from_dict(json.loads(Client().get("/api/v1/openapi.json").content))
    for found in schema.get_all_operations():
        _try(found.ok(), secret)


def _try(operation: Any, secret: str) -> None:
    client = Client(headers={"authorization": f"Bearer {secret}"})

    @given(case=operation.as_strategy())
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def attempt(case: Any) -> None:
        answer = _ask(client, case)
        assert answer.status_code < 500, f"{case.method} {case.path}: {answer.content!r}"

    attempt()


def _ask(client: Client, case: Any) -> Any:
    """The generated request through Django's own client, which leaves the test's connection alone."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    query = urlencode(sent.get("params") or {}, doseq=True)
    body = json.dumps(sent["json"]) if "json" in sent else sent.get("data") or b""
    path = sent["url"].removeprefix("http://testserver").replace("\n", "%0A")
    return client.generic(case.method, f"{path}?{query}", body, content_type="application/json")
