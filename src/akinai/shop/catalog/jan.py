"""JAN codes: EAN-13, short JAN-8, ITF-14 on cartons (INV-93). Pure."""

from __future__ import annotations

from akinai.foundation.core.text import digits, fold_hyphens, nfkc

LENGTHS = (8, 13, 14)


def check_digit(body: str) -> int:
    """The last digit for the digits before it: modulus 10, weights 3 and 1 from the right."""
    total = sum(int(char) * (3 if i % 2 == 0 else 1) for i, char in enumerate(reversed(body)))
    return -total % 10


def is_valid(code: str) -> bool:
    """True for 8, 13 or 14 digits whose last one checks."""
    return len(code) in LENGTHS and code.isascii() and code.isdigit() and check_digit(code[:-1]) == int(code[-1])


def clean(text: str) -> str:
    """What a person or scanner gave, as digits; text that holds anything but digits, blanks and hyphens stays."""
    flat = nfkc(fold_hyphens(text)).replace(" ", "").replace("-", "")
    return digits(flat) if flat.isdigit() else flat
