"""Japanese of the command line and the settings."""

from __future__ import annotations

JA: dict[str, str] = {
    "English": "英語",
    "Japanese": "日本語",
}
