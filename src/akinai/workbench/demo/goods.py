"""What the demo shop sells: about two hundred SKUs of tea and tableware, invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from akinai.shop.catalog.jan import check_digit


@dataclass(frozen=True, slots=True)
class Ware:
    """A product with its variations, each `(end of the code, words, price)`; prices in yen with tax."""

    code: str
    name: str
    tax: str
    picture: str
    colour: str
    weight_g: int
    size_cm: int
    shelf: str
    kinds: tuple[tuple[str, str, int], ...]
    fragile: bool = False
    note: str = ""
    popular: int = 3


@dataclass(frozen=True, slots=True)
class Article:
    """One SKU to be made; `popular` says how often it is bought beside others."""

    ware: Ware
    code: str
    variation: str
    price: int
    jan: str
    shelf: str
    weight_g: int
    popular: int


_WEIGHTS = {
    "050": "50g",
    "100": "100g",
    "200": "200g",
    "500": "500g",
    "T10": "ティーバッグ10個",
    "T30": "ティーバッグ30個",
}


def _tea(code: str, name: str, price: int, colour: str, sizes: str, popular: int = 4) -> Ware:
    """A tea in bags of several weights; a bigger bag is a little cheaper by the gram."""
    grams = {"050": 0.55, "100": 1.0, "200": 1.85, "500": 4.3, "T10": 0.6, "T30": 1.6}
    kinds = tuple((size, _WEIGHTS[size], round(price * grams[size] / 18) * 18) for size in sizes.split())
    return Ware(code, name, "red", "tea", colour, 110, 45, "B", kinds, popular=popular)


def _clay(
    code: str, name: str, price: int, picture: str, glazes: str, weight: int, size: int, popular: int = 3
) -> Iterator[Ware]:
    """Tableware: one product for each glaze, in one size."""
    for glaze in glazes.split():
        word, colour = _GLAZES[glaze]
        yield Ware(
            f"{code}-{glaze}", f"{name} {word}", "std", f"{picture}-{glaze.lower()}", colour, weight, size, "A",
            (("01", "", price),), fragile=True, note="緩衝材で二重に包む", popular=popular,
        )  # fmt: skip


_GLAZES = {
    "AI": ("藍釉", "#2f4f83"), "HA": ("灰釉", "#a9a495"), "SJ": ("青磁", "#8fb3a2"), "TK": ("十草", "#43506b"),
    "KO": ("粉引", "#e2d8c6"), "OR": ("織部", "#3f6b4c"), "AM": ("飴釉", "#7a4a23"), "SH": ("志野", "#e0cfc8"),
    "KU": ("黒釉", "#2d2a2b"),
}  # fmt: skip

TEAS = (
    _tea("CH-FK", "深蒸し煎茶", 1296, "#5f7d3a", "050 100 200 500 T10 T30", 9),
    _tea("CH-SE", "煎茶 上", 1080, "#6b8b3d", "100 200 500 T10", 7),
    _tea("CH-SN", "煎茶 山の香", 1620, "#54743a", "050 100 200", 5),
    _tea("CH-GY", "玉露", 2700, "#2f6b45", "050 100", 3),
    _tea("CH-KB", "かぶせ茶", 1512, "#3f7a4a", "050 100 200", 4),
    _tea("CH-KK", "茎茶 白折", 756, "#86a05a", "100 200", 5),
    _tea("CH-HO", "ほうじ茶", 648, "#8a5a33", "100 200 T10 T30", 8),
    _tea("CH-KA", "加賀棒ほうじ茶", 864, "#9a6a3c", "050 100 200 T10", 8),
    _tea("CH-GE", "玄米茶", 756, "#9d9248", "100 200 500 T10", 6),
    _tea("CH-BA", "番茶 三年熟成", 702, "#7d6a41", "100 200 T10", 4),
    _tea("CH-WK", "和紅茶", 1404, "#8e3b26", "050 100 T10", 6),
    _tea("CH-WA", "和烏龍茶", 1566, "#7a6234", "050 100", 2),
    _tea("CH-SO", "そば茶", 594, "#a4793f", "200 T10", 3),
    _tea("CH-MU", "麦茶 丸粒", 432, "#8c6a36", "500 T30", 4),
    _tea("CH-JY", "ゆず煎茶", 972, "#a3a03a", "050 T10", 3),
    _tea("CH-KU", "粉茶 寿司屋の茶", 540, "#5b7a45", "100 200", 3),
    Ware("MT-US", "抹茶 薄茶 初音", "red", "matcha", "#6f9440", 60, 30, "B",
         (("030", "30g", 2160), ("100", "100g", 6480)), popular=4),
    Ware("MT-KO", "抹茶 濃茶 千代", "red", "matcha", "#4f7d33", 60, 30, "B",
         (("020", "20g", 3240), ("040", "40g", 6264)), popular=2),
    Ware("MT-RY", "抹茶 製菓用", "red", "matcha", "#8aa858", 120, 40, "B", (("100", "100g", 1188),), popular=3),
)  # fmt: skip

SWEETS = (
    Ware("OK-YO", "ひとくち羊羹", "red", "sweets", "#4a2c33", 300, 45, "C",
         (("05", "5個入", 972), ("10", "10個入", 1890)), popular=5),
    Ware("OK-MO", "最中 うつわ", "red", "sweets", "#b98f54", 320, 50, "C",
         (("06", "6個入", 1296), ("12", "12個入", 2538)), popular=3),
    Ware("OK-HI", "干菓子 四季", "red", "sweets", "#d9a9b3", 120, 40, "C", (("01", "", 864),), popular=2),
    Ware("OK-AR", "あられ 京の豆", "red", "sweets", "#c49a5a", 180, 45, "C", (("01", "", 594),), popular=4),
    Ware("OK-KO", "金平糖 抹茶", "red", "sweets", "#93ad5b", 90, 30, "C", (("01", "", 540),), popular=3),
)  # fmt: skip

CLAY = (
    *_clay("YN", "湯呑", 1980, "yunomi", "AI HA TK KO OR AM SH KU SJ", 260, 35, 7),
    *_clay("MY", "夫婦湯呑", 4400, "yunomi", "TK AI SJ HA KO", 560, 45, 3),
    *_clay("SC", "そば猪口", 1650, "cup", "AI HA SJ KO TK OR", 210, 32, 5),
    *_clay("ME", "飯碗", 2200, "bowl", "AI HA KO SH KU SJ TK AM", 330, 45, 5),
    *_clay("MC", "抹茶碗", 8800, "bowl", "KU SH AM HA", 420, 50, 2),
    *_clay("KB", "小鉢", 1430, "bowl", "AI SJ OR KO HA AM", 220, 40, 4),
    *_clay("MB", "盛鉢 7寸", 5500, "bowl", "AI HA OR SJ KO", 780, 75, 2),
    *_clay("GN", "ぐい呑", 1540, "cup", "AI AM SH KU OR", 120, 26, 3),
    *_clay("TO", "徳利 二合", 3850, "bottle", "AM KU HA KO", 380, 50, 2),
    *_clay("KF", "片口", 3300, "bottle", "KO AI HA", 340, 48, 2),
    *_clay("MG", "マグカップ", 2420, "mug", "AI HA SJ AM KO OR", 340, 42, 5),
    *_clay("HO", "箸置き 五個組", 1320, "plate", "AI SJ KO OR", 90, 24, 3),
    *_clay("KH", "花入 一輪", 2970, "bottle", "SJ AM KU AI", 310, 46, 2),
)

_PLATES = (("03", "3寸", 660), ("04", "4寸", 990), ("05", "5寸", 1430), ("06", "6寸", 1980))
PLATES = tuple(
    Ware(f"KZ-{glaze}", f"小皿 {_GLAZES[glaze][0]}", "std", f"plate-{glaze.lower()}", _GLAZES[glaze][1], 180, 36, "A",
         _PLATES, fragile=True, note="一枚ずつ薄紙で包む", popular=4)
    for glaze in ("SJ", "AI", "HA", "KO", "OR", "AM")
)  # fmt: skip

TOOLS = (
    Ware("KY-TK", "急須 常滑", "std", "kyusu", "#6b3326", 420, 55, "A",
         (("36", "朱 360ml", 6600), ("50", "朱 500ml", 7700), ("37", "黒 360ml", 6600)),
         fragile=True, note="蓋は外して別に包む", popular=4),
    Ware("KY-BK", "急須 萬古", "std", "kyusu-dark", "#4b3f43", 400, 55, "A",
         (("30", "紫泥 300ml", 8250), ("45", "紫泥 450ml", 9350)), fragile=True, note="蓋は外して別に包む", popular=2),
    Ware("CZ-KB", "茶筒 桜皮", "std", "chazutsu-kaba", "#6e3b2a", 180, 34, "A",
         (("10", "100g用", 6050), ("20", "200g用", 8800)), popular=3),
    Ware("CZ-AI", "茶筒 藍染和紙", "std", "chazutsu-ai", "#2c4a7d", 150, 34, "A",
         (("10", "100g用", 1980), ("20", "200g用", 2420)), popular=4),
    Ware("DG-SA", "茶さじ", "std", "tool", "#a57c4a", 20, 25, "D",
         (("TA", "竹", 660), ("SK", "桜皮", 1320), ("SU", "錫", 3300)), popular=4),
    Ware("DG-KO", "茶こし", "std", "tool", "#9aa0a6", 45, 30, "D",
         (("S", "小", 880), ("M", "中", 1100), ("TA", "竹", 1540)), popular=4),
    Ware("DG-CS", "茶筅", "std", "tool", "#d7c48f", 30, 32, "D",
         (("70", "七十本立", 2750), ("80", "八十本立", 3080)), popular=2),
    Ware("DG-CK", "茶杓 白竹", "std", "tool", "#d9c79a", 10, 26, "D", (("01", "", 990),), popular=2),
    Ware("DG-OB", "盆 欅", "std", "tray", "#8a5a34", 480, 70, "D",
         (("21", "7寸", 4950), ("27", "9寸", 6930)), popular=2),
    Ware("DG-CT", "茶托 五枚組", "std", "tray", "#5b2f23", 260, 40, "D",
         (("KE", "欅", 5500), ("UR", "漆", 9900)), popular=1),
    Ware("DG-HS", "箸 八角", "std", "tool", "#3a2420", 25, 36, "D",
         (("22", "22.5cm", 1430), ("20", "21cm", 1320), ("FU", "夫婦", 2860)), popular=4),
    Ware("DG-FK", "布巾 かや織", "std", "cloth", "#c8b8a6", 40, 24, "D",
         (("SI", "生成り", 495), ("AI", "藍", 495), ("BE", "紅", 495)), popular=5),
    Ware("DG-FR", "風呂敷 二巾", "std", "cloth", "#7d3049", 90, 30, "D",
         (("MU", "無地 紫", 2200), ("TK", "唐草 緑", 2200)), popular=2),
)  # fmt: skip

GIFTS = (
    Ware("GF-CH", "お茶の詰合せ", "red", "gift", "#5f7d3a", 500, 65, "C",
         (("30", "二種", 3240), ("50", "三種", 5400), ("10", "四種 桐箱", 10800)),
         note="のし・包装の指定を確かめる", popular=5),
    Ware("GF-KA", "お茶と羊羹", "red", "gift", "#4a2c33", 620, 70, "C",
         (("30", "", 3456), ("45", "大", 4860)), note="のし・包装の指定を確かめる", popular=3),
    Ware("GF-YN", "湯呑とお茶の贈りもの", "std", "gift", "#2f4f83", 780, 75, "C",
         (("AI", "藍", 4950), ("TK", "夫婦", 7700)), fragile=True, note="のし・包装の指定を確かめる", popular=3),
    Ware("GF-KY", "急須と煎茶の贈りもの", "std", "gift", "#6b3326", 980, 85, "C", (("01", "", 11000),), fragile=True,
         note="のし・包装の指定を確かめる", popular=2),
    Ware("HO-SO", "包装", "std", "wrap", "#a33a4a", 30, 10, "D",
         (("KA", "かけ紙・のし", 110), ("KI", "桐箱", 1100)), popular=2),
)  # fmt: skip

WARES = (*TEAS, *SWEETS, *CLAY, *PLATES, *TOOLS, *GIFTS)


def articles() -> list[Article]:
    """Every SKU, with a JAN of the range a shop gives out itself (20…) and a shelf."""
    found: list[Article] = []
    for ware in WARES:
        for place, (end, words, price) in enumerate(ware.kinds, 1):
            number = len(found) + 1
            body = f"2000010{48000 + number * 7:05d}"
            rack = f"{ware.shelf}-{number // 12 + 1:02d}-{(number + place) % 4 + 1}"
            found.append(
                Article(
                    ware, f"{ware.code}-{end}", words, price, f"{body}{check_digit(body)}", rack,
                    ware.weight_g + 60 * (place - 1), max(1, ware.popular - (place - 1)),
                )
            )  # fmt: skip
    return found
