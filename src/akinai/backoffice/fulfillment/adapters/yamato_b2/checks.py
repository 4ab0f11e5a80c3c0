"""What is wrong with a label before B2 says so, field by field and with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.types import Parcel, Problem
from akinai.foundation.core.text import digits, missing_in, width
from akinai.shop.terms import phones, windows
from akinai.shop.terms.states import Cool

from .columns import LIMITS, REQUIRED, Column, heading
from .settings import B2Settings

#: Label types we write. タイム (4) has windows of its own, 複数口 (6) a bundle of rows: neither is written here.
LABEL_TYPES = frozenset({"0", "2", "3", "5", "7", "8", "9", "A"})
#: Of these: with COD, without a day and window, that may be cooled.
COD_TYPES = frozenset({"2", "9"})
UNDATED_TYPES = frozenset({"3", "7", "A"})
COOL_TYPES = frozenset({"0", "2", "5"})
#: What the COD column of each type takes at most, in yen; a shop's own lower limit belongs to its delivery service.
COD_MOST = {"2": 300_000, "9": 30_000}
MOST_COPIES = 99
#: Characters CP932 lacks that it has a twin for, to say what to type instead.
_TWINS = {"—": "―", "–": "-", "¥": "￥", "‾": "￣"}


def check(parcel: Parcel, cells: Mapping[Column, str], settings: B2Settings, *, is_repeated: bool) -> list[Problem]:
    """Every problem of one label; without `stops` it only wants a look (SHP-30, SHP-31, SHP-32)."""
    found = [*_texts(cells), *_numbers(parcel, cells), *_kind(parcel), *_cod(parcel), *_dates(parcel, settings)]
    if is_repeated:
        found.append((Column.KEY, _("This shipment is in the list twice."), True))
    if len(parcel.handling) + parcel.is_fragile > 2:
        found.append((Column.HANDLING_2, _("B2 has room for two handling notes only."), True))
    if not 1 <= parcel.pieces <= MOST_COPIES:
        found.append((Column.COPIES, _("The number of pieces must be 1 to 99."), True))
    return [Problem(heading(column), sentence, key=parcel.key, stops=stops) for column, sentence, stops in found]


Found = tuple[Column, str, bool]


def _texts(cells: Mapping[Column, str]) -> Iterator[Found]:
    """Blank, too wide, or with characters that CP932 lacks; the last are listed, never replaced."""
    for column in REQUIRED:
        if not cells.get(column):
            yield column, _("This field must not be blank."), True
    for column, text in sorted(cells.items()):
        limit = LIMITS.get(column)
        if limit and width(text) > limit:
            sentence = _(
                "“%(text)s” is too long: %(width)s of at most %(limit)s half-width characters. Please shorten it."
            )
            yield column, sentence % {"text": text, "width": width(text), "limit": limit}, True
        if missing := missing_in(text):
            sentence = _("B2 cannot print %(chars)s in “%(text)s”. Please write it another way.")
            yield column, sentence % {"chars": " ".join(map(_with_twin, missing)), "text": text}, True


def _with_twin(char: str) -> str:
    return f"{char} (→ {_TWINS[char]})" if char in _TWINS else char


def _numbers(parcel: Parcel, cells: Mapping[Column, str]) -> Iterator[Found]:
    for phone, postcode, party in (
        (Column.TO_PHONE, Column.TO_POSTCODE, parcel.to),
        (Column.FROM_PHONE, Column.FROM_POSTCODE, parcel.sender),
    ):
        fault = phones.problem(party.phone)
        if fault and fault != "missing":
            yield phone, str(phones.sentence(fault)), fault != "dummy"
        if cells.get(postcode) and len(digits(cells[postcode])) != 7:
            yield postcode, _("A postcode has 7 digits."), True


def _kind(parcel: Parcel) -> Iterator[Found]:
    if parcel.label_type not in LABEL_TYPES:
        yield (
            Column.LABEL_TYPE,
            _("Labels of type “%(type)s” are not written. Change the label type of the service.")
            % {"type": parcel.label_type},
            True,
        )
    if parcel.cool != Cool.NORMAL and parcel.label_type not in COOL_TYPES:
        yield Column.COOL, _("This label type cannot be cooled."), True


def _cod(parcel: Parcel) -> Iterator[Found]:
    """Amount and tax are asked for by the COD label types and by no other."""
    is_cod = parcel.label_type in COD_TYPES
    if parcel.cod is None:
        if is_cod:
            yield Column.COD_AMOUNT, _("This label type needs the amount to collect."), True
        return
    if not is_cod:
        yield Column.LABEL_TYPE, _("Cash on delivery needs label type 2 or 9."), True
        return
    most = COD_MOST[parcel.label_type]
    if not 1 <= parcel.cod.amount <= most:
        sentence = _("The amount to collect must be 1 to %(most)s yen.") % {"most": f"{most:,}"}
        yield Column.COD_AMOUNT, sentence, True
    if not 0 <= parcel.cod.tax <= max(parcel.cod.amount, 0):
        yield Column.COD_TAX, _("The tax must be part of the amount to collect."), True
    if parcel.pieces > 1:
        yield Column.COPIES, _("Cash on delivery goes with one piece only, or it is collected for each."), True


def _dates(parcel: Parcel, settings: B2Settings) -> Iterator[Found]:
    """A wish is never dropped silently (SHP-30): what the label cannot say stops, what it says otherwise is shown."""
    if parcel.label_type in UNDATED_TYPES and (parcel.wish_date or parcel.window):
        yield Column.WISH_DATE, _("This label type takes no delivery day and no time. Change the service."), True
        return
    if parcel.wish_date and parcel.wish_date < parcel.ship_date:
        yield Column.WISH_DATE, _("The delivery day is before the ship date."), True
    choice = windows.for_carrier(parcel.window, settings.windows, noon=settings.noon)
    names = {"wish": choice.wish, "window": choice.window}
    if choice.ask:
        yield (
            Column.WINDOW,
            _("The carrier has no window for %(wish)s. Please choose another with the buyer.") % names,
            True,
        )
    elif choice.badge:
        yield Column.WINDOW, _("%(wish)s goes on the label as %(window)s.") % names, False
