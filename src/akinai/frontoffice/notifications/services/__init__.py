"""What is written to buyers: by events, and by hand."""

from __future__ import annotations

from .automatic import (
    note_delivery,
    on_accepted,
    on_cancelled,
    on_deposit,
    on_dispatched,
    on_edited,
    on_placed,
    on_refund,
)
from .writing import Wanted, draft_requested, keep_note, preview, write, write_many

__all__ = [
    "Wanted",
    "draft_requested",
    "keep_note",
    "note_delivery",
    "on_accepted",
    "on_cancelled",
    "on_deposit",
    "on_dispatched",
    "on_edited",
    "on_placed",
    "on_refund",
    "preview",
    "write",
    "write_many",
]
