"""read_table: encodings, delimiters, headings, ragged rows, limits."""

from __future__ import annotations

import time

import pytest
from django.utils.translation import override

from akinai.foundation.tabular import Limits, Table, read_table

TEXT = "注文番号,注文日,備考\r\nA-1,2026/11/20,髙橋①様～\r\nA-2,2026/11/21,\r\n"


def codes(table: Table) -> list[str]:
    return [p.code for p in table.problems]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_the_same_table(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding))
    assert table.headings == ("注文番号", "注文日", "備考")
    assert [r.cells for r in table.rows] == [["A-1", "2026/11/20", "髙橋①様～"], ["A-2", "2026/11/21", ""]]
    assert [(r.number, r.line) for r in table.rows] == [(2, 2), (3, 3)]
    assert not table.problems


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_separators_and_line_ends(end: str, mark: str) -> None:
    text = end.join(mark.join(r) for r in [["番号", "住所"], ["1", "東京都"], ["2", "大阪府"]])
    table = read_table(text.encode())
    assert table.delimiter == mark
    assert [r.cells for r in table.rows] == [["1", "東京都"], ["2", "大阪府"]]


def test_a_tab_file_with_commas_in_cells_is_a_tab_file() -> None:
    table = read_table(b"order-id\tship-address\n1\tA, B, C, D\n2\tE, F, G\n", known=["order-id"])
    assert [r.cells for r in table.rows] == [["1", "A, B, C, D"], ["2", "E, F, G"]]


def test_row_counts_records_and_line_counts_physical_lines() -> None:
    table = read_table('番号,備考\r\n1,"一行目\r\n二行目"\r\n\r\n2,x\r\n'.encode("cp932"))
    assert [(r.number, r.line, r.cells[1]) for r in table.rows] == [(2, 2, "一行目\r\n二行目"), (3, 5, "x")]


def test_headings_after_a_preamble_by_known_names_and_by_shape() -> None:
    text = "お客さま口座情報\n出力日時：,令和8年11月20日\n照会対象：,すべて\n\n"
    text += "取引日,受入金額（円）,払出金額（円）,詳細１,\n20261120,3000,,振込,\n20261121,,200,料金,\n"
    for known in ([], ["取引日", "詳細１"]):
        table = read_table(text.encode("cp932"), known=known)
        assert table.headings[:2] == ("取引日", "受入金額（円）")
        assert [r.cells[0] for r in table.rows] == ["20261120", "20261121"]
        assert [(r.number, r.line) for r in table.rows] == [(2, 6), (3, 7)]
        assert not table.problems


def test_ragged_rows() -> None:
    """Surplus: empty is a warning, data refuses the row; missing cells refuse it; the cells are kept for mending."""
    table = read_table("a名,b名\n1,2,\n1,2,x\n1\n1,2\n".encode())
    assert [(r.number, r.refused) for r in table.rows] == [(2, False), (3, True), (4, True), (5, False)]
    assert codes(table) == ["surplus_empty", "surplus_data", "too_few_cells"]
    assert table.rows[0].cells == ["1", "2"]
    assert table.rows[1].cells == ["1", "2", "x"]
    assert not table.broken


def test_a_corrected_row_is_judged_anew() -> None:
    table = read_table("a名,b名\n1,2,x\n3,4\n".encode())
    mended = table.corrected({2: ["1", "2"]})
    assert not mended.problems
    assert not mended.rows[0].refused
    assert table.corrected({2: ["1"]}).problems[0].code == "too_few_cells"


def test_nul_refuses_the_row_only() -> None:
    table = read_table("番号,名前\n1,山\0田\n2,佐藤\n".encode())
    assert [(r.number, r.refused) for r in table.rows] == [(2, True), (3, False)]
    assert codes(table) == ["nul"]


def test_repeated_headings_are_skipped() -> None:
    table = read_table("番号,名前\n1,a\n番号,名前\n2,b\n".encode())
    assert [(r.number, r.cells[0]) for r in table.rows] == [(2, "1"), (4, "2")]
    assert codes(table) == ["repeated_headings"]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "empty_file", 0),
        (b"\r\n\r\n", "empty_file", 0),
        ("番号,名前\n1,あ\n2,".encode() + b"\xff\xfe\n", "bad_bytes", 3),
        ("番号,名前\n1,あ\n".encode("cp932") + b"2,\x81\n", "bad_bytes", 3),
        ('番号,名前\n1,あ\n2,"開いたまま\n3,う\n'.encode(), "unclosed_quote", 3),
        ('番号,名前\n1,"あ"い\n'.encode(), "bad_quote", 2),
        (b"PK\x03\x04rest", "not_a_table", 0),
        (b"<!DOCTYPE html><html></html>", "not_a_table", 0),
        (b"\xff\xfe\x00", "bad_bytes", 1),
    ],
)
def test_broken_structure_refuses_the_file_with_its_line(data: bytes, code: str, line: int) -> None:
    table = read_table(data)
    assert table.broken
    assert not table.rows
    assert (table.problems[0].code, table.problems[0].line) == (code, line)


def test_broken_utf8_is_not_taken_for_cp932() -> None:
    table = read_table("番号,名前\n1,山田太郎\n".encode() + b"2,\xe5\n")
    assert codes(table) == ["bad_bytes"]
    assert "UTF-8" in table.problems[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b",".join(b"c%d" % i for i in range(1_000_000)) + b"\n1\n", "too_many_columns"),
        (b"a,b\n" + b"x," * 1_000_000 + b"y\n", "surplus_data"),
        (b'a,b\n1,"' + b"x" * 10_000_000 + b'"\n', "huge_cell"),
        (b"a,b\n1," + b"x" * 10_000_000 + b"\n", "huge_cell"),
        (b"a,b\n" + b"1,2\n" * 1_600_000, "too_many_cells"),
        (b"a,b\n" + b"1,2\n" * 6_000_000, "file_too_large"),
    ],
)
def test_rel_10_limits_answer_quickly(data: bytes, code: str) -> None:
    """REL-10: a million columns and a 10 MB field are answered within 5 s, with a sentence."""
    start = time.process_time()
    table = read_table(data)
    assert time.process_time() - start < 5
    assert code in codes(table)
    assert table.problems[0].message


def test_own_limits() -> None:
    assert codes(read_table(b"a,b\n1,2\n", limits=Limits(columns=1))) == ["too_many_columns"]


def test_duplicate_headings_are_told_by_position() -> None:
    table = read_table("送料,名前,送料\n1,a,2\n".encode())
    assert table.duplicates() == {"送料": [0, 2]}
    assert [p.code for p in table.duplicate_problems()] == ["duplicate_heading"]
    assert table.duplicate_problems(known=["送料"]) == []


def test_problems_name_row_line_column_letter_and_heading() -> None:
    table = read_table('番号,備考\n1,"a\nb"\n2,3,x\n'.encode())
    with override("en"):
        assert table.problems[0].message == (
            "Row 3 (line 4), column C: This row has 3 cells under 2 headings, with “x” in the surplus. Remove one."
        )
