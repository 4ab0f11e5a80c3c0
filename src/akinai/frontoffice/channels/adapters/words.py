"""Words of stores: prefectures, delivery windows. What is not plain is left for the shop to say, never guessed."""

from __future__ import annotations

import re
import unicodedata


def names(text: str) -> tuple[str, ...]:
    """Names without blanks in them, written one after the other."""
    return tuple(text.split())


PREFECTURES = names(
    """北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
    新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県
    鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県
    沖縄県"""
)
_SHORT = {name.removesuffix("県").removesuffix("府").removesuffix("都"): name for name in PREFECTURES}
_ISO = {f"JP-{number:02d}": name for number, name in enumerate(PREFECTURES, start=1)}
_FULL = frozenset(PREFECTURES)

WINDOWS = frozenset({"08-12", "12-14", "14-16", "16-18", "18-20", "19-21", "18-21", "20-21"})
_NO_WISH = frozenset(
    {"", "0", "00", "0000", "-", "なし", "指定なし", "指定無し", "希望なし", "指定しない", "時間指定なし"}
)
_MORNING = re.compile(r"午前中?(指定)?(\(0?8(:00|時)?[-~]12(:00|時)?\))?|AM", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})(?::00|時)?[-~](\d{1,2})(?::00|時)?(?:頃|の間|指定)?")
_DASHES = str.maketrans(dict.fromkeys("～〜−‐–—ー", "-") | {"~": "-"})


def prefecture(word: str) -> str:
    """The full name of a prefecture (`東京`, `東京都`, `JP-13`), else the word as it is."""
    text = word.strip()
    return text if text in _FULL else _ISO.get(text.upper()) or _SHORT.get(text, text)


def split_prefecture(address: str) -> tuple[str, str]:
    """(prefecture, rest) of an address that begins with one; ("", address) otherwise."""
    text = address.strip()
    for length in (3, 4):
        if text[:length] in _FULL:
            return text[:length], text[length:].strip()
    return "", text


def window(word: str) -> str | None:
    """The canonical delivery window a word plainly says (`14:00～16:00`, `1416`, `午前中`), "" for none.

    None when it does not: the shop then maps the word in the store's settings.
    """
    text = unicodedata.normalize("NFKC", word).replace(" ", "").translate(_DASHES)
    if text in _NO_WISH:
        return ""
    if _MORNING.fullmatch(text):
        return "08-12"
    if len(text) == 4 and text.isascii() and text.isdigit():
        text = f"{text[:2]}-{text[2:]}"
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    name = f"{int(found[1]):02d}-{int(found[2]):02d}"
    return name if name in WINDOWS else None
