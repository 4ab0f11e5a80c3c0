"""Japanese addresses: taking them apart, and why one needs a look before it goes on a label (ORD-20 ADDRESS)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import digits, fold

from . import zones
from .labels import fit
from .postcodes import Place

Lookup = Callable[[str], Place | None]

_COUNTY = re.compile(r"^[^市区町村]{1,6}?郡")
#: Cities, wards, towns and villages. Names that hold 市, 町 or 村 inside come first.
_CITY = re.compile(
    r"(?:(?:四日市|廿日市|野々市|八日市場|市川|市原|大和郡山|郡山|蒲郡|小郡|郡上|東村山|武蔵村山|村山|村上|大村|田村|羽村|町田|十日町|大町)市"
    r"|.{1,6}?郡(?:玉村|大町|中村|.{1,6}?)[町村]"
    r"|.{1,5}?市.{1,4}?区"
    r"|.{1,5}?[市区]"
    r"|.{1,6}?[町村])"
)
_NUMBER = re.compile(r"\d|[一二三四五六七八九十]+(?:丁目|番地|番(?!町)|号)|無番地|番外地|番地なし")
_NUMBER_FIRST = re.compile(r"\d+(?:-\d|番|丁目|の\d|\s|$)|無番地|番外地|番地なし")
_PO_BOX = re.compile(r"私書箱|p\.?o\.?box|局留", re.IGNORECASE)
_DUMMY = re.compile(r"入力待ち|dummy|ダミー", re.IGNORECASE)

SENTENCES = {
    "no_postcode": _("There is no postcode."),
    "unknown_postcode": _("There is no such postcode."),
    "no_prefecture": _("The prefecture is missing."),
    "prefecture_mismatch": _("The postcode belongs to another prefecture."),
    "city_mismatch": _("The postcode belongs to another city."),
    "no_street": _("The address after the prefecture is missing."),
    "no_house_number": _("The address has no house number."),
    "po_box": _("This carrier does not deliver to PO boxes or post offices."),
    "overflow": _("The address is too long for the label."),
    "dummy": _("The address is a placeholder."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing wrong with an address. `detail` is what the postcode says or what did not fit."""

    code: str
    detail: str = ""

    @property
    def sentence(self) -> str | Promise:
        return SENTENCES[self.code]


@dataclass(frozen=True, slots=True)
class Address:
    """An address as orders hold it: city and street in `address1`, building in `address2`."""

    postcode: str
    prefecture: str
    address1: str
    address2: str = ""


def split_prefecture(text: str) -> tuple[str, str]:
    """A prefecture at the beginning of an address, and the rest; ("", text) where there is none."""
    for name in zones.PREFECTURES:
        if text.startswith(name):
            return name, text[len(name) :].lstrip()
    return "", text


def normalised(address: Address) -> Address:
    """The address with its prefecture in its own field, also where the store wrote it in front of the city."""
    prefecture = zones.prefecture_name(address.prefecture)
    found, rest = split_prefecture(address.address1.strip())
    if found and prefecture in ("", found):
        return Address(address.postcode, found, rest, address.address2.strip())
    return Address(address.postcode, prefecture, address.address1.strip(), address.address2.strip())


def split_city(text: str, place: Place | None = None) -> tuple[str, str]:
    """City (with county and ward) and the rest of an address without prefecture; the postcode's place knows best."""
    if place is not None and place.city and text.startswith(place.city):
        return place.city, text[len(place.city) :]
    found = _CITY.match(text)
    return (found[0], text[found.end() :]) if found else ("", text)


def reasons(address: Address, *, lookup: Lookup, layout: str = "none", takes_po_box: bool = True) -> list[Reason]:
    """Why a person should look at an address; empty where it can go on the label as it is.

    `lookup` finds a postcode's place; `layout` names the label's address fields (see `labels.LAYOUTS`);
    `takes_po_box` is False for carriers other than the post. 無番地 counts as a house number.
    """
    address = normalised(address)
    place = lookup(address.postcode)
    found = against_postcode(address, place)
    street = unicodedata.normalize("NFKC", address.address1)
    if not street:
        found.append(Reason("no_street"))
    elif not _has_number(street, unicodedata.normalize("NFKC", address.address2), place):
        found.append(Reason("no_house_number"))
    whole = f"{street} {address.address2}"
    if _DUMMY.search(whole):
        found.append(Reason("dummy"))
    if not takes_po_box and _PO_BOX.search(whole.replace(" ", "")):
        found.append(Reason("po_box"))
    label = fit(layout, address.prefecture, *split_city(address.address1, place), address.address2)
    if label.overflow:
        found.append(Reason("overflow", label.overflow))
    return found


def corrected(address: Address, place: Place) -> Address:
    """The address with prefecture, city and town of the postcode's place in front; the house number stays as typed."""
    address = normalised(address)
    rest = split_city(address.address1, place)[1]
    if place.town and not rest.startswith(place.town):
        number = _NUMBER.search(rest)
        rest = place.town + (rest[number.start() :] if number else "")
    street = place.city + rest if place.city else address.address1
    return Address(address.postcode, place.prefecture or address.prefecture, street, address.address2)


def against_postcode(address: Address, place: Place | None) -> list[Reason]:
    """What of an address (with its prefecture in its own field) does not fit the place of its postcode; one at most,
    or two where nothing but the street is there.
    """
    if not digits(address.postcode):
        return [Reason("no_postcode")] if address.prefecture else [Reason("no_postcode"), Reason("no_prefecture")]
    if place is None:
        return (
            [Reason("unknown_postcode")]
            if address.prefecture
            else [
                Reason("unknown_postcode"),
                Reason("no_prefecture"),
            ]
        )
    if not address.prefecture:
        return [Reason("no_prefecture", place.prefecture)]
    if place.prefecture and place.prefecture != address.prefecture:
        return [Reason("prefecture_mismatch", place.prefecture)]
    if place.city and address.address1 and not _names_city(address.address1, place.city):
        return [Reason("city_mismatch", place.city)]
    return []


def _names_city(street: str, city: str) -> bool:
    """True if the street begins with the city, with or without its county, or at least with its ward."""
    spoken = _spoken(street)
    ward = re.sub(r"^.{1,5}?市(?=.{1,4}区$)", "", city)
    return any(spoken.startswith(_spoken(name)) for name in {city, _COUNTY.sub("", city), ward})


def _spoken(text: str) -> str:
    """Spellings of one place name made alike: ヶ, ケ, が, ノ, の, 之 and variants of characters."""
    flat = fold(text).translate(str.maketrans("ヵ", "ヶ"))
    return re.sub("[ヶケガ]", "ケ", re.sub("[ノ之]", "ノ", flat)).replace("龍", "竜").replace("檮", "梼")


def _has_number(street: str, building: str, place: Place | None) -> bool:
    town = split_city(street, place)[1]
    if place is not None and place.town and town.startswith(unicodedata.normalize("NFKC", place.town)):
        town = town[len(place.town) :]
    return bool(_NUMBER.search(town)) or bool(_NUMBER_FIRST.match(building))
