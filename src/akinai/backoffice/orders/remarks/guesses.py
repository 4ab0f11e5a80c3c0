"""The last resort: a request that no recogniser understood, by the one word that names its matter; never certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .normal import Normal
from .types import Found, Kind

_ASKED = re.compile(
    r"ください|くださ|お願い|希望|ほしい|欲しい|いただ|もらえ|もらい|もらって|できます|たい(?:です|の|$|。|!)|助か|幸い|頼|くれ|よろしく$|(?:で|に|を|へ)[。!]?$|指定|必要|いります|求め"
)
#: What was agreed elsewhere is for a person to look up, whatever it is about.
_ELSEWHERE = re.compile(
    r"件|通り|とおり|同じ|同様|いつもの|前回の|例の|先日|先ほど|お?電話(?:で|した)|メール(?:で|した)"
)
_GUESSES = (
    (Kind.COMPLAINT, r"返金|弁償|謝罪|不良品|破損して|割れて(?:い|お)|壊れて(?:い|お)|未着|届いて(?:い|お)?(?:り?ま?せん|ない)"),
    (Kind.CHANGE_ADDRESS, r"(?:住所|届け先|送り先|配送先|宛先|番地|部屋番号|建物名)(?:を|が|は|の|:)"),
    (Kind.CHANGE_PAYMENT, r"(?:支払い?|決済|お支払い?)(?:い)?(?:方法|手段)?(?:を|は|が|の)"),
    (Kind.COMBINE, r"同梱|同じ箱|一緒に(?:送|発|届|お送り|梱包)|まとめて(?:送|発|届|お送り)"),
    (Kind.NO_PRICE_SLIP, r"(?:値段|金額|価格|代金)[^。]{0,20}(?:ない|ません|ず)"),
    (Kind.NOSHI, r"のし|熨斗"),
    (Kind.GIFT_WRAP, r"ラッピング|包装|リボン|包ん|ギフト|贈答|贈り物"),
    (Kind.MESSAGE_CARD, r"メッセージ|カードに"),
    (Kind.RECEIPT, r"領収書"),
    (Kind.DOCUMENT_REQUEST, r"請求書|見積|納品書"),
    (Kind.PLACE_DROP, r"置き配|宅配ボックス|玄関"),
    (Kind.CONTACT_REQUEST, r"(?:電話|連絡|知らせ)(?!し(?:ます|ました)|いたしま|済|先)"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _GUESSES)


def guessing(n: Normal) -> Iterator[Found]:
    """At most one guess, always uncertain (REM-2): a person sees it either way."""
    if not _ASKED.search(n.text) or _ELSEWHERE.search(n.text):
        return
    for kind, pattern in _PATTERNS:
        match = pattern.search(n.text)
        if match:
            yield Found(kind, match.span(), is_sure=False)
            return
