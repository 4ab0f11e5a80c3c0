"""A remark in one spelling, with the way back to the buyer's own characters (REM-10)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from .types import Span

_COMBINING = "\uff9e\uff9f\u3099\u309a"
_DASH_BETWEEN = re.compile(r"(?<=[0-9])[\u2010-\u2015\u2212\u2500\u30fc](?=[0-9])")
_WAVES = str.maketrans({"\u301c": "~", "\u223c": "~", "\uff5e": "~", "\u2192": "→", "⇒": "→", "➡": "→", "⇨": "→"})

#: Slips of the pen and kana spellings, each with what was meant. Longer ones first.
_SPELLINGS = {
    "不材": "不在",
    "不罪": "不在",
    "ふざい": "不在",
    "留主": "留守",
    "るすばん": "留守番",
    "るすに": "留守に",
    "るすです": "留守です",
    "るすなので": "留守なので",
    "るすの": "留守の",
    "るすにする": "留守にする",
    "配逹": "配達",
    "配運": "配達",
    "配建": "配達",
    "はいたつ": "配達",
    "はいそう": "配送",
    "発走": "発送",
    "発想して": "発送して",
    "発送送": "発送",
    "発装": "発送",
    "はっそう": "発送",
    "しゅっか": "出荷",
    "たくはい": "宅配",
    "はこが": "箱が",
    "こわれて": "壊れて",
    "以隆": "以降",
    "以行": "以降",
    "意向に": "以降に",
    "移行に": "以降に",
    "移行で": "以降で",
    "以後": "以降",
    "いこうに": "以降に",
    "いこうで": "以降で",
    "いこうの": "以降の",
    "いこうなら": "以降なら",
    "いこうだと": "以降だと",
    "いこう希望": "以降希望",
    "日いこう": "日以降",
    "時いこう": "時以降",
    "とどけて": "届けて",
    "とどけ": "届け",
    "とどく": "届く",
    "とどいて": "届いて",
    "屆": "届",
    "午前注": "午前中",
    "ごぜんちゅう": "午前中",
    "ごぜん中": "午前中",
    "ごぜん": "午前",
    "ごご": "午後",
    "ゆうがた": "夕方",
    "夕がた": "夕方",
    "指停": "指定",
    "りょうしゅうしょ": "領収書",
    "領収証": "領収書",
    "領収所": "領収書",
    "領集書": "領収書",
    "領修書": "領収書",
    "せいきゅうしょ": "請求書",
    "請求所": "請求書",
    "みつもりしょ": "見積書",
    "見積もり書": "見積書",
    "見積り書": "見積書",
    "御見積": "見積",
    "のうひんしょ": "納品書",
    "熨斗": "のし",
    "ノシ": "のし",
    "ﾉｼ": "のし",
    "らっぴんぐ": "ラッピング",
    "ラッピンク": "ラッピング",
    "ラピング": "ラッピング",
    "キヤンセル": "キャンセル",
    "キャンセノレ": "キャンセル",
    "きゃんせる": "キャンセル",
    "取消し": "取り消し",
    "取消": "取り消し",
    "とりけし": "取り消し",
    "取りけし": "取り消し",
    "代び引き": "代引き",
    "代引換": "代金引換",
    "だいびき": "代引き",
    "ふりこみ": "振込",
    "たのん": "頼ん",
    "いっしょ": "一緒",
    "おくって": "送って",
    "友だち": "友達",
    "ともだち": "友達",
    "わけて": "分けて",
    "はらいたい": "払いたい",
    "しはらい": "支払い",
    "れんらく": "連絡",
    "うけとり": "受け取り",
    "ばんごう": "番号",
    "へや": "部屋",
    "まちがえ": "間違え",
    "こうかん": "交換",
    "ちがう": "違う",
    "ちゅうもん": "注文",
    "なる早": "なるべく早く",
    "無記載": "記載なし",
    "振り込み": "振込",
    "振込み": "振込",
    "振りこみ": "振込",
    "どようび": "土曜日",
    "にちようび": "日曜日",
    "げつようび": "月曜日",
    "かようび": "火曜日",
    "すいようび": "水曜日",
    "もくようび": "木曜日",
    "きんようび": "金曜日",
    "土よう": "土曜",
    "日よう": "日曜",
    "どにち": "土日",
    "土,日": "土日",
    "土、日": "土日",
    "土・日": "土日",
    "土/日": "土日",
    "土or日": "土日",
    "らいしゅう": "来週",
    "こんしゅう": "今週",
    "さ来週": "再来週",
    "さらいしゅう": "再来週",
    "らいげつ": "来月",
    "さ来月": "再来月",
    "あさって": "明後日",
    "みょうごにち": "明後日",
    "明明後日": "しあさって",
    "明々後日": "しあさって",
    "し明後日": "しあさって",
    "しあさって": "しあさって",
    "あした": "明日",
    "おひる": "お昼",
    "だいすき": "大好き",
    "まーす": "ます",
    "でーす": "です",
    "ま~す": "ます",
    "で~す": "です",
    "たのしみ": "楽しみ",
    "一目ぼれ": "一目惚れ",
    "ひとめぼれし": "一目惚れし",
    "ごくろうさま": "ご苦労様",
    "おつかれさま": "お疲れ様",
    "なまえ": "名前",
    "あてな": "宛名",
    "てがみ": "手紙",
    "こないだ": "この前",
    "この間の注文": "この前の注文",
    "この間の商品": "この前の商品",
    "この間買": "この前買",
    "この間届": "この前届",
    "げつまつ": "月末",
    "月まつ": "月末",
    "ねんまつ": "年末",
    "としあけ": "年明け",
    "くりすます": "クリスマス",
    "X'mas": "クリスマス",
    "Xmas": "クリスマス",
    "xmas": "クリスマス",
    "おぼん": "お盆",
    "じゅうしょ": "住所",
    "でんわ": "電話",
    "ぷれぜんと": "プレゼント",
    "プレセント": "プレゼント",
    "ヨロシク": "よろしく",
    "オネガイ": "お願い",
    "ネガイ": "願い",
    "シマス": "します",
    "イタシマス": "いたします",
    "アリガトウ": "ありがとう",
    "ゴザイマス": "ございます",
    "クダサイ": "ください",
    "宜しく": "よろしく",
    "宜敷": "よろしく",
    "有難う": "ありがとう",
    "有り難う": "ありがとう",
    "有りがとう": "ありがとう",
    "御座い": "ござい",
    "下さい": "ください",
    "下さる": "くださる",
    "頂け": "いただけ",
    "頂き": "いただき",
    "頂く": "いただく",
    "頂い": "いただい",
    "戴け": "いただけ",
    "戴き": "いただき",
    "致し": "いたし",
    "御願い": "お願い",
    "おねがい": "お願い",
    "宛て": "宛",
    "貰え": "もらえ",
    "貰い": "もらい",
    "出来": "でき",
    "㈱": "(株)",
    "ゴールデンウィーク": "GW",
    "ゴールデンウイーク": "GW",
    "連休開け": "連休明け",
    "年開け": "年明け",
    "週開け": "週明け",
    "週あけ": "週明け",
    "年あけ": "年明け",
    "盆あけ": "盆明け",
    "変こう": "変更",
    "変吏": "変更",
    "へんこう": "変更",
}
_SPELLING = re.compile("|".join(re.escape(w) for w in sorted(_SPELLINGS, key=len, reverse=True)))
_KANA_MONTHS = {
    "じゅういち": 11, "じゅうに": 12, "じゅう": 10, "いち": 1, "に": 2, "さん": 3, "し": 4, "ご": 5, "ろく": 6, "しち": 7,
    "なな": 7, "はち": 8, "く": 9,
}  # fmt: skip
_KANA_MONTH = re.compile(
    r"(?<![ぁ-ん])(?:じゅういち|じゅうに|じゅう|いち|に|さん|し|ご|ろく|しち|なな|はち|く)(?=がつ)"
)
_KANA_DAYS = {
    "ついたち": 1, "ふつか": 2, "みっか": 3, "よっか": 4, "いつか": 5, "むいか": 6, "なのか": 7, "ようか": 8, "ここのか": 9,
    "とおか": 10, "はつか": 20,
}  # fmt: skip
_KANA_DAY = re.compile(
    r"(?<=[月つ])の?(?:ついたち|ふつか|みっか|よっか|いつか|むいか|なのか|ようか|ここのか|とおか|はつか)(?!間|かん)"
    r"|(?<![ぁ-ん])(?:ついたち|ふつか|みっか|よっか|むいか|ここのか|はつか)(?=いこう|以降|に|から|まで|着|の|ちゃく|[(])"
)
_KANA_TENS = {"": 0, "じゅう": 10, "にじゅう": 20, "さんじゅう": 30}
_KANA_ONES = {"": 0, "いち": 1, "に": 2, "さん": 3, "よん": 4, "し": 4, "ご": 5, "ろく": 6, "しち": 7, "なな": 7, "はち": 8, "く": 9}  # fmt: skip
_KANA_NUMBER = re.compile(
    r"(?:(?<=[月つの])|(?<![ぁ-ん]))(?P<t>にじゅう|さんじゅう|じゅう)(?P<o>いち|に|さん|よん|し|ご|ろく|しち|なな|はち|く)?(?=にち(?!よう))"
)
_KANA_HOUR = re.compile(
    r"(?<![ぁ-ん])(?:よる|ひる|あさ)(?=[0-9]|の?(?:[0-9]|配達|便|時間)| ?(?:お願い|おねがい)|に(?:届|とど|お願い|おねがい|なら))"
)
_KANA_HOURS = {"よる": "夜", "ひる": "昼", "あさ": "朝"}
_ALL_DAY = re.compile(r"(?<![十二三0-9月])一日(?=中|家|在宅|ずっと|い(?:ま|る|な)|おり|留守|外)")
_KANA_UNIT = re.compile(
    r"(?<=[0-9〇一二三四五六七八九十])(がつ|つき|にち(?!よう)|じ(?=[、。にごすいまか~以]|はん)|か(?=いこう|以降))"
)
_KANA_UNITS = {"がつ": "月", "つき": "月", "にち": "日", "じ": "時", "か": "日"}
_NUMERALS = re.compile(
    r"[〇零一二三四五六七八九十]+(?=\s*(?:月|日(?!中|曜|本|当)|時(?!帰|的|停|休|保|預|金)|週|年|[ヶケか箇ヵカ]月|泊|分|,|、[二三四五六七八九]日))"
)
_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
#: わたしは ごご に きて ください: blanks between words as strangers to the language write them.
_KANA_GAPS = re.compile(r"(?<=[てにをがは])[ \u3000](?=[ぁ-ん])")
_GAPS = re.compile(r"(?<=[0-9])[ \u3000]+(?=[月日時年/])|(?<=[月年/])[ \u3000]+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in one spelling; `origin[i]` is where its character i begins in the original, one entry more at the end."""

    text: str
    original: str
    origin: tuple[int, ...] | range

    def original_span(self, span: Span) -> Span:
        """The span of the original characters behind a span of the normalised text."""
        start, end = self.origin[span[0]], self.origin[span[1]]
        return start, max(end, start)

    def said(self, span: Span) -> str:
        """What the buyer wrote there, NFKC and trimmed."""
        start, end = self.original_span(span)
        return unicodedata.normalize("NFKC", self.original[start:end]).strip()


