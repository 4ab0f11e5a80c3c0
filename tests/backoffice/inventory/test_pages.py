"""Stock pages as people use them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.inventory import services
from akinai.backoffice.inventory.types import Want
from akinai.foundation.core.actor import SYSTEM
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def packer() -> Client:
    return client_for("warehouse")


def test_the_list_shows_balances_and_tabs(packer: Client) -> None:
    stock_up(make_sku("MANY"), 24, blocked=1, reserved=18)
    stock_up(make_sku("NONE"), 2, reserved=2, reference="R-9/1")
    stock_up(make_sku("FEW", safety=3), 3)
    page = packer.get("/stock/").content.decode()
    assert "MANY" in page and ">5</a>" in page
    assert "在庫なし" in page and "残りわずか" in page
    none = packer.get("/stock/?show=none").content.decode()
    assert "NONE" in none and "MANY" not in none
    assert "FEW" in packer.get("/stock/?show=low").content.decode()
    assert "MANY" in packer.get("/stock/?show=blocked").content.decode()
    assert "MANY" in packer.get("/stock/?show=nonsense&sort=-free&q=many").content.decode()


def test_the_list_costs_the_same_for_one_and_three_rows(packer: Client) -> None:
    stock_up(make_sku("A"), 1)
    packer.get("/stock/")
    with CaptureQueriesContext(connection) as one:
        packer.get("/stock/")
    stock_up(make_sku("B"), 1)
    stock_up(make_sku("C"), 1)
    with CaptureQueriesContext(connection) as three:
        packer.get("/stock/")
    assert len(one) == len(three)


def test_n_6_why_a_number_is_what_it_is(packer: Client) -> None:
    sku = make_sku("A", jan="4901234567894", shelf="A-03-2", safety=2)
    stock_up(sku, 24, blocked=1)
    services.reserve(SYSTEM, [Want("UW-10507/1", sku.pk, 18)])
    page = packer.get(f"/stock/{sku.pk}/").content.decode()
    for words in ("<b>24</b>", "<b>1</b>", "<b>18</b>", "<b>5</b>", "販売可能 3", "UW-10507/1", "A-03-2", "一致"):
        assert words in page, words
    pane = packer.get(f"/stock/{sku.pk}/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in pane and "<b>24</b>" in pane
    saved = b"".join(packer.get(f"/stock/{sku.pk}/ledger.csv")).decode("utf-8-sig")
    assert len(saved.splitlines()) == 4
    assert packer.get("/stock/987654321/").status_code == 404
    assert packer.get(f"/stock/{sku.pk}/?before=abc").status_code == 200


def test_pieces_are_set_aside_and_taken_back(packer: Client) -> None:
    sku = make_sku("A")
    stock_up(sku, 3, reserved=1)
    told = {"block-quantity": "2", "block-reason": "damage", "block-note": "欠け"}
    assert packer.post(f"/stock/{sku.pk}/block/", told)["Location"] == f"/stock/{sku.pk}/"
    assert balance(sku).blocked == 2
    refused = packer.post(f"/stock/{sku.pk}/block/", told)
    assert refused.status_code == 422 and "欠け" in refused.content.decode()
    assert packer.post(f"/stock/{sku.pk}/block/", {**told, "back": "1"}).status_code == 302
    assert balance(sku).blocked == 0
    assert packer.post(f"/stock/{sku.pk}/block/", {**told, "block-quantity": "１"}).status_code == 302
    for wrong in ("", "x", "-1", str(10**20)):
        assert packer.post(f"/stock/{sku.pk}/block/", {**told, "block-quantity": wrong}).status_code == 422
    assert packer.post("/stock/987654321/block/", told).status_code == 404
    assert client_for("viewer").post(f"/stock/{sku.pk}/block/", told).status_code == 403
