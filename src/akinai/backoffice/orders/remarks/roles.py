"""What a buyer says of each day named: from then on, until then, on it, away, back (REM-12, REM-19)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from .dates import Mention
from .phrases import ARRIVE, AWAY, PASSED, RETURN, SHIP
from .sentences import Sentences
from .windows import Window


class Role(Enum):
    """What a buyer says of a day."""

    AFTER = "after"  # from that day on
    UNTIL = "until"  # not before that day is over
    BY = "by"
    BEFORE = "before"  # by the day before
    ON = "on"
    AWAY = "away"  # nobody there
    LEAVES = "leaves"  # nobody there from that day on
    RETURNS = "returns"
    EVENT = "event"  # something happens that day
    STORY = "story"  # nothing is wished


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with its role; `tail` is what follows it in its sentence."""

    mention: Mention
    role: Role
    tail: str
    is_shipping: bool = False


_AFTER = re.compile(
    r"^(?:あたり|頃|ごろ|くらい|ぐらい|位|辺り|の)*(?:以降|から|より後|より遅|より先|過ぎ|すぎ|を過ぎ|を?すぎ|明け|になっ|になり|になれ|になら|に入[っりれ]|以来|~$|~(?=[のでにが、])|より(?=在宅|受|可|家|配|届|お届け|発送|出荷))"
)


_HAVE_TO = re.compile(
    r"でない(?:と|なら)|じゃない(?:と|なら)|にならない(?:と|なら)|でなければ|しか|でなけれ|じゃなきゃ|ないと受け?取れ"
)


_UNTIL = re.compile(r"^(?:あたり|頃|ごろ|くらい|ぐらい|位|いっぱい|一杯|中|の)*(?:迄|まで)(?P<ni>に)?(?P<wa>は)?")


WAIT = re.compile(
    r"待っ|待ち|待た|保留|キープ|取り?置|とっておい|預かっ|ストップ|止めて|(?:送ら|発送し|届け|配達し|出荷し|来)ない?で|(?:発送|配達|配送|出荷)(?:は|を)?(?:し|なさ)ない|ずらし|延期|遅らせ|控え|見合わせ"
)


_DEADLINE = re.compile(
    r"^(?:に|が|は|の|中|当日|朝|頃)*(?:必着|間に合|厳守|マスト|締切|締め切り|(?:納品|納入|配達|お?届け)?の?期限|期日|リミット|納期)|^(?:に|が|は)*(?:絶対に?|必ず|どうしても)*(?:必要|要る|いる(?=ので|ため|ん)|使[ういっ]|使用)"
)


_BEFORE = re.compile(r"^(?:の)?(?:前日|より前|以前|の?前に|より早|よりも前|よりも早|前まで)")


_INSIDE = re.compile(r"^(?:の間|中|の?うち|以内|内|いっぱい|一杯)+に")


_EVENT = re.compile(
    r"^(?:頃|ごろ|に|が|は|の|、|\s)*(?:[一-龥ぁ-ん]{1,6}の)?(?:誕生日|お誕生日|結婚式|結婚記念日|記念日|命日|発表会|運動会|イベント|パーティ|法事|法要|お祝い|式|会議|開店|オープン|開院|本番|試合|大会|お?葬式|出産予定|引き?渡し|入学|卒業|七回忌|一周忌|四十九日|お?通夜|旅行に出|出発|発つ|プレゼント|贈り|ギフト|渡|あげ|贈る|用|開催|ライブ|撮影|お?披露|お茶会|クリスマス会|忘年会|新年会|誕|展示|納会)"
)


STOPS = re.compile(
    r"、|ので|ため|けど|けれど|から、|が、|のため|ですが|ますが|んで(?!す)|さかい|ゆえ|けん(?=、)|よって"
)


_WISH = re.compile(
    r"届|とどけ|着|配達|配送|受け?取|発送|送って|出荷|送り|お願い|希望|指定|ください|欲しい|ほしい|たい|納品|いただ|頼|もらえ|可能|助か|くれ|納入|入荷|持って|でき|よろしく|在宅|大丈夫|まし(?=$)"
)


_HOME_ON = re.compile(r"(?:帰|戻|退院)[^。、]{0,6}(?:のは|のが|日は|予定は|日が|予定が|は|が)$")


