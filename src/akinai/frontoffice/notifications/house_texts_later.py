"""The house's texts for what lies beside the plain course: instructions again, the road, returns, answers, thanks."""

from __future__ import annotations

TRANSFER = """■お振込金額 {{transfer_amount}}円
■お振込先
{{bank_account}}
■お振込期限 {{pay_due}}

・お名前の前にご注文番号を付けていただくと、
 確認が早くなります。
・ご注文者様と異なる名義でお振り込みの際は、
 ご一報ください。
・振込手数料はお客様のご負担にてお願いいたします。
・期限までに確認できないときは、{{cancel_on}}に
 ご注文を取り消させていただくことがございます。

ご入金を確認した日に、発送予定日をメールでお知らせします。
"""

CASH = """お受け取りの際に、次の金額をご用意ください。
■お支払い額 {{cash_amount}}円
 (商品・送料・代引手数料{{cod_fee}}円と消費税を含みます)

配達員がお渡しする受領書が正式な領収書となります。
ご不在が続きますとお荷物が当店へ戻ってしまいますので、
ご都合のよい日時がございましたら、発送前に
お知らせください。
"""

_NOTE = """{{?staff_note}}

{{staff_note}}
{{/staff_note}}
"""

_PARCEL = """■ご注文番号 {{order_no}}
■{{carrier}} {{tracking_no}}
{{?tracking_url}}
■配達状況の確認
{{tracking_url}}
{{/tracking_url}}
"""

_STOP = """配信の停止はこちらから:
{{unsubscribe_url}}

{{signature}}
"""

M04 = f"""{{{{customer_name}}}} 様

ご注文の確認が済みましたので、お振込先をお知らせいたします。

■ご注文番号 {{{{order_no}}}}
{TRANSFER}{_NOTE}
{{{{signature}}}}
"""

M08 = f"""{{{{customer_name}}}} 様

お支払い方法に代金引換をお選びいただき、
ありがとうございます。
{CASH}
■ご注文番号 {{{{order_no}}}}
{_NOTE}
{{{{signature}}}}
"""

M10 = f"""{{{{customer_name}}}} 様

お送りしたお荷物の配達が、{{{{reason}}}}のため遅れております。
現時点の見込みは {{{{new_date}}}} でございます。
動きがあり次第、あらためてご連絡いたします。

{_PARCEL}{_NOTE}
ご心配をおかけし、申し訳ございません。

{{{{signature}}}}
"""

M10_HELD = f"""{{{{customer_name}}}} 様

お送りしたお荷物は現在、配送会社の営業所で
お預かりしております。
{{{{reply_due}}}}を過ぎますと当店へ返送されますので、
下の画面またはお電話で再配達をご依頼ください。

{_PARCEL}{_NOTE}
お手数をおかけしますが、よろしくお願いいたします。

{{{{signature}}}}
"""

M13 = f"""{{{{customer_name}}}} 様

{{{{?our_fault}}}}
このたびはお届けしたお品でご迷惑をおかけし、
誠に申し訳ございません。
{{{{/our_fault}}}}
{{{{^our_fault}}}}
このたびはご返品のご連絡をいただき、
ありがとうございます。
{{{{/our_fault}}}}
お手数をおかけしますが、次の方法でお送りいただけますでしょうか。

■ご注文番号 {{{{order_no}}}}
■送り先
{{{{return_address}}}}
■送料 {{{{freight_bearer}}}}
■期限 {{{{return_due}}}}
■同封のお願い ご注文番号 {{{{order_no}}}} を書いたメモ

届きましたら中身を確かめ、{{{{new_date}}}}までに返金いたします。
状態がわかるお写真をこのメールにご返信いただければ、
確認をより早く進められます。
{_NOTE}
{{{{signature}}}}
"""

M13_EXCHANGE = f"""{{{{customer_name}}}} 様

{{{{?our_fault}}}}
このたびはお届けしたお品でご迷惑をおかけし、
誠に申し訳ございません。
{{{{/our_fault}}}}
{{{{^our_fault}}}}
このたびは交換のご連絡をいただき、
ありがとうございます。
{{{{/our_fault}}}}
交換のお品は当店でお取り置きしております。
お手数をおかけしますが、お手元のお品を次の方法で
お送りいただけますでしょうか。

■ご注文番号 {{{{order_no}}}}
■送り先
{{{{return_address}}}}
■送料 {{{{freight_bearer}}}}
■期限 {{{{return_due}}}}
■同封のお願い ご注文番号 {{{{order_no}}}} を書いたメモ

届きましたら中身を確かめ、{{{{new_date}}}}までに
交換のお品を発送いたします。
状態がわかるお写真をこのメールにご返信いただければ、
確認をより早く進められます。
{_NOTE}
{{{{signature}}}}
"""

M14 = f"""{{{{customer_name}}}} 様

先日はお買い物をいただき、ありがとうございました。
お品物は無事に届きましたでしょうか。
実際にお使いになったご感想を、良い点も気になる点も
そのままお聞かせいただけますと、品ぞろえの参考になります。

▼ご感想はこちら
{{{{review_url}}}}

不具合などがございましたら、レビューの前に
このメールへご返信ください。すぐに対応いたします。

{_STOP}"""

M15 = f"""{{{{customer_name}}}} 様

{{{{shop_name}}}}の{{{{staff_name}}}}です。
お届けしてからしばらく経ちましたが、
お困りのことはございませんか。
お手入れの方法や使い方のご質問は、
このメールへのご返信で承ります。
{_NOTE}
{_STOP}"""

M16 = """{{customer_name}} 様

お問い合わせをいただき、ありがとうございます。
{{staff_name}}が承りました。
{{reason}}につきまして、ただいま関係先に確認しております。
結果が出ていない場合でも、{{next_contact_on}}までに
途中の状況を必ずお知らせいたします。
お待たせして申し訳ございませんが、
少々お時間をくださいませ。
{{?staff_note}}

{{staff_note}}
{{/staff_note}}

■受付番号 {{inquiry_no}}
■ご注文番号 {{order_no}}

{{signature}}
"""

_NUMBER = "(ご注文番号 {{order_no}})"

#: Subject and text by kind.
LATER: dict[str, tuple[str, str]] = {
    "M04": (f"【{{{{shop_name}}}}】お振込先のご案内{_NUMBER}", M04),
    "M08": (f"【{{{{shop_name}}}}】代金引換でのお受け取り{_NUMBER}", M08),
    "M10": (f"【{{{{shop_name}}}}】お荷物の配達の遅れ{_NUMBER}", M10),
    "M10b": (f"【{{{{shop_name}}}}】お荷物をお預かりしています{_NUMBER}", M10_HELD),
    "M13": (f"【{{{{shop_name}}}}】返品のお手続きについて{_NUMBER}", M13),
    "M13b": (f"【{{{{shop_name}}}}】交換のお手続きについて{_NUMBER}", M13_EXCHANGE),
    "M14": ("{{shop_name}}|お品物はいかがでしたか", M14),
    "M15": ("{{shop_name}}|その後の使い心地はいかがですか", M15),
    "M16": ("【{{shop_name}}】お問い合わせをお調べしております(受付 {{inquiry_no}})", M16),
}
