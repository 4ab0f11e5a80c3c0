"""What people say beside the order: please call, please handle so, questions, and mere courtesy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .normal import Normal
from .phrases import UNWANTED
from .sentences import Sentences
from .types import Found, Kind

_CONTACT = re.compile(
    r"(?:お)?電話|(?<![A-Za-z])[Tt][Ee][Ll](?![A-Za-z])|ご?連絡|メール|ご?一報|SMS|ショートメール|LINE|お?知らせ|携帯(?=に|へ|まで)|追跡番号|お?問い?合わせ番号|送り状番号|伝票番号|架電|声かけ|声掛け|☎"
)
_CONTACT_ASK = re.compile(
    r"(?:を|ば|は|も|で|に|が|へ|まで|の|\s|して|し|くらい|ぐらい|等|など|一本|1本|いち?ど|一度|ご|お|で構いませんので|番号|にて|、|入れて|かけて|掛けて|鳴らして|教えて|通知|確認)*(?:ください|くださ|いただけ|いただき|いただく|いただい|いただきたい|欲しい|ほしい|もらえ|もらい|もろ|お願い|願い|希望|願えま|くれ|頼|たのみ|たのむ|たい(?:です|の)|ちょうだい|下さ|よろしく|助かり|幸い|いれて|くれへん|できます|可能)"
)
_CONTACT_NOT = re.compile(
    r"(?:電話|連絡|メール|TEL|お知らせ|メルマガ|DM)(?:は|での|による|を|も|でのご?連絡は|等は|連絡は|確認は|配信は|番号は)*(?:なるべく|一切|極力|基本的に|特に)?(?:不要|しないで|ご?遠慮|控え|なさらないで|結構です|いりません|いらない|やめて|NG|要りません|避け|かけないで|無用|不可|送らないで|配信停止|出られ(?:ない|ません)|に出られ|取れ(?:ない|ません))"
)
_PHONE = re.compile(r"(?<![\d-])0\d{1,4}[- (]?\d{1,4}[-) ]?\d{3,4}(?!\d)")
_OUR_TURN = re.compile(
    r"(?:また|改めて|後ほど|後日|のちほど|こちらから|追って|先ほど|先日|昨日|さっき|前に|以前)[^。]{0,16}(?:電話|連絡|メール)(?:を)?(?:し|いたし|差し上げ|させ|送り)(?:ます|た|まし|て(?:い)?ただ)"
)


#: Another number to note down asks for no call.
_NEW_PHONE = re.compile(
    r"(?:電話番号|携帯番号|番号|携帯|メールアドレス|アドレス)(?:が|を|は|の)?[^。]{0,8}(?:変わ|変更|間違|訂正|誤)"
)


_TELL = re.compile(
    r"(?:発送|出荷|到着|入荷|配達|お?届け|日(?:時|程|にち)?|番号|目安|予定|時期)[^。]{0,14}(?:たら|次第|際に?は?|とき|時点で|ましたら)[^。]{0,10}(?:教えて|知らせて)(?:ください|ほし|欲し|もら|いただ|くれ)"
)


def phone(n: Normal) -> str:
    """The digits of the first phone number."""
    found = _PHONE.search(n.text)
    return re.sub(r"\D", "", found.group()) if found else ""


def calling(n: Normal) -> Iterator[Found]:
    """Call or write before something; `text` is the phone number as digits if one is given (REM-20)."""
    text = n.text
    if _NEW_PHONE.search(text):
        return
    unwanted = _CONTACT_NOT.search(text)
    wishes = [m for m in _CONTACT.finditer(text) if _CONTACT_ASK.match(text[m.end() :])]
    wishes = [
        m
        for m in wishes
        if not re.match(r"電話番号", text[m.start() : m.start() + 4])
        or re.search(r"番号に|番号へ|番号まで", text[m.start() : m.start() + 8])
    ]
    if wishes and not _OUR_TURN.search(text):
        yield Found(Kind.CONTACT_REQUEST, wishes[0].span(), text=phone(n))
        return
    called = _PHONE.search(text)
    if called and re.search(r"連絡先|電話|携帯|TEL|つなが|繋が|こちらに|まで$|連絡", text) and not unwanted:
        yield Found(Kind.CONTACT_REQUEST, called.span(), text=phone(n))
    elif (
        re.search(
            r"(?:前|際|時|前日|次第|ときは|場合は|まえ)(?:に|には|は)?(?:必ず|一度|事前に|、)*(?:お)?(?:電話|連絡|TEL|メール)(?:希望|を?お願い|必須|要|して|欲しい|ほしい|$|。|!)",
            text,
        )
        and not unwanted
    ):
        yield Found(Kind.CONTACT_REQUEST, (0, len(text)))
    elif tell := _TELL.search(text):
        yield Found(Kind.CONTACT_REQUEST, tell.span())
    elif unwanted:
        yield Found(Kind.HANDLING_NOTE, unwanted.span())


_HANDLING = re.compile(
    r"(?:丁寧|厳重|しっかり)[^。、]{0,2}包|(?:を|から)選(?:んで|び)|梱包|緩衝材|プチプチ|エアパッキン|エアキャップ|割れ物|割れもん|詰め物|詰めもの|われもの|ワレモノ|壊れやすい|割れやすい|割れない|壊れない|潰れない|つぶれない|折れない|濡れない|折り曲げ|折ら|曲げ|天地無用|取扱注意|厳重|丁寧に|ていねいに|慎重|賞味期限|消費期限|期限の?(?:長|新)|日付の?新|製造日|新しい(?:もの|物|日付|方|の)|新鮮|鮮度|できたて|大きめ|小さめ|大きい(?:もの|方|の)|小さい(?:もの|方|の)|粒|厚め|薄め|甘め|固め|硬め|柔らかめ|やわらかめ|おまかせ|お任せ|あればそ(?:ちら|れ|の)|なければ(?:他|ほか|別)の|未開封|未使用|新品|(?:青|赤|黒|白|辛|甘|濃|薄|多|少な|大き|小さ|長|短|固|硬|柔らか|太|細|厚|軽|重|ゆる|きつ|浅|深|若|熟れ)め(?:の|で|に|が)|同じロット|ロット|同じ柄|色違い|色むら|傷の?(?:ない|無い|少ない)|きず|状態の(?:良|い)|きれいな(?:もの|状態|箱|もん)|綺麗な(?:もの|状態)|検品|"
    r"箱(?:は|を|に|が|なし|無し|も|つぶれ|潰れ|の)|段ボール|ダンボール|チラシ|カタログ|広告|パンフ|試供品|サンプル|おまけ|手提げ|紙袋|ショッパー|袋(?:を|に|も|は|入り)|小分け|アレルギー|(?:完熟|熟し|食べ頃)|生もの|伝票|差出人|送り主|依頼主|品名|商品名|内容物|中身(?:が|の|を)|無地の|店名|社名(?:が|の|を|は)|ロゴ|サイン|ビニール|冷蔵|冷凍|クール|常温|保冷剤|再配達|インターホン|インターフォン|チャイム|呼び鈴|ベル|ノック|ピンポン|赤ちゃん|赤ん坊|犬が|犬い|エレベーター|階段|台車|軽トラ|大型車|道が|トラック|ヤマト|クロネコ|宅急便|佐川|日本郵便|郵便局|ゆうパック|ゆうパケット|レターパック|ネコポス|西濃|福山通運|配達員|ドライバー|宅配業者|運送|営業所止|局留|センター止|なるべく早|なるべくはや|早め|はやめ|できるだけ早|急ぎ|急いで(?!注文|購入|買|ポチ|頼)|いそぎ|至急|最短|すぐに|一日も早|1日も早|早急|早く(?:送|届|発|ほし|欲し|お|し)|早いと|早いほう|早い方|説明書|保証書|シール|値札|タグ|領収印|カット|切って|刻印|名入れ|彫刻|裾上げ|丈|長さ|サイズ直|組み?立て|電池|付属|予備|香り|匂い|臭い|内緒|サプライズ|秘密|ばれ|バレ|家族に|子供に(?:見|わか|ばれ)|中身|紙(?:の|を|は)|簡単に|まとめ|右利き|左利き|柄(?:は|の|を)|色(?:は|の|を|味)|種類(?:は|を)|味(?:は|を)|向き|立てて|横に|縦に|上積み|エコ|リサイクル|使い回し|再利用|明細|おつり|釣り銭|ポストに|不在票|不在通知|お米|精米|挽い|豆のまま|粉|湯煎|骨|皮|内臓|下処理|さばい|うろこ|三枚|柔らか|やわらか|かため|多め|少なめ|濃い|薄い|熨斗"
)
_REQUEST = re.compile(
    r"お願い|ください|くださ|くださる|いただ|もらえ|もらい|もらって|もろて|欲しい|ほしい|希望|嬉しい|うれしい|助か|幸い|ありがた|たのみ|頼|してね|してや|して。|してほ|でよろしく|でいい|で良|でよ|結構|ないで|不要|要らない|いらない|いりません|要りません|構いません|たい|できます|可能|任せ|まかせ|くれ|ちょうだい|無用|厳禁|注意|NG|のみ|だけ|よろしく|気をつけ|気を付け|以外|厳重に|で$|に$|で[!。]|は避け|ませんか|遠慮|必要ありません|なしで|しといて|といて|んといて|おねが|です$|せんと"
)


def handling(n: Normal) -> Iterator[Found]:
    """Anything for the packer, the label or the driver."""
    match = _HANDLING.search(n.text)
    if match is None or not _REQUEST.search(n.text):
        return
    if _is_question_only(n.text, match):
        return
    yield Found(Kind.HANDLING_NOTE, match.span())


def _is_question_only(text: str, match: re.Match[str]) -> bool:
    start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
    sentence = re.split(r"[。\n!]", text[start:])[0]
    if _QUESTION_WORD.search(sentence):
        return True
    if re.search(r"(?:教えて|おしえて)(?:ください|いただ|ほしい|欲しい|もらえ|頂)|知りたい", sentence):
        return True
    return bool(_QUESTION_END.search(sentence)) and not re.search(
        r"(?:いただけ|もらえ|くださ|くれ|ください|お願いでき|頂け|いただく(?:こと|の)|もらう|できませんか|可能で)",
        sentence,
    )


_QUESTION_END = re.compile(
    r"(?:です|ます|でしょう|ません|ました|んです|だろう|のです|ん|の|ない|ある|いる|する|える|れる|かな|かしら|ですよね|ますよね|かね|すか|るか|いか|のか)(?:か|かね|かな|かしら|の|よね|かいな)?[?？]|(?:です|ます|でしょう|ました|ません)か(?:ね|な|しら|。|$|\s|、|\n|[^らどもわとく一-龥])|[やちじ]ゃ?ろか|まっか|でっか|だべか|かのう|(?:教えて|おしえて|お聞き(?:し|した)|質問|知りたい|伺い(?:たい|ます)|うかがい|お尋ね|疑問|気になって|わからない(?:ので|のですが|です)|分からない(?:ので|のですが|です))|[?？]"
)
_QUESTION_WORD = re.compile(
    r"(?:何(?:日|時|個|色|グラム|g|cm|センチ|年|人|回|枚|種類|で|が|か)|どのくらい|どれ(?:くらい|ぐらい|が|を)|どう(?:やって|すれば|したら|いう|です)|どちら(?!か|でも)|どこ(?!でも|か)|いつ(?:頃|ごろ|に|から|まで|届|発|入荷|です|になり)|いくら|なぜ|なんで|どんな|どの(?!日|よう(?:な|に)?(?:形|で)?でも)|何が|何を|誰(?!も|か))[^。\n]{0,30}(?:か|の|ね|でしょう|ですか|ますか|[?？]|教えて|知りたい)"
)


#: 〜してもらえますか asks for a deed that nobody here understood, not for an answer.
_BEGGING = re.compile(
    r"(?:て|で)(?:もらえ|いただけ|頂け|くれ|くださ(?:い|り)|いただく(?:こと|の)は)[^。、]{0,8}(?:か|\?)"
)


def asking(n: Normal, sentences: Sentences) -> Iterator[Found]:
    """A question; politely worded wishes are found by others and rank higher (REM-5)."""
    if _BEGGING.search(n.text) and not re.search(r"教え|知|聞|質問|伺|尋|\?.*\?", n.text):
        return
    match = _QUESTION_END.search(n.text) or _QUESTION_WORD.search(n.text)
    if match:
        start, end = sentences.of(match.start())
        yield Found(Kind.QUESTION, (start, max(end, match.end())))


UNWANTED_THING = re.compile(UNWANTED)
