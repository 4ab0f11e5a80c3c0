"""Use cases of customers."""

from .matching import match_or_create
from .merging import merge, unmerge
from .saving import save_customer

__all__ = ["match_or_create", "merge", "save_customer", "unmerge"]
