"""What a carrier's own program does with our file: it prints labels and gives them numbers."""

from __future__ import annotations

import csv
import io


def tracking_number(serial: int) -> str:
    """Twelve digits whose last is the first eleven modulo 7 (SHP-50)."""
    stem = f"{30_000_000_000 + serial}"
    return f"{stem}{int(stem) % 7}"


def file_for(labels: bytes, *, first: int = 1) -> bytes:
    """The issued file (発行済データ) for a B2 label file: the same columns, with numbers in column 4."""
    rows = list(csv.reader(io.StringIO(labels.decode("cp932"), newline="")))
    body = [row for row in rows if row[1].strip().isalnum() and row[0] != "お客様管理番号"]
    for serial, row in enumerate(body, first):
        row[3] = tracking_number(serial)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(body)
    return out.getvalue().encode("cp932")
