"""Japanese of this app's sentences."""

from __future__ import annotations

from .adapters.ja import JA as _ADAPTERS

JA: dict[str, str] = {**_ADAPTERS}
