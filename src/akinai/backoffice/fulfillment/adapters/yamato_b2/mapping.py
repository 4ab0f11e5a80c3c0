"""A parcel as a row of B2's 基本レイアウト: which text goes into which column. Judging it is `checks.py`'s work."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from akinai.backoffice.fulfillment.types import CarrierOut, Parcel, Party, Problem
from akinai.foundation.core.text import digits, fold_hyphens, nfkc, phone_key, tidy_address, width
from akinai.shop.terms import labels, windows
from akinai.shop.terms.states import Cool

from .checks import check
from .columns import HEADINGS, LIMITS, Column
from .settings import B2Settings

Cells = dict[Column, str]

_COOL = {Cool.FROZEN.value: "1", Cool.CHILLED.value: "2"}
_FRAGILE = "ワレ物注意"
_HYPHENATED = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")


def encode(parcels: Sequence[Parcel], settings: B2Settings) -> CarrierOut:
    """The file for B2: heading row, a row a parcel, CP932 with CRLF (SHP-31).

    Parcels with a stopping problem are left out and named; where the shop's own codes are wrong nothing is written.
    """
    problems = settings.problems()
    blocked = bool(problems)
    rows: list[Cells] = []
    seen: set[str] = set()
    for parcel in parcels:
        cells = cells_of(parcel, settings)
        found = check(parcel, cells, settings, is_repeated=parcel.key in seen)
        seen.add(parcel.key)
        problems.extend(found)
        if not blocked and not any(problem.stops for problem in found):
            rows.append(cells)
    return CarrierOut(_written(rows), tuple(cells[Column.KEY] for cells in rows), tuple(problems))


def problems_of(parcels: Sequence[Parcel], settings: B2Settings) -> list[Problem]:
    """What `encode` would say, for a look before the export."""
    return list(encode(parcels, settings).problems)


def cells_of(parcel: Parcel, settings: B2Settings) -> Cells:
    """The filled columns of one parcel; all others stay blank."""
    window = windows.for_carrier(parcel.window, settings.windows, noon=settings.noon)
    goods = goods_names(parcel.contents)
    handling = [*([_FRAGILE] if parcel.is_fragile else []), *parcel.handling, "", ""]
    cells: Cells = {
        Column.KEY: parcel.key,
        Column.LABEL_TYPE: parcel.label_type,
        Column.COOL: _COOL.get(parcel.cool, ""),
        Column.SHIP_DATE: f"{parcel.ship_date:%Y/%m/%d}",
        Column.WISH_DATE: f"{parcel.wish_date:%Y/%m/%d}" if parcel.wish_date else "",
        Column.WINDOW: window.code,
        Column.GOODS_1: goods[0],
        Column.GOODS_2: goods[1],
        Column.HANDLING_1: handling[0],
        Column.HANDLING_2: handling[1],
        Column.REMARK: _one_line(parcel.note),
        Column.CUSTOMER_CODE: settings.customer_code,
        Column.CLASSIFICATION: settings.classification,
        Column.FREIGHT_NUMBER: settings.freight_number,
    }
    return (
        cells
        | _receiver(parcel.to)
        | _sender(parcel.sender)
        | _cod(parcel)
        | _copies(parcel)
        | _search(parcel, settings)
    )


def _receiver(party: Party) -> Cells:
    address = label_address(party)
    company, department, name = (_one_line(part) for part in (party.company, party.department, party.name))
    if not name:  # a company alone is the name on the label
        company, name = "", company
    return {
        Column.TO_PHONE: label_phone(party.phone),
        Column.TO_POSTCODE: label_postcode(party.postcode),
        Column.TO_ADDRESS: address[0],
        Column.TO_BUILDING: address[1],
        Column.TO_COMPANY: company,
        Column.TO_DEPARTMENT: department,
        Column.TO_NAME: name,
    }


def _sender(party: Party) -> Cells:
    address = label_address(party)
    return {
        Column.FROM_PHONE: label_phone(party.phone),
        Column.FROM_POSTCODE: label_postcode(party.postcode),
        Column.FROM_ADDRESS: address[0],
        Column.FROM_BUILDING: address[1],
        Column.FROM_NAME: _one_line(party.name) or _one_line(party.company),
    }


def _cod(parcel: Parcel) -> Cells:
    if parcel.cod is None:
        return {}
    return {Column.COD_AMOUNT: str(parcel.cod.amount), Column.COD_TAX: str(parcel.cod.tax)}


def _copies(parcel: Parcel) -> Cells:
    """Several pieces: as many labels, with the count printed on each; B2 gives each its own number."""
    return {Column.COPIES: str(parcel.pieces), Column.PIECES_SHOWN: "1"} if parcel.pieces > 1 else {}


def _search(parcel: Parcel, settings: B2Settings) -> Cells:
    """The order number as B2's search key, where it fits: a convenience, so one that is too long is left out."""
    number = parcel.order_number
    if not (settings.search_title and number and number.isascii() and width(number) <= LIMITS[Column.SEARCH_KEY_1]):
        return {}
    return {Column.SEARCH_TITLE_1: settings.search_title, Column.SEARCH_KEY_1: number}


