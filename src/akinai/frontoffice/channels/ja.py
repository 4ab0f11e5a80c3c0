"""Japanese of imports."""

from __future__ import annotations

JA: dict[str, str] = {
    # states and outcomes
    "import\x04Being read": "読込中",
    "import\x04Read, not taken in": "取込前",
    "import\x04Being taken in": "取込中",
    "import\x04Taken in": "取込済み",
    "import\x04Not readable": "読込不可",
    "import\x04New order": "新規",
    "import\x04History": "過去の受注",
    "import\x04Known already": "取込済み・変更なし",
    "import\x04Newly paid": "入金を反映",
    "import\x04Cancelled at the store": "店舗でキャンセル",
    "import\x04Changed at the store": "店舗で変更あり",
    "import\x04A word is unknown": "語句の確認待ち",
    "import\x04Cannot be read": "エラー",
    "Import order files": "注文ファイルの取込",
    # errors of orders
    "Nobody knows the payment method “%(value)s”. Say what it means, then the order comes in.": (
        "支払方法「%(value)s」の対応が決まっていません。対応を選ぶと取り込めます。"
    ),
    "Nobody knows the delivery method “%(value)s”. Say what it means, then the order comes in.": (
        "配送方法「%(value)s」の対応が決まっていません。対応を選ぶと取り込めます。"
    ),
    "The database refused this order. Compare its row with the others, or enter it by hand.": (
        "この注文は保存できませんでした。他の行と見比べて直すか、手入力してください。"
    ),
    "The buyer asked the store to cancel, but here it is too late: %(sentence)s": (
        "店舗でキャンセル依頼がありましたが、受け付けられません：%(sentence)s"
    ),
    # services
    "At most %(most)s files go together.": "一度に選べるファイルは%(most)s個までです。",
    "Choose a column for: %(fields)s": "次の項目の列を選んでください：%(fields)s",
    "Choose a file first.": "ファイルを選んでください。",
    "Choose the store these orders come from.": "どの店舗の注文かを選んでください。",
    "Choose who sends the mails.": "メールの送信元を選んでください。",
    "Give the mapping a name.": "割り当ての名前を入力してください。",
    "Nothing of this file can be read.": "このファイルは読み込めません。",
    "Say first which column is which.": "先に列の割り当てを決めてください。",
    "The mapping lacks: %(fields)s": "割り当てに足りない項目：%(fields)s",
    "There is no %(code)s here.": "「%(code)s」はありません。",
    "There is no preset called %(key)s.": "「%(key)s」という形式はありません。",
    "There is no such cell.": "そのセルはありません。",
    "There is no such field.": "その項目はありません。",
    "There is no such import.": "その取込はありません。",
    "There is no such row.": "その行はありません。",
    "This file cannot be corrected any more.": "このファイルはもう訂正できません。",
    "This file is already being taken in.": "このファイルはすでに取込を始めています。",
    "This file is being taken in right now.": "このファイルは取込中です。",
    "This import is not being taken in.": "この取込は実行中ではありません。",
    "This store has no mapping called %(name)s.": "この店舗に「%(name)s」という割り当てはありません。",
    "This store is not in use.": "この店舗は停止中です。",
}
