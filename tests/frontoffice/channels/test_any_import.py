"""REL-10 Whatever a file holds: no fault of ours, and an order is whole or not there at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akinai.backoffice.orders.models import Order, OrderLine
from akinai.frontoffice.channels import selectors
from akinai.frontoffice.channels.states import LEFT, RunState
from tests.builders.channels import check, shop_and_store, take_in
from tests.builders.order_files import NEXTENGINE, file_of, nextengine_row

pytestmark = pytest.mark.django_db

WORDS = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "-9999",
            "1.23E+11",
            "9" * 30,
            "12,345",
            "１２３",
            "￥1,200",
            "R8.11.20",
            "2026/02/31",
            "夜",
            "午後",
            "入力待ち",
            "お店カード",
            "=1+1",
            "渡邉髙﨑𠮷",
            "名" * 300,
            "㍿" * 100,
            "🍵",
            "a\x00b",
            "\ud800",
            "あ\nい",
        ]
    ),
    st.text(max_size=12),
)
SPOILT = st.dictionaries(st.sampled_from(NEXTENGINE), WORDS, max_size=4)
ENCODINGS = st.sampled_from(["cp932", "utf-8", "utf-8-sig", "utf-16"])


def _file(orders: list[dict[str, str]], encoding: str, delimiter: str) -> bytes:
    rows = [nextengine_row(**{"店舗伝票番号": f"N-{n}", **changes}) for n, changes in enumerate(orders)]
    sound = [[cell.encode(encoding, "ignore").decode(encoding, "ignore") for cell in row] for row in rows]
    return file_of(NEXTENGINE, sound, encoding=encoding, delimiter=delimiter)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SPOILT, min_size=1, max_size=4), ENCODINGS, st.sampled_from([",", "\t"]))
def test_rel_10_orders_are_whole_or_not_there(orders: list[dict[str, str]], encoding: str, delimiter: str) -> None:
    store = shop_and_store()
    before = (Order.objects.count(), OrderLine.objects.count())
    run = check(store, _file(orders, encoding, delimiter))
    assert (Order.objects.count(), OrderLine.objects.count()) == before
    assert all(fault.problem.message for fault in selectors.faults(run))
    if run.state == RunState.REFUSED:
        return
    run = take_in(run)
    assert run.state == RunState.DONE
    for result in run.results.select_related("order"):
        if result.outcome in LEFT:
            assert result.order is None
            assert result.faults
        else:
            assert result.order is not None
            assert result.order.lines.exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_rel_10_any_bytes_import_nothing(content: bytes) -> None:
    before = Order.objects.count()
    run = check(shop_and_store(), content)
    assert run.state in (RunState.REFUSED, RunState.CHECKED)
    assert bytes(run.files.get().content) == content
    assert Order.objects.count() == before
