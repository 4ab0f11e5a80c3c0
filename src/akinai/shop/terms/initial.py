"""Rows every new database begins with; put after migrating where the tables are empty, then the shop's own.

Source of the values: the carriers' public pages as of 2026; each shop compares them with its contract.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from akinai.shop.stores.revisions import bump

from . import models, zones

LONG_AGO = dt.date(2000, 1, 1)

#: code, name, kind, timing, credit check, days to pay
METHODS: list[tuple[str, str, str, str, bool, int | None]] = [
    ("bank", "銀行振込", "bank_transfer", "prepaid", False, 7),
    ("postal", "郵便振替", "postal_transfer", "prepaid", False, 7),
    ("card", "クレジットカード", "card", "prepaid", False, None),
    ("cod", "代金引換", "cod", "postpaid", False, None),
    ("konbini", "コンビニ決済(前払い)", "konbini", "prepaid", False, 3),
    ("atobarai", "後払い", "deferred", "postpaid", True, 14),
    ("paypay", "PayPay", "wallet", "prepaid", False, None),
    ("amazonpay", "Amazon Pay", "wallet", "prepaid", False, None),
    ("rakutenpay", "楽天ペイ", "wallet", "prepaid", False, None),
    ("paypal", "PayPal", "wallet", "prepaid", False, None),
    ("carrier", "キャリア決済", "carrier_billing", "prepaid", False, None),
    ("emoney", "電子マネー", "wallet", "prepaid", False, None),
    ("invoice", "掛け払い", "invoice", "postpaid", False, 30),
    ("store", "店舗で決済済み", "store", "prepaid", False, None),
    ("none", "支払いなし", "none", "prepaid", False, None),
]

#: How many days agencies commonly keep an authorisation, by method (PAY-5)
AUTH_DAYS = {"card": 60, "paypay": 30, "amazonpay": 30, "rakutenpay": 30, "atobarai": 90}

#: Words that order files use for a method or service, by code, separated by bars
WORDS = {
    "bank": "銀行振込(前払い)|銀行振込み|銀行振込先払い|銀行口座振込|銀行振込決済|振込|前払い|Bank Deposit|bt|base_bt",
    "postal": "ゆうちょ振込|ゆうちょ銀行|郵便振込|ゆうちょ銀行振込",
    "card": "クレジット|クレジットカード決済|カード|カード決済|カード払い|クレジット決済|クレジットカード払い"
    "|creditcard|credit card|Shopify Payments|shopify_payments|payment_a1|Apple Pay",
    "cod": "代引|代引き|代金引換え|代金引き換え|代引決済|商品代引|代金引換(現金)|代引き(現金)|cod|payment_d1"
    "|Cash on Delivery|Cash on Delivery (COD)",
    "konbini": "コンビニ|コンビニ決済|コンビニ前払い|コンビニ払い|コンビニエンスストア決済|セブンイレブン決済"
    "|セブンイレブン(前払)|ローソン、郵便局ATM等(前払)|cvs|payment_b1",
    "atobarai": "NP後払い|NP後払い(後払い)|NP後払いwiz|後払い決済|後払い.com|GMO後払い|アトディーネ|atone|atone翌月払い"
    "|スコア後払い|DSK後払い|クロネコ代金後払い|クロネコ代金後払いサービス|ペイディ|Paidy|あと払い|あと払い(ペイディ)"
    "|コンビニ後払い|後払い(コンビニ)|bnpl",
    "paypay": "PayPay残高払い|PayPay残高等|PayPay残高|PayPay決済|ペイペイ|payment_a17",
    "amazonpay": "AmazonPay|アマゾンペイ|amazon_pay|Amazonペイ|Amazon Pay(前払い)",
    "rakutenpay": "楽天ペイ(オンライン決済)|楽天バーチャルアカウント決済|Rakuten Pay|楽天Pay",
    "paypal": "ペイパル|PayPal決済|PayPal Express Checkout",
    "carrier": "キャリア払い|d払い|ドコモ払い|auかんたん決済|au PAY(auかんたん決済)|ソフトバンクまとめて支払い"
    "|carrier_01|carrier_02|carrier_03",
    "emoney": "楽天Edy決済|モバイルSuica|Suica決済|電子マネー決済",
    "invoice": "請求書払い|掛け|掛売|締め払い|請求書",
    "store": "店頭|店頭現金|現金|Amazon|モール決済|決済済み|支払済|支払い済み",
    "none": "0円|全額ポイント|ポイント|全額ポイント支払い|ポイント全額支払い|支払いなし(全額ポイント利用)",
    "takkyubin": "ヤマト宅急便|クロネコヤマト|クロネコヤマト宅急便|ヤマト運輸|ヤマト運輸(宅急便)|ヤマト|宅配便"
    "|通常配送",
    "compact": "ヤマト宅急便コンパクト|コンパクト",
    "nekopos": "ヤマトネコポス|メール便",
    "cool_chilled": "クール便|クール宅急便|冷蔵便|クール冷蔵|クール便(冷蔵)",
    "cool_frozen": "冷凍便|クール冷凍|クール便(冷凍)",
    "hikyaku": "佐川急便|佐川|佐川急便(飛脚宅配便)|飛脚宅配便(佐川)",
    "yupack": "日本郵便|郵便|ゆうパック(日本郵便)|日本郵便(ゆうパック)",
    "yupacket": "日本郵便(ゆうパケット)",
    "letterpack_plus": "レターパック|レターパック+",
    "other": "その他",
}

COD_BANDS = [(10_000, 330), (30_000, 440), (100_000, 660), (300_000, 1_100)]

_YAMATO_PAGE = "https://toi.kuronekoyamato.co.jp/cgi-bin/tneko?number01={n}"
_SAGAWA_PAGE = "https://k2k.sagawa-exp.co.jp/p/web/okurijosearch.do?okurijoNo={n}"
_POST_PAGE = "https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={n}&searchKind=S002&locale=ja"
#: code, name, tracking page, wrong number, label fields
CARRIERS = [
    ("yamato", "ヤマト運輸", _YAMATO_PAGE, "refuse", "b2"),
    ("sagawa", "佐川急便", _SAGAWA_PAGE, "refuse", "ehiden"),
    ("japanpost", "日本郵便", _POST_PAGE, "refuse", "yupri"),
    ("other", "その他の運送会社", "", "none", "none"),
]

WINDOWS = {
    "yamato": {"": "", "08-12": "0812", "14-16": "1416", "16-18": "1618", "18-20": "1820", "19-21": "1921"},
    "sagawa": {
        "": "",
        "08-12": "01",
        "12-14": "12",
        "14-16": "14",
        "16-18": "16",
        "18-20": "18",
        "19-21": "19",
        "18-21": "04",
    },
    "japanpost": {"": "00", "08-12": "51", "12-14": "52", "14-16": "53", "16-18": "54", "18-20": "55", "19-21": "57"},
}

_ALL = {"cod_ok": True, "date_ok": True, "window_ok": True}
_BOX = {"handover": "post_box"}
_YAMATO_HAND = {**_ALL, "label_type": "0", "cod_label_type": "2", "cod_limit": 300_000}
_WARN = {"tracking_check": "warn"}
#: code, carrier, name, the rest of the row
SERVICES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("takkyubin", "yamato", "宅急便", {**_YAMATO_HAND, "is_default": True}),
    ("compact", "yamato", "宅急便コンパクト", {**_ALL, "label_type": "8", "cod_label_type": "9", "cod_limit": 30_000}),
    ("nekopos", "yamato", "ネコポス", {**_BOX, "label_type": "A"}),
    ("cool_chilled", "yamato", "クール宅急便(冷蔵)", {**_YAMATO_HAND, "cool": "chilled"}),
    ("cool_frozen", "yamato", "クール宅急便(冷凍)", {**_YAMATO_HAND, "cool": "frozen"}),
    ("hikyaku", "sagawa", "飛脚宅配便", {**_ALL, "cod_limit": 300_000}),
    ("yupack", "japanpost", "ゆうパック", {**_ALL, "label_type": "0", "cod_limit": 300_000}),
    ("yupacket", "japanpost", "ゆうパケット", {**_BOX, "label_type": "9"}),
    ("yupacket_plus", "japanpost", "ゆうパケットプラス", {"date_ok": True, "window_ok": True, "label_type": "9"}),
    ("letterpack_plus", "japanpost", "レターパックプラス", _WARN),
    ("letterpack_light", "japanpost", "レターパックライト", {**_BOX, **_WARN}),
    ("clickpost", "japanpost", "クリックポスト", {**_BOX, **_WARN, "address_layout": "clickpost"}),
    ("other", "other", "その他の配送", {"date_ok": True}),
]

_YAMATO_KG = [(60, 2), (80, 5), (100, 10), (120, 15), (140, 20), (160, 25), (180, 30), (200, 30)]
_YUPACK = [60, 80, 100, 120, 140, 160, 170]
#: name, edge sum cm, weight g, longest edge cm
SIZES: dict[str, list[tuple[str, int | None, int | None, int | None]]] = {
    "takkyubin": [(str(cm), cm, kg * 1000, 170) for cm, kg in _YAMATO_KG],
    "compact": [("コンパクト", 50, None, 34)],
    "nekopos": [("A4", 57, 1000, 32)],
    "cool_chilled": [(str(cm), cm, kg * 1000, 170) for cm, kg in _YAMATO_KG[:4]],
    "cool_frozen": [(str(cm), cm, kg * 1000, 170) for cm, kg in _YAMATO_KG[:4]],
    "hikyaku": [(str(cm), cm, kg * 1000, None) for cm, kg in [(60, 2), (80, 5), (100, 10), (140, 20), (160, 30)]],
    "yupack": [(str(cm), cm, 25_000, None) for cm in _YUPACK],
    "yupacket": [("ゆうパケット", 60, 1000, 34)],
    "yupacket_plus": [("専用箱", 48, 2000, 24)],
    "letterpack_plus": [("A4", None, 4000, 34)],
    "letterpack_light": [("A4", 62, 4000, 34)],
    "clickpost": [("A4", 62, 1000, 34)],
}

#: The source that rows of a new shop name
EXAMPLES = "見本"
#: Examples only: every shop loads the list of its own carrier.
ISLANDS = [
    ("10001", "東京都大島町", 1),
    ("10014", "東京都八丈町", 2),
    ("10021", "東京都小笠原村", 7),
    ("9071801", "沖縄県与那国町", 2),
]


def load_after_migrate(sender: Any, **_kwargs: Any) -> None:
    """Put methods, carriers and services where there are none. Also runs after a test has emptied the tables."""
    if not models.PaymentMethod.objects.exists():
        _load_methods()
    if not models.Carrier.objects.exists():
        _load_carriers()
        _load_services()
        _load_places()
        bump("terms")


def words_of(code: str) -> list[str]:
    """The words order files use for a method or service a new shop begins with."""
    return WORDS[code].split("|") if code in WORDS else []


def _load_methods() -> None:
    models.PaymentMethod.objects.bulk_create(
        models.PaymentMethod(
            code=code,
            name=name,
            kind=kind,
            timing=timing,
            needs_credit_check=check,
            due_days=days,
            auth_days=AUTH_DAYS.get(code),
            aliases=words_of(code),
        )
        for code, name, kind, timing, check, days in METHODS
    )
    cod = models.PaymentMethod.objects.get(code="cod")
    models.PaymentFeeBand.objects.bulk_create(
        models.PaymentFeeBand(method=cod, up_to=up_to, fee=fee, effective_from=LONG_AGO) for up_to, fee in COD_BANDS
    )
    bump("terms")


def _load_carriers() -> None:
    for code, name, page, check, layout in CARRIERS:
        carrier = models.Carrier.objects.create(
            code=code,
            name=name,
            tracking_url=page,
            tracking_check=check,
            address_layout=layout,
            takes_po_box=code == "japanpost",
        )
        models.WindowCode.objects.bulk_create(
            models.WindowCode(carrier=carrier, window=window, code=sent)
            for window, sent in WINDOWS.get(code, {}).items()
        )


def _load_services() -> None:
    carriers = {carrier.code: carrier for carrier in models.Carrier.objects.all()}
    for code, owner, name, rest in SERVICES:
        service = models.DeliveryService.objects.create(
            code=code, carrier=carriers[owner], name=name, aliases=words_of(code), **rest
        )
        models.SizeClass.objects.bulk_create(
            models.SizeClass(
                service=service, name=size, position=place, edge_sum_cm=cm, max_weight_g=g, longest_edge_cm=edge
            )
            for place, (size, cm, g, edge) in enumerate(SIZES.get(code, []))
        )


def _load_places() -> None:
    models.LeadTime.objects.bulk_create(
        models.LeadTime(origin_zone=origin, zone=zone, days=zones.estimated_days(origin, zone))
        for origin in zones.ZONES
        for zone in zones.ZONES
    )
    models.Island.objects.bulk_create(
        models.Island(postcode=code, name=name, extra_days=days, source=EXAMPLES, source_date=dt.date(2026, 11, 1))
        for code, name, days in ISLANDS
    )
