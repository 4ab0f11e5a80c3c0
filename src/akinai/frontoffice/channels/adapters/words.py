"""Words of stores: prefectures, delivery windows. What is not plain is left for the shop to say, never guessed."""

from __future__ import annotations

from akinai.shop.terms import windows


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


def prefecture(word: str) -> str:
    """The full name of a prefecture (`東京`, `東京都`, `JP-13`), else the word as it is."""
    text = word.strip()
    return text if text in _FULL else _ISO.get(text.upper()) or _SHORT.get(text, text)


def window(word: str) -> str | None:
    """The delivery window a word plainly says in hours (`14:00～16:00`, `1416`, `午前中`), "" for none.

    None when it names no hours (夜, 夕方): the shop then says in its settings what the store means by it.
    """
    found = windows.parse(word)
    if found and "午前" not in word and not any(c.isdigit() for c in word):
        return None
    return found
