"""REL-10: whatever stands in a file, presets answer with orders or problems, and an order is whole or refused."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akinai.foundation.tabular import read_table
from akinai.frontoffice.channels.adapters.presets import PRESETS
from akinai.frontoffice.channels.types import ReadResult
from tests.builders import order_files as files

ODD = st.text(st.sampled_from("0019-/:.E+,円￥一あ髙①令和年月日水\r\n\"' 　L=&[]：配送日時指定"), max_size=14)
SAMPLES = {
    "nextengine": [files.nextengine()],
    "rakuten": [files.rakuten()],
    "shopify": [files.shopify()],
    "colorme": [files.colorme()],
    "base": [files.base()],
    "eccube4": [files.eccube4()],
    "yahoo": [files.yahoo(), files.yahoo_items()],
    "amazon-jp": [files.amazon()],
}


def sound(result: ReadResult) -> None:
    """No order with an error in it, no order both taken and refused, and every problem can be shown."""
    for problem in result.problems:
        assert problem.message
    taken = {order.store_number for order in result.orders}
    assert not taken & {order.store_number for order in result.refused}
    for order in result.orders:
        assert order.lines
        assert not any(problem.is_error for problem in order.problems)
        assert all(line.quantity > 0 for line in order.lines)
    for refused in result.refused:
        assert any(problem.is_error for problem in refused.problems) or result.errors


@pytest.mark.parametrize("key", list(SAMPLES))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_rel_10_odd_cells(key: str, data: st.DataObject) -> None:
    """REL-10: cells of a sound file replaced by odd ones."""
    tables = []
    for sample in SAMPLES[key]:
        text = sample.decode("utf-8" if key == "shopify" else "cp932")
        mark = "\t" if key == "amazon-jp" else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        changes = data.draw(st.dictionaries(st.integers(0, len(rows[1]) - 1), ODD, max_size=6))
        rows.append([changes.get(i, cell) for i, cell in enumerate(rows[1])])
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=mark).writerows(rows)
        tables.append(read_table(out.getvalue().encode(), known=PRESETS[key].headings))
    sound(PRESETS[key].read(tables, {}))


@pytest.mark.parametrize("key", list(SAMPLES))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_rel_10_broken_bytes(key: str, data: st.DataObject) -> None:
    """REL-10: a sound file with bytes cut out or put in."""
    tables = []
    for sample in SAMPLES[key]:
        at = data.draw(st.integers(0, len(sample)))
        cut = data.draw(st.integers(0, 30))
        tables.append(
            read_table(sample[:at] + data.draw(st.binary(max_size=6)) + sample[at + cut :], known=PRESETS[key].headings)
        )
    sound(PRESETS[key].read(tables, {}))
