"""Japanese for what this app shows."""

from __future__ import annotations

JA: dict[str, str] = {
    "job\x04Waiting": "待機中",
    "job\x04Running": "実行中",
    "job\x04Done": "完了",
    "job\x04Failed": "失敗",
    "job\x04Cancelled": "中止",
    "See background jobs": "バックグラウンド処理を見る",
    "Retry or stop background jobs": "バックグラウンド処理の再実行・中止",
    "Only a failed or cancelled job can be run again.": "再実行できるのは、失敗または中止した処理だけです。",
    "The same job is already waiting.": "同じ処理がすでに待機中です。",
    "Background work": "バックグラウンド処理",
    "See the result": "結果を見る",
    "You may leave this page; the work goes on.": "この画面を離れても、処理は続きます。",
    "There is no such schedule.": "この定期処理は見つかりません。",
    "There is no such job.": "この処理は見つかりません。",
    "This job has already ended.": "この処理はすでに終わっています。",
}
