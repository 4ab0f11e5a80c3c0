"""Japanese of the command line and the settings."""

from __future__ import annotations

JA: dict[str, str] = {
    "English": "英語",
    "Japanese": "日本語",
    "%(login)s can sign in now.": "%(login)s さんがログインできるようになりました。",
    "Password: ": "パスワード: ",
    "Port %(port)s is taken. Choose another, such as --port %(other)s.": "ポート %(port)s は使用中です。--port %(other)s など、別の番号を指定してください。",
    "The database is of an earlier version. Run “akinai migrate” first.": "データベースが以前の版のままです。先に「akinai migrate」を実行してください。",
    "The database is up to date (%(count)s steps applied).": "データベースは最新です（適用 %(count)s 件）。",
    "akinai is at %(address)s (Ctrl-C stops it)": "akinai を起動しました: %(address)s （Ctrl-C で終了）",
    "“%(name)s” ended unexpectedly; stopping everything.": "「%(name)s」が止まったため、すべて終了します。",
    "%(count)s orders are in %(path)s.": "%(path)s に受注%(count)s件を書き出しました。",
    "%(count)s violations": "不整合が%(count)s件あります",
    "No violation: everything agrees.": "不整合はありません。",
}