_NAMED_WISH = re.compile(
    r"^(?:頃|ごろ|前後|当日|の日|くらい|すぐ|早々)*(?:に|の(?:朝|昼|夜|夕|午|お?届け|配|到|着|日)|で(?!す)|着|指定|希望|必着|お?届け|配達|配送|発送|出荷|到着|\d|$|、|が(?:いい|良|希望))"
)


_THEN_AWAY = re.compile(
    r"(?:この日|その日|当日|両日|その間|この間|その期間|この期間|期間中|上記)[^。]{0,10}(?:" + AWAY.pattern + r")"
)


#: Shipping as the time of something else: 発送したらメール, 発送前に電話.
_AFTER_SHIPPING = re.compile(
    r"(?:発送|出荷|お?送り)(?:し?たら|いただいたら|の?前|の?際|次第|の?後|の?時|完了|済|連絡|通知|のお知らせ)"
)


_EVENT_BEFORE = re.compile(
    r"(?:祝い?|誕生日?|結婚式|式|法事|法要|記念日|命日|発表会|運動会|会|イベント|ライブ|予定日|引っ?越し|旅行|大会|試合|本番|忌)(?:が|は|の日が|の日は)$"
)


_MONEY_DAY = re.compile(
    r"(?:入金|振込|支払い?|送金|お金|給料|注文日|ボーナス)(?:は|が|を|日は|予定は|予定日は|:)?[^、。\n]{0,5}(?<!後の)(?<!あとの)(?<!以降の)$"
)


def judge(text: str, mentions: list[Mention], at: int, sentences: Sentences, windows: list[Window]) -> Said:
    mention = mentions[at]
    end = sentences.end(mention.span[0])
    stop = mentions[at + 1].span[0] if at + 1 < len(mentions) else len(text)
    tail = _skip_windows(text, mention.span[1], windows)[: max(min(end, stop) - mention.span[1], 0)]
    rest = text[mention.span[1] : end]
    role = _role(text, mention, tail, rest)
    return Said(mention, role, tail, _is_shipping(text, mention, end, role))


def _skip_windows(text: str, start: int, windows: list[Window]) -> str:
    """What follows a day, its hours and the words between left out: 12月5日の19時以降で → で."""
    at = start
    moved = True
    while moved:
        moved = False
        glue = re.match(r"(?:[\s、,]|の(?=[午夜夕朝昼0-9お])|\(.{0,8}?\))*", text[at:])
        after = at + (glue.end() if glue else 0)
        for window in windows:
            if (
                window.span[0] in (after, after + 1)
                and not window.is_away
                and not _NIGHT_RETURN.match(text[window.span[1] :])
            ):
                at, moved = window.span[1], True
                break
    return re.sub(r"^(?:[\s、,・)\]」]|\(.{0,8}?\))*", "", text[at:])


#: 4月3日か…いや4月1日着で: the first day is taken back.
_TAKEN_BACK = re.compile(r"^(?:着|に|で|か)*[…、。.・\s]*(?:いや|もとい|訂正)(?!な|で)")
#: 送り出すのは来週以降に
_SHIPPING_IS = re.compile(
    r"(?:発送|出荷|送り出し|送り出す|送る|お?送り|送っていただく)(?:する|いただく)?(?:の|日)?は、?$"
)
#: 明後日から一週間湯治に参ります、その後に
_WHEN_BACK = re.compile(r"そのあと|その後|それ(?:以降|から)|戻って|帰って")
_NIGHT_RETURN = re.compile(r"^(?:に|には|頃|遅く)*(?:帰|戻)")


def _role(text: str, mention: Mention, tail: str, rest: str) -> Role:
    clause = STOPS.split(tail)[0]
    if _TAKEN_BACK.match(text[mention.span[1] :]) and re.search(r"\d", text[mention.span[1] :]):
        return Role.STORY
    if _HOME_ON.search(text[: mention.span[0]]):
        return Role.RETURNS
    is_wish = _AFTER.match(tail) and (SHIP.search(clause) or ARRIVE.search(clause))
    if _BUSY_SEASON.match(tail) or _PAST.match(tail):
        return Role.STORY
    if (_MONEY_DAY.search(text[: mention.span[0]]) and not is_wish) or (
        PASSED.match(tail) and (mention_is_today(text, mention) or not _WISH.search(tail[10:]))
    ):
        return Role.STORY
    if _AFTER.match(tail):
        return _role_after(clause, tail)
    until = _UNTIL.match(tail)
    if until:
        return _role_until(tail, until)
    if _BEFORE.match(tail):
        return Role.AFTER if _too_early(clause) else Role.BEFORE
    return _role_plain(text, mention, tail, clause, rest)


