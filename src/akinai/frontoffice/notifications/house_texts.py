"""The texts the house comes with. A shop changes them on the templates page; these stay as they are."""

from __future__ import annotations

from .house_texts_later import CASH, LATER, TRANSFER
from .house_texts_together import TOGETHER

RULE = "-" * 32

_LINES = """{{#lines}}
{{name}}{{reduced_mark}} {{price}}円 × {{qty}}
{{/lines}}
"""

_SUMS = f"""{RULE}
{_LINES}{RULE}
商品合計 {{{{goods_total}}}}円
送料 {{{{shipping_fee}}}}円
{{{{?cod_fee}}}}
手数料 {{{{cod_fee}}}}円
{{{{/cod_fee}}}}
{{{{?wrapping_fee}}}}
包装料 {{{{wrapping_fee}}}}円
{{{{/wrapping_fee}}}}
{{{{?other_fee}}}}
その他 {{{{other_fee}}}}円
{{{{/other_fee}}}}
{{{{?discount}}}}
値引き −{{{{discount}}}}円
{{{{/discount}}}}
{{{{?points_used}}}}
ポイント −{{{{points_used}}}}円
{{{{/points_used}}}}
お支払い合計 {{{{grand_total}}}}円
{{{{?tax10_base}}}}
(10%対象 {{{{tax10_base}}}}円 うち税 {{{{tax10}}}}円)
{{{{/tax10_base}}}}
{{{{?tax8_base}}}}
(8%対象※ {{{{tax8_base}}}}円 うち税 {{{{tax8}}}}円)
{{{{/tax8_base}}}}
"""

M01 = f"""{{{{customer_name}}}} 様

{{{{shop_name}}}}をご利用いただき、
ありがとうございます。
下記の内容でご注文をお預かりいたしました。
このメールは受付時に自動でお送りしております。
在庫とお届け日を担当者が確かめたうえで、あらためて
「ご注文確認」のメールを差し上げます。
そちらをもちましてご注文の成立とさせていただきます。

■ご注文番号 {{{{order_no}}}}
■ご注文日時 {{{{ordered_at}}}}
■お支払い方法 {{{{pay_method}}}}
■お届け先 {{{{ship_to_name}}}} 様
 {{{{ship_to_address}}}}
■配送方法 {{{{delivery_method}}}}
■ご希望日時 {{{{wish}}}}
■備考 {{{{remark}}}}
{_SUMS}
{{{{?confirm_by}}}}
{{{{confirm_by}}}}を過ぎても
確認メールが届かない場合は、お手数ですが
下記までお知らせください。
{{{{/confirm_by}}}}

{{{{signature}}}}
"""

M02 = f"""新しい注文が入りました。

受注番号: {{{{our_no}}}}({{{{store_name}}}} {{{{order_no}}}})
受注日時: {{{{ordered_at}}}}
要確認: {{{{reason}}}}
{{{{?confirm_by}}}}
確認メールの期限: {{{{confirm_by}}}}
{{{{/confirm_by}}}}
注文者: {{{{customer_name}}}} 様
お届け先: {{{{ship_to_name}}}} 様 {{{{ship_to_address}}}}
支払: {{{{pay_method}}}}
配送: {{{{delivery_method}}}}
希望: {{{{wish}}}}
{{{{?is_gift}}}}
贈り物: はい
{{{{/is_gift}}}}
備考: {{{{remark}}}}
{_SUMS}
期限を過ぎる前に受注画面で処理してください。
"""

_TRANSFER = f"【お振込のご案内】\n{TRANSFER}"
_CASH = f"【代金引換でのお受け取りについて】\n{CASH}"

