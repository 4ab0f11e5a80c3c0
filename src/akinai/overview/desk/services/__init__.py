"""What can be done at the desk."""

from __future__ import annotations

from .founding import found_shop
from .handover import mark_read, write_handover

__all__ = ["found_shop", "mark_read", "write_handover"]
