"""Words by which Japanese shops name their columns, for a first guess at a file nobody has described."""

from __future__ import annotations

import re

_SHIP = r"(?:送り?付?先|お?届け?先|配送先|発送先|納品先|受取人|shipping|shipto)"
_BUYER = r"(?:ご?注文者|ご?購入者|ご?依頼主|お?客様|会員|請求先|買主|顧客|buyer|billing|customer)"
_BY = r"[・_\-:：の()\[\] ]*"
#: The parts of an address block by the words for them.
_PARTS = {
    "kana": r"お?名前?[（(]?(?:カナ|かな|フリガナ|ふりがな)|(?:氏名)?(?:カナ|フリガナ|ふりがな|kana)",
    "company": r"会社名?|法人名?|団体名|company",
    "name": r"お?名前|氏名|名称?|様|宛名|name|fullname",
    "postcode": r"〒|郵便(?:番号|no\.?)?|zip(?:code)?|postcode|postalcode",
    "prefecture": r"都道府県名?|prefecture|state",
    "address1": r"ご?住所(?:1|①)?|所在地|市区町村(?:番地)?|address1?",
    "address2": r"ご?住所(?:2|②)|建物名?|マンション名?|ビル名|番地以降|address2",
    "phone": r"お?電話(?:番号)?|tel|連絡先|携帯番号?|phone",
    "mail": r"e?-?mail(?:address)?|メール(?:アドレス)?|アドレス",
}
_OTHERS = {
    "store_number": r"(?:ご?注文|受注|受付|オーダー|伝票|管理|売上|取引|order)(?:番号|no\.?|id|コード|number)",
    "ordered_at": r"(?:ご?注文|受注|受付|購入|申込|order)(?:日時?|年月日|date|time)|日時",
    "item_code": r"(?:商品|品|型|sku|アイテム|製品)(?:コード|番|番号|code|no\.?)|sku|品番|型番|jan(?:コード)?",
    "item_name": r"(?:ご?注文)?(?:商品|品|アイテム|製品)名|商品|品名|item(?:name)?|productname",
    "item_options": r"(?:商品)?オプション|選択肢|バリエーション|規格|カラー|サイズ|options?",
    "quantity": r"(?:ご?注文|購入|商品)?(?:数量?|個数)|点数|quantity|qty",
    "unit_price": r"(?:商品)?単価|(?:販売|商品|税込)価格|(?:商品)?価格|unitprice|price",
    "tax_rate": r"(?:消費)?税率|taxrate",
    "goods_total": r"商品(?:代金?|計|合計|小計)(?:金額)?|小計|subtotal",
    "tax": r"(?:内)?消費税額?|税額|税金|tax",
    "shipping_fee": r"送料(?:合計)?|配送料|発送料|shippingfee|postage",
    "payment_fee": r"(?:決済|代引き?|支払)?手数料|代引料",
    "wrapping_fee": r"(?:ラッピング|包装)(?:料|代金?)",
    "discount": r"(?:クーポン|割引|値引き?)(?:額|金額|利用額)?|discount",
    "points": r"(?:利用|使用)?ポイント(?:利用額|利用|数)?|points?",
    "total": r"(?:ご?請求|総?合計|お?支払い?)(?:金額|額)?|総?合計金額|total",
    "payment_word": r"(?:お?支払い?|決済|入金)(?:方法|種別|手段)|支払|決済|payment(?:method)?",
    "paid": r"入金(?:状況|済み?|フラグ|ステータス)?|支払(?:状況|済み?)|決済(?:状況|ステータス)",
    "paid_on": r"(?:入金|支払|決済)(?:日時?|確認日)",
    "delivery_word": r"(?:お?届け|配送|発送|運送)(?:方法|業者|会社|種別)|shippingmethod",
    "wish_date": r"(?:お?届け|配送|配達|着)(?:希望)?(?:指定)?日(?:指定)?|希望日|日付指定",
    "wish_window": r"(?:お?届け|配送|配達)?(?:希望)?(?:指定)?時間帯?(?:指定)?|希望時間帯?",
    "remark": r"(?:お客様)?(?:備考|コメント|要望|連絡事項|メッセージ|通信欄)(?:欄)?|note|remarks?|comment",
    "gift": r"ギフト(?:フラグ|有無)?|gift",
    "noshi": r"のし|熨斗",
    "staff_note": r"(?:社内|店舗|ショップ用?|作業)(?:メモ|備考|者欄)(?:欄)?",
    "status_word": r"(?:ご?注文|受注|対応|処理)?(?:ステータス|状況|状態)|status",
    "shipped": r"(?:出荷|発送)(?:済み?|状況|フラグ|ステータス)",
    "ship_date": r"(?:出荷|発送)(?:予定)?日",
    "tracking": r"(?:送り状|伝票|追跡|お問い?合わ?せ)番号|tracking(?:number)?",
}


def _patterns() -> dict[str, re.Pattern[str]]:
    found = {target: re.compile(rf"(?:{words})(?:[（(].*[)）])?") for target, words in _OTHERS.items()}
    for part, words in _PARTS.items():
        found[f"ship_{part}"] = re.compile(rf"{_SHIP}{_BY}(?:{words}){_BY}|(?:{words})[（(]{_SHIP}[)）]")
        found[f"buyer_{part}"] = re.compile(rf"(?:{_BUYER}{_BY})?(?:{words})|(?:{words})[（(]{_BUYER}[)）]")
    return found


PATTERNS = _patterns()


def matches(target: str, key: str) -> bool:
    """True if a heading (as `heading_key` writes it) is likely to name this field."""
    pattern = PATTERNS.get(target)
    return pattern is not None and pattern.fullmatch(key) is not None
