"""Parcels before they are labelled, and what carriers answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akinai.shop.terms.states import Cool


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or receiver on a label, as the order has it; nothing is folded or cut yet."""

    name: str
    phone: str
    postcode: str
    prefecture: str
    address1: str
    address2: str = ""
    company: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class CashOnDelivery:
    """What the driver collects: yen tax included, and the tax in it."""

    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """One label to be written. `key` is the shipment number: it comes back with the tracking number.

    `label_type` is the carrier's code (with COD the service's COD code); `window` is canonical (`14-16`); `contents`
    names what is inside, most important first; `pieces` above 1 prints that many labels.
    """

    key: str
    ship_date: dt.date
    label_type: str
    to: Party
    sender: Party
    contents: tuple[str, ...]
    wish_date: dt.date | None = None
    window: str = ""
    cool: Cool = Cool.NORMAL
    cod: CashOnDelivery | None = None
    is_fragile: bool = False
    handling: tuple[str, ...] = ()
    note: str = ""
    pieces: int = 1
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a parcel or a row, in a sentence: what, where, what to do.

    `key` names the shipment, or `row` the record of a file (first record = 1). `field` is the carrier's own heading.
    With `stops` the label is not written (the row not taken over); without, it is, and somebody should look.
    """

    field: str
    sentence: str
    key: str = ""
    row: int = 0
    stops: bool = True


@dataclass(frozen=True, slots=True)
class CarrierOut:
    """A carrier's file: its bytes, the keys written, and all problems. Parcels with a stopping problem are left out."""

    data: bytes
    written: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """What the carrier gave one shipment: its numbers (several for several pieces), the day, the receiver's name."""

    key: str
    numbers: tuple[str, ...]
    ship_date: dt.date | None
    name: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class CarrierIn:
    """A carrier's answer file, read; nothing has been written back yet."""

    rows: tuple[IssuedRow, ...]
    problems: tuple[Problem, ...] = ()
