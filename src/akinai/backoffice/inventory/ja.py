"""Japanese of inventory."""

from __future__ import annotations

JA: dict[str, str] = {
    "Reserved": "引当",
    "Reservation released": "引当解除",
    "Reservation expired": "引当期限切れ",
    "Shipped": "出荷",
    "Received": "入荷",
    "Corrected": "在庫調整",
    "Blocked": "保留にする",
    "Unblocked": "保留解除",
    "Moved out": "移動出庫",
    "Moved in": "移動入庫",
    "Opening stock": "期首在庫",
    "Purchase": "仕入",
    "Return from a buyer": "お客様からの返品",
    "Made here": "自社製造",
    "Stock count": "棚卸",
    "Damage": "破損",
    "Loss": "紛失",
    "Sample": "サンプル",
    "Inspection": "検品",
    "Other reason": "その他",
    "Storage": "保管",
    "Returns": "返品置場",
    "Defective goods": "不良品置場",
    "Main warehouse": "本店倉庫",
    "%(sku)s: %(wanted)d pieces are needed and %(free)d are free. Nothing was changed.": (
        "%(sku)s: %(wanted)d個必要ですが、フリー在庫は%(free)d個です。何も変更していません。"
    ),
    "%(sku)s: %(missing)d of these pieces are promised or blocked: %(names)s. Nothing was changed.": (
        "%(sku)s: %(missing)d個が引当済または保留です(%(names)s)。何も変更していません。"
    ),
    "This would take more pieces than there are. Nothing was changed.": (
        "実在庫より多く減らすことになります。何も変更していません。"
    ),
    "The stock changed at the same moment. Please try again.": ("同時に在庫が変わりました。もう一度お試しください。"),
    "Give either the difference or the counted number.": "増減数か実数のどちらかを入力してください。",
    "A counted number is 0 or more.": "実数は0以上で入力してください。",
    "That is too many pieces.": "数量が大きすぎます。",
    "A quantity must be 1 or more.": "数量は1以上で入力してください。",
    "Only %(count)d pieces are blocked.": "保留は%(count)d個だけです。",
    "Choose two different places.": "別々の置場を選んでください。",
    "%(reference)s holds %(held)d reserved pieces, so %(count)s cannot be shipped.": (
        "%(reference)s の引当は%(held)d個のため、%(count)s個は出荷できません。"
    ),
}
