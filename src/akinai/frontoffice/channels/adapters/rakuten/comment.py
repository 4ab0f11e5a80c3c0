"""コメント of a Rakuten order: wish date and window in the lines after their mark, free text elsewhere."""

from __future__ import annotations

import re
from typing import NamedTuple

from akinai.foundation.tabular.dates import day
from akinai.shop.terms import windows

_MARK = re.compile(r"\[([^\[\]\n]{1,20})[:：]\]")
_WISH = "配送日時指定"
_NO_WISH = frozenset({"指定なし", "希望なし", "なし"})


class Comment(NamedTuple):
    """What the comment says; `text` is what is left for a person to read."""

    wish_date: str = ""
    wish_window: str = ""
    text: str = ""


def read_comment(comment: str) -> Comment:
    """Take date and window out of the part headed `[配送日時指定:]`; every other line stays as text.

    Only lines that are nothing but a date or a plain window are taken. Words such as 夜 stay in the text as they are.
    """
    date, window, section = "", "", ""
    rest: list[str] = []
    for line in comment.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _MARK.match(line.strip())
        if found:
            section, line = found[1].strip(), line.strip()[found.end() :]
            if section != _WISH:
                rest.append(f"[{section}:]")
        text = line.strip()
        if not text or (section == _WISH and text in _NO_WISH):
            continue
        if section == _WISH and not date and (day(text).value or _date_of(text)):
            date = text
        elif section == _WISH and not window and _hours(text):
            window = text
        else:
            rest.append(text)
    return Comment(date, window, "\n".join(_without_empty_marks(rest)))


def _date_of(text: str) -> bool:
    """True for what looks like a date but does not exist, so that it is refused and not read as a remark."""
    return bool(re.fullmatch(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(\(.\))?", text))


def _hours(text: str) -> bool:
    return bool(windows.parse(text)) and ("午前" in text or any(c.isdigit() for c in text))


def _without_empty_marks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _MARK.fullmatch(line) and (not following or _MARK.fullmatch(following)):
            continue
        kept.append(line)
    return kept
