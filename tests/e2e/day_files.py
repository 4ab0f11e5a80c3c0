"""A day's order files of three stores: 85 plain orders, and 15 that need a person in one of thirteen ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from akinai.workbench.generate import SAMPLE_GOODS, Goods
from akinai.workbench.people import Person, person
from tests.builders.order_files import file_of, nextengine, nextengine_row, rakuten, rakuten_row

#: In the catalogue, but none on the shelf.
RARE = Goods("CUP-KOB-01", "古備前 湯呑", 5500)
CARD, BANK, COD = "クレジットカード", "銀行振込", "代金引換"
PLAIN = 85
#: Kind → how many; what each is stands in `docs/clicks.md`.
IRREGULAR = {
    "remark: ship later": 1,
    "remark: thanks only": 1,
    "remark: day and time": 1,
    "no house number": 2,
    "wrong phone": 1,
    "unknown item": 1,
    "out of stock": 1,
    "ordered twice": 1,
    "other recipient, COD": 1,
    "large quantity": 1,
    "impossible day": 1,
    "cancelled after print": 1,
    "one deposit for two": 2,
}
PRESETS = ("nextengine", "rakuten", "colorme")


@dataclass(frozen=True)
class DayOrder:
    """One order, whatever the file it stands in."""

    kind: str
    number: str
    at: dt.datetime
    buyer: Person
    ship_to: Person
    lines: tuple[tuple[Goods, int], ...]
    payment: str
    remark: str = ""
    wish_date: dt.date | None = None
    window: str = ""

    @property
    def goods(self) -> int:
        return sum(item.price * count for item, count in self.lines)

    @property
    def postage(self) -> int:
        return 0 if self.goods >= 8000 else 660

    @property
    def fee(self) -> int:
        return (330 if self.goods + self.postage < 10_000 else 440) if self.payment == COD else 0

    @property
    def total(self) -> int:
        return self.goods + self.postage + self.fee


@dataclass
class Day:
    """The files by preset, and the kind of every order by its number at the store."""

    files: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


def make_day(yesterday: dt.datetime, seed: int = 11) -> Day:
    """The same day for the same arguments; orders come in the order in which they were placed."""
    rng, day = Random(seed), Day()
    kinds = ["plain"] * PLAIN + [kind for kind, count in IRREGULAR.items() for _n in range(count)]
    rng.shuffle(kinds)
    orders: dict[str, list[DayOrder]] = {preset: [] for preset in PRESETS}
    for index, kind in enumerate(kinds):
        preset = _preset(kind, index)
        at = yesterday + dt.timedelta(minutes=index * 13 + 1)
        order = _spoil(_plain(rng, kind, _number(preset, index), at, index), rng, orders[preset])
        orders[preset].append(order)
        day.kinds[order.number] = kind
    for preset, placed in orders.items():
        day.files[preset] = _FILES[preset](placed)
    return day


def _preset(kind: str, index: int) -> str:
    """A pair stands in one store; the mall gives no phone numbers that are wrong."""
    return "nextengine" if kind in ("ordered twice", "one deposit for two", "wrong phone") else PRESETS[index % 3]


def _number(preset: str, index: int) -> str:
    return {"nextengine": f"NE-{7000 + index}", "rakuten": f"123456-20261120-{index:010}"}.get(
        preset, str(88000 + index)
    )


def _plain(rng: Random, kind: str, number: str, at: dt.datetime, index: int) -> DayOrder:
    buyer = person(rng, 5_000_000 + index)
    while buyer.prefecture in ("北海道", "沖縄県"):
        buyer = person(rng, 5_000_000 + index)
    lines = tuple((item, rng.choice((1, 1, 1, 2))) for item in rng.sample(SAMPLE_GOODS, rng.choice((1, 1, 2))))
    order = DayOrder(kind, number, at, buyer, buyer, lines, rng.choices((CARD, BANK, COD), (60, 15, 25))[0])
    if kind == "plain" and index % 9 == 4:
        return replace(order, wish_date=at.date() + dt.timedelta(days=12))
    return order


def _spoil(order: DayOrder, rng: Random, before: Sequence[DayOrder]) -> DayOrder:
    buyer, day = order.buyer, order.at.date()
    later = day + dt.timedelta(days=14)
    match order.kind:
        case "remark: ship later":
            return replace(order, remark=f"{later.month}月{later.day}日以降に発送してください。", payment=CARD)
        case "remark: thanks only":
            return replace(order, remark="いつもありがとうございます。届くのを楽しみにしています。")
        case "remark: day and time":
            return replace(order, remark=f"{later.month}月{later.day}日の午前中に届けてください。", payment=CARD)
        case "no house number":
            return _everywhere(order, replace(buyer, address1=buyer.address1.rstrip("0123456789-"), address2=""))
        case "wrong phone":
            return _everywhere(order, replace(buyer, phone="1234567"))
        case "unknown item":
            (item, count), *others = order.lines
            return replace(order, lines=((replace(item, code=f"OLD-{item.code}"), count), *others))
        case "out of stock":
            return replace(order, lines=((RARE, 1),), payment=CARD)
        case "ordered twice":
            first = next(o for o in reversed(before) if o.kind == "plain" and o.wish_date is None)
            return replace(order, buyer=first.buyer, ship_to=first.buyer, lines=first.lines, payment=first.payment)
        case "other recipient, COD":
            return replace(order, ship_to=person(rng, 6_000_000), payment=COD)
        case "large quantity":
            return replace(order, lines=((order.lines[0][0], 30),), payment=CARD)
        case "impossible day":
            return replace(order, wish_date=day + dt.timedelta(days=1), payment=CARD)
        case "cancelled after print":
            return replace(order, payment=COD)
        case "one deposit for two":
            first = next((o for o in before if o.kind == order.kind), None)
            who = first.buyer if first else replace(buyer, name="鴨志田 澪", kana="カモシダ ミオ")
            used = {item for item, _n in first.lines} if first else set()
            goods = next(item for item in SAMPLE_GOODS if item not in used)
            return replace(_everywhere(order, who), payment=BANK, lines=((goods, 1),))
    return order


def _everywhere(order: DayOrder, who: Person) -> DayOrder:
    return replace(order, buyer=who, ship_to=who)


def _nextengine(orders: Sequence[DayOrder]) -> bytes:
    rows = []
    for o in orders:
        wish = f"{o.wish_date:%Y/%m/%d}" if o.wish_date else ""
        for item, count in o.lines:
            rows.append(
                nextengine_row(
                    店舗伝票番号=o.number, 受注日=f"{o.at:%Y/%m/%d %H:%M:%S}",
                    受注郵便番号=o.buyer.postcode,
                    受注名=o.buyer.name, 受注名カナ=o.buyer.kana,
                    受注電話番号=o.buyer.phone, 受注メールアドレス=o.buyer.mail,
                    発送郵便番号=o.ship_to.postcode,
                    発送先名=o.ship_to.name, 発送先カナ=o.ship_to.kana,
                    発送電話番号=o.ship_to.phone, 支払方法=o.payment, 商品計=str(o.goods), 発送料=str(o.postage),
                    手数料=str(o.fee), 合計金額=str(o.total), 日付指定=wish, 備考=o.remark, 商品名=item.name,
                    商品コード=item.code, 商品価格=str(item.price), 受注数量=str(count),
                    **{
                        "消費税率（%）": str(item.tax_rate),
                        "受注住所１": o.buyer.prefecture + o.buyer.address1, "受注住所２": o.buyer.address2,
                        "発送先住所１": o.ship_to.prefecture + o.ship_to.address1,
                        "発送先住所２": o.ship_to.address2,
                    },
                )
            )  # fmt: skip
    return nextengine(*rows)


def _rakuten(orders: Sequence[DayOrder]) -> bytes:
    rows = []
    for o in orders:
        comment = o.remark
        for item, count in o.lines:
            rows.append(
                rakuten_row(
                    注文番号=o.number, 注文日時=f"{o.at:%Y-%m-%d %H:%M:%S}", 支払方法名=o.payment,
                    商品合計金額=str(o.goods), 送料合計=str(o.postage), 代引料合計=str(o.fee), 請求金額=str(o.total),
                    合計金額=str(o.total), 注文者メールアドレス=o.buyer.mail, 商品名=item.name, 商品番号=item.code,
                    商品管理番号=item.code.lower(), 単価=str(item.price), 個数=str(count), コメント=comment,
                    お届け日指定=f"{o.wish_date:%Y-%m-%d}" if o.wish_date else "",
                    **_rakuten_person("注文者", o.buyer), **_rakuten_person("送付先", o.ship_to),
                )
            )  # fmt: skip
    return rakuten(*rows)


def _rakuten_person(word: str, who: Person) -> dict[str, str]:
    family, _blank, given = who.name.partition(" ")
    kana, _blank, given_kana = who.kana.partition(" ")
    parts = who.phone.split("-")
    return {
        f"{word}郵便番号1": who.postcode[:3], f"{word}郵便番号2": who.postcode[3:],
        f"{word}住所都道府県": who.prefecture, f"{word}住所郡市区": who.address1,
        f"{word}住所それ以降の住所": f" {who.address2}" if who.address2 else "",
        f"{word}姓": family, f"{word}名": given, f"{word}姓カナ": kana, f"{word}名カナ": given_kana,
        **{f"{word}電話番号{n}": part for n, part in enumerate(parts, 1)},
    }  # fmt: skip


def _colorme(orders: Sequence[DayOrder]) -> bytes:
    rows = []
    for o in orders:
        for item, count in o.lines:
            rows.append([
                o.number, f"{o.at:%Y/%m/%d %H:%M:%S}", *_colorme_person(o.buyer), o.buyer.mail,
                *_colorme_person(o.ship_to), o.payment, "宅配便", str(o.postage), str(o.fee), str(o.total), o.remark,
                f"{o.wish_date:%Y/%m/%d}" if o.wish_date else "", item.code, item.name, str(item.price), str(count),
            ])  # fmt: skip
    return file_of(_COLORME, rows)


def _colorme_person(who: Person) -> tuple[str, ...]:
    return who.name, who.postcode, who.prefecture, f"{who.address1} {who.address2}".strip(), who.phone


_COLORME = (
    "売上ID", "受注日",
    *(f"購入者 {part}" for part in ("名前", "郵便番号", "都道府県", "住所", "電話番号")), "購入者 メールアドレス",
    *(f"宛先 {part}" for part in ("名前", "郵便番号", "都道府県", "住所", "電話番号")), "決済方法", "配送方法",
    "送料合計", "決済手数料", "総合計金額", "備考", "配送希望日", "購入商品 型番", "購入商品 商品名",
    "購入商品 販売価格(消費税込)", "購入数量",
)  # fmt: skip
_FILES = {"nextengine": _nextengine, "rakuten": _rakuten, "colorme": _colorme}
