"""Gift work: noshi, wrapping, message cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .normal import Normal
from .phrases import UNWANTED
from .types import Found, Kind

_NOSHI = re.compile(
    r"(?<!た)のし(?![みいくんかま]|てき|て)(?:紙|がみ|掛け|付き|つき)?|熨斗|掛け紙|かけ紙|水引|(?:内祝い?|御祝|御礼|御歳暮|御中元)[^。]{0,12}名入れ|表書き|(?<![一-龥])上書き(?!保存)|(?:紅白|黄白|黒白|双銀)?の?(?:蝶|ちょう)結び(?!の?(?:リボン|ネクタイ))|結び切り|[「『](?:御|お|内)(?:祝|歳暮|中元|霊前|仏前|供|礼|年賀|見舞)[^」』]{0,4}[」』]"
)
_UNWANTED = re.compile(r"^[^。\n、]{0,8}?" + UNWANTED)
_WORDING = re.compile(
    r"(?:出産|結婚|快気|新築|入学|卒業|就職|入園|還暦|成人|合格|開店|開業|開院|引越|引っ越し|昇進|退職|長寿|古希|喜寿|米寿|傘寿|卒寿|白寿|初節句|七五三|誕生日?|進学|竣工|創立|周年|優勝|当選|全快|全国)?(?:の)?(?:御|お)?(?:内)?(?:祝い?)(?!い?返し|儀)|内祝い?|(?:御|お)(?:歳暮|中元|年賀|礼|見舞い?|供え?|仏前|霊前|餞別|神前|伺い?|挨拶|車代|祝儀|布施|花料|玉串料|悔み)|"
    r"御見舞御礼|快気内祝い?|志(?!望|向|願)|満中陰志|忌明け?志?|偲び草|粗供養|粗品|寸志|寿(?!司|命)|記念品?|謹呈|進呈|(?:暑中|残暑|寒中)(?:御|お)?(?:見舞い?|伺い?)|(?:御|ご)(?:挨拶|霊前|仏前|祝儀|祝い?)|感謝|敬老の日|ありがとう|賞|景品|参加賞|心ばかり|上棟御?祝|茶の子|法要|無地"
)
_HEADED = re.compile(
    r"(?:表書き?|上書き|表には|表に|のし上|のしに|上段|上は|文言|上に|のしの表)(?:き)?(?:は|を|が|に|の?文字は|:|、|\s|で)*(?:[「『\"](?P<q>[^」』\"]{1,14})[」』\"]|(?P<plain>[^、。\n「」]{1,10}?)(?=で|、|。|\n|と|です|に|,|$|名|\s|/))"
)
_NAMED = re.compile(
    r"(?:名入れ|喪主名?|施主名?|差出人名?|会社名|社名|連名|名前|お名前|下段|贈り主|送り主|名は|姓|のし下|下に|下には|下は|氏名|苗字|名字)(?:は|を|が|に|も|:|、|\s|で|のみ|だけ)*(?:[「『\"](?P<q>[^」』\"]{1,20})[」』\"]|(?P<plain>[^、。\n「」をはが]{1,14}?)(?=で|、|。|\n|と(?!も)|です|に|,|$|\s|/|\(|を|の(?:み|名)|入り))"
)
_NAME_AFTER = re.compile(
    r"(?<![一-龥])(?P<said>[一-龥々ァ-ヴーA-Za-z]{1,12})と(?:お?名前を?|名を|の?み)?(?:お?入れ|お?書|記)|[、,。 ](?P<last>(?!紅白|黄白|黒白|双銀)[一-龥々]{1,4}(?:家|一同)?)(?:で(?:お願い|$|。)|$)|[「『](?P<q>[^」』]{1,16})[」』](?:の)?(?:名(?:前|入れ|で)|と(?:名|入れ|書)|で名)|(?P<plain>[^、。\n「」ではをにの]{1,8})(?:の)?(?:名前(?:で|を入)|名で|と名入れ)"
)
#: 御供、村上、黄白結び切り: the name stands behind the wording.
_NAME_LISTED = re.compile(
    rf"(?:{_WORDING.pattern})」?[、,・/\s]+(?P<name>(?!紅|黄白|黒白|内|外|蝶|無地|結び|双銀|名|の|喪主|施主|差出|苗字|名字)(?:(?:株式|有限|合同)会社|\((?:株|有)\))?[一-龥々ァ-ヴー]{{1,10}}?(?:(?:株式|有限|合同)会社)?家?)(?=[、。,・/\s)]|で|$)"
)
_INSIDE = re.compile(r"(?P<side>内|外|うち|そと)(?:の)?(?:のし|掛け|がけ)")
_CORD = re.compile(
    r"(?:紅白|黄白|黒白|双銀|金銀)?の?(?:蝶|ちょう)結び?|(?:紅白|黄白|黒白|双銀|金銀)?の?(?:結び切り?|結びきり)(?:\s?(?:5|10|五|十)本)?|(?:紅白|黄白|黒白|双銀)(?:の)?(?:水引)|あわじ結び|黄白|黒白|双銀"
)
_QUOTES = re.compile(r"[「『\"](?P<q>[^」』\"]{1,16})[」』\"]")


def nosing(n: Normal) -> Iterator[Found]:
    """SHP-60: `text` is 表書き|名入れ|内外|水引, blanks kept. No noshi is a note (REM-6)."""
    mark = _NOSHI.search(n.text)
    if mark is None:
        return
    if _UNWANTED.match(n.text[mark.end() :]) and not re.search(r"のし(?:を|は)?(?:お願い|付けて|つけて|希望)", n.text):
        yield Found(Kind.HANDLING_NOTE, mark.span())
        return
    if re.search(r"のし(?:は|紙は|って)?(?:有料|無料|いくら|つけられますか\?*$|付きますか)", n.text) and not re.search(
        r"内祝|御祝|名前|表書|お願い", n.text
    ):
        yield Found(Kind.QUESTION, mark.span())
        return
    yield Found(Kind.NOSHI, mark.span(), text=noshi_words(n))


#: What a card shall say is no word of the noshi.
_CARD_SAYS = re.compile(r"(?:カード|メッセージ)[^。\n「のし]{0,8}[「『][^」』]*[」』][^。\n]*")


def noshi_words(n: Normal) -> str:
    """表書き|名入れ|内外|水引 as far as they are said."""
    n = replace(n, text=_CARD_SAYS.sub(lambda m: "。" * len(m.group()), n.text))
    name = _name(n)
    parts = (_wording(n, name), name, _side(n.text), _cord(n))
    return "|".join(parts) if any(parts) else ""


def _wording(n: Normal, name: str) -> str:
    headed = _HEADED.search(n.text)
    if headed:
        said = n.said(headed.span("q" if headed["q"] else "plain"))
        if said and said != name:
            return said
    bracketed = re.search(rf"のし(?:紙)?\((?P<w>{_WORDING.pattern})", n.text)
    if bracketed:
        return n.said(bracketed.span("w"))
    for match in _QUOTES.finditer(n.text):
        if re.search(r"(?:カード|メッセージ)[^「」]{0,8}$", n.text[: match.start()]):
            continue
        if _WORDING.search(match["q"]) and match["q"] != name:
            return n.said(match.span("q"))
    plain = _WORDING.search(n.text)
    return n.said(plain.span()) if plain and plain.group() != name else ""


def _name(n: Normal) -> str:
    for pattern in (_NAMED, _NAME_AFTER):
        for match in pattern.finditer(n.text):
            said = n.said(match.span(next(key for key, value in match.groupdict().items() if value)))
            if re.match(r"^(?:なし|無し|不要|無記名|空白|いりません|入れない|入れず|無|いらない|結構)", said):
                return ""
            if re.match(r"^(?:必要|表書|入れ)", said):
                continue
            if not _WORDING.fullmatch(said) and not re.search(r"のし|お願い|入れて|ください|注文者|書き|方$", said):
                return re.sub(r"(?:でお願い.*|と入れ.*)$", "", said)
    listed = _NAME_LISTED.search(n.text)
    if listed:
        return n.said(listed.span("name"))
    others = [m for m in _QUOTES.finditer(n.text) if not _WORDING.search(m["q"])]
    return n.said(others[-1].span("q")) if others else ""


def _side(text: str) -> str:
    found = _INSIDE.search(text)
    return "" if found is None else "外のし" if found["side"] in ("外", "そと") else "内のし"


def _cord(n: Normal) -> str:
    found = next((m for m in _CORD.finditer(n.text) if not re.match(r"では?な|じゃな|やなく", n.text[m.end() :])), None)
    return re.sub(r"(?<=[白銀])の", "", n.said(found.span())) if found else ""


_WRAP = re.compile(
    r"ラッピング|ギフト(?:包装|仕様|用|ラップ|ボックス|バッグ|袋|対応|セット用|として|で)|プレゼント(?:包装|仕様|用(?!に購入)|ラッピング|として|っぽ|風|にする|なので|です(?!が))|包装|(?<!小)リボン|贈答(?:用|品)|贈り物(?:用|仕様|として|なので|です(?!が))?|(?<!丁寧に)(?<!厳重に)(?<!しっかり)包んで|くるんで|きれいに包|かわいく包|ギフト(?:にし|です|なので)|紙袋|手提げ|ギフト"
)
_WRAP_NOT = re.compile(
    r"(?:ラッピング|包装|ギフト(?:包装|ボックス|用|箱)?|リボン|プレゼント包装|紙袋|手提げ(?:袋)?)(?:紙)?(?:等|など|類)?[^。\n、]{0,6}?"
    + UNWANTED
    + r"|(?:簡易|簡単な|過剰|エコ|簡素)(?:な)?(?:包装|ラッピング|梱包)|包装(?:は|も)?(?:簡単|簡易|簡素|最小|そのまま|なし|不要|最低)"
)
_WRAP_ASK = re.compile(
    r"ラッピング(?:を|も|は)?(?:して|お願い|希望|でき|可|いただ|もらえ|付け|つけ|で|に|頼|を?し|込)|包装|包ん|リボン|ギフト|プレゼント用|プレゼント(?:なので|仕様|として)|贈答|贈り物|袋|ラッピング"
)


def wrapping(n: Normal) -> Iterator[Found]:
    """Wrapped as a gift; without wrapping is a note for the packer (REM-6)."""
    text = n.text
    unwanted = _WRAP_NOT.search(text)
    if unwanted:
        yield Found(Kind.HANDLING_NOTE, unwanted.span())
        return
    mark = _WRAP.search(text)
    if mark is None:
        return
    if re.search(
        r"(?:ラッピング|包装|ギフト対応|リボン|ギフト|紙袋)(?:は|って|の)?[^。\n]{0,12}(?:有料|無料|いくら|料金|別料金|どのような|どんな|種類|何色|何種類|写真|金額)",
        text,
    ) and not re.search(r"お願い|して(?:くだ|ほ|欲|もら)|希望", text):
        yield Found(Kind.QUESTION, mark.span())
        return
    if re.fullmatch(
        r"(?:紙袋|手提げ|ギフト|贈り物|プレゼント(?!仕様|包装|ラッピング)\w*)", mark.group()
    ) and not _asked(text, mark):
        return
    if _only_story(text, mark):
        return
    yield Found(Kind.GIFT_WRAP, mark.span(), text=_how(n, mark))


def _asked(text: str, mark: re.Match[str]) -> bool:
    rest = text[mark.end() :]
    if mark.group() in ("紙袋", "手提げ"):
        return bool(re.search(r"プレゼント|ギフト|贈", text)) and bool(
            re.search(r"つけ|付け|入れ|欲し|ほし|お願い|ください|いただ", rest)
        )
    return bool(re.search(r"きれい|綺麗|可愛|かわい|お願い|ください|いただ|できます|でお|希望", rest)) or bool(
        re.search(r"ラッピング|包", text)
    )


def _only_story(text: str, mark: re.Match[str]) -> bool:
    """A gift named only to explain another wish (no prices, noshi, card) asks for no wrapping."""
    said = mark.group()
    if re.match(r"ラッピング|包装|リボン|包ん|ギフト包装|ギフトラ|プレゼント包|プレゼントラ|きれいに|かわい", said):
        return False
    other = re.search(
        r"金額|値段|価格|納品書|明細|のし|メッセージ|領収書|届|着|日|配達|箱|梱包|賞味|袋|汚れ|傷|チラシ|伝票|依頼主|差出人|送り主|名前|内緒|サプライズ|品名",
        text,
    )
    wrap = re.search(r"(?:ラッピング|包装|リボン|包ん|ギフト(?:仕様|ボックス|バッグ|袋))", text)
    return bool(other) and not wrap


def _how(n: Normal, mark: re.Match[str]) -> str:
    """The colour or kind, for people to read."""
    found = re.search(
        r"リボン(?:の色)?(?:は|を|が|で|も)?(?P<c>[一-龥ァ-ヴー]{1,6}(?:色|系)?)|(?P<d>[一-龥ァ-ヴー]{1,6}(?:色|系)?)(?:の|い)リボン",
        n.text,
    )
    if found is None:
        return ""
    return "リボン" + (found["c"] or found["d"])


_CARD = re.compile(
    r"メッセージ(?:カード|カ一ド)?|ﾒｯｾｰｼﾞ|(?:バースデー|グリーティング|お祝いの|誕生日|お誕生日|クリスマス|母の日|父の日)?カード(?=に|を|も|の文|へ|で「|付|つけ|添|同封|希望|お願い)|手書きの(?:手紙|カード)|一筆|お手紙|ひとこと添|一言添|カードを添"
)
_CARD_PAY = re.compile(
    r"(?:クレジット|支払|決済|楽天|ポイント|会員)[^。]{0,6}カード|カード(?:払|決済|支払|で(?:払|支払|決済)|会社|番号|に変更|から)|カードを(?:変更|間違)"
)
_LABELLED = r"[\[【](?:メッセージ|カード|文面)[^\[\]【】\n]{0,8}[\]】]"
_CARD_TEXT = (
    re.compile(_LABELLED + r"\s*(?P<t>[^\[【]{2,150}?)\s*(?=[\[【]|。{2}|$)"),
    re.compile(r"カードに(?:は|、)?(?:お?名前|文字)(?:は|を|で)?\((?P<t>[^)]{1,30})\)"),
    re.compile(r"^(?P<t>[^\n]{4,100}?)\s*(?:←|<-|↑)[^\n]{0,8}(?:メッセージ|カード|文)"),
    re.compile(r"(?:下記|以下|次の|つぎの)[^。\n「]{0,24}[。:\n]+\s*[「『]?(?P<t>[^\n」』]{2,100})"),
    re.compile(r"[「『\"“](?P<t>[^」』\"”]{2,120})[」』\"”]"),
    re.compile(r"(?:カード|メッセージ)(?:の?(?:内容|文面|文章|文言|文))?(?:は|には|に|で|:|、|。|\n)+(?:以下(?:の通り)?(?:で|の内容で)?(?:お願いします)?[。:\n]*|下記(?:の通り)?[。:\n]*|次の[^\n:]{0,8}[:\n])?(?P<t>[^。\n]{2,80}?)(?:と|って)(?:書|記|入れ|印|お願い|添え|手書|いう|メッセ)"),
    re.compile(r"(?:カード|メッセージ|内容|文面|文章|文言)(?:は|には|に)?[:：→\n]\s*(?P<t>[^\n]{2,100})"),
    re.compile(r"(?:内容|文面|文章|文言|文)は(?P<t>[^。\n]{2,80}?)(?:で(?:お願い|す)|です|$|。|\n)"),
    re.compile(r"(?:、|。|\n|^)(?P<t>[^。\n、]{2,60}?)、?(?:と|って)(?:書|入れて|添え|カード|メッセージ)"),
)  # fmt: skip


def greeting_card(n: Normal) -> Iterator[Found]:
    """A card to go with it; `text` is what it shall say."""
    mark = _CARD.search(n.text)
    if mark is None or (_CARD_PAY.search(n.text) and "メッセージ" not in n.text):
        return
    rest = n.text[mark.end() :]
    if re.match(r"^[^。\n、]{0,8}?" + UNWANTED, rest):
        yield Found(Kind.HANDLING_NOTE, mark.span())
        return
    if not re.search(
        r"[\]】]|添付|「|『|カード|添え|書い|書き|入れ|付け|つけ|同封|お願い|希望|手紙|一筆|印刷|いただ|ください",
        n.text[mark.start() :],
    ):
        return
    if mark.group() == "メッセージ" and not re.search(r":|『|添え|書い|書き|入れ|カード|付け|つけ|お願い|「", rest):
        return
    yield Found(Kind.MESSAGE_CARD, mark.span(), text=card_words(n))


def card_words(n: Normal) -> str:
    """What the card shall say, as far as it can be told apart."""
    return next((n.said(m.span("t")) for pattern in _CARD_TEXT if (m := pattern.search(n.text))), "")
