"""What a printed page says, as a scanner and a reader see it."""

from __future__ import annotations

import contextlib

import pypdfium2
import zxingcpp

DPI = 300


def scan(pdf: bytes, page: int = 0) -> list[tuple[str, str]]:
    """(kind, text) of every code on a page, printed at 300 dpi and read by a decoder that knows nothing of us."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[page].render(scale=DPI / 72).to_pil()
    return sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(picture))


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, as copying it from a reader gives it, line breaks as spaces."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
