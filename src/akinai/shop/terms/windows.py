"""Delivery time windows: reading the buyer's words, and what a carrier can print for them (SHP-30)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

#: The windows carriers know; a wish may also be any other range of full hours such as 12-18.
CANONICAL = ("", "08-12", "12-14", "14-16", "16-18", "18-20", "19-21", "18-21", "20-21")

_NO_WISH = {
    "",
    "指定なし",
    "希望なし",
    "なし",
    "指定しない",
    "未指定",
    "時間指定なし",
    "時間帯指定なし",
    "選択なし",
    "0",
    "00",
}
_NAMED = {
    "午前": "08-12",
    "午前中": "08-12",
    "am": "08-12",
    "お昼": "12-14",
    "午後": "12-18",
    "pm": "12-18",
    "夕方": "16-18",
    "夜": "18-21",
    "夜間": "18-21",
}
_RANGE = re.compile(r"(\d{1,2})(?::00|時)?(?:[-~〜から]+)(\d{1,2})(?::00|時)?(?:の間|頃|まで)?")
_PACKED = re.compile(r"(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """What goes on the label for a wish. `badge`: it differs from the wish and people must see it.

    `ask`: nothing of this carrier fits; a person has to choose, and nothing is dropped silently.
    """

    wish: str
    window: str
    code: str
    badge: bool = False
    ask: bool = False


def parse(text: str) -> str | None:
    """A store's words (午前中, 14時～16時, 1416, 14:00-16:00) as a window; "" for no wish, None if not understood."""
    flat = "".join(unicodedata.normalize("NFKC", text).lower().split())
    for dash in "‐‑‒–—―−ー〜～":
        flat = flat.replace(dash, "-")
    if flat in _NO_WISH:
        return ""
    if flat in _NAMED:
        return _NAMED[flat]
    # "午前中(12時まで)" and the like name the window first
    head = re.split(r"[(\[]", flat)[0]
    if head in _NAMED:
        return _NAMED[head]
    found = _RANGE.fullmatch(head) or _PACKED.fullmatch(head)
    return _made(int(found[1]), int(found[2])) if found else None


def _made(start: int, end: int) -> str | None:
    return f"{start:02}-{end:02}" if 0 <= start < end <= 24 else None


def hours(window: str) -> tuple[int, int]:
    """Start and end hour of a window such as 14-16; raises ValueError."""
    start, end = window.split("-")
    return int(start), int(end)


def for_carrier(wish: str, codes: Mapping[str, str], *, noon: str = "ask") -> WindowChoice:
    """The carrier's window for a wish (SHP-30). `codes` are the windows it has, with what its labels take.

    A window it lacks becomes the narrowest one inside the wish that starts first, else the narrowest that holds
    the wish, both with a badge; else a person is asked. `noon` is the shop's setting for 12-14: ask, 08-12 or 14-16.
    """
    if wish in codes:
        return WindowChoice(wish, wish, codes[wish])
    if not wish:
        return WindowChoice("", "", "")
    known = [window for window in codes if window]
    choice = noon if wish == "12-14" and noon in codes else _nearest(wish, known)
    if choice:
        return WindowChoice(wish, choice, codes[choice], badge=True)
    return WindowChoice(wish, "", codes.get("", ""), badge=True, ask=True)


def _nearest(wish: str, known: list[str]) -> str:
    start, end = hours(wish)
    ranges = sorted(((*hours(window), window) for window in known), key=lambda r: (r[1] - r[0], r[0]))
    inside = [window for first, last, window in ranges if start <= first and last <= end]
    holding = [window for first, last, window in ranges if first <= start and end <= last]
    return next(iter(inside + holding), "")


def for_service(wish: str, codes: Mapping[str, str], *, window_ok: bool, noon: str = "ask") -> WindowChoice:
    """As `for_carrier`, for a service: one that takes no windows never drops a wish silently, it asks."""
    if wish and not window_ok:
        return WindowChoice(wish, "", codes.get("", ""), badge=True, ask=True)
    return for_carrier(wish, codes, noon=noon)
