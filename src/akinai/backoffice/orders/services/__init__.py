"""What can be done to orders. One function a use case; pages, API, jobs and commands call the same ones."""

from __future__ import annotations

from .accepting import accept, accept_many, cancel, clear_all, clear_check, confirm, mark_seen, reject
from .cancelling import approve_cancel, cancel_line, lower_quantity, refuse_cancel, request_cancel
from .changing import edit_order
from .charging import change_charges, set_ship_policy
from .consenting import record_consent
from .dividing import split_order, unsplit_order
from .editing import (
    add_line,
    apply_store_code,
    change_gift,
    change_payment_method,
    change_quantity,
    change_service,
    change_ship_to,
    change_shipping_fee,
    change_wish,
    set_line_sku,
)
from .heeding import heed_attention
from .holding import change_hold, hold, hold_many, release_all, release_hold
from .intake import take_in
from .noting import write_note
from .overriding import override_gate, withdraw_override
from .phoning import drop_call, keep_call, take_phone_order
from .placing import place_orders
from .preordering import follow_release_dates, move_release_date, sync_release_hold
from .reallocating import reallocate
from .recording import PromiseDue, instruct, note_promises, record, ship_lines, take_back, unship_lines
from .refreshing import rederive, refresh, tick
from .remarking import accept_remark
from .sheets import attach_sheet, drop_sheet, sheet
from .stocking import allocate, allocate_waiting, correct_stock, receive_stock, serve_waiting

__all__ = [
    "PromiseDue",
    "accept",
    "accept_many",
    "accept_remark",
    "add_line",
    "allocate",
    "allocate_waiting",
    "apply_store_code",
    "approve_cancel",
    "attach_sheet",
    "cancel",
    "cancel_line",
    "change_charges",
    "change_gift",
    "change_hold",
    "change_payment_method",
    "change_quantity",
    "change_service",
    "change_ship_to",
    "change_shipping_fee",
    "change_wish",
    "clear_all",
    "clear_check",
    "confirm",
    "correct_stock",
    "drop_call",
    "drop_sheet",
    "edit_order",
    "follow_release_dates",
    "heed_attention",
    "hold",
    "hold_many",
    "instruct",
    "keep_call",
    "lower_quantity",
    "mark_seen",
    "move_release_date",
    "note_promises",
    "override_gate",
    "place_orders",
    "reallocate",
    "receive_stock",
    "record",
    "record_consent",
    "rederive",
    "refresh",
    "refuse_cancel",
    "reject",
    "release_all",
    "release_hold",
    "request_cancel",
    "serve_waiting",
    "set_line_sku",
    "set_ship_policy",
    "sheet",
    "ship_lines",
    "split_order",
    "sync_release_hold",
    "take_back",
    "take_in",
    "take_phone_order",
    "tick",
    "unship_lines",
    "unsplit_order",
    "withdraw_override",
    "write_note",
]
