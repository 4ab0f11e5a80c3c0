"""Stock use cases. All of them join the caller's transaction or open their own; SKUs are locked in id order."""

from .correct import adjust, block, receive, shortage, transfer, unblock
from .promise import consume, expire, hold_still, keep, put_back, release, reserve

__all__ = [
    "adjust",
    "block",
    "consume",
    "expire",
    "hold_still",
    "keep",
    "put_back",
    "receive",
    "release",
    "reserve",
    "shortage",
    "transfer",
    "unblock",
]
