"""The 47 prefectures, the twelve zones carriers count by, and what a parcel between two of them usually takes."""

from __future__ import annotations

from akinai.shop.stores.prefectures import PREFECTURES

__all__ = ["PREFECTURES", "ZONES", "ZONE_NAMES", "estimated_days", "prefecture_name", "zone_of"]

ZONES: dict[str, tuple[str, ...]] = {
    "hokkaido": ("北海道",),
    "kita_tohoku": ("青森県", "岩手県", "秋田県"),
    "minami_tohoku": ("宮城県", "山形県", "福島県"),
    "kanto": ("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "山梨県"),
    "shinetsu": ("新潟県", "長野県"),
    "hokuriku": ("富山県", "石川県", "福井県"),
    "chubu": ("岐阜県", "静岡県", "愛知県", "三重県"),
    "kansai": ("滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    "chugoku": ("鳥取県", "島根県", "岡山県", "広島県", "山口県"),
    "shikoku": ("徳島県", "香川県", "愛媛県", "高知県"),
    "kyushu": ("福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県"),
    "okinawa": ("沖縄県",),
}

ZONE_NAMES = {
    "hokkaido": "北海道",
    "kita_tohoku": "北東北",
    "minami_tohoku": "南東北",
    "kanto": "関東",
    "shinetsu": "信越",
    "hokuriku": "北陸",
    "chubu": "中部",
    "kansai": "関西",
    "chugoku": "中国",
    "shikoku": "四国",
    "kyushu": "九州",
    "okinawa": "沖縄",
}

_ZONE_OF = {name: zone for zone, names in ZONES.items() for name in names}
_SHORT = {name[:-1] if name != "北海道" else name: name for name in PREFECTURES}

_NEIGHBOURS = {
    frozenset(pair)
    for pair in [
        ("hokkaido", "kita_tohoku"),
        ("kita_tohoku", "minami_tohoku"),
        ("minami_tohoku", "kanto"),
        ("minami_tohoku", "shinetsu"),
        ("kanto", "shinetsu"),
        ("kanto", "chubu"),
        ("shinetsu", "hokuriku"),
        ("shinetsu", "chubu"),
        ("hokuriku", "chubu"),
        ("hokuriku", "kansai"),
        ("chubu", "kansai"),
        ("kansai", "chugoku"),
        ("kansai", "shikoku"),
        ("chugoku", "shikoku"),
        ("chugoku", "kyushu"),
    ]
}
_FROM_KANTO = {"kita_tohoku": 1, "hokuriku": 1, "kansai": 1}


def prefecture_name(text: str) -> str:
    """The full name of a prefecture written with or without 都道府県; "" if it is none of the 47."""
    text = text.strip()
    return text if text in _ZONE_OF else _SHORT.get(text, "")


def zone_of(prefecture: str) -> str:
    """The zone of a prefecture; "" where the name is unknown (SHP-12)."""
    return _ZONE_OF.get(prefecture_name(prefecture), "")


def estimated_days(origin: str, zone: str) -> int:
    """Usual calendar days from zone to zone: what a new shop begins with, until it knows better (SHP-9)."""
    pair = frozenset((origin, zone))
    if origin == zone:
        return 1
    if "okinawa" in pair or pair == {"hokkaido", "kyushu"}:
        return 3
    if origin == "kanto" and zone in _FROM_KANTO:
        return _FROM_KANTO[zone]
    return 1 if pair in _NEIGHBOURS else 2
