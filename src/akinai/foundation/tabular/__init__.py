"""CSV, TSV and mappings in and out: pure functions over bytes and text, no models."""

from __future__ import annotations

from .problems import ERROR, WARNING, Problem
from .reading import Limits, read_table
from .table import Row, Table
from .writing import Missing, Unencodable, find_unencodable, stream_csv, write_csv

__all__ = [
    "ERROR",
    "WARNING",
    "Limits",
    "Missing",
    "Problem",
    "Row",
    "Table",
    "Unencodable",
    "find_unencodable",
    "read_table",
    "stream_csv",
    "write_csv",
]
