"""Product pages as people use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.foundation.core.actor import SYSTEM
from akinai.shop.catalog import services
from akinai.shop.catalog.models import Product, Sku, StoreItemCode
from akinai.shop.stores.models import Store
from tests.builders.accounts import client_for
from tests.builders.catalog import make_product, make_sku
from tests.shop.catalog.test_saving import png

pytestmark = pytest.mark.django_db

SKU = {"code": "CH-1", "price": "1080", "safety": "0", "supply": "stock", "is_active": "on"}


@pytest.fixture
def clerk() -> Client:
    return client_for("manager")


def test_a_product_and_its_sku_are_added(clerk: Client) -> None:
    first = clerk.post("/products/new/", {"name": "煎茶", "code": "CH", "tax_class": "red"})
    product = Product.objects.get()
    assert first["Location"] == f"/products/{product.pk}/skus/new/"
    assert 'value="CH"' in clerk.get(first["Location"]).content.decode()
    assert clerk.post(first["Location"], {**SKU, "jan": "4901234567894"}).status_code == 302
    assert Sku.objects.get().jan == "4901234567894"
    page = clerk.get(f"/products/{product.pk}/").content.decode()
    assert "CH-1" in page and "1,080" in page


def test_inv_93_a_wrong_jan_keeps_what_was_typed(clerk: Client) -> None:
    sku = make_sku("CH-1")
    answer = clerk.post(f"/skus/{sku.pk}/", {**SKU, "jan": "4901234567890", "variation": "あか"})
    assert answer.status_code == 422
    assert "チェックデジット" in answer.content.decode() and "あか" in answer.content.decode()
    sku.refresh_from_db()
    assert sku.jan == ""


@pytest.mark.parametrize(
    "change", [{"price": "x"}, {"price": str(10**30)}, {"release_on": "2026-02-31"}, {"code": "\0"}]
)
def test_what_cannot_be_read_is_said(clerk: Client, change: dict[str, str]) -> None:
    sku = make_sku("CH-1")
    assert clerk.post(f"/skus/{sku.pk}/", {**SKU, **change}).status_code == 422


def test_who_may_only_look_cannot_change() -> None:
    product = make_product()
    viewer = client_for("viewer")
    assert viewer.get(f"/products/{product.pk}/").status_code == 200
    assert viewer.post(f"/products/{product.pk}/", {"name": "x", "code": "x", "tax_class": "std"}).status_code == 422
    product.refresh_from_db()
    assert product.name != "x"
    assert viewer.post("/products/new/", {}).status_code == 403


def test_the_list_costs_the_same_for_one_and_three_rows(clerk: Client) -> None:
    make_sku("A")
    clerk.get("/products/")
    with CaptureQueriesContext(connection) as one:
        clerk.get("/products/")
    make_sku("B")
    make_sku("C")
    with CaptureQueriesContext(connection) as three:
        page = clerk.get("/products/?q=湯呑").content.decode()
    assert len(one) == len(three)
    assert "P-C" in page or "湯呑 C" in page


def test_inv_91_a_stores_code_is_added_and_removed(clerk: Client) -> None:
    store = Store.objects.create(code="mall", name="楽天市場店", kind="mall")
    sku = make_sku("CH-1")
    assert clerk.post(f"/skus/{sku.pk}/codes/", {"store": store.pk, "code": "x-3", "quantity": "3"}).status_code == 302
    row = StoreItemCode.objects.get()
    assert (row.sku, row.quantity) == (sku, 3)
    assert "x-3" in clerk.get(f"/skus/{sku.pk}/").content.decode()
    assert clerk.post(f"/skus/{sku.pk}/codes/", {"store": store.pk, "code": "y", "quantity": "0"}).status_code == 422
    assert clerk.post(f"/skus/codes/{row.pk}/remove/").status_code == 302
    assert not StoreItemCode.objects.exists()


def test_a_picture_is_shown_and_nothing_in_it_can_run(clerk: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    product = make_product()
    sent = {"image": SimpleUploadedFile("../../evil.png", png())}
    assert clerk.post(f"/products/{product.pk}/picture/", sent).status_code == 302
    product.refresh_from_db()
    answer = clerk.get(f"/pictures/{product.image}")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer) == png()
    wrong = {"image": SimpleUploadedFile("x.png", b"<svg onload='alert(1)'>")}
    assert clerk.post(f"/products/{product.pk}/picture/", wrong).status_code == 422
    for name in ("..%2f..%2fsecret.key", "a.png", "0" * 32 + ".png", "0" * 32 + ".exe"):
        assert clerk.get(f"/pictures/{name}").status_code == 404


def test_a_file_is_looked_at_first_then_taken_in(clerk: Client) -> None:
    text = "SKUコード,商品名,販売価格(円)\r\nNEW-1,新しい茶,1080\r\n".encode("cp932")
    look = clerk.post("/products/import/", {"file": SimpleUploadedFile("p.csv", text), "check": "1"})
    assert (look.status_code, Sku.objects.count()) == (200, 0)
    done = clerk.post("/products/import/", {"file": SimpleUploadedFile("p.csv", text)})
    assert done.headers["Location"] == "/products/"
    assert Sku.objects.get().product.name == "新しい茶"
    broken = clerk.post("/products/import/", {"file": SimpleUploadedFile("p.csv", text.replace(b"1080", b"x"))})
    assert broken.status_code == 422
    assert "C列" in broken.content.decode() or "C" in broken.content.decode()
    assert clerk.post("/products/import/", {}).status_code == 422


def test_a_character_the_file_cannot_hold_is_shown_before(clerk: Client) -> None:
    product = make_product(name="𠮷野の茶")
    make_sku("A", product=product)
    refused = clerk.get("/products/products.csv")
    assert refused.status_code == 422 and "𠮷" in refused.content.decode()
    saved = clerk.get("/products/products.csv?encoding=utf-8").content
    assert "𠮷野の茶" in saved.decode("utf-8-sig")
    assert services.import_products(SYSTEM, data=saved).unchanged == 1


def test_goods_are_found_from_the_bar(clerk: Client) -> None:
    make_sku("CH-1", search_text="ch-1")
    assert "CH-1" in clerk.get("/search/?q=ch-1", follow=True).content.decode()


def test_both_languages(clerk: Client) -> None:
    make_sku("A")
    english = client_for("owner")
    english.cookies["django_language"] = "en"
    for path in ("/products/", "/products/new/", "/products/import/", "/stock/", "/customers/", "/customers/new/"):
        assert english.get(path, headers={"accept-language": "en"}).status_code == 200
        assert clerk.get(path).status_code == 200