def mention_is_today(text: str, mention: Mention) -> bool:
    """本日2件注文しましたが: the day of the order itself is never a wish beside the word order."""
    return text[mention.span[0] : mention.span[1]] in ("本日", "今日", "きょう")


#: 年末のお忙しい時期ですが: the season, not a day.
_BUSY_SEASON = re.compile(
    r"^は?(?:とても|大変|何かと)?(?:忙しくて|ばたばた|バタバタ)|^の?(?:お|ご)?(?:忙し|多忙|慌ただし|あわただし|繁忙|多用|挨拶)"
)
#: 25日に頼んだ, 1日の夜でした, 3/1付で移転しました, 月末締めで: what was, and when accounts are closed.
_PAST = re.compile(
    r"^(?:頃|ごろ|に|の(?:朝|昼|夜|夕方|午前|午後)に?)*(?:でした|だった|(?:(?:頼ん|申し込ん)だ|(?:買っ|注文し|購入し|発注し|届い|着い|来)た)(?!ら|い)|付(?:け)?で[^。、]{1,10}(?:しました|した(?!い|ら))|締め)"
)
#: 31日に異動するのでその前に
_BEFORE_THAT = re.compile(r"(?:ので|から|ため|が|、|。|んで)[^。、]{0,3}(?:その|それ)(?:より)?の?前(?:日)?(?:まで)?に")


def _too_early(clause: str) -> bool:
    """より前 with nobody there or 届くと困る means not before; 届かないと困る is a deadline."""
    return bool(AWAY.search(clause)) and not re.search(
        r"(?:ない|ません|なければ|ねば|へん)と?[^。]{0,4}困|なきゃ困", clause
    )


#: Said of a day named before: その日に届けて, それより早く届くと困る.
THAT_DAY = re.compile(
    r"(?:ので|から|ため|が|けど|、|。|で|す)\s?(?:必ず|できれば|なるべく|ぜひ)?(?:その日|当日|同日)(?:の(?:朝|午前中?|午後|夜|お?昼|夕方)[^、。]{0,6})?"
    r"(?:に|着|で|指定|必着|の)(?![^。]{0,14}(?:ないで|避|不可|ません|ない))[^。]{0,14}(?:届|着|配達|受け?取|お願い|指定|ください|希望)"
)


def _role_after(clause: str, tail: str) -> Role:
    if _HAVE_TO.search(clause):
        return Role.AFTER
    away = AWAY.search(clause)
    if away is None or RETURN.search(clause) or ARRIVE.search(clause[: away.start()]) or SHIP.search(clause):
        return Role.AFTER
    if re.match(r"困|用事", away.group()) or tail.startswith("明け"):
        return Role.AFTER
    return Role.LEAVES


#: 16日まで沖縄です: where somebody is till then.
_STAYS = re.compile(
    r"^(?:は|、)*(?!お願|おね|希望|でき)[一-龥ァ-ヴーぁ-ん]{2,8}(?:です|にい(?:ます|る|て)|におり|で過ごし|に滞在)"
)


def _role_until(tail: str, until: re.Match[str]) -> Role:
    rest = tail[until.end() :]
    clause = STOPS.split(rest)[0]
    if WAIT.search(rest) and not re.search(r"待てな|待ちき", rest):
        return Role.UNTIL
    away = AWAY.search(clause)
    if until["ni"]:
        return Role.UNTIL if re.search(r"戻(?:れ|ら|りま?せ)|帰(?:れ|ら|りま?せ)|不在|留守", clause) else Role.BY
    if _STAYS.match(rest) and not ARRIVE.search(clause):
        return Role.UNTIL
    if RETURN.search(clause) and not re.search(r"ませ|ない", clause):
        return Role.UNTIL if re.search(r"帰って(?:い|お)|帰省|戻って(?:い|お)|帰り", clause) else Role.BY
    if away and not re.search(r"^困", away.group()):
        return Role.UNTIL
    if until["wa"] and not ARRIVE.search(clause):
        return Role.UNTIL
    return Role.BY if _WISH.search(rest) else Role.UNTIL if AWAY.search(rest) else Role.BY


