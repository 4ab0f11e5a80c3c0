"""What a scan was worth, for the screen, the sound and the API."""

from __future__ import annotations

from dataclasses import dataclass

from akinai.foundation.core.errors import Sentence

#: Outcomes beside those of `states.Scan`: somebody else has the box, nothing to do.
TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The answer to one scan.

    `outcome` is a value of `states.Scan`, or `taken` where somebody else inspects the box. `line_id` is the shipment
    line that was counted, or for a wrong item the one that is expected now; `sku_id` what was really scanned.
    `left` are the pieces the box still lacks; `is_complete` says that it lacks none.
    """

    outcome: str
    code: str
    title: Sentence
    detail: Sentence = ""
    line_id: int | None = None
    sku_id: int | None = None
    left: int = 0
    is_complete: bool = False
    reasons: tuple[Sentence, ...] = ()

    @property
    def is_good(self) -> bool:
        """Green or red."""
        return self.outcome in ("ok", "undone", "passed")
