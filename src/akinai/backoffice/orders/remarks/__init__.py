"""The remarks reader (N-1): what a buyer's remark asks for, proposed to a person. Pure: no database, no network."""

from .deciding import interpret, interpret_all
from .types import Confidence, Found, Interpretation, Kind

__all__ = ["Confidence", "Found", "Interpretation", "Kind", "interpret", "interpret_all"]
