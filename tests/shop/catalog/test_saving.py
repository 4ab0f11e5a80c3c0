"""Adding and changing goods, by hand and from files."""

from __future__ import annotations

import contextlib
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from hypothesis import given, settings
from hypothesis import strategies as st

from akinai.foundation.audit.selectors import for_subject
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.errors import BadInput
from akinai.foundation.tabular import write_csv
from akinai.shop.catalog import columns, pictures, selectors, services
from akinai.shop.catalog.models import Product, Sku
from akinai.shop.catalog.types import ProductFacts, SkuFacts
from tests.builders.catalog import make_product, make_sku


def png(width: int = 4, height: int = 3) -> bytes:
    """A PNG that says it has this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 9
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 9 + frame


@pytest.mark.django_db
def test_a_product_with_its_skus_and_what_was_changed() -> None:
    product = services.save_product(SYSTEM, facts=ProductFacts(" CH-01 ", "煎茶", tax_class="red"))
    sku = services.save_sku(
        SYSTEM, product=product, facts=SkuFacts("CH-01-100", "100g", jan="4901234567894", price=1080)
    )
    assert (product.code, sku.title) == ("CH-01", "煎茶 100g")
    services.save_sku(SYSTEM, product=product, sku=sku, facts=SkuFacts("CH-01-100", "100g", price=1200))
    last = for_subject(f"sku:{sku.pk}")[0]
    assert last.detail == {"jan": ["4901234567894", ""], "price": [1080, 1200]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (SkuFacts("A", jan="4901234567890"), "jan"),
        (SkuFacts(" "), "code"),
        (SkuFacts("A", price=-1), "price"),
        (SkuFacts("A", lead_days=40_000), "lead_days"),
        (SkuFacts("TAKEN"), "code"),
    ],
)
def test_inv_93_what_cannot_be_used_names_its_field(facts: SkuFacts, field: str) -> None:
    make_sku("TAKEN")
    with pytest.raises(BadInput) as refused:
        services.save_sku(SYSTEM, product=make_product(), facts=facts)
    assert refused.value.field == field
    assert Sku.objects.count() == 1


@pytest.mark.django_db
def test_two_products_never_share_a_code() -> None:
    make_product("P-1")
    with pytest.raises(BadInput):
        services.save_product(SYSTEM, facts=ProductFacts("P-1", "別の品"))


@pytest.mark.django_db
def test_search_finds_goods_by_any_of_their_words() -> None:
    product = services.save_product(SYSTEM, facts=ProductFacts("YN-AI", "湯呑 藍釉"))
    services.save_sku(SYSTEM, product=product, facts=SkuFacts("YN-AI-01", "大", jan="4901234567894", shelf="A-03-2"))
    for query in ("ゆのみ", "湯呑", "藍釉 大", "yn-ai", "49012345", "a-03", "湯呑　ＹＮ"):
        expected = 0 if query == "ゆのみ" else 1
        assert selectors.search_skus(query).count() == expected, query
        assert selectors.search_products(query).count() == expected, query
    services.save_product(SYSTEM, product=product, facts=ProductFacts("YN-AI", "そば猪口"))
    assert selectors.search_skus("猪口").count() == 1
    assert selectors.search_skus("湯呑").count() == 0


HEAD = ["SKUコード", "商品コード", "商品名", "JAN", "税区分", "販売価格(円)", "壊れ物"]


def test_rel_11_only_pictures_of_a_bearable_size() -> None:
    assert pictures.judge(png(640, 480)) == pictures.Picture("png", 640, 480)
    assert pictures.judge(jpeg(800, 600)) == pictures.Picture("jpg", 800, 600)
    assert pictures.judge(b"GIF89a" + struct.pack("<HH", 10, 20)) == pictures.Picture("gif", 10, 20)
    webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (99).to_bytes(3, "little") + (49).to_bytes(3, "little")
    assert pictures.judge(webp) == pictures.Picture("webp", 100, 50)
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"
    for wrong in (b"", b"hello", svg, png(10_000, 5_000), png(0, 5), png()[:18], png() + b"\0" * pictures.MOST_BYTES):
        with pytest.raises(BadInput) as refused:
            pictures.judge(wrong)
        assert refused.value.field == "image"


@given(st.binary(max_size=200).map(lambda b: b"\xff\xd8\xff" + b) | st.binary(max_size=60))
@settings(max_examples=200, deadline=None, database=None)
def test_rel_11_no_bytes_are_a_fault(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        pictures.judge(data)


@pytest.mark.django_db(transaction=True)
def test_a_new_picture_replaces_the_old_file(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    product = make_product()
    services.set_picture(SYSTEM, product=product, data=png())
    first = product.image
    assert default_storage.exists(f"pictures/{first}")
    services.set_picture(SYSTEM, product=product, data=jpeg(5, 5))
    assert product.image != first
    assert [p.name for p in (tmp_path / "pictures").iterdir()] == [product.image]
    services.remove_picture(SYSTEM, product=product)
    assert list((tmp_path / "pictures").iterdir()) == []


@pytest.mark.django_db
def test_a_file_adds_and_changes_and_leaves_empty_cells_alone() -> None:
    sku = make_sku("OLD", price=500, jan="49968712")
    rows = [
        ["NEW-1", "NEW", "新しい茶", "4901234567894", "軽減税率", "1,080", "はい"],
        ["NEW-2", "NEW", "", "", "", 2000, ""],
        ["OLD", "", "", "", "", "600円", ""],
        ["ONE", "", "一品", "", "std", "", ""],
    ]
    result = services.import_products(SYSTEM, data=write_csv(rows, HEAD))
    assert [p.message for p in result.problems] == []
    assert (result.created, result.changed, result.done) == (3, 1, True)
    new = Sku.objects.get(code="NEW-1")
    assert (new.product.name, new.product.tax_class, new.product.is_fragile, new.price) == (
        "新しい茶",
        "red",
        True,
        1080,
    )
    assert Sku.objects.get(code="NEW-2").product == new.product
    assert Sku.objects.get(code="ONE").product.code == "ONE"
    sku.refresh_from_db()
    assert (sku.price, sku.jan) == (600, "49968712")
    assert selectors.search_skus("新しい茶").count() == 2


@pytest.mark.django_db
def test_one_fault_in_the_file_and_nothing_is_changed() -> None:
    make_sku("OLD", price=500)
    rows = [
        ["OLD", "", "", "4901234567890", "", "600", ""],
        ["NEW", "", "", "", "", "x", ""],
        ["OLD", "", "", "", "", "", ""],
        ["", "", "品", "", "", "", ""],
        ["N2", "", "品", "", "八パーセント", "9999999999", ""],
        ["OLD2", "P-OLD", "品", "", "", "", ""],
    ]
    result = services.import_products(SYSTEM, data=write_csv(rows, HEAD))
    told = {(p.row, p.column, p.code) for p in result.problems}
    assert told == {
        (2, "JAN", "bad_jan"),
        (3, "販売価格(円)", "goods_bad_number"),
        (3, "", "name_missing"),
        (4, "", "sku_twice"),
        (5, "", "missing_value"),
        (6, "税区分", "goods_bad_choice"),
        (6, "販売価格(円)", "goods_bad_number"),
    }
    assert result.refused and not result.done
    assert Sku.objects.get(code="OLD").price == 500
    assert Sku.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"a,b\n1,2\n", '"SKUコード'.encode("cp932"), b"PK\x03\x04"])
def test_rel_10_a_file_that_is_none_is_refused_with_a_sentence(data: bytes) -> None:
    result = services.import_products(SYSTEM, data=data, filename="x.csv")
    assert result.refused
    assert all(problem.message for problem in result.problems)
    assert Product.objects.count() == 0


@pytest.mark.django_db
def test_our_own_file_comes_back_unchanged() -> None:
    product = services.save_product(SYSTEM, facts=ProductFacts("=1+1", "-急須", tax_class="red", is_fragile=True))
    services.save_sku(SYSTEM, product=product, facts=SkuFacts("@A", "赤", price=1, cost=2, supply="made", lead_days=3))
    make_sku("B")
    data = write_csv(columns.lines(Sku.objects.select_related("product")), columns.headings())
    result = services.import_products(SYSTEM, data=data)
    assert [p.message for p in result.problems] == []
    assert (result.rows, result.unchanged, result.created, result.changed) == (2, 2, 0, 0)
