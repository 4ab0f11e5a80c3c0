"""What the papers' faults are called in Japanese."""

from __future__ import annotations

JA: dict[str, str] = {
    "The paper could not be made. Please tell the person who looks after akinai.": "帳票を作成できませんでした。"
    "akinai の管理担当者にお知らせください。",
}
