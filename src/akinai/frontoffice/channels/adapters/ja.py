"""Japanese of what presets say."""

from __future__ import annotations

JA: dict[str, str] = {
    "Checked with the real service": "実サービスで確認済み",
    "Made from the published columns, not tried with the real service": "公開仕様から作成（実サービスでは未確認）",
    "Columns guessed; check the first import": "列名は推定（初回の取込結果を確認してください）",
    "Next Engine, general purpose": "ネクストエンジン 汎用",
    "Rakuten Ichiba": "楽天市場",
    "Shopify": "Shopify",
    "Color Me Shop": "カラーミーショップ",
    "BASE": "BASE",
    "EC-CUBE 4": "EC-CUBE 4",
    "Yahoo! Shopping": "Yahoo!ショッピング",
    "Amazon.co.jp": "Amazon.co.jp",
    "My own file": "自分のファイル（列の割り当て）",
    "Order file": "注文ファイル",
    "Item file": "商品ファイル",
    "This cell has %(count)s characters; at most %(limit)s can be kept. Shorten it.": (
        "%(count)s 文字あります。%(limit)s 文字以内にしてください。"
    ),
    "Order %(number)s has another buyer here (“%(value)s”) than in row %(row)s. Renumber one.": (
        "注文 %(number)s の注文者が行%(row)sと異なります（「%(value)s」）。どちらかの注文番号を直してください。"
    ),
    "Order %(number)s goes to several addresses. Split it in the store, one order an address.": (
        "注文 %(number)s はお届け先が複数あります。店舗側でお届け先ごとに注文を分けてください。"
    ),
    "Order %(number)s has no goods.": "注文 %(number)s に商品がありません。",
    "Order %(number)s is still in checkout (%(status)s); import it once it is placed.": (
        "注文 %(number)s は購入手続き中です（%(status)s）。注文が確定してから取り込んでください。"
    ),
    "There is no order %(number)s in the order file for these goods.": (
        "この商品の注文 %(number)s が注文ファイルにありません。"
    ),
    "This preset needs two files: the order file and the item file.": (
        "この形式には注文ファイルと商品ファイルの2つが必要です。"
    ),
    "This preset reads one file at a time.": "この形式で一度に読めるファイルは1つです。",
    "The amounts are in %(value)s; only yen can be read.": "金額の通貨が %(value)s です。読み込めるのは円だけです。",
    "The lines add up to %(lines)s yen, but the file says %(value)s yen for the goods.": (
        "明細の合計は %(lines)s 円ですが、商品計は %(value)s 円になっています。"
    ),
    "The parts add up to %(parts)s yen, but the file says %(value)s yen in total.": (
        "内訳の合計は %(parts)s 円ですが、合計金額は %(value)s 円になっています。"
    ),
    "“%(value)s” differs from row %(row)s of the same order; row %(row)s counts.": (
        "「%(value)s」が同じ注文の行%(row)sと異なります。行%(row)sの値を使います。"
    ),
    "The delivery time “%(value)s” is not known yet. Say in the store's settings what it means.": (
        "時間帯「%(value)s」が未登録です。店舗の設定で対応する時間帯を登録してください。"
    ),
    "“%(value)s” is no date; it is kept as a remark about delivery.": (
        "「%(value)s」は日付ではありません。お届けの要望として残します。"
    ),
    "The receiver has not entered an address yet (%(value)s); it cannot ship.": (
        "お届け先がまだ入力されていません（%(value)s）。出荷できません。"
    ),
    "The address is in %(value)s, outside Japan.": "住所が日本国外です（%(value)s）。",
    "%(value)s yen do not divide by %(quantity)s; the line is split so that the sum stays right.": (
        "%(value)s 円は数量 %(quantity)s で割り切れません。合計が合うように明細を分けます。"
    ),
    "Order number of the store": "店舗の注文番号",
    "Ordered at": "注文日時",
    "Buyer: name": "注文者 氏名",
    "Buyer: kana": "注文者 フリガナ",
    "Buyer: company": "注文者 会社名",
    "Buyer: postcode": "注文者 郵便番号",
    "Buyer: prefecture": "注文者 都道府県",
    "Buyer: city and street": "注文者 住所（市区町村・番地）",
    "Buyer: building": "注文者 建物名",
    "Buyer: phone": "注文者 電話番号",
    "Buyer: mail": "注文者 メールアドレス",
    "Ship to: name": "お届け先 氏名",
    "Ship to: kana": "お届け先 フリガナ",
    "Ship to: company": "お届け先 会社名",
    "Ship to: postcode": "お届け先 郵便番号",
    "Ship to: prefecture": "お届け先 都道府県",
    "Ship to: city and street": "お届け先 住所（市区町村・番地）",
    "Ship to: building": "お届け先 建物名",
    "Ship to: phone": "お届け先 電話番号",
    "Ship to: mail": "お届け先 メールアドレス",
    "Line: item code": "明細 商品コード",
    "Line: product code": "明細 親商品コード",
    "Line: item name": "明細 商品名",
    "Line: options": "明細 選択肢",
    "Line: quantity": "明細 数量",
    "Line: unit price": "明細 単価",
    "Line: tax rate": "明細 税率",
    "Line: price includes tax": "明細 税込フラグ",
    "Line: gift note": "明細 ギフトの記入内容",
    "Goods total": "商品計",
    "Tax": "消費税",
    "Shipping fee": "送料",
    "Payment fee": "決済・代引手数料",
    "Wrapping fee": "ラッピング料",
    "Other fee": "その他費用",
    "Discount of the shop": "店舗の値引き",
    "Discount of the mall": "モールの値引き",
    "Points used": "利用ポイント",
    "Total": "合計金額",
    "Payment method": "支払方法",
    "Paid or not": "入金済フラグ",
    "Paid on": "入金日",
    "Delivery method": "発送方法",
    "Wished delivery date": "お届け希望日",
    "Wished delivery time": "お届け希望時間帯",
    "Remark of the buyer": "備考",
    "Gift or not": "ギフトフラグ",
    "Noshi": "のし",
    "Shipped or not": "出荷済フラグ",
    "Cancelled or not": "キャンセルフラグ",
    "Cancel requested or not": "キャンセル依頼フラグ",
    "Ship date": "出荷日",
    "Tracking numbers": "送り状番号",
    "Note for staff": "作業者欄",
    "Number of the ship-to": "送付先番号",
    "Status in the store": "店舗側のステータス",
}
