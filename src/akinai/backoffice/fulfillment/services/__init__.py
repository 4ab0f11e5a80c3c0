"""What can be done to shipments. One function a use case; pages, API, jobs and commands call the same ones."""

from __future__ import annotations

from .arriving import kept_until, note_returned, note_tracking, tell_of_held
from .asking import answer, ask, lapse
from .bundling import bundle, plan_shipments, unbundle
from .dispatching import Dispatched, dispatch, dispatch_one
from .history import apply_history, history_in
from .inspecting import enter_count, pass_inspection, scan, start_picking, undo_inspection, undo_scan
from .instructing import Instructed, instruct_one, instruct_orders, make_batch, make_batch_later, print_again
from .issued import apply_carrier_file, carrier_file_in
from .labels import carrier_file_out, set_contract
from .packing import pack
from .parting import ship_in_parts, ship_together
from .pulling import cancel_and_pull_back, pull_back
from .tracking import set_tracking
from .undoing import obstacles_to_undo, undo_dispatch

__all__ = [
    "Dispatched",
    "Instructed",
    "answer",
    "apply_carrier_file",
    "apply_history",
    "ask",
    "bundle",
    "cancel_and_pull_back",
    "carrier_file_in",
    "carrier_file_out",
    "dispatch",
    "dispatch_one",
    "enter_count",
    "history_in",
    "instruct_one",
    "instruct_orders",
    "kept_until",
    "lapse",
    "make_batch",
    "make_batch_later",
    "note_returned",
    "note_tracking",
    "obstacles_to_undo",
    "pack",
    "pass_inspection",
    "plan_shipments",
    "print_again",
    "pull_back",
    "scan",
    "set_contract",
    "set_tracking",
    "ship_in_parts",
    "ship_together",
    "start_picking",
    "tell_of_held",
    "unbundle",
    "undo_dispatch",
    "undo_inspection",
    "undo_scan",
]
