"""What can be done to shipments. One function a use case; pages, API, jobs and commands call the same ones."""

from __future__ import annotations

from .dispatching import Dispatched, dispatch, dispatch_one
from .inspecting import enter_count, pass_inspection, scan, start_picking, undo_inspection, undo_scan
from .instructing import Instructed, instruct_one, instruct_orders, make_batch, make_batch_later, print_again
from .issued import apply_carrier_file, carrier_file_in
from .labels import carrier_file_out, set_contract
from .packing import pack
from .planning import plan_shipments
from .pulling import cancel_and_pull_back, pull_back
from .tracking import set_tracking

__all__ = [
    "Dispatched",
    "Instructed",
    "apply_carrier_file",
    "cancel_and_pull_back",
    "carrier_file_in",
    "carrier_file_out",
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
    "set_contract",
    "set_tracking",
    "start_picking",
    "undo_inspection",
    "undo_scan",
]