def _role_plain(text: str, mention: Mention, tail: str, clause: str, rest: str) -> Role:
    if _DEADLINE.match(tail) and not _inverted(tail):
        return Role.BY
    if (mention.grain == "within" and _WISH.search(tail)) or _INSIDE.match(tail):
        return Role.AWAY if AWAY.search(clause) and not ARRIVE.search(clause) else Role.BY
    if _within(text, mention, tail) and not AWAY.search(clause):
        return Role.BY
    if re.search(r"遅く(?:て|と)も[^。]{0,6}$", text[: mention.span[0]]):
        return Role.BY
    if mention.grain == "year" and tail.startswith(("に", "の", "配", "着", "発送", "必")) and not AWAY.search(clause):
        return Role.BY
    if _HAVE_TO.search(clause):
        return Role.ON
    away = AWAY.search(clause)
    back = RETURN.search(clause)
    is_back = back is not None and (
        not away or back.start() < away.start() or bool(re.search(r"(?:から|より)\s?$", clause[: back.start()]))
    )
    if back and is_back and mention.grain != "length":
        return Role.ON if re.search(r"在宅|家に|います|おります", back.group()) else Role.RETURNS
    if THAT_DAY.search(rest) or _BEFORE_THAT.search(rest):
        return Role.EVENT
    if away and not _asks_before(clause, away):
        return Role.AWAY
    if _EVENT_BEFORE.search(text[: mention.span[0]]) and re.match(
        r"^(?:です|で、|なので|にあ|にござ|に行|に執り|なん|だ|や|の?ため|、)", tail
    ):
        return Role.EVENT
    if _stop_after(tail, clause) and not ARRIVE.search(clause) and re.search(r"(?:それ|その日|当日)まで|間に合", rest):
        return Role.EVENT
    if mention.grain == "named" and not _NAMED_WISH.match(tail):
        return Role.EVENT
    if (
        not away
        and _THEN_AWAY.search(text[mention.span[1] :] if mention.is_range else rest)
        and not ARRIVE.search(clause)
    ):
        return Role.AWAY
    if _EVENT.match(tail) or re.match(
        r"(?:なので|なんで|のため|ですので|だから|につき|なもので|やさかい|ですから|なんです)", tail
    ):
        return Role.EVENT
    if mention.grain == "length":
        return Role.UNTIL if WAIT.search(rest) else Role.STORY
    if mention.is_range and (AWAY.search(rest) or _WHEN_BACK.search(rest)) and not ARRIVE.search(clause):
        return Role.AWAY
    return Role.ON if _WISH.search(rest) or _WISH.search(text) or len(text) < mention.span[1] + 12 else Role.EVENT


def _stop_after(tail: str, clause: str) -> str:
    """The word that ends a clause: ため, ので, が、."""
    found = STOPS.match(tail[len(clause) :])
    return found.group() if found else ""


def _within(text: str, mention: Mention, tail: str) -> bool:
    """今週中に, 年内に: any day until the end of it."""
    said = text[mention.span[0] : mention.span[1]]
    return said.endswith(("中", "月内", "年内")) and bool(re.match(r"(?:に|の|で)(?!旬)", tail))


def _inverted(tail: str) -> bool:
    return bool(re.match(r"^(?:に|が|は)?(?:使|必要).{0,12}(?:ません|ない)", tail))


def _asks_before(clause: str, away: re.Match[str]) -> bool:
    """12/5に届かないと困る: the delivery is wished, the trouble is a threat."""
    said = clause[: away.start()]
    if re.match(r"困|仕事|会議|用事|勤務|学校|病院|実家|留守番", away.group()):
        return bool(ARRIVE.search(said)) or bool(re.search(r"届|着", clause[away.start() :]))
    return bool(re.match(r"^(?:に|で|の)?(?:届け|お?届|配達し|着)", said)) and not re.search(
        r"しないで|ないで|避|NG|不可|無理|ダメ|だめ|困", away.group()
    )


def _is_shipping(text: str, mention: Mention, end: int, role: Role) -> bool:
    """REM-19: the verb after the day decides, then the one before it, then any other of the remark."""
    if _SHIPPING_IS.search(text[: mention.span[0]]):
        return True
    tail = text[mention.span[1] : end]
    nearest = _AFTER_SHIPPING.sub("", text[: mention.span[0]])
    nearest = nearest[-8:] if SHIP.search(nearest[-8:]) else nearest
    for part in (tail, _AFTER_SHIPPING.sub("", text[end:]), nearest):
        ship, arrive = SHIP.search(part), ARRIVE.search(part)
        if ship and not (arrive and (arrive.start() < ship.start() or "届くよう" in part or "着くよう" in part)):
            return True
        if arrive or ship:
            return False
    return False
