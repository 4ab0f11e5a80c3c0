"""Order files of invented buyers, to try an import with: mostly plain orders, some that need a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from akinai.foundation.core.clock import JST, today
from akinai.foundation.core.errors import BadInput
from akinai.foundation.tabular import write_csv
from akinai.frontoffice.channels.adapters.nextengine.mapping import HEADINGS

from .people import Person, person


@dataclass(frozen=True, slots=True)
class Goods:
    """What may be ordered; the price in yen with tax."""

    code: str
    name: str
    price: int
    tax_rate: int = 10


#: Ordered from where the caller names no goods.
SAMPLE_GOODS = (
    Goods("TEA-SEN-100", "深蒸し煎茶 100g", 1296, 8),
    Goods("TEA-SEN-200", "深蒸し煎茶 200g", 2376, 8),
    Goods("TEA-HOJ-100", "加賀棒ほうじ茶 100g", 864, 8),
    Goods("TEA-GENMAI-200", "玄米茶 200g", 756, 8),
    Goods("TEA-MAT-030", "抹茶 30g", 2160, 8),
    Goods("TEA-WAK-100", "和紅茶 100g", 1404, 8),
    Goods("CUP-YUN-AI", "湯呑 藍", 1980),
    Goods("CUP-YUN-HAI", "湯呑 灰釉", 2200),
    Goods("POT-KYU-TOK", "常滑急須 300ml", 6600),
    Goods("CAN-KAB-01", "茶筒 樺", 8800),
    Goods("PLT-KOZ-01", "小皿 五枚組", 4400),
    Goods("SPN-CHA-01", "茶さじ 竹", 660),
)
_PAYMENTS = ("クレジットカード", "銀行振込", "代金引換")
_WINDOWS = ("午前中", "14-16", "16-18", "18-20", "19-21")
_REMARKS = (
    "納品書は同封しないでください。",
    "不在の場合は宅配ボックスに入れてください。",
    "割れないように厚めに包んでください。",
    "領収書の宛名は株式会社みどりでお願いします。",
    "前回の注文と一緒に送ってもらえますか？",
)
_COD_FEES = ((10_000, 330), (30_000, 440), (100_000, 660))


@dataclass(frozen=True, slots=True)
class _Order:
    number: str
    ordered_at: dt.datetime
    buyer: Person
    ship_to: Person
    lines: tuple[tuple[Goods, int], ...]
    payment: str
    window: str = ""
    wish_date: dt.date | None = None
    remark: str = ""


def generate_orders(
    *,
    preset: str = "nextengine",
    count: int = 300,
    irregular: float = 0.15,
    seed: int = 1,
    skus: Sequence[Goods] = SAMPLE_GOODS,
    day: dt.date | None = None,
) -> bytes:
    """An order file of `count` orders placed on `day` (default: yesterday, JST) with 1-4 lines each.

    `irregular` is the share (0 to 1) that needs a person: a remark, an unknown code, a bad phone, no house number, a
    wish date that cannot be met, another receiver, a duplicate, a large quantity, in turn. The same arguments give
    the same bytes. Raises `BadInput` for a preset that cannot be generated, or a share or count out of range.
    """
    if preset != "nextengine":
        raise BadInput(f"no generator for {preset}", field="preset")
    if not (0 <= irregular <= 1 and 0 < count <= 100_000 and skus):
        raise BadInput("count must be 1 to 100,000 and irregular 0 to 1", field="count")
    placed = _orders(Random(seed), count, irregular, seed, skus, day or today() - dt.timedelta(days=1))
    return write_csv([row for order in placed for row in _rows(order)], HEADINGS, for_spreadsheet=False)


def _orders(rng: Random, count: int, irregular: float, seed: int, goods: Sequence[Goods], day: dt.date) -> list[_Order]:
    start = dt.datetime.combine(day, dt.time(), tzinfo=JST)
    moments = sorted(rng.randrange(86_400) for _ in range(count))
    odd = set(rng.sample(range(1, count), min(round(count * irregular), count - 1)))
    placed: list[_Order] = []
    spoilt, base = 0, seed % 50 * 200_000 + 1
    for index, second in enumerate(moments):
        order = _plain(rng, f"G{seed}-{index + 1:05d}", start + dt.timedelta(seconds=second), goods, base + index)
        if index in odd:
            order = _IRREGULAR[spoilt % len(_IRREGULAR)](order, rng, placed)
            spoilt += 1
        placed.append(order)
    return placed


def _plain(rng: Random, number: str, at: dt.datetime, goods: Sequence[Goods], index: int) -> _Order:
    buyer = person(rng, index)
    size = min(rng.choice((1, 1, 2, 2, 2, 3, 3, 4)), len(goods))
    lines = tuple((item, rng.choice((1, 1, 1, 2, 2, 3))) for item in rng.sample(list(goods), size))
    payment = rng.choices(_PAYMENTS, (55, 20, 25))[0]
    wishes = rng.random() < 0.2
    return _Order(
        number,
        at,
        buyer,
        buyer,
        lines,
        payment,
        rng.choice(_WINDOWS) if rng.random() < 0.3 else "",
        at.date() + dt.timedelta(days=rng.randint(10, 16)) if wishes else None,
    )


def _with_remark(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    return replace(order, remark=rng.choice(_REMARKS))


def _unknown_code(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    first, count = order.lines[0]
    return replace(order, lines=((replace(first, code=f"X-{first.code}-OLD"), count), *order.lines[1:]))


def _bad_phone(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    return _everywhere(order, replace(order.buyer, phone="1234567"))


def _no_house_number(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    street = order.buyer.address1.rstrip("0123456789-")
    return _everywhere(order, replace(order.buyer, address1=street, address2=""))


def _too_early(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    return replace(order, wish_date=order.ordered_at.date() + dt.timedelta(days=1))


def _other_receiver(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    return replace(order, ship_to=person(rng, order.buyer.number + 100_000))


def _duplicate(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    first = placed[-1]
    return replace(first, number=order.number, ordered_at=order.ordered_at, remark="")


def _large(order: _Order, rng: Random, placed: list[_Order]) -> _Order:
    return replace(order, lines=((order.lines[0][0], 50), *order.lines[1:]), payment=_PAYMENTS[0])


def _everywhere(order: _Order, buyer: Person) -> _Order:
    return replace(order, buyer=buyer, ship_to=buyer)


_IRREGULAR: tuple[Callable[[_Order, Random, list[_Order]], _Order], ...] = (
    _with_remark,
    _unknown_code,
    _bad_phone,
    _no_house_number,
    _too_early,
    _other_receiver,
    _duplicate,
    _large,
)


def _rows(order: _Order) -> list[list[str | int]]:
    goods = sum(item.price * count for item, count in order.lines)
    postage = _postage(order.ship_to.prefecture, goods)
    fee = 0
    if order.payment == "代金引換":
        fee = next((fee for limit, fee in _COD_FEES if goods + postage + fee <= limit), 1100)
    head: list[str | int] = [
        order.number,
        order.ordered_at.strftime("%Y/%m/%d %H:%M:%S"),
        *_party(order.buyer),
        order.buyer.mail,
        *_party(order.ship_to),
        order.payment,
        "ヤマト運輸",
        *(goods, 0, postage, fee, 0, 0, goods + postage + fee),
        *(0, order.window, f"{order.wish_date:%Y/%m/%d}" if order.wish_date else "", "", order.remark),
    ]
    return [[*head, *_line(item, count)] for item, count in order.lines]


def _party(who: Person) -> tuple[str, ...]:
    return (who.postcode, who.prefecture + who.address1, who.address2, who.name, who.kana, who.phone)


def _line(item: Goods, count: int) -> tuple[str | int, ...]:
    return (item.name, item.code, item.price, count, "", 0, 0, "", item.tax_rate, "")


def _postage(prefecture: str, goods: int) -> int:
    if prefecture in ("北海道", "沖縄県"):
        return 1320
    return 0 if goods >= 8000 else 660
