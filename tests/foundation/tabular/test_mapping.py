"""Columns to fields."""

from __future__ import annotations

import json

import pytest

from akinai.foundation.tabular import read_table
from akinai.foundation.tabular.mapping import FieldMap, SavedMapping, apply, column, joined

MAPPING = SavedMapping(
    "わたしの店",
    (
        column("number", "注文番号", "受注番号", required=True),
        joined("name", "姓", "名", join=" "),
        FieldMap("payment", (("決済",),), values=(("1", "代金引換"),)),
        column("note", "備考"),
        column("fee", "送料#2"),
        FieldMap("store", constant="本店"),
        column("third", 3),
    ),
    known_duplicates=("送料",),
)


def test_fields_from_alternatives_joins_values_constants_and_positions() -> None:
    table = read_table("受注番号,姓,名,決済,送料,送料,謎\n1,山田,太郎,1,500,300,?\n2,佐藤,,カード,0,0,\n".encode())
    mapped = apply(MAPPING, table)
    assert mapped.records[0].values == {
        "number": "1",
        "name": "山田 太郎",
        "payment": "代金引換",
        "note": "",
        "fee": "300",
        "store": "本店",
        "third": "太郎",
    }
    assert mapped.records[1].values["name"] == "佐藤"
    assert mapped.records[1].values["payment"] == "カード"
    assert mapped.missing == ["備考"]
    assert mapped.unmapped == [4, 6]
    assert [p.code for p in mapped.problems] == ["missing_columns"]
    assert mapped.at["fee"] == (5, "送料")


def test_full_and_half_width_headings_are_the_same() -> None:
    table = read_table("注文 番号,送料,送料\nA,1,2\n".encode())
    assert apply(MAPPING, table).records[0].values["number"] == "A"


def test_a_missing_required_column_breaks_the_file() -> None:
    mapped = apply(MAPPING, read_table("姓,名\n山田,太郎\n".encode()))
    assert mapped.broken
    assert mapped.problems[0].code == "missing_column"
    assert not mapped.records


def test_an_unknown_duplicate_heading_breaks_the_file() -> None:
    mapped = apply(MAPPING, read_table("注文番号,備考,備考\n1,a,b\n".encode()))
    assert mapped.broken
    assert "備考" in mapped.problems[0].message


def test_a_mapping_survives_json() -> None:
    assert SavedMapping.from_json(json.loads(json.dumps(MAPPING.as_json()))) == MAPPING


@pytest.mark.parametrize("saved", [{}, {"fields": [{}]}, {"fields": 3}, {"fields": ["x"]}])
def test_what_is_no_mapping_is_said(saved: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a saved mapping"):
        SavedMapping.from_json(saved)
