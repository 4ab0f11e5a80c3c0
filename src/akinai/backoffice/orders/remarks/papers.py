"""Wishes about names on money and paper: who will transfer, slips without prices, receipts, invoices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .normal import Normal
from .phrases import UNWANTED
from .types import Found, Kind

_UNWANTED = re.compile(r"^[^。\n、]{0,12}?" + UNWANTED)
_PAYER = re.compile(
    r"名義|旧姓|振込(?:人|者|元|主)|振込(?:は|が|を)[^。\n]{0,14}(?:名|から|で(?:行|いた|し|振))|入金(?:は|者|人)[^。\n]{0,12}(?:名|から)|(?:名前|名)(?:\([^)]{2,20}\))?で(?:お)?(?:振|入金|送金)|から(?:の)?(?:お)?(?:振込|入金|送金)|(?:代わりに|代理で)[^。]{0,8}(?:振|入金|支払)|が(?:お)?(?:振込|振り込|入金|送金)"
)
_MONEY = re.compile(r"振込|振り込|入金|送金|支払|名義|口座")
_KANA = r"[ァ-ヴー]"
_KANA_NAME = re.compile(
    rf"(?:カ\)|ユ\)|\(カ\)|\(ユ\)|シヤ\)|イ\)|(?<=[「『(:は ])|(?<=名義)|^|(?<=[、はがのをで]))\s*(?P<name>(?:カ\)|ユ\)|\(カ\)|\(ユ\)|シヤ\)|イ\))?\s*{_KANA}{{2,}}(?:[ 　・]?{_KANA}+)*(?:\(カ\)|\(カ|カ\))?)(?![ぁ-ん一-龥]?ード|払い)"
)
_QUOTED = re.compile(r"[「『\"“(]\s*(?P<name>[^」』\"”)]{2,20})\s*[」』\"”)]")
_HIRA_NAME = re.compile(
    r"(?:名義|名前|名|振込人)(?:は|が|:|で|、|\s)*(?P<name>[ぁ-ん]{2,6}[ 　]?[ぁ-ん]{2,6}?)(?=(?:で|に|と|です|から|名義))"
)
_KANJI_NAME = re.compile(
    r"(?:名義(?:人)?|名前|振込人|振込者)(?:名)?(?:は|が|:|、|\s)*(?P<name>[一-龥々ヶァ-ヴーA-Za-z()]{2,16}(?:[ 　][一-龥々ァ-ヴー]{1,8})?)(?=(?:で|に|と|です|から|名義|様|さん|になり))|(?P<name2>[一-龥々ァ-ヴーA-Za-z()]{2,16}(?:[ 　][一-龥々ァ-ヴー]{1,8})?)(?:の)?(?:名義|名で|の名前で|から(?:の)?(?:お)?(?:振|入金|送金))"
)
_NOT_NAMES = re.compile(
    r"^(?:カード|コンビニ|クレジット|ネット|ネットバンク|銀行|振込|キャンセル|メール|ヨロシク|ゆうちょ|注文|会社|主人|夫|妻|母|父|息子|娘|家族|別|本人|代理|ペイ|プレゼント|ラッピング|サイズ|旧姓|法人|個人|郵便局|ATM|下記|以下|屋号|両親)$"
)
_TO_KATAKANA = {c: c + 0x60 for c in range(0x3041, 0x3097)}


def transferring(n: Normal) -> Iterator[Found]:
    """The transfer will come under another name: katakana without blanks (REM-20)."""
    text = n.text
    mark = _PAYER.search(text)
    if mark is None or not _MONEY.search(text) or (re.search(r"領収書|請求書", text) and "振込" not in text):
        return
    if re.search(r"クレジット|カード", text) and "振込" not in text and "入金" not in text:
        return
    yield Found(Kind.PAYER_NAME, mark.span(), text=payer(n))


def payer(n: Normal) -> str:
    kana = list(_KANA_NAME.finditer(n.text))
    candidates = [
        m["name"] for m in kana if n.text[: m.start("name")].rstrip().endswith(("名義は", "名義は、", "名義:"))
    ]
    candidates += [m["name"] for m in kana]
    candidates += [m["name"] for m in _QUOTED.finditer(n.text)] + [m["name"] for m in _HIRA_NAME.finditer(n.text)]
    candidates += [m["name"] or m["name2"] for m in _KANJI_NAME.finditer(n.text)]
    for name in candidates:
        bare = re.sub(r"[\s・]", "", name)
        if len(bare) > 1 and not _NOT_NAMES.match(bare):
            return bare.translate(_TO_KATAKANA)
    return ""


_PRICED = re.compile(
    r"(?:金額|値段|お値段|価格|代金|料金|ねだん|購入額|いくら)[^。\n]{0,16}(?:わか|分か|判|書|記載|載|見え|入|知られ|表示|印字|出|伝わ|バレ|ばれ|抜|なし|無し|伏せ|消し|隠|のない|の無い|ないもの|含|付|見られ)|(?:明細|納品|伝票)(?!(?:書|票)?に(?:は)?(?:日付|宛|社名|店名|名前|ロゴ|住所))(?:書|票)?(?:等|など|や領収書|・領収書|類|とか)?[^。\n]{0,14}(?:入れない|いれない|不要|同封しない|同封せ|同封は(?:しない|不要|ご?遠慮|結構|なし)|抜い|なし|無し|いりません|いらない|要りません|要らない|外し|省|別送|入れず|つけない|付けない|入って(?:い)?ない)"
)
_PRICE_ASK = re.compile(
    r"ない|なし|無し|ません|せず|不要|抜|ぬい|伏せ|消し|隠|別|やめ|避け|NG|遠慮|困|外し|省|れず|入れんと|ずに|んといて|わからん"
)


_PRICE_WANTED = re.compile(
    r"金額(?:を|は|が)(?:教え|知り|合って|変わ|正し|違)|金額が(?:わかり|分かり)(?:次第|ましたら|たい)|(?:領収書|請求書|見積書|但し)[^。]{0,10}金額[^。]{0,8}記載(?!し?ない)"
)


def hiding_prices(n: Normal) -> Iterator[Found]:
    """SHP-62: nothing in the parcel may tell what it cost."""
    for match in _PRICED.finditer(n.text):
        rest = n.text[match.start() : match.end() + 26]
        if _PRICE_WANTED.search(n.text) and not re.search(r"(?:入れ|同封し|つけ|付け)ない|不要|抜", rest):
            continue
        if _PRICE_ASK.search(rest):
            yield Found(Kind.NO_PRICE_SLIP, match.span())
            return


_RECEIPT = re.compile(
    r"領収(?:書|証|しょ)|レシート|インボイス(?!(?:対応)?の?(?:請求書|納品書|見積)|制度|登録|番号)(?:対応)?(?:の領収書)?"
)
_QUOTE = r"[「『\"“](?P<{0}>[^」』\"”]{{0,30}})[」』\"”]"
_TO_QUOTED = (
    re.compile(r"(?:宛名|宛先|宛|会社名|名義|お名前|名前|あて名)(?:は|を|が|に|:|;|、|\s|で|も|どちらも|ともに|の(?:名前|名)は|(?:個人|会社|法人)名で)*" + _QUOTE.format("to")),
    re.compile(_QUOTE.format("to") + r"\s?(?:様)?(?:宛|と(?:いう)?宛名|の宛|で宛|名|様名|で(?:発行|作成|領収|請求|お願い)|の名|あて|として宛|名義)"),
)  # fmt: skip
_TO_PLAIN = (
    re.compile(r"領収書/(?P<to>[^/。、\n]{2,24})(?=/|$)"),
    re.compile(r"領収書[ 　:](?P<to>[一-龥々ァ-ヴー]{2,12})$"),
    re.compile(r"(?:宛名|宛先|あて名|宛て名|お?名前)(?:は|を|が|:|、|\s|に)*(?P<to>(?:(?!で(?:お|、|。|す|発|但|作)|に(?:して|てお)|となり|です|、|。|\n|と(?:し|い|記|書)|でお|、但|様で)[^「」『』]){1,30}?)\s?(?:様)?(?=で|に|です|、|。|\n|と|/|,|$|\s但|でお|様)"),
    re.compile(r"(?:^|[、。\n\s]|は|を|、?領収書は|書を|書は)(?P<to>[^、。\n「」をはが]{2,30}?)\s?(?:様|御中)?\s?(?:宛|あて|名義で|名で|の名前で|様で|御中で)(?!名|先)"),
    re.compile(r"(?P<to>(?:(?:株式|有限|合同)会社|\(株\)|\(有\)|医療法人|社会福祉法人|一般社団法人|学校法人|NPO法人)[^、。\n「」をはがで宛]{1,24}|[^、。\n「」をはがで宛の\s]{1,24}(?:(?:株式|有限|合同)会社|\(株\)|\(有\)|商店|工務店|事務所|医院|クリニック|保育園|幼稚園|小学校))"),
    re.compile(r"(?:会社名|社名|名前|名義)(?:で|の)[^。]{0,20}領収書[^。、]{0,14}?[\s:。](?P<to>[一-龥ァ-ヴーA-Za-z]{3,20})$"),
)  # fmt: skip
_NO_NAME = re.compile(
    r"宛名(?:は|を|も)?(?:なし|無し|空欄|空白|不要|いりません|ブランク|空け|書かない|記入しない|無記名|未記入)|(?:無記名|名無し)"
)
_UESAMA = re.compile(r"上様")
_FOR_QUOTED = re.compile(
    r"(?:但し?書き?|ただし書き?|但し|ただし|但|品目|内容|摘要|名目)(?:き)?(?:は|を|が|に|も|:|;|、|\s|として)*"
    + _QUOTE.format("what")
)
_FOR_AFTER_QUOTE = re.compile(
    _QUOTE.format("what")
    + r"\s?(?:と(?:して|し)|代として|で(?:但|ただ))|(?:宛[、でにはを,]*|様[、で]*)"
    + _QUOTE.format("what2")
)
_FOR_PLAIN = re.compile(
    r"(?:但し?書き?|ただし書き?|但し|ただし|但|品目|摘要|名目)(?:き)?(?:は|を|が|に|も|:|;|、|\s)*(?P<what>(?:(?!でお|、|。|\n|でい|で良|でよ|で発|でかま|でけっ|で結|にして|でく|に(?:て)?お|です|と(?:記|書|し(?!て)|い|お)|をお)[^「」『』]){2,20})(?!」)"
)
_FOR_AS = re.compile(
    r"(?:^|[、。/\n\s「はに宛でを])(?P<what>(?:お|ご|御)?[^、。\n「」はにでを宛]{1,12}(?:代|費|料|として)(?:として)?)(?=で|に|と|の|を|、|。|$|し)"
)


def receipting(n: Normal) -> Iterator[Found]:
    """A receipt; `text` is 宛名|但し書き, blank where nothing is said."""
    mark = _RECEIPT.search(n.text)
    if mark is None:
        return
    rest = n.text[mark.end() :]
    if _UNWANTED.match(rest) and not re.match(
        r"^[^。\n]{0,20}(?:不要です?が|お願い|ください)", re.sub(r"不要.*", "", rest) + ""
    ):
        yield Found(Kind.HANDLING_NOTE, mark.span())
        return
    if _asks_only(n.text, mark.start()):
        return
    yield Found(Kind.RECEIPT, mark.span(), text=made_out(n))


def made_out(n: Normal) -> str:
    """宛名|但し書き of a receipt, empty where neither is said."""
    to, what = addressee(n), _purpose(n)
    return f"{to}|{what}" if to or what else ""


def _asks_only(text: str, at: int) -> bool:
    """Where, when, how: a question about a paper is no wish for one."""
    sentence = re.split(r"[。\n]", text[at:])[0]
    return bool(
        re.search(
            r"(?:どこ|どう(?:やって|すれば|したら)|いつ|どの(?:よう|ページ)|ダウンロードでき|同封されて(?:い)?ま|付いて(?:き|い)ま|(?:され|載り|入り|つき|付き)ますか|入って(?:い)?ますか|もらえるのでしょうか|どちら)",
            sentence,
        )
    )


def addressee(n: Normal) -> str:
    """To whom a paper is made out, as the buyer wrote it; 様 and 御中 are not part of the name."""
    if _NO_NAME.search(n.text):
        return ""
    for pattern in (*_TO_QUOTED, *_TO_PLAIN):
        for match in pattern.finditer(n.text):
            name = re.sub(r"\s?(?:様|御中|さま|宛|あて)+$", "", n.said(match.span("to")))
            name = re.sub(
                r"^(?:お手数ですが|すみませんが|また|なお|領収書|請求書|見積書|納品書|は|を|の|も|、|宛名|:|会社名|法人名|\s)+",
                "",
                name,
            )
            if name and not re.search(
                r"領収|請求書|見積|納品|お願い|別途|宛名|住所|自分|別$|メール|但し|ください|但$|購入|会社$(?<!株式会社)(?<!有限会社)(?<!合同会社)|名前$|以下|下記|注文者|購入者|同じ|いただ",
                name,
            ):
                return name
    return "上様" if _UESAMA.search(n.text) else ""


def _purpose(n: Normal) -> str:
    quoted = _FOR_QUOTED.search(n.text)
    if quoted:
        return n.said(quoted.span("what"))
    plain = _FOR_PLAIN.search(n.text)
    if plain and not re.search(r"なし|無し|空欄|空白|ブランク|おまかせ|お任せ", plain["what"]):
        return re.sub(r"(?:に|で|と|を|は)$", "", n.said(plain.span("what")))
    after = _FOR_AFTER_QUOTE.search(n.text)
    if after:
        return n.said(after.span("what" if after["what"] is not None else "what2"))
    loose = _FOR_AS.search(n.text)
    if loose and not re.search(r"送料|無料|手数料|有料|代わり|交代|時代|世代|会費|宛名", loose["what"]):
        return n.said(loose.span("what"))
    return ""


_DOCUMENT = re.compile(r"納品請求書|請求書|(?:お|御)?見積(?:もり|り)?書?|納品書|適格請求書")
_DOCUMENT_ASK = re.compile(
    r"郵送|同封|ください|欲しい|ほしい|発行|送って|送付|つけて|付けて|入れて|必要|メール|PDF|pdf|ＰＤＦ|希望|お願い|いただけ|いただき|作成|もらえ|添付|用意|FAX|要$|頼|くれ|入用|いります|要ります|送ら|あると|ほし"
)


def documenting(n: Normal) -> Iterator[Found]:
    """請求書, 見積書, 納品書: `text` is their kinds with commas and the addressee, joined by a bar."""
    wanted: list[str] = []
    first = None
    for match in _DOCUMENT.finditer(n.text):
        rest = n.text[match.end() :].split("。")[0]
        if (
            re.match(r"^[^。\n、]{0,10}?" + UNWANTED, rest)
            or re.match(r"^払い|^(?:は|が)?(?:届|来|入って)", rest)
            or _asks_only(n.text, match.start())
        ):
            continue
        if not _DOCUMENT_ASK.search(n.text[match.end() :]) and not _DOCUMENT_ASK.search(n.text):
            continue
        if (
            re.search(r"(?:金額|値段|価格)[^。]{0,10}(?:入ら|載|記載|わか|分か|ない|抜)", n.text)
            and match.group() == "納品書"
        ):
            continue
        name = {"納品請求書": "納品書,請求書", "適格請求書": "請求書"}.get(match.group(), match.group())
        name = "見積書" if "見積" in name else name
        wanted += [k for k in name.split(",") if k not in wanted]
        first = first or match
    if first is not None and wanted:
        to = addressee(n)
        yield Found(Kind.DOCUMENT_REQUEST, first.span(), text=",".join(wanted) + (f"|{to}" if to else ""))
