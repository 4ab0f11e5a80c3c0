from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from akinai.foundation.documents import barcodes, press
from akinai.foundation.documents.errors import NotEncodable
from akinai.foundation.documents.glyphs import FONTS
from akinai.foundation.documents.pdf import ROOT

from .reading import scan

SHEET = "foundation/documents/papers/sheet.typ"
TEMPLATE = f"""#import "/{SHEET}": *
#let data = json(bytes(sys.inputs.data))
#show: sheet-text
#set page(width: 120mm, height: 70mm, margin: 12mm)
#for code in data.bars [#page(barcode(code, module: 0.3mm))]
#for code in data.squares [#page(qr(code, size: 22mm))]
"""


@pytest.fixture
def drawn(tmp_path: Path):
    """Print codes, one a page, with the product's own drawing."""

    def draw(*, bars: list[barcodes.Bars] | None = None, squares: list[barcodes.Matrix] | None = None) -> bytes:
        (tmp_path / SHEET).parent.mkdir(parents=True)
        shutil.copy(ROOT / SHEET, tmp_path / SHEET)
        (tmp_path / "codes.typ").write_text(TEMPLATE, encoding="utf-8")
        data = {"bars": [b.as_data() for b in bars or []], "squares": [s.as_data() for s in squares or []]}
        return press.press(
            {"root": str(tmp_path), "fonts": str(FONTS), "template": "codes.typ", "data": data, "made_at": 0}
        )

    return draw


@pytest.mark.parametrize(
    "text", ["S-20261124-0012", "AK-100245", "123456", "12345", "1", "A1234567B", "!~ @", "00000001", "AB12345"]
)
def test_code_128_is_read_back(drawn, text: str) -> None:
    assert scan(drawn(bars=[barcodes.code128(text)])) == [("Code 128", text)]


def test_qr_codes_with_many_texts_are_read_back(drawn) -> None:
    texts = [
        "1",
        "ご注文 AK-100245",
        *(f"https://shop.example/o/AK-{n}?k={n * 7919:x}" for n in range(100_000, 100_040)),
    ]
    pdf = drawn(squares=[barcodes.qr(text) for text in texts])
    assert [scan(pdf, page) for page in range(len(texts))] == [[("QR Code", text)] for text in texts]


def test_long_runs_of_digits_are_packed() -> None:
    assert len(barcodes.code128("12345678").widths) < len(barcodes.code128("ABCDEFGH").widths)


@pytest.mark.parametrize(
    ("encode", "text"),
    [
        (barcodes.code128, ""),
        (barcodes.code128, "注文"),
        (barcodes.code128, "a\n"),
        (barcodes.qr, "x" * 5000),
    ],
)
def test_what_a_code_cannot_carry_is_refused(encode, text: str) -> None:
    with pytest.raises(NotEncodable):
        encode(text)
