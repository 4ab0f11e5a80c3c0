"""Product pictures: what may be one, judged by its first bytes, without decoding it. Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.foundation.core.errors import BadInput

#: A file beyond these is refused before anybody decodes it (a picture of 50 million points fills a browser's memory).
MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS = 25_000_000

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "gif": "image/gif", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that is a picture: how its name ends, and its size in points."""

    ending: str
    width: int
    height: int


def judge(data: bytes) -> Picture:
    """What picture this is. Raises BadInput (field `image`) if it is none, too large, or has too many points."""
    if len(data) > MOST_BYTES:
        raise BadInput(_("A picture has at most 5 MB."), field="image")
    for read in (_png, _gif, _webp, _jpeg):
        try:
            found = read(data)
        except (struct.error, IndexError):
            found = None
        if found is not None:
            break
    else:
        raise BadInput(_("This file is no picture. Use JPEG, PNG, WebP or GIF."), field="image")
    if not 0 < found.width * found.height <= MOST_POINTS:
        raise BadInput(_("This picture has too many points; 25 million are the most."), field="image")
    return found


def _png(data: bytes) -> Picture | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return None
    return Picture("png", *struct.unpack(">II", data[16:24]))


def _gif(data: bytes) -> Picture | None:
    return Picture("gif", *struct.unpack("<HH", data[6:10])) if data[:6] in (b"GIF87a", b"GIF89a") else None


def _webp(data: bytes) -> Picture | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return Picture("webp", 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"))
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return Picture("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return Picture("webp", width & 0x3FFF, height & 0x3FFF)
    return None


#: markers that carry the size (start of frame, without the tables that share their range)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _jpeg(data: bytes) -> Picture | None:
    if data[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Picture("jpg", width, height)
        else:
            at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None
