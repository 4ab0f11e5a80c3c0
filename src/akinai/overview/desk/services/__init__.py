"""What can be done at the desk."""

from __future__ import annotations

from .contacts import log_call, open_contact
from .founding import found_shop
from .handover import mark_read, write_handover
from .inquiries import review_thread
from .promises import review, review_open

__all__ = [
    "found_shop",
    "log_call",
    "mark_read",
    "open_contact",
    "review",
    "review_open",
    "review_thread",
    "write_handover",
]
