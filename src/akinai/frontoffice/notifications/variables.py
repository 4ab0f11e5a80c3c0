"""What the templates may say: every variable with what people read for it and an example."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.messaging.kinds import vocabulary
from akinai.shop.messaging.rendering import Variable, Vocabulary

_ROWS = (
    Variable("name", _("Item name"), "湯呑 藍釉"),
    Variable("sku", _("SKU code"), "YN-AI-01"),
    Variable("qty", _("Quantity"), "2"),
    Variable("price", _("Unit price"), "1,980"),
    Variable("reduced_mark", _("Mark of the reduced rate"), "※"),
)

SHOP = vocabulary(
    Variable("shop_name", _("Shop name"), "茶と器 うつわ屋"),
    Variable("shop_company", _("Seller"), "株式会社うつわ屋"),
    Variable("shop_url", _("Web address"), "https://utsuwaya.example/"),
    Variable("shop_mail", _("Mail address"), "info@utsuwaya.example"),
    Variable("shop_tel", _("Telephone"), "03-0000-0000"),
    Variable("shop_hours", _("Business hours"), "平日 10:00〜17:00"),
    Variable("signature", _("Signature"), "(店名・住所・電話・担当者)"),
    Variable("staff_name", _("Who writes"), "佐藤 美咲"),
    Variable("store_name", _("Store"), "自社ストア"),
)

ORDER = vocabulary(
    Variable("customer_name", _("Buyer's name"), "佐々木 綾乃"),
    Variable("order_no", _("Order number the buyer knows"), "10471"),
    Variable("our_no", _("Our order number"), "UW-10471"),
    Variable("ordered_at", _("Ordered at"), "2026年11月23日(月) 21:14"),
    Variable("confirm_by", _("Confirmation due"), "11月24日(火)正午"),
    Variable("lines", _("Order lines"), "", _ROWS),
    Variable("ship_to_name", _("Recipient's name"), "佐々木 綾乃"),
    Variable("ship_to_address", _("Recipient's address"), "〒020-0885 岩手県盛岡市紺屋町3-0"),
    Variable("delivery_method", _("Delivery method"), "ヤマト運輸 宅急便"),
    Variable("carrier", _("Carrier"), "ヤマト運輸"),
    Variable("wish", _("Wished date and time"), "11月27日(金) 14時〜16時"),
    Variable("wish_date", _("Wished date"), "11月27日(金)"),
    Variable("wish_time", _("Wished time"), "14時〜16時"),
    Variable("is_gift", _("Gift"), "贈り物"),
    Variable("remark", _("Buyer's remark"), "27日以降に届くようにお願いします"),
    Variable("staff_note", _("A word of your own"), "ご出張からのお帰りに合わせてお届けします。"),
    Variable("changed", _("Only after a change of the order"), "変更後"),
    Variable("ship_plan", _("Planned ship date"), "11月26日(木)"),
    Variable("arrive_plan", _("Planned arrival"), "11月27日(金)"),
)

MONEY = vocabulary(
    Variable("goods_total", _("Goods, yen"), "8,280"),
    Variable("shipping_fee", _("Shipping fee, yen"), "940"),
    Variable("cod_fee", _("Payment fee, yen"), "330"),
    Variable("wrapping_fee", _("Wrapping fee, yen"), "200"),
    Variable("other_fee", _("Other fees, yen"), "0"),
    Variable("discount", _("Discount, yen"), "200"),
    Variable("points_used", _("Points used, yen"), "0"),
    Variable("tax10_base", _("10% goods, yen incl. tax"), "4,800"),
    Variable("tax10", _("Tax within at 10%"), "436"),
    Variable("tax8_base", _("8% goods, yen incl. tax"), "4,220"),
    Variable("tax8", _("Tax within at 8%"), "312"),
    Variable("grand_total", _("Total to pay, yen"), "9,020"),
    Variable("open_amount", _("Still to be paid, yen"), "9,020"),
    Variable("over_amount", _("Paid too much, yen"), "0"),
    Variable("pay_method", _("Payment method"), "クレジットカード"),
    Variable("bank_account", _("Account for transfers"), "〇〇銀行 本店 普通 1234567"),
    Variable("pay_due", _("Payment due"), "12月1日(火)"),
    Variable("cancel_on", _("Cancelled on, if not paid"), "12月8日(火)"),
    Variable("transfer_amount", _("To be transferred (only unpaid transfers)"), "9,020"),
    Variable("cash_amount", _("Cash at the door (only cash on delivery)"), "9,350"),
)

EVERY: Vocabulary = {**SHOP, **ORDER, **MONEY}

PARCEL = (
    Variable("tracking_no", _("Tracking number"), "1234-5678-9013"),
    Variable("tracking_url", _("Tracking page"), "https://carrier.example/1234"),
)
_RETURN = (
    Variable("return_address", _("Where to send it back"), "〒100-0001 東京都千代田区千代田1-1 返品係"),
    Variable("freight_bearer", _("Who pays the way back"), "当店が負担いたします(着払いでお送りください)"),
    Variable("return_due", _("Sent back until"), "12月4日(金)"),
    Variable("new_date", _("Refund or exchange until"), "12月9日(水)"),
    Variable("our_fault", _("Only where the shop is the cause"), "1"),
)
_UNSUBSCRIBE = Variable("unsubscribe_url", _("Where the buyer stops such mails"), "https://shop.example/letters/…")

OCCASION: dict[str, Vocabulary] = {
    "M02": vocabulary(Variable("reason", _("Reasons to look"), "備考、住所")),
    "M05": vocabulary(
        Variable("paid_amount", _("Amount received, yen"), "9,020"),
        Variable("paid_on", _("Received on"), "11月24日(火)"),
    ),
    "M06": vocabulary(Variable("last_notice", _("Only in the last reminder"), "1")),
    "M07": vocabulary(
        *PARCEL,
        Variable("ship_date", _("Shipped on"), "11月26日(木)"),
        Variable("parcel_note", _("What follows later"), "残りの品は入荷しだいお送りします。"),
    ),
    "M09": vocabulary(
        Variable("reason", _("Cause"), "メーカーの製造が遅れております。"),
        Variable("old_date", _("Planned before"), "11月26日(木)"),
        Variable("new_date", _("Planned now"), "12月3日(木)"),
        Variable("reply_due", _("Answer until"), "11月27日(金)"),
    ),
    "M10": vocabulary(
        Variable("reason", _("Cause"), "大雪"),
        Variable("new_date", _("Planned now"), "12月3日(木)"),
        *PARCEL,
    ),
    "M10b": vocabulary(Variable("reply_due", _("Kept until"), "12月3日(木)"), *PARCEL),
    "M11": vocabulary(
        Variable("refund_total", _("Refunded, yen"), "9,020"),
        Variable("refund_detail", _("What is refunded"), "ご注文の取り消し"),
        Variable("refund_method", _("Way of the refund"), "銀行振込"),
        Variable("refund_on", _("Refunded on"), "11月26日(木)"),
    ),
    "M12": vocabulary(
        Variable("reason", _("Reason of the cancellation"), "お客様のご希望"),
        Variable("refund_detail", _("What happens to the money"), "ご請求はございません。"),
        Variable("our_fault", _("Only where the shop is the cause"), "1"),
    ),
    "M13": vocabulary(*_RETURN),
    "M13b": vocabulary(*_RETURN),
    "M14": vocabulary(Variable("review_url", _("Page for reviews"), "https://review.example/"), _UNSUBSCRIBE),
    "M15": vocabulary(_UNSUBSCRIBE),
    "M16": vocabulary(
        Variable("inquiry_no", _("Number of the inquiry"), "Q-12"),
        Variable("reason", _("What is being looked into"), "お荷物の配達状況"),
        Variable("next_contact_on", _("Next word until"), "11月27日(金)"),
    ),
    "BUNDLE": vocabulary(
        Variable("order_numbers", _("The orders"), "10471、10472"),
        Variable("saved", _("Shipping given back, yen"), "600"),
        Variable("days_later", _("Days later"), "2"),
        Variable("answer_url", _("Where the buyer answers"), "https://desk.example.jp/answer/…"),
        Variable("answer_by", _("Answer until"), "11月25日(水)10時"),
    ),
    "M17": vocabulary(Variable("reply_due", _("Answer until"), "11月27日(金)")),
}


def of(kind: str) -> Vocabulary:
    """Everything a mail of this kind may say."""
    return {**EVERY, **OCCASION.get(kind, {})}
