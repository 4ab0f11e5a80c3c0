"""Japanese of accounts."""

from __future__ import annotations

JA: dict[str, str] = {}