def label_address(party: Party) -> tuple[str, str]:
    """Street and building in B2's two fields (SHP-32); what has no room stays too long and is reported by `check`."""
    street, building = (_one_line(tidy_address(part)) for part in (party.address1, party.address2))
    prefecture = _one_line(party.prefecture)
    if street.startswith(prefecture):
        prefecture = ""
    fitted = labels.fit("b2", prefecture, "", street, building)
    return fitted.lines[0], fitted.lines[1]


def label_postcode(text: str) -> str:
    """`106-0032`; anything but seven digits comes back as it was, to be reported."""
    number = digits(fold_hyphens(text))
    return f"{number[:3]}-{number[3:]}" if len(number) == 7 else nfkc(text)


def label_phone(text: str) -> str:
    """A phone number with hyphens: its own where it has them, else by the shape of the number (090-1234-5678).

    Area codes of four and five digits cannot be told from the digits alone, so ten digits become 3-3-4; the carrier
    dials the digits.
    """
    flat = nfkc(fold_hyphens(text))
    if _HYPHENATED.fullmatch(flat):
        return flat
    number = phone_key(text)
    if len(number) == 11:
        head = 4 if number.startswith("0800") else 3
        return f"{number[:head]}-{number[head:7]}-{number[7:]}"
    if len(number) == 10:
        head = 4 if number.startswith("0120") else 2 if number.startswith(("03", "06")) else 3
        return (
            f"{number[:head]}-{number[head:6]}-{number[6:]}"
            if head != 4
            else f"{number[:4]}-{number[4:7]}-{number[7:]}"
        )
    return number


def goods_names(contents: Sequence[str]) -> tuple[str, str]:
    """品名１ and 品名２: the first two names, the second ending in 他n点 for the rest.

    A product name longer than the field is shortened with … : it describes what is inside and addresses nobody.
    """
    names = [name for name in map(_one_line, contents) if name]
    if not names:
        return "", ""
    rest = len(names) - 2
    tail = f" 他{rest}点" if rest > 0 else ""
    limit = LIMITS[Column.GOODS_1]
    second = shortened(names[1], limit - width(tail)) + tail if len(names) > 1 else ""
    return shortened(names[0], limit), second


def shortened(text: str, limit: int) -> str:
    """The text within `limit` half-width characters, ending in … if something was left out."""
    if width(text) <= limit:
        return text
    while text and width(text) > limit - 2:
        text = text[:-1]
    return text.rstrip() + "…"


def _one_line(text: str) -> str:
    """Line breaks, tabs and runs of blanks as one blank; full-width blanks and letters stay as they are."""
    return re.sub(r"[\s\x00-\x1f]*[\n\r\t\x00-\x1f][\s\x00-\x1f]*| {2,}", " ", text).strip()


def _written(rows: Sequence[Cells]) -> bytes:
    """Heading row and rows as bytes. `check` has kept out what CP932 lacks."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for cells in rows:
        line = [""] * len(HEADINGS)
        for column, text in cells.items():
            line[column - 1] = text
        writer.writerow(line)
    return out.getvalue().encode("cp932")
