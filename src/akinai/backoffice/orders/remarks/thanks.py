"""Thanks and praise for what is past: whatever such a sentence mentions (キャンセル, 発送, ラッピング) is no wish (REM-6)."""

from __future__ import annotations

import re

from .sentences import Sentences

_ENDS = re.compile(
    r"(?:ありがとう(?:ございま(?:す|した)|です)?|ありがとさん|おおきに|感謝(?:して(?:い|お)?(?:り)?ます|です|申し上げます|いたします|しかありません|の気持ちでいっぱいです)?|"
    r"助かって(?:い|お)?(?:り)?ます|助かりました|(?:嬉し|うれし|楽し|美味し|おいし|良|よ|素晴らし|すばらし|可愛|かわい|早)かったです|"
    r"(?:素敵|すてき|きれい|綺麗|丁寧|迅速|最高|完璧|満足|親切|好評|上手|見事)でした|喜(?:んで(?:い|お)?(?:り)?ました|ばれました|んでくれました|んでもらえました|んでいただけました)|"
    r"満足して(?:い|お)?(?:り)?ます|気に入って(?:い|お)?(?:り)?ます|お世話になりました|感動しました|安心しました|ほっとしました|安心して(?:お?買い?物|購入|利用|注文|お願い)?(?:が)?(?:でき|して(?:い|お)?り?)(?:て(?:い)?)?ます|気持ちよく(?:お?買い?物|利用)(?:でき|して)(?:て?い?)(?:ます|ました)|感激しました|恐縮(?:いた)?しました|感心しました|驚きました|びっくりしました)"
    r"(?:ね|よ|わ|~|ー|笑|\s|[)(^_*;m])*$"
)
_PAST = re.compile(
    r"て(?:くれて|いただ(?:き|いて)|もらって|もろて)[^。]{0,6}(?:助かりました|かったです)|頂戴し|いつも|毎回|毎度|前回|先日|以前|この前|前に|去年|昨年|先月|先週|その節|早速|さっそく|迅速|素早|すばや|すぐ|丁寧|早い|早く|速|スピーディ|毎年|お?陰様|おかげ|ございました|ありがとうでした|届いた|いただいた"
)
_WISHES = re.compile(
    r"今まで|長い間|これまで|"
    r"ください|下さ(?!り|って)|お願い|ほしい|欲しい|たい(?!へん)|いただけ(?!て|まし)|もらえ(?!て|まし|た)|ますか|でしょうか|ですか|可能|希望|指定|\?|[0-9]+[/月日時]|曜|明日|明後日|来週|今週|来月|までに|以降|次(?:回|は)|今度|"
    r"ない|ません|ず(?=に|、|$)|困|不(?!思議)|遅|違|間違|変更|けど|のに|一緒|まとめ|同じ|同様|幸い|たら|れば|なら|よう(?:に(?!思)|な)|今回は[^。]*[をで]|忘|壊|割れ|傷|欠け|破|汚|(?:返金|返品)(?!.*ありがとうございました)|届いて(?:い)?な|残念"
)
_SERVICE = re.compile(
    r"置き|領収|ラッピング|包装|のし|同梱|カード|請求|納品書|見積|電話|連絡|指定|宅配ボックス|玄関|リボン|おまけ|サービス|割引|サンプル"
)
_AGAIN = re.compile(r"(?:今回も|今度も|こちらも|また)")
#: Thanks may be words for a card.
WRITING = re.compile(
    r"[「『\"]|カードに|カードを|カードの|カード希望|カード(?:付|つ|添|も)|内容|メッセージ|文面|文言|一筆|手紙"
)
_DOT = "。"


def without_thanks(text: str, sentences: Sentences) -> str:
    """The text with thanks for the past blanked out, every other character in its place.

    Praise of a service stays where 今回も asks for it again.
    """
    if WRITING.search(text):
        return text
    blanked = text
    for start, end in sentences.spans:
        said = text[start:end].strip()
        if not _ENDS.search(said) or not _PAST.search(said) or _WISHES.search(said):
            continue
        if _SERVICE.search(said) and _AGAIN.search(text[:start] + text[end:]):
            continue
        blanked = blanked[:start] + _DOT * (end - start) + blanked[end:]
    return blanked
