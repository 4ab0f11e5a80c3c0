"""What crosses the border of customers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who a store says bought, as typed there. All fields may be empty.

    `address1` is city and street, `address2` building and room. `mail_is_masked` says that the mail address was lent
    by a mall for this purchase; addresses of known mall relays are recognised without it.
    """

    name: str = ""
    kana: str = ""
    company: str = ""
    phone: str = ""
    mail: str = ""
    postcode: str = ""
    prefecture: str = ""
    address1: str = ""
    address2: str = ""
    mail_is_masked: bool = False
