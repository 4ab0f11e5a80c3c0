"""REL-10: bytes of all kinds never raise and never read half a record."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from akinai.foundation.tabular import read_table
from akinai.foundation.tabular.dates import moment
from akinai.foundation.tabular.fields import flag, identifier, percent, phone, postcode, quantity, yen

CELL = st.text(st.sampled_from("a1あ髙①,\"\t\r\n\0E+－令和年/:.\ud83d😀 '=-"), max_size=12)


@settings(max_examples=300)
@given(st.binary(max_size=400) | CELL.map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_rel_10_any_bytes(data: bytes) -> None:
    """REL-10: a broken file has no rows and says why; every message can be shown."""
    table = read_table(data)
    assert not (table.broken and table.rows)
    for problem in table.problems:
        assert problem.message
        assert problem.as_json()["severity"] in ("error", "warning")
    for row in table.rows:
        assert row.refused or len(row.cells) == table.width


@settings(max_examples=300)
@given(st.text(max_size=30) | CELL)
def test_rel_10_any_cell(cell: str) -> None:
    """REL-10: no parser raises, and without a value there is a reason or nothing was written."""
    for parse in (yen, quantity, identifier, phone, postcode, flag, percent, moment):
        parsed = parse(cell)
        assert parsed.value is not None or parsed.code or not cell.strip() or parse in (flag, percent)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=4), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_rel_10_any_cells_in_any_encoding(rows: list[list[str]], encoding: str) -> None:
    """REL-10: CR and LF mixes, quotes, NUL and emoji in cells."""
    lines = ["見出し,列二", *(",".join(row) for row in rows)]
    read_table("\r\n".join(lines).encode(encoding, "replace"), known=["見出し"])
