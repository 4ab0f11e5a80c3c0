"""Small explicit builders of imports."""

from __future__ import annotations

from typing import Any

from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.jobs.services import run_pending
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.frontoffice.channels import selectors, services
from akinai.frontoffice.channels.models import ImportRun
from akinai.frontoffice.channels.uploads import Upload
from akinai.shop.stores.models import Store

from .order_files import NEXTENGINE, file_of, nextengine, nextengine_row
from .orders import make_shop, make_store


def shop_and_store(**fields: Any) -> Store:
    """A shop with one store that has answered who sends its mails."""
    make_shop()
    return make_store("mall", **{"kind": "mall", "mail_senders": {"M01": "store"}, "name": "モール店", **fields})


def check(
    store: Store | None,
    *contents: bytes,
    preset: str = "nextengine",
    mapping: SavedMapping | None = None,
    actor: Actor = SYSTEM,
) -> ImportRun:
    """A checked import of files with these contents."""
    files = [Upload(f"file{number}.csv", content) for number, content in enumerate(contents, 1)]
    return services.check_files(actor, store, preset, files, mapping)


def take_in(run: ImportRun, actor: Actor = SYSTEM) -> ImportRun:
    """Take a checked file in and let the worker do it."""
    services.take_in(actor, run)
    run_pending()
    return selectors.run(run.pk)


def imported(store: Store, *contents: bytes, **more: Any) -> ImportRun:
    """Check files and take them in."""
    return take_in(check(store, *contents, **more))


def orders_file(count: int, *, first: int = 1) -> bytes:
    """Sound orders NE-1, NE-2 … of one line each."""
    return nextengine(*(nextengine_row(店舗伝票番号=f"NE-{number}") for number in range(first, first + count)))


def template_file() -> bytes:
    """A template as shops get it: a cell too many, an order date that is no date, lines that do not add up."""
    headings = tuple("ピッキング指示内容" if h == "消費税率（%）" else h for h in NEXTENGINE)
    row = nextengine_row(
        店舗伝票番号="DENPYO_NO", 受注日="JYUCHU_BI", 商品価格="2400", 商品計="2400", 税金="120", 発送料="350",
        手数料="200", 合計金額="3070", 支払方法="代金引換", 備考="",
    )  # fmt: skip
    cells = dict(zip(NEXTENGINE, row, strict=True))
    cells["消費税率（%）"] = ""
    return file_of(headings, [[*cells.values(), ""]], encoding="utf-8")
