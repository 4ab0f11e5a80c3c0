"""What a remark is understood as: kinds in order of rank, and the interpretation (REM-3, REM-4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a buyer asks for; the order of the members is the rank when one remark asks for several things (REM-4)."""

    CANCEL_REQUEST = "cancel_request"
    COMPLAINT = "complaint"
    CHANGE_ADDRESS = "change_address"
    CHANGE_ITEM = "change_item"
    CHANGE_PAYMENT = "change_payment"
    AMBIGUOUS_DATE = "ambiguous_date"
    AVOID_PERIOD = "avoid_period"
    HOLD_SHIP = "hold_ship"
    HOLD_DELIVERY = "hold_delivery"
    DELIVER_BY = "deliver_by"
    DELIVER_ON = "deliver_on"
    WEEKDAY_PREF = "weekday_pref"
    TIME_ONLY = "time_only"
    COMBINE = "combine"
    NO_COMBINE = "no_combine"
    SPLIT_SHIP = "split_ship"
    WAIT_ALL = "wait_all"
    PAYER_NAME = "payer_name"
    NO_PRICE_SLIP = "no_price_slip"
    NOSHI = "noshi"
    GIFT_WRAP = "gift_wrap"
    MESSAGE_CARD = "message_card"
    RECEIPT = "receipt"
    DOCUMENT_REQUEST = "document_request"
    PLACE_DROP = "place_drop"
    CONTACT_REQUEST = "contact_request"
    HANDLING_NOTE = "handling_note"
    QUESTION = "question"
    OTHER_CHECK = "other_check"
    HARMLESS = "harmless"


RANK: dict[Kind, int] = {kind: rank for rank, kind in enumerate(Kind)}
#: Kinds that carry a date or a weekday; a window beside them is their field, not a wish of its own (REM-3).
DATED = frozenset(
    {
        Kind.AMBIGUOUS_DATE,
        Kind.AVOID_PERIOD,
        Kind.HOLD_SHIP,
        Kind.HOLD_DELIVERY,
        Kind.DELIVER_BY,
        Kind.DELIVER_ON,
        Kind.WEEKDAY_PREF,
    }
)
#: A date farther away than this is believed by nobody at one key (REM-11b).
FAR_AWAY_DAYS = 90

Span = tuple[int, int]


class Confidence(StrEnum):
    """Whether one key may accept what was understood."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Found:
    """One wish, found in the normalised text at `span`."""

    kind: Kind
    span: Span
    hold_until: dt.date | None = None
    deliver_on: dt.date | None = None
    time_window: str = ""
    text: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a remark asks for. Fields describe `kind` only; `also` names the other wishes (REM-3, REM-4).

    `hold_until` and `deliver_on` are JST days, `time_window` is `HH-HH`, `evidence` are spans of the original text.
    """

    kind: Kind
    hold_until: dt.date | None = None
    deliver_on: dt.date | None = None
    time_window: str = ""
    text: str = ""
    also: tuple[Kind, ...] = ()
    evidence: tuple[Span, ...] = field(default=())
    confidence: Confidence = Confidence.HIGH

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is not known is absent (REM-3)."""
        said: dict[str, Any] = {"kind": str(self.kind)}
        if self.hold_until:
            said["hold_until"] = self.hold_until.isoformat()
        if self.deliver_on:
            said["deliver_on"] = self.deliver_on.isoformat()
        if self.time_window:
            said["time_window"] = self.time_window
        if self.text:
            said["text"] = self.text
        if self.also:
            said["also"] = [str(kind) for kind in self.also]
        return {**said, "evidence": [list(span) for span in self.evidence], "confidence": str(self.confidence)}
