"""JAN digits and what item codes mean."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.shop.catalog import jan
from akinai.shop.catalog.models import StoreItemCode
from akinai.shop.catalog.selectors import resolve_codes, sku_by_scan
from akinai.shop.stores.models import Store
from tests.builders.catalog import make_sku


def test_inv_93_check_digits() -> None:
    assert jan.is_valid("4901234567894")
    assert not jan.is_valid("4901234567890")
    assert jan.is_valid("49968712")  # JAN-8
    assert jan.is_valid("14901234567891")  # ITF-14
    for wrong in ("", "490123456789", "490123456789４", "abcdefgh", "4901234567894 "):
        assert not jan.is_valid(wrong)
    assert jan.clean("４９０１２３４－５６７８９４") == "4901234567894"
    assert jan.clean("49O1") == "49O1"


@pytest.mark.django_db
def test_inv_91_own_code_then_the_stores_mapping_with_its_quantity() -> None:
    store = Store.objects.create(code="rakuten-1", name="楽天市場店", kind="mall")
    other = Store.objects.create(code="yahoo-1", name="Yahoo!店", kind="mall")
    cup, plate = make_sku("CUP"), make_sku("PLATE")
    StoreItemCode.objects.create(store=store, code="plate-set-3", sku=plate, quantity=3)
    StoreItemCode.objects.create(store=store, code="CUP", sku=plate, quantity=9)
    with CaptureQueriesContext(connection) as queries:
        found = resolve_codes(store.pk, ["CUP", " ＣＵＰ ", "plate-set-3", "unknown", ""])
    assert len(queries) == 2
    assert found == {"CUP": (cup, 1), " ＣＵＰ ": (cup, 1), "plate-set-3": (plate, 3)}
    assert resolve_codes(other.pk, ["plate-set-3"]) == {}
    assert resolve_codes(None, ["plate-set-3"]) == {}


@pytest.mark.django_db
def test_a_scan_names_a_sku_by_code_or_by_jan() -> None:
    cup = make_sku("CUP", jan="4901234567894")
    make_sku("A", jan="49968712")
    make_sku("B", jan="49968712")
    assert sku_by_scan("ＣＵＰ") == cup
    assert sku_by_scan("4901234567894") == cup
    assert sku_by_scan("49968712") is None
    assert sku_by_scan("nothing") is None
    assert sku_by_scan("") is None
