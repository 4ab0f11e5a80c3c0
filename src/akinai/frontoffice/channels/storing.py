"""Text of strangers as every database can hold it. Pure."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar, cast

T = TypeVar("T")

#: NUL cannot be stored as text; its picture can, and people see where it stood.
NUL, PICTURE = "\0", "\u2400"


LONGEST_NUMBER = 255


def number_key(number: str) -> str:
    """An order number as results keep it: storable, and where it is absurdly long cut but still its own."""
    kept = storable(number)
    if len(kept) <= LONGEST_NUMBER:
        return kept
    return f"{kept[:200]}…{hashlib.sha256(kept.encode()).hexdigest()[:40]}"


def storable(value: T) -> T:
    """The same text, list or mapping, with each NUL drawn as ␀ and halves of characters as �."""
    if isinstance(value, str):
        text = value.replace(NUL, PICTURE)
        sound = text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return cast(T, sound)
    if isinstance(value, dict):
        return cast(T, {storable(key): storable(one) for key, one in cast("dict[Any, Any]", value).items()})
    if isinstance(value, list | tuple):
        return cast(T, [storable(one) for one in value])
    return value
