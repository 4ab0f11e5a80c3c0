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
    "The columns of this file cannot be changed any more.": "このファイルの列の割り当てはもう変更できません。",
    # start
    "Import": "取込",
    "Imports": "取込",
    "Imports so far": "これまでの取込",
    "Take in orders": "注文の取込",
    "From a store's order file. First it is only read; nothing comes in before you say so.": (
        "店舗の注文ファイルから取り込みます。まず内容を確認し、取込はその後です。"
    ),
    "What stores mean": "店舗ごとの設定",
    "Drop the order file here": "注文ファイルをここにドロップ",
    "CSV or TSV as the store gives it, up to 20 MB. For Yahoo! drop the order file and the item file together.": (
        "店舗からダウンロードしたままのCSV・TSV（20MBまで）。Yahoo!は注文と商品の2ファイルを一緒に。"
    ),
    "Kind of file": "ファイルの形式",
    "As the store's settings say": "店舗の設定どおり",
    "My own file: I say which column is which": "自分のファイル（列を割り当てる）",
    "Choose the kind of file; the store's settings do not say it yet.": (
        "ファイルの形式を選んでください。店舗の設定にまだありません。"
    ),
    "These files are too large. Export fewer orders at a time.": "ファイルが大きすぎます。件数を減らしてください。",
    "Dropped": "読込日時",
    "How far": "状態",
    "Not in": "未取込",
    "No store": "店舗なし",
    # an import
    "Check the import": "取込内容の確認",
    "Orders are being taken in": "注文を取り込んでいます",
    "Result of the import": "取込結果",
    "This file cannot be read": "このファイルは読み込めません",
    "Drop another file": "別のファイルを取り込む",
    "Change the columns": "列の割り当てを変える",
    "Go on": "続きを取り込む",
    "This import was broken off. What is in stays in; the rest can go on.": (
        "取込が途中で止まりました。取り込んだ分はそのままで、残りを続けられます。"
    ),
    "%(orders)s orders in %(rows)s rows": "全%(orders)s件（%(rows)s行）",
    "Take in %(n)s orders": "%(n)s件を取り込む",
    "Nothing of this file can come in yet.": "まだ取り込める注文がありません。",
    "To the orders": "受注へ",
    "They need not come in": "エラー分は取り込まない",
    "Put aside. The file stays here.": "取り込まないことにしました。ファイルは残っています。",
    "%(number)s order cannot come in as it stands. The others can; it is kept here and can be corrected now or later.": (
        "%(number)s件はこのままでは取り込めません。ほかの注文は取り込めます。エラー分はここに残り、いつでも訂正できます。"
    ),
    "%(number)s order is not in yet. It is kept here and comes in once it is corrected.": (
        "%(number)s件はまだ取り込んでいません。ここに残っていて、訂正すると取り込めます。"
    ),
    "Say above what the word means": "上で言葉の意味を選ぶ",
    "Please answer the questions about this store first.": "先に、この店舗についての質問に答えてください。",
    # faults
    "Faults and notes": "エラーと注意",
    "%(e)s faults, %(w)s notes": "エラー%(e)s・注意%(w)s",
    "Row %(n)s": "行%(n)s",
    "Row %(row)s is corrected.": "行%(row)sを訂正しました。",
    "Correct": "訂正",
    "Correct the row": "行を訂正",
    "The whole row": "行全体を見る・直す",
    "(no heading)": "（見出しなし）",
    "Take out cell %(letter)s": "%(letter)s列のセルを削除",
    "%(n)s more rows have faults or notes; they show as these are corrected.": (
        "ほかに%(n)s行あります。上の行を直すと順に表示します。"
    ),
    "Corrections": "訂正の記録",
    "The file itself stays as it came.": "元のファイルは変わりません。",
    "Was": "訂正前",
    "Is now": "訂正後",
    "taken out": "削除",
    # questions
    "Questions about this store": "この店舗についての質問",
    "Asked once; the answers are kept with the store.": "最初だけ伺います。答えは店舗ごとに覚えます。",
    "Who sends the buyers' mails of this store?": "この店舗のお客様へのメールは、だれが送りますか？",
    "We send all of them": "すべて当店から送る",
    "The store only replies automatically to a new order; we send the rest": (
        "受付の自動返信だけ店舗（モール・カート）が送り、ほかは当店から送る"
    ),
    "The store also confirms orders and tells of shipping": "受付・確認・発送の連絡も店舗（モール・カート）が送る",
    "%(n)s orders are paid by %(method)s, and the file does not say whether the money is safe. Has the store authorised such payments?": (
        "%(method)sの注文が%(n)s件あり、入金の有無がファイルに書かれていません。店舗側で与信（オーソリ）済みですか？"
    ),
    "Yes, they may be shipped without waiting": "はい（入金を待たずに出荷してよい）",
    "No, they wait until somebody confirms the money": "いいえ（入金を確認するまで待つ）",
    "What does the store mean? (%(field)s)": "店舗の言葉の意味（%(field)s）",
    "(nothing)": "（空欄）",
    "— not decided —": "— 未定 —",
    "Keep the answers": "答えを保存して読み直す",
    " h": "時",
    # result
    "Result order by order": "注文ごとの結果",
    "What became of it": "結果",
    "Order": "受注",
    "What a person should know": "確認すること",
    "Rows": "行",
    "The first orders": "最初の注文",
    "as they will look": "取り込むとこうなります",
    # columns
    "Which column is which?": "列の割り当て",
    "Said once for a file of this layout. A row may be a line or a whole order; rows of one order number belong together. Dates are understood in the usual ways of writing.": (
        "この形のファイルにつき一度だけ決めます。1行1明細でも1行1注文でもかまいません。"
        "同じ注文番号の行は1件にまとめます。日付は一般的な書き方なら自動で読み取ります。"
    ),
    "The first rows of the file": "ファイルの最初の行",
    "The order": "注文",
    "Buyer": "注文者",
    "Ship to": "お届け先",
    "Goods, a row each": "商品（明細）",
    "Amounts": "金額",
    "State at the store": "店舗側の状態",
    "followed by": "続けてつなぐ列",
    "and by": "さらにつなぐ列",
    "where it is blank": "空欄のときの値",
    "words that mean yes": "「はい」を表す言葉",
    "such as: paid, settled": "例：入金済み, 決済完了",
    "join, fixed text": "つなぐ・固定値",
    "join, fixed text, words for yes": "つなぐ・固定値・言葉",
    "Still to choose:": "未選択の必須項目：",
    "%(orders)s orders in %(rows)s rows, %(errors)s faults, %(warnings)s notes": (
        "%(rows)s行で%(orders)s件、エラー%(errors)s・注意%(warnings)s"
    ),
    "will be asked": "は取込時に確認します",
    "Keep it under the name": "割り当ての名前",
    "Keep and read the file": "保存して読み込む",
    # settings
    "Order files": "注文ファイル",
    "Words of stores, columns of own files": "店舗の言葉、自分のファイルの列",
    "What each store means by its words, and how its own files are read. It is asked while files are taken in.": (
        "店舗ごとの言葉の意味と、自分のファイルの読み方です。取込のときに伺って覚えたものです。"
    ),
    "Nothing has been asked yet.": "まだ何も伺っていません。",
    "Authorised by the store": "店舗での与信",
    "shipped without waiting": "入金を待たずに出荷",
    "waits for the money": "入金を待つ",
    "Let them wait": "入金を待つようにする",
    "Ship without waiting": "待たずに出荷する",
    "Words of the store": "店舗の言葉",
    "Forget": "忘れる",
    "Files of its own": "自分のファイルの割り当て",
    "%(n)s fields": "%(n)s項目",
    "Delete": "削除",
    "Delete this mapping? The next file asks for its columns again.": (
        "この割り当てを削除しますか？次の取込で列をもう一度決めます。"
    ),
    "The mapping is deleted.": "割り当てを削除しました。",
    "The file says it": "ファイルから判別",
    "Choose the store: the file does not say it.": "店舗を選んでください。ファイルからは判別できません。",
}
