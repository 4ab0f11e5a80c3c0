"""What can be done to shipments. One function a use case; pages, API, jobs and commands call the same ones."""

from __future__ import annotations

from .dispatching import Dispatched, dispatch, dispatch_one
from .inspecting import enter_count, pass_inspection, scan, start_picking, undo_inspection, undo_scan
from .instructing import Instructed, instruct_one, instruct_orders, make_batch, make_batch_later, print_again
from .packing import pack
from .planning import plan_shipments
from .pulling import cancel_and_pull_back, pull_back
from .tracking import set_tracking

__all__ = [
    "Dispatched",
    "Instructed",
    "cancel_and_pull_back",
    "dispatch",
    "dispatch_one",
    "enter_count",
    "instruct_one",
    "instruct_orders",
    "make_batch",
    "make_batch_later",
    "pack",
    "pass_inspection",
    "plan_shipments",
    "print_again",
    "pull_back",
    "scan",
    "set_tracking",
    "start_picking",
    "undo_inspection",
    "undo_scan",
]
