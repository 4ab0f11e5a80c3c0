"""Wishes that change the order itself: cancelling, another address, other goods, another way to pay; and complaints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .normal import Normal
from .phrases import UNWANTED
from .types import Found, Kind

_CANCEL = re.compile(
    r"(?:(?<!ノイズ)(?<!ノン)(?<!ノイズ・)キャンセル|取り消|取りやめ|とりやめ|取り下げ|白紙|解約)"
    r"(?!料|待ち|ポリシー|不可|規定|が出|し(?:ない|ません)|では(?:な|あり)|じゃな|じゃあ|の場合|する場合|の際|について|方法|期限|は(?:いつまで|可能ですか?$)|した場合|(?:は|って)?でき(?:ない|ません)(?!か|よ|で)|になった|になり|ではありません|扱い|しちゃ)"
    r"(?P<rest>[^。\n]{0,40})"
)
_CANCEL_ASK = re.compile(
    r"^(?:し|を|で|の|も|は|に|が|処理|手続き?|して|させて|いたし|扱い|と|など|方向で|依頼|、|\s|お|連絡|込|とい(?=て)|てお|したいので|す|り|く|るのを)*(?:お願い|ねがい|ください|たい|希望|いただ|もらえ|もらい|もらって|もろて|でき(?:ます|れば|ない(?:でしょう|です)か|ません)|可能|頼|いて|欲しい|ほしい|いたします|します|でお|て$|$|ね|よ|や|ちょうだい|くれ)"
)
_CANCEL_IF = re.compile(
    r"(?:場合|とき|時|なら|たら|れば|ければ|ようなら|ようでしたら|際)(?:に|は|には|、|全部|注文|自動的に|もう|すべて|全て|一旦|いったん|も|商品|その|分|を|こちら|で|この)*$"
)
#: 30日までに届かないなら: the condition is a deadline of this very order, and the shop must look.
_TOO_LATE = re.compile(
    r"間に合わ|(?:まで|迄|中|内)に?は?[^。]{0,10}(?:届か|着か|到着し|来|発送(?:され|でき|し))(?:な|ませ)|届かない(?:よう)?(?:なら|場合|とき|時)"
)
_CANCEL_PAST = re.compile(r"(?:前回|先日|以前|昨日|この前|先ほど|さっき|間違えて)[^。]*$")
_UNDO = re.compile(
    r"(?:^|[。!、\s]|ので|から)(?:やっぱり?|やはり|もう)?、?(?:注文|購入|買うの)?(?:を|は)?(?:やめ|辞め|止め)(?:ます|たい(?:です|の)|させて|ておきます|ときます|にします)|"
    r"(?:注文|購入|オーダー)(?:自体)?(?:は|を|が)?(?:なかったこと|無かったこと|やめ(?:たい|ます|させ|ておき|とき|に)|辞め(?:たい|ます|させ)|止め(?:たい|ます)|破棄|無効|取り下げ|撤回|いらなく|不要に)|(?:やっぱり|やはり)(?:いら|要ら|やめ|辞め)|"
    r"(?:重複|ダブ|二重|2重|2回|2度|二回|二度)(?:って|し|に|で)?[^。]{0,18}[。、]?[^。]{0,6}(?:片方|一方|1つ|ひとつ|1件|こちら|どちらか)[^。]{0,12}(?:消して|削除|不要|いらな|取り|なし|無効)|(?:送らないで|発送しないで)(?:ください|)[^。]{0,10}(?:間違|誤)"
)


def cancelling(n: Normal) -> Iterator[Found]:
    """T20: the buyer wants out. A condition (欠品なら), a story or a compound word is no request (REM-6)."""
    text = n.text
    if "キャンセル" in text or "取り" in text or "とりやめ" in text or "白紙" in text or "解約" in text:
        for match in _CANCEL.finditer(text):
            before = text[: match.start()].split("。")[-1]
            is_late = _TOO_LATE.search(before) is not None
            if (_CANCEL_IF.search(before) and not is_late) or not _CANCEL_ASK.match(match["rest"]):
                continue
            if _CANCEL_PAST.search(before) and re.match(r"^し(?:てしま|た|ちゃ|まし)", match["rest"]):
                continue
            if re.search(
                r"(?:包装|ラッピング|ギフト|定期便|日時指定|日付指定|メルマガ|ポイント|クーポン|のし)(?:は|を|の)?$",
                before,
            ):
                continue
            yield Found(Kind.CANCEL_REQUEST, match.span())
            return
    undo = _UNDO.search(text)
    if undo:
        yield Found(Kind.CANCEL_REQUEST, undo.span())


_COMPLAINT = re.compile(
    r"(?:いまだに|未だに|一向に)[^。]{0,10}(?:到着|届|発送|着)[^。]{0,4}(?:ません|ない)|(?:お願い|頼ん|指定|希望)(?:した|していた|して(?:い)?た)(?:のに|はず(?:なのに|が|です))|(?:開い|破れ|濡れ|汚れ|壊れ|割れ|つぶれ|潰れ)た状態で(?:届|来|き)|(?:箱|商品|中身|荷物|段ボール|包装|袋|品物)[^。]{0,4}(?:ボコボコ|ベコベコ|べこべこ|ぼこぼこ|グチャグチャ|ボロボロ|ぼろぼろ|へこ|凹|破損|破れ|つぶれ|潰れ|濡れ|開封され|開い)[^。]{0,6}(?:でした|だった|てい(?:た|まし)|てた|てまし|ました)|"
    r"覚え(?:の|が)(?:ない|無い|あり)|(?:返金|交換|返信|返事|対応|処理|商品|荷物)(?:も|が|は|の[^。]{0,6})?(?:まだ|未だ)(?!なら|でした|の場合|の(?:よう)?で|であれば|だ(?:った|と思))|"
    r"ちゃんとして(?:ください|ほし|よ)|態度(?:が|も)[^。]{0,6}(?:悪|ひど|失礼|横柄)|説明して(?:ください|ほし)|(?:二重|余分|余計|多く)[^。]{0,4}(?:請求|引き落と|課金)(?:され|して)|(?:商品|荷物|品物|品|もの|注文したもの|注文分|何も|なにも|いまも|今も)(?:が|は|も)?[^。、]{0,6}(?:届かない|届きません|届かん|来ない|来ません|こない)(?:のです|んです|ん[やだ]|のだ|けど|が(?!良)|。|!|$)|"
    r"(?:対応|発送|返事|返信|連絡|配送|お?届け|処理|届くの)(?:が|も|は)(?:とても|すごく|かなり|本当に|いつも|ちょっと|少し)?(?:遅い(?:です|。|、|!|$|の[でにはが]|ん|し|よ)|遅すぎ|遅くて(?:困|不)|悪い(?:です|。|!|$)|悪すぎ|ひど)|"
    r"いつ(?:になったら|まで)?(?:届く|来る|発送)[^。]{0,8}(?:もう|ずっと|全然|前に)|(?:まだ|未だ|いまだ|一向に|全然|ぜんぜん|ちっとも)[^。]{0,12}(?:届(?:か|いてい?)(?:な|ませ|へん)|届きませ|来(?:な|ませ|て(?:い)?(?:な|ませ))|発送されて(?:い)?な|返(?:事|信|答)|連絡)|届いて(?:い)?(?:ない|ません)(?!場合|とき|時|なら)|"
    r"返(?:事|信|答)が(?:な|来|ござい|あり?ま?せ|いただけ|もらえ)(?!くても)|連絡が(?:ない|来ない|来て(?:い)?ません|ありません|取れ|つかな)|"
    r"(?:違う|別の|間違った|ちがう|頼んでいない|注文していない)(?:商品|もの|物|サイズ|色|品|の|やつ|柄|味)(?:が|を|は)?(?:届[いきけ]|入って|送られ|来(?:た|まし|て))|(?:来|き|け|こ|届か?)[えう]?へん(?:ねん|の|ん|け|。|!|$|で)|荷物[^。]{0,6}どこ|どこ(?:に|へ)?(?:い|行)った|(?:届いた|送られてきた|入っていた|きた)(?:商品|もの|物|品|箱)?(?:が|は|に)[^。]{0,14}(?:壊|割れ|違|破|傷|汚|不良|つぶれ|潰れ|腐|カビ|欠け|足りな|動か|使えな)|"
    r"(?:数|個数|本|枚|もの|商品|部品|中身)[^。]{0,4}足り(?:ませ|な)|(?:メール|連絡|返事|返信|商品|荷物)(?:も|さえ|すら)(?:来な|こな|届かな|ない(?:し|ん|のは)|もら|来て)|期限(?:が|の)?切れ(?:て|た|の(?:商品|もの))(?!ない)|どういう(?:管理|つもり|対応)|(?:不良品|粗悪|詐欺|最悪|ひどい|酷い|ひどく|クレーム|苦情|不愉快|不誠実|いい加減に|怒っ|許せ|呆れ|あきれ|ふざけ|信じられ|憤|不満|誠意|二度と(?:買|頼|利用)|がっかり|残念(?:な|で(?:した|なり))|返金(?:して|し|を)|弁償|消費者センター|訴え)|"
    r"音沙汰|どういうこと|びしょびしょ|ぐちゃぐちゃ|(?:中身|中の\w{1,6}|商品|液)[^。]{0,6}(?:漏れ|もれ|こぼれ|溶け|溢れ)て|(?<![月/\d])(?:\d+|半)(?:日|週間|[ヶか]月|月)(?:も|以上|近く|ほど|が)?(?:経つ|たつ|経って|たって|経ち|たち|過ぎ(?!て(?:か|以)|で|に|以))|いつになったら|いつまで待|連絡もな|不具合|同じ(?:ミス|間違)|責任者|(?:もう|すでに|既に)\d+(?:日|週間|[ヶか]月)(?:も|以上|ほど|近く)?(?:待|経|た[っち]|過ぎ|なり)|(?:まだ|いまだ)[^。]{0,14}(?:来|届い|着い|き)(?:て)(?:い|お)?(?:へん|ない|ません|らん)|どないなって|(?:どうなって(?:い)?(?:る|ま|ん)|どうなっと)|(?:壊れて|割れて|破れて|傷ついて|汚れて|腐って|欠けて|つぶれて|潰れて|濡れて|へこんで|凹んで|不足して|足りま|(?<!気に)入って)(?:いま?した|ました|いて(?!も)|おりました|い(?:た(?:ので)?)|届)(?!ら)|(?:壊れ|割れ)て届(?:い|き)"
)
_THIS_TIME = re.compile(
    r"(?:今回|今度|次|今後|なので|ので|ため|から)[^。]{0,30}(?:梱包|包装|緩衝材|プチプチ|丁寧|厳重|しっかり|気をつけ|気を付け|注意|大丈夫|きれいな|新しい|確認|よろしく|お願い)"
)
_HARD = re.compile(
    r"返金|交換|どうなって|至急(?:返|連|ご)|返事|返信|ひどい|酷い|最悪|クレーム|苦情|残念|がっかり|まだ届|未だ|許|誠意|不良品|二度と|対応して|説明|謝"
)


def complaining(n: Normal) -> Iterator[Found]:
    """Something went wrong before. A bad memory that only explains a wish for this parcel is a wish."""
    match = _COMPLAINT.search(n.text)
    if match is None:
        return
    if re.match(r"[^。]{0,6}ことが(?:ある|あり|ござ|何度)", n.text[match.end() :]) and not _HARD.search(n.text):
        return
    if _THIS_TIME.search(n.text) and not _HARD.search(n.text):
        return
    yield Found(Kind.COMPLAINT, match.span())


_ADDRESS = re.compile(
    r"(?:ご?住所|番地|部屋番号|部屋|号室|建物名?|マンション名?|アパート名?|お?届け先|お?送り先|配送先|発送先|送付先|配達先|宛先|郵便番号|丁目|番号|方書|転居先|引っ?越し先)"
)
_ADDRESS_CHANGE = re.compile(
    r"間違|まちがえ|誤(?:っ|り|記)|変更|変え|変わ|書き忘|入れ忘|入力(?:し)?忘|記入(?:し)?忘|忘れ|抜け|漏れ|もれて|訂正|修正|追記|追加|正しくは|正しい|引っ?越し(?:まし|た|して|し?ま)|足りな|不足|ミス|書いて(?:い)?な(?:かった|い)|"
    r"入って(?:い)?な(?:かった|い)|記載(?:が|し)?(?:もれ|漏れ|なかった)|ではなく|じゃなく|でなく|旧住所|新住所|に送って|に届けて|宛に|へ(?:送|届|配|お届け|お送り|発送)|に(?:お届け|お送り|発送|配送|配達)|にして|でお願い|古い"
)
_ADDRESS_PIECE = re.compile(
    r"(?:(?:北海道|東京都|(?:京都|大阪)府|[一-龥]{2,3}県)[^、。\n「」『』\s)]*(?: [^、。\n「」『』\s]*\d[^、。\n「」『』\s]*)*|〒?\d{3}-\d{4}|[一-龥ァ-ヶーA-Za-z0-9ぁ-ん]*?\d+(?:丁目|番地?|号室?|階|F|-\d+)[0-9\-番地号室階棟丁目のF]*|"
    r"[一-龥ァ-ヶーA-Za-z]+(?:マンション|ハイツ|コーポ|レジデンス|ビル|荘|アパート|ハウス|メゾン|タワー|団地|寮|パレス|ヒルズ|コート|様方|方)[^、。\n「」『』]{0,16}?\d*(?:号室?)?|[一-龥]+(?:市|区|町|村)[^、。\n「」『』\s]*|(?<=番号)\d{2,4}|(?<=番号は)\d{2,4}|\d{3,4}(?=号|です|に|でお願い|の))"
)
_ADDRESS_END = re.compile(
    r"(?:(?:です|でした|になります|になりました|でお願い|にお願い|に変更|へ変更|に訂正|に修正|となります|にして|が正し|に送|に届|へ送|へ届|へ|に|が|を|の間違い|まで|宛|と|だ|や|で|ですので|を追加|を入れ)(?:.*))$"
)
_NEW_PART = re.compile(
    r"(?:正しくは|正しい住所は|正:|→|から|ではなくて?|じゃなくて?|でなくて?|ですが|ましたが|新住所は?:?|変更後は?:?|変更先は?:?|下記:?|以下:?)(?P<new>[^。\n]*)"
)


def moving(n: Normal) -> Iterator[Found]:
    """1.6: the address is wrong or incomplete, or the parcel goes elsewhere; the text is the new part only."""
    text = n.text
    mark = _ADDRESS.search(text)
    change = _ADDRESS_CHANGE.search(text) if mark else None
    if not mark or not change:
        return
    if re.search(
        r"(?:電話番号|メールアドレス|注文番号|品番|カード番号)(?:が|を|は)?(?:[^。]{0,10})(?:間違|変更|変わ)", text
    ):
        return
    new = _new_address(n)
    strong = re.search(
        r"(?:住所|番地|部屋番号|号室|建物|マンション名|アパート名|届け先|送り先|配送先|発送先|送付先|宛先|郵便番号|丁目)(?:の)?[^。]{0,18}(?:間違|まちが|誤|変更(?!な)|変え|変わ|忘れ|抜け|漏れ|もれ|訂正|修正|追記|追加|付け足|足りな|不足|ミス|書いてな|違って|古い|ではなく|じゃなく|正しく|引っ?越)",
        text,
    )
    if not strong and not (
        new
        and re.search(
            r"正しくは|ではなく|じゃなく|引っ?越しまし|引っ?越した|送り先|届け先|配送先|へ変更|に変更|送付先|下記|こちらの住所",
            text,
        )
    ):
        return
    yield Found(Kind.CHANGE_ADDRESS, (mark.start(), max(change.end(), mark.end())), text=new)


def _new_address(n: Normal) -> str:
    """What looks most like the new part: behind 正しくは or →, else the last piece of an address."""
    quoted = re.search(r"[「『]([^」』]*\d[^」』]*)[」』]\s*(?:が正|です|に|でお|へ|を)", n.text)
    area_start = 0
    for match in _NEW_PART.finditer(n.text):
        if _ADDRESS_PIECE.search(match["new"]):
            area_start = match.start("new")
    if quoted and quoted.start() >= area_start:
        return n.said(quoted.span(1))
    named = re.search(
        r"正し(?:くは|い(?:お?名前|宛名|氏名)は)、?[「『]?(?P<n>[^」』。、0-9]{2,20}?)(?:」|』|です|でお願い|になり)",
        n.text,
    )
    if named and not _ADDRESS_PIECE.search(named["n"]):
        return n.said(named.span("n"))
    pieces = [m for m in _ADDRESS_PIECE.finditer(n.text, area_start) if m.end() > m.start()]
    if not pieces:
        return ""
    best = pieces[0] if area_start else pieces[-1]
    end = next((m.end() for m in reversed(pieces) if m.start() <= best.end() + 1), best.end())
    more = re.match(r"^[ 　]*[^、。\n「」]*", n.text[best.start() :])
    raw = more.group() if more else n.text[best.start() : end]
    cut = re.search(
        r"(?<=[0-9号室地棟階Fンス方荘])(?:です|でした|になり|でお願い|にお願い|に|へ|が|を|の間|まで|宛|と|だ|で|や)|です|になります|に(?:変更|送|届|訂正|修正|お|して)|へ(?:変更|送|届|お)|が正しい|を追加|宛に",
        raw,
    )
    start = best.start()
    stop = start + (cut.start() if cut else len(raw))
    return re.sub(r"^(?:部屋番号|番地|住所|は|の|を|、|号室は|:)+", "", n.said((start, stop)))


_ITEM_WORDS = re.compile(
    r"[赤青緑黒白紺茶黄紫灰](?=[をにかでじはのへや→]|色|$)|ピンク|ベージュ|グレー|ネイビー|ブラウン|ホワイト|ブラック|レッド|ブルー|グリーン|オレンジ|サイズ|色|カラー|数量|個数|本数|枚数|味|種類|商品|柄|型番|容量|セット|タイプ|品番|香り|フレーバー|注文|\d+(?:個|本|枚|袋|箱|点|セット|着|足|台|kg|キロ|パック|缶|杯)|[SMLX]+(?:サイズ)?"
)
_FROM_TO = re.compile(
    r"(?P<a>[^、。\n「」をはがの]{1,16}?)(?:サイズ|色|カラー)?(?:から|→|>|より)(?P<b>[^、。\n「」]{1,16}?)(?:サイズ|色|カラー)?(?:に|へ|で|を)?(?:数量を?)?(?:変更|変え|交換|替え|して|増や|減ら|訂正|修正|お願い|し?たい|$|。|、)"
)
_NOT_BUT = re.compile(
    r"(?P<a>[^、。\n「」をはがの]{1,16}?)(?:サイズ|色)?(?:では?なくて?|じゃなくて?|やなくて)、?(?P<b>[^、。\n「」]{1,16}?)(?:サイズ|色)?(?:を|で|に|が|へ|の方|のほう|です|でした)"
)
_OBJECT_TO = re.compile(
    r"(?P<a>[^、。\n「」がはの]{1,16}?)(?:サイズ|色)?を(?P<b>[^、。\n「」を]{1,16}?)(?:サイズ|色)?(?:に|へ)(?:変更|変え|交換|替え|して|訂正|修正|増や|減ら)"
)
_MISTAKE = re.compile(
    r"(?:間違えて|誤って|まちがって|うっかり|間違って)、?(?P<a>[^、。\n]{1,12}?)(?:サイズ)?(?:を|で|の)(?:注文|選|購入|頼|カート|押)[^。\n]{0,14}?[、。](?:本当は|正しくは|ほんとは|実際は|欲しいのは|希望は)?(?P<b>[^、。\n]{1,12}?)(?:サイズ)?(?:が|を|に|で|です|の)"
)
_CARTED = re.compile(
    r"(?P<a>[^、。\n「」はがの]{1,16}?)(?:サイズ|色)?(?:を|で|(?<=[個本枚つ袋箱]))(?:カートに入れ|注文し|選択し|選ん|購入し|頼ん|押し|選びま|頼みま|買い|買っ)[^。\n]{0,14}?(?:が|けど|ので|のですが|けれど)、?(?P<b>[^、。\n「」]{1,16}?)(?:サイズ|色)?(?:に|へ|の方に)(?:変更|変え|交換|替え|して|したい|し直|でき|減ら|増や)"
)
_MEANT = re.compile(
    r"(?P<b>[^、。\n「」はがの]{1,16}?)(?:サイズ|色)?を?(?:選んだ|頼んだ|注文した|買った|押した)(?:つもり|はず)[^。]{0,6}?(?:が|で|だった(?:が|のに|けど)|なのに|でしたが)、?(?P<a>[^、。\n「」はがの]{1,16}?)(?:サイズ|色)?(?:に|を|で)(?:なって|して|注文|なり|選ん)"
)
_WANTED_CHANGE = re.compile(
    r"(?:サイズ|色|カラー|数量|個数|本数|枚数|味|種類|柄|香り|商品)(?:を|の|は)(?P<b>[^、。\n「」]{1,14}?)(?:に|へ)(?:変更|変え|交換|替え|訂正|修正|増や|減ら|して)"
)
_ADD = re.compile(
    r"(?:もう|あと|追加で)(?P<b>[^、。\n]{0,12}?(?:\d+|ひと|一|ふた|二)(?:つ|個|本|枚|袋|箱|点|セット|着|足)[^、。\n]{0,8}?)(?:を|も)?(?:追加|増や|足して|お願い|欲しい|ほしい|いただ|注文)|(?P<c>[^、。\n]{1,16}?)(?:を|も)(?:\d+\w)?(?:追加(?:で|し|注文)|足して)(?:ください|お願い|ほしい|欲しい|たい|もらえ|いただ|でき)"
)
_NOT_GOODS = re.compile(
    r"平日|土日|週末|午後|夕方|^夜|^朝|代引|振込|払い|カード|コンビニ|PayPay|ペイ|決済|住所|丁目|番地|号室|[0-9]{1,2}時|午前|午後|曜|明日|来週|[0-9]日|月|名義|名前|宛|のし|ラッピング|包装|宅配|電話|メール|配達|日に|自宅|発送|届|こちら|そちら|前|仕事|いつも|県|市|区|書|メッセージ|連絡|自分"
)
_CHANGE_VERB = re.compile(
    r"変更|変え|かえて|交換|替え|間違|まちが|誤|訂正|修正|ではな|じゃな|やなく|でなく|増や|減ら|追加|足して|→|やっぱ|やはり|直して|し直|つもり"
)


def swapping(n: Normal) -> Iterator[Found]:
    """1.6: another size, colour, quantity or item; `before→after`."""
    text = n.text
    if not _CHANGE_VERB.search(text):
        return
    for pattern in (_MEANT, _FROM_TO, _NOT_BUT, _OBJECT_TO, _CARTED, _MISTAKE):
        for match in pattern.finditer(text):
            a, b = _good(match["a"]), _good(match["b"])
            if not a or not b or _NOT_GOODS.search(match["a"] + b) or not _about_goods(text, match):
                continue
            yield Found(Kind.CHANGE_ITEM, match.span(), text=f"{a}→{b}")
            return
    for pattern in (_WANTED_CHANGE, _ADD):
        for match in pattern.finditer(text):
            new = next((g for g in match.groups() if g), "")
            if (
                new
                and not _NOT_GOODS.search(new)
                and not re.search(r"カード|リボン|袋|説明|手提げ|チラシ|お?届け", new)
            ):
                yield Found(Kind.CHANGE_ITEM, match.span(), text=f"→{_good(new)}" if pattern is _WANTED_CHANGE else "")
                return


def _about_goods(text: str, match: re.Match[str]) -> bool:
    return bool(_ITEM_WORDS.search(text)) or bool(re.search(r"変更|変え|交換|替え", match.group()))


def _good(said: str) -> str:
    bare = re.sub(
        r"^.*(?:の(?=.)|を|は、?|が|サイズ|色|カラー|数量|個数|注文した|頼んだ|すみません|申し訳ありません|やっぱり|やはり|本当は|:|「|、)",
        "",
        said.strip(),
    )
    return re.sub(r"(?:サイズ|の方|のほう|」|へ|に|で|の変更|と|を)$", "", bare).strip()


_METHODS = (
    ("Amazonペイ|Amazon ?[Pp]ay|アマゾンペイ|アマペイ|amazon ?pay|アマゾン ?pay", "AmazonPay"),
    ("楽天ペイ|楽天 ?[Pp]ay", "楽天ペイ"),
    ("[Pp]ay ?[Pp]ay|ペイペイ|PAYPAY", "PayPay"),
    ("(?:ゆうちょ|郵便局)の?(?:払込|振替)(?:用紙|票)?|(?:郵便)?(?:振替|払込)(?:用紙|票)|郵便振替|郵便局振替|郵振|ゆうちょ振替|郵便払込|ゆうちょ|郵便局(?:から|で)(?:の)?(?:振込|支払|払)", "郵便振替"),
    ("銀行振込|銀行|振込(?!名|手|人)", "銀行振込"),
    ("コンビニ(?!受|で受|店頭受|エンス|に届|止)(?:払い|決済|支払い?|後払い)?", "コンビニ"),
    ("代金引換|代引き?|着払い", "代金引換"),
    ("NP後払い|後払い?|あと払い|あとばらい|請求書払い|掛け払い", "後払い"),
    ("クレジット(?:カード)?(?:払い|決済)?|クレカ|カード(?:払い|決済|支払い?)|カード(?=から|では|じゃ|に(?:変|し)|で(?:の)?(?:支払|決済|払|お願い))", "クレジットカード"),
)  # fmt: skip
_METHOD = re.compile("|".join(f"(?P<m{i}>{pattern})" for i, (pattern, _name) in enumerate(_METHODS)))
_PAY = re.compile(
    r"支払|決済|払い|払え|払お|変更|変え|切り替え|かえ|ではな|じゃな|やなく|でなく|→|振込に|代引きに|代引きで|にしたい|やめて|やっぱ|やはり"
)
_PAY_ASK = re.compile(
    r"(?:(?:に|へ|で|を|の方|のほう|払い|での?|支払い|決済)(?:に|で|を|が|は)?)?(?:、|は)?(?:支払|決済|払)?(?:い|方法)?(?:に|で|を|へ)?(?:変更|変え|かえ|切り替え|切替|替え|し(?:たい|て|ていただ|ます|直)|お願い|希望|払い?たい|支払い?たい|払え|支払え|できます|でき(?:れば|ない)|使いたい|よろしく|いいです|良い|よい|可能|払い|$|。|!)"
)
_REJECTED = re.compile(
    r"^(?:払い|決済|支払い?|での?支払い?|で|の)*(?:から|ではなく|じゃなく|でなく|やなく|を?やめ|を?止め|は(?:やめ|使え|不可|でき|無理|いや|嫌)|が(?:使え|でき|通ら|エラー|期限)|を(?:選|使)|で(?:注文|申し込|頼|選|購入)|に(?:して(?:しま|い)|なって))"
)


def paying(n: Normal) -> Iterator[Found]:
    """1.6: another way to pay; the text is the canonical name of the new one (REM-20)."""
    text = n.text
    if not _PAY.search(text) or re.search(r"(?:振込|入金)(?:の)?(?:名義|名前|人)", text):
        return
    wanted = [
        m for m in _METHOD.finditer(text) if not _REJECTED.match(text[m.end() :]) and _PAY_ASK.match(text[m.end() :])
    ]
    rejected = [m for m in _METHOD.finditer(text) if _REJECTED.match(text[m.end() :])]
    if not wanted and not (rejected and re.search(r"変更|変え|替え|切り替え", text)):
        return
    if not rejected and not re.search(r"支払|決済|払い|変更|変え|切り替え|替え|やっぱ|やはり", text):
        return
    if re.match(r"[^、。]{0,20}(?:領収書|名義)", text[wanted[-1].end() :] if wanted else ""):
        return
    chosen = wanted[-1] if wanted else None
    name = next(_METHODS[i][1] for i in range(len(_METHODS)) if chosen[f"m{i}"]) if chosen else ""
    span = (min(m.start() for m in (*wanted, *rejected)), max(m.end() for m in (*wanted, *rejected)))
    yield Found(Kind.CHANGE_PAYMENT, span, text=name)


NOT_WANTED = re.compile(UNWANTED)
