"""Use cases of customers."""

from .listing import approve_listing, end_listing, list_customer
from .matching import match_or_create
from .merging import merge, unmerge
from .saving import save_customer, set_language

__all__ = [
    "approve_listing",
    "end_listing",
    "list_customer",
    "match_or_create",
    "merge",
    "save_customer",
    "set_language",
    "unmerge",
]
