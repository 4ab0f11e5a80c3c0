"""The text of the question whether orders shall leave in one parcel (N-16)."""

from __future__ import annotations

BUNDLE = """{{customer_name}} 様

{{shop_name}}でございます。
続けてのご注文をありがとうございます。
下記のご注文は、ひとつの荷物にまとめてお届けできます。

■ご注文番号 {{order_numbers}}
{{?saved}}
■お戻しする送料 {{saved}}円
{{/saved}}
{{?days_later}}
■お届け まとめる場合は約{{days_later}}日あとになります
{{/days_later}}

おまとめするかどうかを、下のページでお選びください。
{{answer_url}}

{{answer_by}}までにご返事がない場合は、
それぞれ別々に、予定どおりお送りいたします。
ご面倒でしたら、そのままで差し支えございません。

{{signature}}
"""

TOGETHER = {"BUNDLE": ("【{{shop_name}}】同梱のご確認(ご注文番号 {{order_no}})", BUNDLE)}
