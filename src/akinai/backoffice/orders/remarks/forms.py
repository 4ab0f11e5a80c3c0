"""Remarks that a mall fills in from its form: `[配送日時指定:]`, `【備考】` and the like, each with a value or without."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"[\[【](?P<name>[^\[\]【】\n]{1,16}?):?[\]】][ :]*|(?:(?<=[\n/、。　])|^)(?P<plain>(?:お?届け|配送|配達)(?:希望)?(?:日時?|時間帯?)(?:指定)?|備考欄?|ラッピング|メッセージ|置き配|領収書|連絡事項|ギフト|のし|ご?要望)[ ]?: ?"
)
_EMPTY = re.compile(
    r"[\s/、。・:]*(?:特に|とくに|指定|希望|ご?要望)?(?:は)?(?:なし|無し|無|ナシ|ありません|ございません|しない|しません|いいえ|不要|[-ー―]+)?(?:です)?[\s/、。・]*"
)
_WORDS = re.compile(r"メッセージ|カード文|文面")
_DOT = "。"


def without_blanks(text: str) -> str:
    """The text with labels that nothing was filled in for blanked out, every other character in its place.

    The brackets of what was filled in make way for a comma and colons, but stay around the words for a card.
    """
    labels = list(_LABEL.finditer(text))
    if not labels:
        return text
    filled = list(text)
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        value = text[label.end() : end]
        if _EMPTY.fullmatch(value):
            filled[label.start() : end] = _DOT * (end - label.start())
            continue
        name = label["name"] or label["plain"]
        if name.startswith("備考") or name in ("ご要望", "要望", "連絡事項"):
            filled[label.start() : label.end()] = _DOT * (label.end() - label.start())
        elif label["name"] and not _WORDS.search(name):
            filled[label.start()] = "、"
            filled[label.start() + 1 + len(name) : label.end()] = ":" * (label.end() - label.start() - 1 - len(name))
    return "".join(filled)
