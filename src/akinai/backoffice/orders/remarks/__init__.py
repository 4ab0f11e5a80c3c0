"""The remarks reader (N-1): what a buyer's remark asks for, proposed to a person. Pure: no database, no network."""

from .deciding import interpret
from .types import Confidence, Interpretation, Kind

__all__ = ["Confidence", "Interpretation", "Kind", "interpret"]