M03 = f"""{{{{customer_name}}}} 様

{{{{shop_name}}}}の{{{{staff_name}}}}でございます。
{{{{?changed}}}}
ご注文内容の変更を承りました。
変更後の内容と予定をお知らせいたします。
{{{{/changed}}}}
{{{{^changed}}}}
このたびのご注文を確かに承りました。
次の予定で発送いたします。
{{{{/changed}}}}

■ご注文番号 {{{{order_no}}}}
■発送予定日 {{{{ship_plan}}}}
■お届け予定 {{{{arrive_plan}}}} {{{{wish_time}}}}
■お支払い合計 {{{{grand_total}}}}円({{{{pay_method}}}})
■お届け先 {{{{ship_to_name}}}} 様
 {{{{ship_to_address}}}}
{_SUMS}
{{{{?staff_note}}}}
{{{{staff_note}}}}

{{{{/staff_note}}}}
{{{{?transfer_amount}}}}
{_TRANSFER}
{{{{/transfer_amount}}}}
{{{{?cash_amount}}}}
{_CASH}
{{{{/cash_amount}}}}
お届け先や内容にお気づきの点がございましたら、
発送予定日の前営業日までにこのメールへご返信ください。

{{{{signature}}}}
"""

M05 = """{{customer_name}} 様

{{paid_on}}に{{paid_amount}}円のご入金を確認いたしました。
お手続きいただき、ありがとうございました。

■ご注文番号 {{order_no}}
{{?open_amount}}
■お支払い合計 {{grand_total}}円
■残りの金額 {{open_amount}}円

残りの金額を確認できましたら、発送の支度を進めます。
行き違いでしたら、何とぞご容赦ください。
{{/open_amount}}
{{^open_amount}}
■発送予定日 {{ship_plan}}
■お届け予定 {{arrive_plan}} {{wish_time}}

この予定で支度を進めております。
発送しましたら、お荷物の番号とあわせてご連絡いたします。
{{/open_amount}}
{{?over_amount}}

お支払い合計より{{over_amount}}円多くお預かりしております。
お取り扱いについて、あらためてご連絡いたします。
{{/over_amount}}

{{signature}}
"""

M06 = """{{customer_name}} 様

ご注文いただいたお品を取り置いておりますが、
本日の時点でお振込を確認できておりません。
行き違いにお手続きがお済みでしたら、何とぞご容赦ください。

■ご注文番号 {{order_no}}
■お振込金額 {{open_amount}}円
■お振込先
{{bank_account}}
■期限 {{pay_due}}

ご都合により日延べやお取りやめをご希望の場合も、
ご返信いただければそのように手配いたします。
{{?last_notice}}

{{cancel_on}}までに確認できない場合は、ご注文を
取り消させていただきます。
{{/last_notice}}
{{?staff_note}}

{{staff_note}}
{{/staff_note}}

{{signature}}
"""

M07 = """{{customer_name}} 様

お待たせいたしました。
本日、下記のとおりお品物を発送いたしました。

■ご注文番号 {{order_no}}
■発送日 {{ship_date}}
■お届け予定 {{arrive_plan}} {{wish_time}}
■お届け先 {{ship_to_name}} 様
■配送会社 {{carrier}}
■お問い合わせ番号 {{tracking_no}}
{{?tracking_url}}
■配達状況の確認
{{tracking_url}}
{{/tracking_url}}
■今回お送りしたもの
{{#lines}}
・{{name}} × {{qty}}
{{/lines}}
{{?parcel_note}}
{{parcel_note}}
{{/parcel_note}}

番号の登録が画面に出るまで、数時間かかることがございます。
天候や道路の状況により、お届けが前後する場合がございます。
ご不在が見込まれるときは、上の画面から日時の変更や
置き場所のご指定が可能です。
{{?cash_amount}}

お受け取りの際に {{cash_amount}}円を配達員へお支払いください。
領収書は配送会社がお渡しします。
{{/cash_amount}}

{{signature}}
"""

