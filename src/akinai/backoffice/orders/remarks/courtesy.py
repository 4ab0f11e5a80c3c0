"""Mere courtesy (REM-2): set phrases and whole sentences without any veto, in a remark that sounds clearly so."""

from __future__ import annotations

import re

from .meanings import ENGLISH, FORMULAS, GREETINGS, LOOKALIKES, VETOES, WARM, pattern
from .sentences import Sentences

#: How far courtesy must lie ahead of every other kind where words are left that are no set phrase.
CLEARLY = 0.7
_GREETINGS = pattern(GREETINGS)
_FORMULAS = pattern(GREETINGS + FORMULAS)
_VETOES = pattern(VETOES)
_ENGLISH = frozenset(ENGLISH.split())
_LOOKALIKES = pattern(LOOKALIKES)
#: Stands for a set phrase taken out.
_SAID = "♪"
_WARM_END = re.compile(rf"(?:{_SAID}|{pattern(WARM).pattern})[^、{_SAID}]{{0,12}}$")
_NOTHING = re.compile(
    r"(?:(?:特に|とくに|特段|別に|今のところ|今回は|備考欄?|記入|記載|入力|ご|連絡|事項|コメント|要望|希望|特記|書くこと|伝えること|指定|日時|日付|時間帯?|お?届け日?|"
    r"配送|配達|その他|何も|なにも|これといって|伝達|メッセージ|日にち|[のはもにや:、\s]|等|など)*)"
    r"(?P<none>なし|無し|ナシ|無|ありません|ございません|ないです|無いです|ない|無い|しません|希望しない|空欄|同上)?(?:で(?:大丈夫|結構))?(?:です|っす|よ|ー|~)*"
)
_WORDLESS = re.compile(
    r"特に|以上(?:です)?|はい|(?:了解|承知)(?:です|(?:いた)?しました)?|テスト|(?i:none|nothing|no|n/a|na|nil|test)|[-ー―─/]+"
)
_MARKS = re.compile(r"[\s。,.!・~\-\^_*+=/\\|<>()\[\]{}「」『』:;…'\"`´#&@$%°→]+|[^\w\s、?]")
_KAOMOJI = re.compile(
    r"[(（][^ぁ-んァ-ヶ一-龥a-zA-Z0-9]{1,8}[)）]|\([^ぁ-んァ-ヶ一-龥0-9]{0,3}[\^_▽ω´`;・°∀][^)]{0,6}\)|m?\(?_ ?_\)?m?|[\U0001f000-\U0001faff]|\^\^;?|[☀-➿️]|orz|\(?笑+\)?$|(?<![A-Za-z])[wW]+$|ノシ$"
)
_FIRM = r"(?:株式|有限|合同)会社|\((?:株|有)\)|商店|工務店|商会"
_SELF = re.compile(
    rf"(?:(?:{_FIRM})[^。、\s]{{1,12}}|[^。、\s]{{1,12}}(?:{_FIRM}))[ 、]?(?:[一-龥]{{1,5}}[ 、])?の?[一-龥]{{1,4}}(?:です|と申します|でございます|$)"
)


def without_greetings(text: str) -> str:
    """The text with good wishes and the weather blanked out, every other character in its place."""
    return _GREETINGS.sub(lambda said: "。" * len(said.group()), text)


def is_harmless(sentences: Sentences, ahead: float) -> bool:
    """Whether each sentence is a set phrase or comes to joy, thanks or praise and names nothing that matters.

    `ahead` is how far courtesy lies before any other kind; where all is set phrases nobody needs to ask.
    """
    left = [rest for sentence in sentences if (rest := _left(sentence))]
    return not left or (ahead > CLEARLY and not any(map(_may_matter, left)))


def _left(sentence: str) -> str:
    """What a sentence says beyond set phrases, with a mark for each of them."""
    bare = _MARKS.sub("、", _KAOMOJI.sub("、", _SELF.sub("、", sentence))).strip("、")
    said = _NOTHING.fullmatch(bare)
    if (said and said["none"]) or _WORDLESS.fullmatch(bare) or _ENGLISH.issuperset(bare.lower().split("、")):
        return ""
    rest = _FORMULAS.sub(_SAID, bare)
    return rest if rest.strip("、" + _SAID) else ""


def _may_matter(rest: str) -> bool:
    return bool(_VETOES.search(_LOOKALIKES.sub("、", rest).strip("、")) or not _WARM_END.search(rest))
