"""What is written to buyers: by events, and by hand."""

from __future__ import annotations

from .afterwards import ask_and_follow, on_case_closed, on_case_opened, on_held
from .answering import Answer, answer, answer_start, is_the_buyers, link, note_arrival
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
from .reminding import remind
from .together import on_bundle_asked
from .writing import Wanted, draft_requested, keep_note, preview, write, write_many

__all__ = [
    "Answer",
    "Wanted",
    "answer",
    "answer_start",
    "ask_and_follow",
    "draft_requested",
    "is_the_buyers",
    "keep_note",
    "link",
    "note_arrival",
    "note_delivery",
    "on_accepted",
    "on_bundle_asked",
    "on_cancelled",
    "on_case_closed",
    "on_case_opened",
    "on_deposit",
    "on_dispatched",
    "on_edited",
    "on_held",
    "on_placed",
    "on_refund",
    "preview",
    "remind",
    "write",
    "write_many",
]
