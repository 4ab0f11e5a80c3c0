"""Wishes about parcels: together, apart, in parts, all at once, and where to leave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .normal import Normal
from .types import Found, Kind

_NUMBER = re.compile(
    r"[A-Za-z]{1,6}-?\d{3,}(?:-\d+)*|(?<![\d-])\d{2}-\d{4,6}(?![\d-])|(?<![\d-])\d{3}-\d{5,}-\d{4,}|(?<=番号)\s?[:は「#(]*\s?[A-Za-z0-9-]{3,}|(?:#|No\.?|№)\s?[A-Za-z0-9-]{3,}|(?<![\d-])(?!0\d{9,10}(?!\d))\d{5,}(?![\d-])"
)
_OTHER_ORDER = re.compile(
    r"(?:昨日|昨晩|先日|前回|先ほど|さっき|さきほど|今朝|昨夜|ゆうべ|先週|前に|以前|別(?:途|で|に)?|もう(?:1|一|ひと)(?:つ|件|個|点)?の?|先に|直前|今日|本日|午前中|\d+日|\d+月\d+日|妻|夫|主人|家族|母|娘|息子|同時|続けて|連続)[^。\n]{0,10}(?:注文|購入|買|頼ん|オーダー|申し込|予約)|別(?:の)?(?:注文|オーダー)|注文番号|受注番号|注文\s?(?:[Nn][Oo]|№|#)\.?\s?\d+|[A-Za-z]{1,6}-?\d{4,}|(?:2|二|3|三|両方の|ふたつの|複数の)(?:つ|件|回|個)?(?:の|分の|に分けて|に分けた)?(?:ご?注文|オーダー)|2回に分けて注文|追加で(?:注文|購入|頼|買)|(?:前|先|さっき)の(?:分|注文|もの|やつ)?と|注文(?:分|した(?:もの|物|分|商品|品))?(?:と|も|の(?:商品|分)と)|も(?:ご)?注文(?:して|し|済)|注文が(?:2|二|ふた)"
)
_TOGETHER = re.compile(
    r"同じ便|同便|同送|同梱|一緒に|いっしょに|まとめて|同封|合わせて|あわせて|ひとつに|1つに|一つに|1箱に|一箱に|同じ箱|おまとめ|まとめ(?:発送|配送)|1つの箱|一つの箱|ひとつの箱|1個の箱|1個口|一個口|同時(?:に|発送|配送)|一括|まとめられ|まとめ(?:る|た|ら)"
)
_TOGETHER_NOT = re.compile(
    r"^(?:し|には|に|は|を|梱包|発送|配送|で|させ)*(?:ないで|ないよう|不要|しないで|せず|なくて|避け|NG|不可|やめ|送らないで)"
)
_ENCLOSED = re.compile(
    r"(?:カタログ|パンフ|チラシ|カード|手紙|メッセージ|請求書|納品書|領収書|説明書|サンプル|袋|リボン|のし|レシート|明細)[^。]{0,6}$"
)


def combining(n: Normal) -> Iterator[Found]:
    """Ship with another order; the text is its number as written (REM-20)."""
    text = n.text
    for match in _TOGETHER.finditer(text):
        rest = text[match.end() : match.end() + 24]
        if (
            _TOGETHER_NOT.match(rest)
            or rest.startswith(("注文", "購入", "頼"))
            or _ENCLOSED.search(text[: match.start()])
        ):
            continue
        if not _OTHER_ORDER.search(text) and not (
            match.group() in ("同梱", "おまとめ") and not re.search(r"揃|そろ|予約|入荷", text)
        ):
            continue
        if re.search(r"揃(?:っ|い)|そろ(?:っ|い)", text) and not _OTHER_ORDER.search(text):
            continue
        if re.search(r"一緒に(?:ギフト|ラッピング|包ん|入れ)", text) and not _OTHER_ORDER.search(text):
            continue
        yield Found(Kind.COMBINE, match.span(), text=order_number(n))
        return


def order_number(n: Normal) -> str:
    """The number of an order as the buyer wrote it."""
    number = _NUMBER.search(n.text)
    return re.sub(r"^[\s:は「#(]+|(?:No\.?|№)\s?", "", n.said(number.span())) if number else ""


_APART = re.compile(
    r"別々|別で(?:送|発|お願)|別の箱|別箱|別便|別送|別に(?:し|送|発|梱|届)|個別(?:に|で)(?:発送|送|配送|届|梱包)|分けて|わけて|分割(?!払)|分納|別梱包|別個|バラバラ|ばらばら|それぞれ(?:の|に)?(?:別|住所|送|届|発送|梱包)|同梱(?:は|も)?(?:し|さ)?(?:ないで|不要|せず|不可|なし|NG|避け|やめ)|まとめないで|まとめずに?|一緒(?:の箱)?に(?:し|入れ|送ら|梱包し|まとめ)(?:ないで|ず)|同梱(?:は|を)?(?:ご)?遠慮|同梱(?:を|は)?希望し(?:ない|ませ)|(?:2|二|3|三)(?:個口|箱)(?:に|で)"
)
_PARTS = re.compile(
    r"(?:在庫|ある|有る|でき(?:て(?:い)?る|上がった)|できた|出来た|用意|準備|入荷|届い|揃っ|そろっ|間に合う)[^。\n]{0,14}(?:もの|物|分|商品|順|方|ほう)[^。\n]{0,8}(?:から|だけ|を|のみ)?(?:先|順|送|発送|届|出荷)|(?:(?<![一-龥けりえし])|(?<=[分品物])|(?<=だけ))先に(?:[^。\n]{0,8})?(?:送|発送|届|出荷|ください|お願い|欲しい|いただ)|先(?:行|出し|送り)(?:発送|出荷)?|順次(?:発送|送|届|お?届け|出荷)|順番に(?:発送|送|届)|分割(?:発送|配送|納品|でも|で|して|に)|分納|分けて(?:発送|送|届|配送|もら|いただ|くだ|も|お|出荷)|別(?:々|便|送)(?:に|で|の)?(?:なっ|でも|も|発送|送|届|配送)|揃わなくて|そろわなくて|(?:揃|そろ)(?:う|い)のを?待た|(?:分|わ)かれても|複数(?:回|便|口)|バラバラ|ばらばら"
)
_STOCK = re.compile(
    r"在庫|予約|取り寄せ|お?取寄|入荷|揃|そろ|欠品|発売|ある(?:もの|分|商品)|あるもん|準備でき|用意でき|でき(?:て|上)|できた|出来た|すぐ(?:出|送|発)|遅れ|間に合う|先に|先行|順次|順番|残り|後(?:から|日)|届いたもの|急ぎ|かれても|複数"
)


_NOT_IN_PARTS = re.compile(
    r"(?:入荷|揃|そろ)[^。]{0,16}(?:一緒|まとめ|同時|全部)|(?:分けて|分割|別々に?|バラバラに?|ばらばらに?|別便|何回にも)[^。]{0,8}(?:と|のは|ては|たら)(?:困|大変|面倒|嫌|いや|不便)|(?:先に|分けて|分割|別々に|別便)[^。]{0,8}(?:送らない|送らず|発送せず|分けず|発送しない|しないで|せずに?|ではなく|不要)|(?:分納|分割|分割発送|分割配送|分割納品)(?:は|を|も)?(?:不可|NG|避|やめ|困|しな|せず|ご?遠慮)|分割払"
)
_FIRST_OTHER = re.compile(
    r"(?:見積|請求|領収|納品)[^。、]{0,4}先に|先に(?:メール|連絡|電話|支払|入金|お?振込|注文|見積|請求|届いた|教え)"
)


#: それぞれ別々にラッピング: the gift work, not the parcels.
_GIFTS_APART = re.compile(
    r"^(?:々|に|で|の|を|別々に?|個別に?|、)*(?:ギフト)?(?:ラッピング|包|袋|のし|リボン|メッセージ|カード|領収|請求|プレゼント)"
)


def separating(n: Normal) -> Iterator[Found]:
    """Partial shipping of one order, or two orders that must stay apart."""
    text = n.text
    parts = _PARTS.search(text)
    if parts and not _NOT_IN_PARTS.search(text) and _STOCK.search(text) and not _FIRST_OTHER.search(text):
        yield Found(Kind.SPLIT_SHIP, parts.span())
        return
    apart = next(
        (
            m
            for m in _APART.finditer(text)
            if not re.search(r"(?:金額|値段|価格)[^。]{0,14}$", text[: m.start()])
            and not _GIFTS_APART.match(text[m.end() :])
            and not _ENCLOSED.search(text[: m.start()])
        ),
        None,
    )
    if apart is None or re.search(
        r"(?:分納|分割|分割発送|分割配送|分割納品)(?:は|を|も)?(?:不可|NG|避|やめ|困|しな|せず|ご?遠慮)", text
    ):
        return
    if re.search(
        r"(?:別々|分けて|分割|別便|別送)(?:に|で)?(?:は|には)?(?:発送|送ら|送付|配送)?(?:し)?(?:ないで|せず|ではなく|なら(?:ず|ない))|分けずに",
        text,
    ):
        return
    if _OTHER_ORDER.search(text) or re.search(
        r"注文|あての|宛の|同梱|届け先|それぞれ|まとめな|まとめず|一緒にしな|別の箱|別箱|個口|梱包", text
    ):
        yield Found(Kind.NO_COMBINE, apart.span())
    elif re.search(r"構|かま|いい|良い|よい|OK|ok|大丈夫|可", text[apart.end() : apart.end() + 20]):
        yield Found(Kind.SPLIT_SHIP, apart.span())
    else:
        yield Found(Kind.NO_COMBINE, apart.span())


_ALL = re.compile(
    r"(?:全部|ぜんぶ|全て|すべて|全商品|全品|全点|みんな|一式|商品|全員分|両方|2つとも|ふたつとも|3点とも|もの)?(?:が|は|の(?:商品)?が|を)?(?:揃って|そろって|揃い次第|揃ってから|そろい次第|揃うまで|そろうまで|揃った|そろった|揃い|そろい)(?!の)|(?:全部|全て|すべて|全品|ぜんぶ)[^。]{0,6}(?:揃え|そろえ)て|入荷(?:して|後|し次第|を待って|したら)(?:から)?[^。\n]{0,6}(?:一緒|まとめ|全部|一度|同時)|(?:全部|全て|すべて|全品|ぜんぶ|一度に|いっぺんに|一回で|1回で|1度に|同時に)[^。\n]{0,10}(?:まとめて|一緒に|一度に|いっぺんに|一括|同時に)|(?:一括|まとめて|いっぺんに|一度に|1度に|一回で|1回で|同時に)[^。\n]{0,10}(?:発送|送|届|配送|出荷|受け取|受取|お願い|配達)|(?:分けず|分割せず|別々(?:に|で)?(?:は|に)?(?:なら|し|せ|送ら|届か)|分割(?:発送|配送)?(?:は|を)?(?:し|なさ|避|不|NG|やめ)|分納(?:は)?不可|バラバラ(?:に|で)?(?:は|に)?(?:届か|なら|し|送ら|避|困))"
)


def waiting_for_all(n: Normal) -> Iterator[Found]:
    """Ship when everything is there."""
    match = _ALL.search(n.text)
    if match is None or (_OTHER_ORDER.search(n.text) and not re.search(r"揃|そろ|予約", n.text)):
        return
    rest = n.text[match.end() : match.end() + 20]
    if re.search(r"^(?:の|のを)?(?:を)?(?:待た|なくて|わなくて|でなくて)|^なくても", rest) or re.search(
        r"揃わなくて|そろわなくて|待たずに", n.text
    ):
        return
    if re.search(r"揃(?:い|う)の(?:食器|柄|色)", n.text):
        return
    yield Found(Kind.WAIT_ALL, match.span())


_PLACES = (
    (r"宅配(?:ボックス|BOX|box|Box|ロッカー|ポスト|ぼっくす)|宅ボ", "宅配ボックス"),
    (r"ガスメーター(?:ボックス|BOX|box)?|メーターボックス|メーターBOX|メーター(?:の)?(?:中|横)|パイプスペース|(?<![A-Z])PS(?![A-Z0-9])", "ガスメーターボックス"),
    (r"自転車(?:の)?(?:前)?(?:かご|カゴ|籠)", "自転車かご"),
    (r"車庫|ガレージ|カーポート|駐車場", "車庫"),
    (r"物置|納屋|倉庫", "物置"),
    (r"管理人(?:室|さん)?|管理室|管理事務所|コンシェルジュ|フロント", "管理人"),
    (r"玄関(?:前|先|ドア|の前|の横|横|脇|ポーチ|の外|あたり|フード|口|の脇)?|ドア(?:の)?(?:前|横|ノブ)|門(?:の)?(?:前|の中|内|扉)|勝手口|軒先|縁側", "玄関前"),
)  # fmt: skip
_PLACE = re.compile("|".join(f"(?P<p{i}>{pattern})" for i, (pattern, _word) in enumerate(_PLACES)))
_DROP = re.compile(
    r"置い|置き|おいて|おいと|おいとい|入れて|入れと|いれて|いれと|預け|あずけ|渡し(?:て|と)|放り|に届けて|にお?届け|投函|へお?届け|でお願い|にお願い|へお願い|で大丈夫|でOK|でいい|で良い|でよい|でかま|で結構|希望|にお?入れ|を利用|を使|利用|お願い"
)
_DROP_NOT = re.compile(
    r"(?:置き配|置配|宅配(?:ボックス|BOX)|玄関前?)(?:は|に|を|へ|で|の|には|への|が|配達|希望|に?置く|指定)*(?:しないで|不可|NG|やめ|止め|避け|入れないで|置かないで|使わないで|使用しない|使用不可|利用しない|不要|禁止|ご?遠慮|無し|なし|困|できません|でき(?:ない|ず)|ありません|ない(?:ので|です|ため)|使え|壊れ|故障|せず|せんと)|置かないで|置き去り|手渡し(?:で|希望|を|に)|(?<!非)対面(?:で|で?の|受け?取|希望)|直接(?:手渡|受け取|渡)"
)
_DROPPING = re.compile(
    r"置き配|置配|おきはい|置いて(?:お|い|もら|もろ|もい|も[構良大]|くだ|もら|頂|帰|下)|置いと|おいとい|おいておい"
)


def leaving(n: Normal) -> Iterator[Found]:
    """Where the parcel may be left, one of the known words; against leaving it is a note (REM-6)."""
    text = n.text
    unwanted = _DROP_NOT.search(text)
    if unwanted:
        yield Found(Kind.HANDLING_NOTE, unwanted.span())
        return
    alone = _PLACE.fullmatch(text.strip("。、! "))
    if alone:
        yield Found(Kind.PLACE_DROP, (0, len(text)), text=_place(alone))
        return
    if re.search(r"リボン|名前は|名入れを", text) and not _DROPPING.search(text):
        return
    for place in _PLACE.finditer(text):
        rest = text[place.end() : place.end() + 22].split("。")[0]
        if re.match(r"^(?:まで|から)(?!.{0,8}置)", rest) or not (_DROP.search(rest) or _DROPPING.search(text)):
            continue
        inner = re.match(r"(?:の(?:横|脇|前|中|奥|隣|裏))?(?:にある|の)", text[place.end() :])
        nested = _PLACE.match(text, place.end() + inner.end()) if inner else None
        place = nested or place
        yield Found(Kind.PLACE_DROP, place.span(), text=_place(place))
        return
    dropping = _DROPPING.search(text) or re.search(
        r"(?:ポスト|郵便受け)(?:に|へ)?(?:入れ|投函|お願い|で)|(?:隣|お隣|となり)[^。]{0,8}(?:預け|渡し|届け)", text
    )
    if dropping:
        yield Found(Kind.PLACE_DROP, dropping.span(), is_sure=False)


def place_named(n: Normal) -> str:
    """The first known place of the text."""
    found = _PLACE.search(n.text)
    return _place(found) if found else ""


def _place(found: re.Match[str]) -> str:
    return next(word for i, (_pattern, word) in enumerate(_PLACES) if found[f"p{i}"])