def normalise(original: str) -> Normal:
    """NFKC, one spelling for look-alikes, kana, kanji numerals before units and common slips (REM-10)."""
    text, origin = _nfkc(original)
    text = text.translate(_WAVES)
    text = _DASH_BETWEEN.sub("-", text)
    for pattern, by in _STEPS:
        if pattern.search(text):
            text, origin = _replace(text, origin, pattern, by)
    return Normal(text, original, origin)


def _nfkc(original: str) -> tuple[str, tuple[int, ...] | range]:
    flat = unicodedata.normalize("NFKC", original)
    if len(flat) == len(original) and not any(c in original for c in _COMBINING):
        return flat, range(len(original) + 1)
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(original):
        end = at + 1
        while end < len(original) and original[end] in _COMBINING:
            end += 1
        piece = unicodedata.normalize("NFKC", original[at:end])
        pieces.append(piece)
        origin += [at] * len(piece)
        at = end
    return "".join(pieces), (*origin, len(original))


def _replace(
    text: str, origin: tuple[int, ...] | range, pattern: re.Pattern[str], by: Callable[[str], str]
) -> tuple[str, tuple[int, ...]]:
    """Every match replaced, the way back kept: a replacement's characters all begin where the match began."""
    pieces: list[str] = []
    back: list[int] = []
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        right = by(match.group())
        pieces += [text[at:start], right]
        back += origin[at:start]
        back += [origin[min(start + i, end - 1)] for i in range(len(right))]
        at = end
    pieces.append(text[at:])
    back += origin[at:]
    return "".join(pieces), tuple(back)


