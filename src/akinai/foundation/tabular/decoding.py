"""Bytes to text: CP932, UTF-8 with or without BOM, UTF-16. What would be guessed wrong is refused with its line."""

from __future__ import annotations

import codecs
import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .problems import Problem, params

NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "CP932", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
#: What Python's cp932 makes of bytes that CP932 does not have.
NOT_CP932 = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
_KINDS: tuple[tuple[bytes, str | Promise], ...] = (
    (b"PK\x03\x04", _("an Excel workbook or ZIP file")),
    (b"\xd0\xcf\x11\xe0", _("an old Excel workbook")),
    (b"%PDF", _("a PDF file")),
    (b"\x1f\x8b", _("a compressed file")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
)


def decode(data: bytes) -> tuple[str, str, list[Problem]]:
    """The text of a file, its encoding and what was wrong; with a problem the text is empty."""
    if not data.strip(b"\0 \t\r\n") and b"\0" not in data:
        return "", "", [Problem("empty_file")]
    for start, kind in _KINDS:
        if data.startswith(start):
            return "", "", [Problem("not_a_table", params=params(kind=kind))]
    if data.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")):
        return "", "", [Problem("not_a_table", params=params(kind=_("a web page")))]
    encoding = detect(data)
    start_at = 3 if encoding == "utf-8-sig" else 2 if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else 0
    try:
        text = data.decode(encoding) if start_at != 2 else data[2:].decode(encoding)
    except UnicodeDecodeError as error:
        return "", encoding, [_bad_bytes(data, error.start, encoding)]
    if encoding == "cp932" and (odd := NOT_CP932.search(text)):
        return "", encoding, [_bad_bytes(data, len(text[: odd.start()].encode("cp932")), encoding)]
    if not text.strip("\ufeff \t\r\n"):
        return "", encoding, [Problem("empty_file")]
    return text, encoding, []


def detect(data: bytes) -> str:
    """The likeliest encoding of a file: a BOM decides, then UTF-16's pattern of zero bytes, then UTF-8, then CP932."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if wide := _utf16_without_bom(data):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_broken_utf8(data) else "cp932"
    return "utf-8"


def _utf16_without_bom(data: bytes) -> str:
    """Zero bytes on one side only, often: separators and digits of UTF-16."""
    head = data[:8192]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 20 > len(head) and even * 20 < odd:
        return "utf-16-le"
    if even * 20 > len(head) and odd * 20 < even:
        return "utf-16-be"
    return ""


def _is_broken_utf8(data: bytes) -> bool:
    """True if most of what is not ASCII is sound UTF-8, so that CP932 would only make nonsense of it."""
    text = data[:200_000].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    sound = sum(1 for c in text if c >= "\u0800" and c != "\ufffd")
    return sound > bad


def _bad_bytes(data: bytes, at: int, encoding: str) -> Problem:
    before = data[:at]
    line = before.count(b"\n") if encoding[:6] != "utf-16" else before.decode(encoding, "replace").count("\n")
    if b"\n" not in data:
        line = before.count(b"\r")
    return Problem("bad_bytes", line=line + 1, params=params(encoding=NAMES[encoding]))
