"""Files out, and in again."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.foundation.tabular import Missing, Unencodable, find_unencodable, read_table, stream_csv, write_csv


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
@pytest.mark.parametrize("cell", ["=1+1", "+81", "-5", "@x", "\tx", "\rx", "'=1", "''+1", "'x", "=cmd|' /C calc'!A0"])
def test_rel_12_formulas_open_as_text_and_come_back(encoding: str, cell: str) -> None:
    """REL-12: the written cell does not start like a formula, and reading gives it back."""
    data = write_csv([[cell, "x"]], ["値", "他"], encoding=encoding)
    raw = read_table(data, unguard=False).rows[0].cells[0]
    assert raw[0] not in "=+-@\t\r"
    assert read_table(data).rows[0].cells == [cell, "x"]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=3, max_size=3), max_size=5))
def test_rel_12_round_trip_of_any_text(rows: list[list[str]]) -> None:
    """REL-12: what is written comes back the same; NUL is listed instead of written."""
    kept = [[c.replace("\0", "") or "x" for c in row] for row in rows]
    table = read_table(write_csv(kept, ["一列", "二列", "三列"], encoding="utf-8-sig"), known=["一列"])
    blank = [r for r in kept if any(c.strip() for c in r)]
    assert [r.cells for r in table.rows] == blank


def test_rel_12_nul_is_listed() -> None:
    """REL-12: NUL has no place in a text file."""
    assert find_unencodable([["a\0"]], ["列"], encoding="utf-8-sig") == [Missing(2, "列", "\0")]


def test_numbers_stay_numbers_and_lines_end_in_crlf() -> None:
    assert write_csv([[-500, None, "-500"]], ["額", "空", "文字"]) == "額,空,文字\r\n-500,,'-500\r\n".encode("cp932")


def test_what_cp932_lacks_is_listed_with_row_and_column() -> None:
    with pytest.raises(Unencodable) as caught:
        write_csv([["山田", "東京"], ["𠮷田😀", "—"], ["髙﨑①", "～"]], ["名前", "住所"])
    assert caught.value.cells == [Missing(3, "名前", "𠮷"), Missing(3, "名前", "😀"), Missing(3, "住所", "—")]
    assert "𠮷田😀" in write_csv([["𠮷田😀", "—"]], ["名前", "住所"], encoding="utf-8-sig").decode("utf-8-sig")


def test_the_stream_tells_the_row_across_pieces() -> None:
    rows = [["あ"]] * 1200 + [["😀"]]
    with pytest.raises(Unencodable) as caught:
        list(stream_csv(rows, ["名前"]))
    assert caught.value.cells == [Missing(1202, "名前", "😀")]


def test_sixty_thousand_rows_need_flat_memory() -> None:
    rows = ([f"A-{i}", "東京都港区六本木1-2-3", i] for i in range(60_000))
    tracemalloc.start()
    size = sum(len(piece) for piece in stream_csv(rows, ["番号", "住所", "額"]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 2_000_000
    assert peak < 5_000_000