def number(kanji: str) -> str:
    """Kanji numerals below a hundred as digits: 十二 → 12, 二十 → 20, 二五 → 25."""
    if "十" not in kanji:
        return "".join(str(_DIGIT[c]) for c in kanji)
    tens, _ten, ones = kanji.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return kanji
    return str((_DIGIT[tens] if tens else 1) * 10 + (_DIGIT[ones] if ones else 0))


def _kana_number(found: str) -> str:
    match = _KANA_NUMBER.match(found + "にち")
    return str(_KANA_TENS[match["t"]] + _KANA_ONES[match["o"] or ""]) if match else found


_STEPS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_GAPS, lambda _found: ""),
    (_KANA_GAPS, lambda _found: ""),
    (_KANA_MONTH, lambda found: str(_KANA_MONTHS[found])),
    (_KANA_DAY, lambda found: f"{_KANA_DAYS[found.removeprefix('の')]}日"),
    (_KANA_NUMBER, _kana_number),
    (_KANA_HOUR, lambda found: _KANA_HOURS[found]),
    (_ALL_DAY, lambda _found: "終日"),
    (_KANA_UNIT, lambda found: _KANA_UNITS[found]),
    (_NUMERALS, number),
    (_SPELLING, lambda found: _SPELLINGS[found]),
)
