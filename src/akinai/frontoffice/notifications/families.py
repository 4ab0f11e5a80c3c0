"""Kinds of mail by what they have in common."""

from __future__ import annotations

#: Kinds a person writes from the order page, in the order offered.
BY_HAND = ("FREE", "M06", "M09", "M16", "M10", "M10b", "M13", "M13b", "M17", "M04", "M08", "M14", "M15")
#: Mails that advertise: only to who may be written to, and never without the line that stops them (MAIL-6, LAW-10).
PROMOTIONAL = ("M14", "M15")


def parent(kind: str) -> str:
    """The kind under which a store says who sends it: M10b goes by M10, M13b by M13 (MAIL-13)."""
    return kind.rstrip("b")
