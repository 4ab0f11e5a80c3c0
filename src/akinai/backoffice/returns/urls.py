"""Routes of returns."""

from __future__ import annotations

from typing import Any

app_name = "returns"
urlpatterns: list[Any] = []
