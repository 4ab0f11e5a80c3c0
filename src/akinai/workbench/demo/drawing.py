"""Pictures of goods, drawn as SVG by code: flat shapes in the colour of the ware. Nothing from outside goes in."""

from __future__ import annotations

import re
from importlib import resources

_GROUND = "#f3efe6"
_SHAPES = {
    "cup": '<path d="M60 62h80l-8 78a10 10 0 0 1-10 9H78a10 10 0 0 1-10-9z" fill="{c}"/>'
    '<ellipse cx="100" cy="62" rx="40" ry="10" fill="{d}"/>',
    "yunomi": '<path d="M64 46h72l-4 96a12 12 0 0 1-12 11H80a12 12 0 0 1-12-11z" fill="{c}"/>'
    '<ellipse cx="100" cy="46" rx="36" ry="9" fill="{d}"/><path d="M68 140h64v6H68z" fill="#b08a63"/>',
    "mug": '<path d="M60 52h72v92a8 8 0 0 1-8 8H68a8 8 0 0 1-8-8z" fill="{c}"/>'
    '<path d="M132 72h14a18 18 0 0 1 0 48h-14" fill="none" stroke="{c}" stroke-width="9"/>'
    '<ellipse cx="96" cy="52" rx="36" ry="8" fill="{d}"/>',
    "bowl": '<path d="M44 82h112a56 56 0 0 1-40 58v10H84v-10a56 56 0 0 1-40-58z" fill="{c}"/>'
    '<ellipse cx="100" cy="82" rx="56" ry="12" fill="{d}"/>',
    "plate": '<ellipse cx="100" cy="104" rx="68" ry="40" fill="{c}"/>'
    '<ellipse cx="100" cy="102" rx="44" ry="25" fill="{d}"/>',
    "bottle": ""
    '<path d="M86 40h28v30c22 12 28 30 28 52a28 28 0 0 1-28 28H86a28 28 0 0 1-28-28c0-22 6-40 28-52z" fill="{c}"/>'
    '<ellipse cx="100" cy="40" rx="14" ry="4" fill="{d}"/>',
    "kyusu": '<ellipse cx="96" cy="108" rx="52" ry="40" fill="{c}"/><path d="M146 96l28-14 4 9-26 23z" fill="{c}"/>'
    '<path d="M46 92L18 78l-4 10 30 22z" fill="{c}"/><ellipse cx="96" cy="72" rx="26" ry="8" fill="{d}"/>'
    '<circle cx="96" cy="62" r="6" fill="{d}"/>',
    "tea": '<path d="M62 50h76v104H62z" fill="#fbf8f1" stroke="#d8d0bf"/><path d="M62 50h76v16H62z" fill="{c}"/>'
    '<path d="M84 86h32v48H84z" fill="{c}"/><path d="M92 96c10 2 14 10 14 24-9-3-14-11-14-24z" fill="#fbf8f1"/>',
    "matcha": '<path d="M66 70h68v76a8 8 0 0 1-8 8H74a8 8 0 0 1-8-8z" fill="{c}"/>'
    '<path d="M62 56h76v18H62z" fill="{d}"/>'
    '<circle cx="100" cy="112" r="18" fill="#fbf8f1"/>',
    "sweets": '<path d="M46 78h108v60H46z" fill="#fbf8f1" stroke="#d8d0bf"/>'
    '<path d="M56 88h26v40H56zM88 88h26v40H88zM120 88h26v40h-26z" fill="{c}"/>',
    "gift": '<path d="M48 70h104v80H48z" fill="{c}"/><path d="M92 70h16v80H92z" fill="#f7f3ea"/>'
    '<path d="M48 96h104v8H48z" fill="#f7f3ea"/>'
    '<path d="M100 70c-26-30-44-8-22 0zm0 0c26-30 44-8 22 0z" fill="#f7f3ea"/>',
    "wrap": '<path d="M58 46h84v108H58z" fill="#fdfbf6" stroke="#d8d0bf"/><path d="M96 46h8v108h-8z" fill="{c}"/>'
    '<path d="M82 92h36v8H82z" fill="{c}"/>',
    "tool": '<path d="M94 30h12v92H94z" fill="{c}"/><path d="M86 118h28l-4 42H90z" fill="{d}"/>',
    "tray": '<ellipse cx="100" cy="104" rx="70" ry="34" fill="{c}"/>'
    '<ellipse cx="100" cy="100" rx="60" ry="26" fill="{d}"/>',
    "cloth": '<path d="M54 60l92-8 6 88-92 10z" fill="{c}"/>'
    '<path d="M60 78l90-8M62 98l90-8M64 118l90-8" stroke="{d}" stroke-width="3"/>',
}
_HEX = re.compile(r"#[0-9a-f]{6}")


def drawn(picture: str, colour: str) -> bytes:
    """An SVG of 400 × 400 for a kind of picture (`bowl-ai`, `tea`) in a colour (`#rrggbb`)."""
    if not _HEX.fullmatch(colour):
        raise ValueError(f"{colour} is no colour")
    shape = _SHAPES.get(picture.partition("-")[0], _SHAPES["cup"])
    body = shape.format(c=colour, d=_lighter(colour))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400">'
        f'<rect width="200" height="200" fill="{_GROUND}"/>'
        f'<ellipse cx="100" cy="158" rx="58" ry="7" fill="#ded6c6"/>{body}</svg>'
    ).encode()


def _lighter(colour: str) -> str:
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (255 - p) * 0.22):02x}" for p in parts)


#: Photographs that come with the demo, by the picture's name in the goods.
PHOTOS = {
    "yunomi-ai": "yunomi-ai.jpg", "yunomi-ha": "yunomi-hai.jpg", "yunomi-tk": "yunomi-tokusa.jpg",
    "plate-sj": "kozara.jpg", "kyusu": "kyusu.jpg", "chazutsu-ai": "chazutsu-ai.jpg",
    "chazutsu-kaba": "chazutsu-kaba.jpg",
}  # fmt: skip


def picture_of(picture: str, colour: str) -> tuple[bytes, bool]:
    """The bytes of a ware's picture, and whether we drew it."""
    if picture in PHOTOS:
        return (resources.files(__package__) / "pictures" / PHOTOS[picture]).read_bytes(), False
    return drawn(picture, colour), True
