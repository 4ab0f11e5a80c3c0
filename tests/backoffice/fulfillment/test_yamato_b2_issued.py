from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from akinai.backoffice.fulfillment.adapters.yamato_b2.columns import HEADINGS
from akinai.backoffice.fulfillment.adapters.yamato_b2.issued import read_issued
from akinai.backoffice.fulfillment.types import CarrierIn, IssuedRow
from akinai.shop.terms import tracking

HEAD = list(HEADINGS)


def line(key: str = "S1", number: str = "123456789013", day: str = "2026/11/24", name: str = "渡邉 髙子") -> list[str]:
    cells = [""] * 95
    cells[0], cells[1], cells[3], cells[4], cells[15] = key, "0", number, day, name
    return cells


def read(*records: list[str], encoding: str = "cp932", mode: str = "refuse") -> CarrierIn:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(records)
    return read_issued(out.getvalue().encode(encoding), check_number=lambda number: tracking.check(number, mode))


@pytest.mark.parametrize("head", [[HEAD], [], [["管理番号", "種類", "クール", "送り状番号", "出荷日", *[""] * 90]]])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-8"])
def test_numbers_come_in_with_or_without_headings(head: list[list[str]], encoding: str) -> None:
    found = read(*head, line(), line("S2", "4444-1375-8703"), encoding=encoding)
    first = 1 + len(head)
    assert found.problems == ()
    assert found.rows == (
        IssuedRow("S1", ("123456789013",), dt.date(2026, 11, 24), "渡邉 髙子", first),
        IssuedRow("S2", ("444413758703",), dt.date(2026, 11, 24), "渡邉 髙子", first + 1),
    )


def test_several_pieces_give_one_shipment_several_numbers() -> None:
    found = read(line(), line("S1", "444413758703"), line("S1", "123456789013"))
    assert [(r.key, r.numbers) for r in found.rows] == [("S1", ("123456789013", "444413758703"))]


@pytest.mark.parametrize(
    "number",
    ["123456789013", "444413758703", "512547514334", "405548424886", "１２３４５６７８９０１３", "A123456789013A"],
)
def test_shp_50_sound_numbers_come_in(number: str) -> None:
    assert len(read(line(number=number)).rows) == 1


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        (line(number="123456789012"), "伝票番号", ""),
        (line(number="1.23457E+11"), "伝票番号", "1.23E+11"),
        (line(key="2.02611E+11"), "お客様管理番号", "1.23E+11"),
        (line(number=""), "伝票番号", "まだ"),
        (line(key=""), "お客様管理番号", "B2クラウドで直接"),
        (["S1", "0"], "", "列が足りません"),
    ],
)
def test_shp_50_bad_rows_are_refused_and_the_rest_comes_in(cells: list[str], field: str, words: str) -> None:
    found = read(HEAD, cells, line("S9", "444413758703"))
    assert [r.key for r in found.rows] == ["S9"]
    (problem,) = found.problems
    assert (problem.row, problem.field, problem.stops) == (2, field, True)
    assert words in problem.sentence


def test_shp_50_a_service_may_only_warn() -> None:
    found = read(line(number="123456789012"), mode="warn")
    assert [r.numbers for r in found.rows] == [("123456789012",)]
    assert [p.stops for p in found.problems] == [False]


def test_shp_51_a_number_at_two_shipments_goes_to_neither() -> None:
    found = read(line("S1"), line("S2"), line("S3", "444413758703"))
    assert [r.key for r in found.rows] == ["S3"]
    assert [(p.key, p.row) for p in found.problems] == [("S1", 1), ("S2", 2)]
    assert "S2" in found.problems[0].sentence


def test_a_day_that_is_none_is_shown_and_the_number_kept() -> None:
    found = read(line(day="2026/13/45"))
    assert found.rows[0].ship_date is None
    assert [(p.field, p.stops) for p in found.problems] == [("出荷予定日", False)]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"%PDF-1.7", b'"S1,0', b"\xff\xfe\x00", "件名\n".encode(), b"\x81"]
)
def test_rel_10_whatever_comes_in_is_answered_with_a_sentence(data: bytes) -> None:
    found = read_issued(data, check_number=tracking.check)
    assert found.rows == ()
    assert all(problem.sentence for problem in found.problems)
    assert found.problems or not data.strip(b"\x00")
