"""What a shop agreed with ヤマト, kept as the delivery service's configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.types import Problem
from akinai.shop.terms.windows import CANONICAL

from .columns import Column, heading


@dataclass(frozen=True, slots=True)
class B2Settings:
    """`windows` are the carrier's windows with their codes (rows of `terms`); `noon` says what 12-14 becomes (SHP-30).

    `search_title` heads the order number in B2's search key 1; blank leaves the key out.
    """

    customer_code: str = ""
    classification: str = ""
    freight_number: str = "01"
    windows: Mapping[str, str] = field(default_factory=dict)
    noon: str = "ask"
    search_title: str = "注文番号"

    @classmethod
    def from_config(cls, config: Mapping[str, Any], *, windows: Mapping[str, str], noon: str = "ask") -> B2Settings:
        """From stored JSON; unknown keys are ignored, anything not text is taken as text."""
        known = ("customer_code", "classification", "freight_number", "search_title")
        given = {key: str(config[key]).strip() for key in known if config.get(key) is not None}
        return cls(**given, windows=dict(windows), noon=noon if noon in CANONICAL else "ask")

    def problems(self) -> list[Problem]:
        """What is missing before any label can be printed."""
        found: list[Problem] = []
        if not (_is_code(self.customer_code) and 10 <= len(self.customer_code) <= 12):
            sentence = _("Enter the customer code of the contract (10 to 12 digits) in the settings of the service.")
            found.append(Problem(heading(Column.CUSTOMER_CODE), sentence))
        if self.classification and not (_is_code(self.classification) and len(self.classification) == 3):
            sentence = _("The classification code has 3 digits, or is left blank.")
            found.append(Problem(heading(Column.CLASSIFICATION), sentence))
        if not (_is_code(self.freight_number) and len(self.freight_number) == 2):
            sentence = _("Enter the freight number of the contract (2 digits) in the settings of the service.")
            found.append(Problem(heading(Column.FREIGHT_NUMBER), sentence))
        return found


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit()