M09 = """{{customer_name}} 様

ご注文いただきました下記のお品につきまして、
お詫びを申し上げます。

{{#lines}}
・{{name}} × {{qty}}
{{/lines}}
{{reason}}
当初の予定 {{old_date}} → 新しい予定 {{new_date}}

つきましては、ご希望を次の中からお選びいただけますでしょうか。
 1. 新しい予定日までお待ちいただく
 2. ご用意できるものだけ先にお送りする
 (追加の送料は不要です)
 3. 代わりのお品へ変更する
 4. このお品のみ、またはご注文全体を取りやめる
お支払いがお済みの分は、4の場合ただちに返金いたします。
{{?staff_note}}

{{staff_note}}
{{/staff_note}}

恐れ入りますが{{reply_due}}までにご返信をお願いいたします。
楽しみにお待ちいただいていたところ、
誠に申し訳ございません。

■ご注文番号 {{order_no}}

{{signature}}
"""

M11 = """{{customer_name}} 様

下記のとおり返金の手続きをいたしました。

■ご注文番号 {{order_no}}
■返金額 {{refund_total}}円
■内訳 {{refund_detail}}
■方法 {{refund_method}}
■手続き日 {{refund_on}}

カードの場合、明細への反映はカード会社の締め日により
翌月以降となることがございます。
ご不便をおかけいたしましたことを、重ねてお詫び申し上げます。

{{signature}}
"""

M12 = """{{customer_name}} 様

下記のご注文を取り消しいたしました。
{{?our_fault}}
ご期待に沿えず、誠に申し訳ございません。
{{/our_fault}}

■ご注文番号 {{order_no}}
■理由 {{reason}}
■お支払いの扱い {{refund_detail}}
{{?points_used}}

お使いいただいたポイントはお戻しいたします。
{{/points_used}}

またの機会がございましたら、どうぞよろしくお願いいたします。

{{signature}}
"""

M17 = """{{customer_name}} 様

ご注文のお支払いにつきまして、お選びいただいた方法では
手続きを完了できませんでした。
理由の詳細は決済会社より当店へ知らされておりません。

■ご注文番号 {{order_no}}
■お支払い合計 {{grand_total}}円({{pay_method}})

お手数ですが、{{reply_due}}までに別のお支払い方法を
お選びくださいますようお願いいたします。
お品物はその日までお取り置きいたします。
{{?staff_note}}

{{staff_note}}
{{/staff_note}}

{{signature}}
"""

FREE = """{{customer_name}} 様

{{shop_name}}の{{staff_name}}でございます。


■ご注文番号 {{order_no}}

{{signature}}
"""

_NUMBER = "(ご注文番号 {{order_no}})"

#: Subject and text by kind.
TEXTS: dict[str, tuple[str, str]] = {
    "M01": (f"【{{{{shop_name}}}}】ご注文を受け付けました{_NUMBER}", M01),
    "M02": ("[新規]{{our_no}} {{customer_name}}様 {{grand_total}}円 {{pay_method}}", M02),
    "M03": (f"【{{{{shop_name}}}}】{{{{?changed}}}}(変更後){{{{/changed}}}}ご注文の確認と発送予定{_NUMBER}", M03),
    "M05": (f"【{{{{shop_name}}}}】ご入金を確認いたしました{_NUMBER}", M05),
    "M06": (f"【{{{{shop_name}}}}】お振込の確認について{_NUMBER}", M06),
    "M07": (f"【{{{{shop_name}}}}】商品を発送いたしました{_NUMBER}", M07),
    "M09": (f"【{{{{shop_name}}}}】お届け日のお詫びとご相談{_NUMBER}", M09),
    "M11": (f"【{{{{shop_name}}}}】ご返金のお知らせ{_NUMBER}", M11),
    "M12": (f"【{{{{shop_name}}}}】ご注文の取り消しを承りました{_NUMBER}", M12),
    "M17": (f"【{{{{shop_name}}}}】お支払い方法のご確認{_NUMBER}", M17),
    "FREE": (f"【{{{{shop_name}}}}】ご注文について{_NUMBER}", FREE),
    **LATER,
    **TOGETHER,
}
