"""Japanese for the kit."""

from __future__ import annotations

JA: dict[str, str] = {
    "akinai": "商い",
    "brand\x04akinai": "商い",
    # queues
    "queue\x04New": "新規受付",
    "queue\x04To check": "確認待ち",
    "queue\x04Awaiting payment": "入金待ち",
    "queue\x04Awaiting stock": "引当待ち",
    "queue\x04Awaiting ship date": "出荷日待ち",
    "queue\x04On hold": "保留",
    "queue\x04Ready to ship": "出荷待ち",
    "queue\x04Preparing": "出荷準備中",
    "queue\x04Awaiting settlement": "後払い入金待ち",
    "queue\x04Shipped": "出荷済み",
    "queue\x04Completed": "完了",
    "queue\x04Cancelled": "キャンセル",
    # other states
    "Shipping stopped": "出荷停止",
    "Allocated": "引当済",
    "Out of stock": "在庫なし",
    "Running low": "残りわずか",
    "Suggested": "候補あり",
    "Unknown": "不明",
    "Matched": "消込済",
    "Draft": "下書き",
    "Waiting to be sent": "送信待ち",
    "Sent": "送信済",
    "Not delivered": "不達",
    "Sending stopped": "送信中止",
    "Kept": "守った",
    # times
    "%(n)s d": "%(n)s日",
    "%(n)s h": "%(n)s時間",
    "%(n)s min": "%(n)s分",
    "%(h)s h %(m)s min": "%(h)s時間%(m)s分",
    "just now": "たった今",
    "%(length)s ago": "%(length)s前",
    "yesterday": "昨日",
    "%(n)s d ago": "%(n)s日前",
    "in %(length)s": "あと%(length)s",
    "tomorrow %(time)s": "明日 %(time)s",
    # frame
    "To the content": "本文へ",
    "Main menu": "主なメニュー",
    "Order number, name, kana, phone, tracking number, SKU, JAN": "受注番号・名前・カナ・電話・送り状・SKU・JAN で探す",
    "Search everything": "すべてから探す",
    "Keys": "キー操作",
    "My menu: %(name)s": "自分のメニュー: %(name)s",
    "Brightness": "明るさ",
    "As the device": "端末に合わせる",
    "Light": "明るい",
    "Dark": "暗い",
    "Language": "ことば",
    "Settings": "設定",
    "Undo": "取り消す",
    "Close": "閉じる",
    "Go back": "やめる",
    "Go ahead": "進める",
    # keys
    "Everywhere": "どの画面でも",
    "Show the keys": "キー操作を見る",
    "Close, clear the selection": "閉じる・選択を解除",
    "In a list": "一覧で",
    "Down, up": "下・上",
    "Select": "選ぶ",
    "Open, accept": "開く・決める",
    "The next action": "次の一手",
    "On this page": "この画面で",
    # words for scripts
    "The server cannot be reached. What you typed is still here; try again in a moment.": (
        "サーバーにつながりません。入力した内容は残っています。少し待って、もう一度お試しください。"
    ),
    "Something went wrong on our side. Nothing was changed; try again, or tell the owner what you were doing.": (
        "こちら側で問題が起きました。何も変更していません。もう一度試すか、何をしていたかを責任者に知らせてください。"
    ),
    "You may not do this. Ask the owner of the shop.": "この操作の権限がありません。責任者に頼んでください。",
    "Somebody else changed this first. Reload to see the new contents.": (
        "ほかの人が先に更新しました。読み込み直すと新しい内容が見られます。"
    ),
    "This is no longer here. It may have been moved or finished by somebody else.": (
        "ここにはもうありません。ほかの人が動かしたか、終わらせたのかもしれません。"
    ),
    "You are signed out. Sign in again; this page stays open.": (
        "ログインが切れました。もう一度ログインしてください。この画面はこのまま残ります。"
    ),
    "Reload": "読み込み直す",
    "time left": "あと",
    "Copied": "コピーしました",
    "selected": "選択中",
    # jobs, lists, fields
    "Waiting for its turn": "順番を待っています",
    "Stopped": "中止しました",
    "Did not finish": "終わりませんでした",
    "Done": "終わりました",
    "%(good)s done": "%(good)s できた",
    "%(failed)s not done": "%(failed)s できない",
    "about %(rest)s left": "残り 約%(rest)s",
    "job\x04Stop": "やめる",
    "Read the file": "読み込む",
    "Pages": "ページ",
    "page\x04Before": "前へ",
    "page\x04Next": "次へ",
    "page %(n)s": "%(n)sページ",
    "required": "必須",
    # search
    "Search": "探す",
    "Nothing was found": "見つかりませんでした",
    "Try an order number, a name, the last digits of a phone number, or a code. Cancelled orders are searched too.": (
        "受注番号、名前、電話番号の下の桁、コードでお試しください。キャンセルした受注も探しています。"
    ),
}
