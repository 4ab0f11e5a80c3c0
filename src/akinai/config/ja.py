"""Japanese of the command line and the settings."""

from __future__ import annotations

JA: dict[str, str] = {
    "English": "英語",
    "Japanese": "日本語",
    "%(login)s can sign in now.": "%(login)s さんがログインできるようになりました。",
    "Password: ": "パスワード: ",
    "The demo keeps its data in its own folder. Unset DATABASE_URL and start it again.": "デモは専用フォルダーにデータを置きます。DATABASE_URL を外して、もう一度起動してください。",
    "%(folder)s holds a shop that is not the demo. Name another folder by AKINAI_DATA_DIR.": "%(folder)s にはデモ以外のお店のデータがあります。AKINAI_DATA_DIR で別のフォルダーを指定してください。",
    "Making the demo shop, about a minute …": "デモのお店を作っています。1分ほどお待ちください…",
    "The demo shop is open: %(address)s  (Ctrl-C closes it)": "デモのお店が開きました: %(address)s  （Ctrl-C で終了）",
    "goods": "商品",
    "history": "過去の受注",
    "last days": "直近の日々",
    "Port %(port)s is taken. Choose another, such as --port %(other)s.": "ポート %(port)s は使用中です。--port %(other)s など、別の番号を指定してください。",
    "The database is of an earlier version. Run “akinai migrate” first.": "データベースが以前の版のままです。先に「akinai migrate」を実行してください。",
    "The database is up to date (%(count)s steps applied).": "データベースは最新です（適用 %(count)s 件）。",
    "akinai is at %(address)s (Ctrl-C stops it)": "akinai を起動しました: %(address)s （Ctrl-C で終了）",
    "“%(name)s” ended unexpectedly; stopping everything.": "「%(name)s」が止まったため、すべて終了します。",
    "%(count)s orders are in %(path)s.": "%(path)s に受注%(count)s件を書き出しました。",
    "%(count)s violations": "不整合が%(count)s件あります",
    "No violation: everything agrees.": "不整合はありません。",
    "%(orders)s orders read, %(accepted)s accepted.": "注文%(orders)s件を読み込み、%(accepted)s件を受け付けました。",
    "A mapping belongs to a store: add --store.": "割り当ては店舗ごとに保存されています。--store を付けてください。",
    "Nobody has said whether this store vouches for card payments yet; such orders wait for their money.": "この店舗のカード決済等を与信済みとして扱うかが未設定のため、該当の受注は入金待ちになります。",
    "Nobody has said who sends the mails of this store yet; the usual rule of its kind holds.": "この店舗のメールの送信元が未設定のため、店舗の種類の標準どおりに扱います。",
    "Say which file it is: --preset, or --mapping for a file of your own.": "ファイルの形式を --preset で、独自のファイルは --mapping で指定してください。",
    "Taking in": "取込中",
    "The file %(path)s cannot be opened: %(why)s": "ファイル %(path)s を開けません：%(why)s",
    "Without --store only a dry run is possible: add --dry-run or --store.": "--store がない場合は確認だけができます。--dry-run か --store を付けてください。",
}
