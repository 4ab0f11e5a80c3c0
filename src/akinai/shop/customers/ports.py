"""What apps above say about customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: Each tells in words what belongs to customers of these ids and would follow them into another (AN-10).
belongings: list[Callable[[Sequence[int]], list[str]]] = []
