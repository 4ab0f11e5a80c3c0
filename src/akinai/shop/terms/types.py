"""Terms as plain values: what other apps hold and pass on instead of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from akinai.foundation.core.text import fold
from akinai.shop.stores.calendar import BusinessCalendar

from . import zones
from .charges import ShippingCharge, ShippingFees, shipping_charge, valid_table
from .fees import FeeBand, valid_bands
from .size import Size
from .states import Cool, Handover, MethodKind, Timing


@dataclass(frozen=True, slots=True)
class Method:
    """A payment method as orders need it. `due_days` and `auth_days` are calendar days, `tolerance` yen."""

    id: int
    code: str
    name: str
    kind: str
    timing: str
    needs_credit_check: bool
    due_days: int | None
    tolerance: int
    is_active: bool
    auth_days: int | None = None

    @property
    def is_prepaid(self) -> bool:
        return self.timing == Timing.PREPAID

    @property
    def is_cod(self) -> bool:
        return self.kind == MethodKind.COD


@dataclass(frozen=True, slots=True)
class CarrierTerms:
    """A carrier: when it does not collect, how its numbers are looked up and its labels filled."""

    id: int
    code: str
    name: str
    pickup_closed_weekdays: frozenset[int]
    pickup_closed_days: frozenset[dt.date]
    pickup_time: dt.time | None
    tracking_url: str
    tracking_check: str
    address_layout: str
    takes_po_box: bool

    @property
    def pickup_calendar(self) -> BusinessCalendar:
        """The days on which this carrier collects, as a calendar of its own."""
        return BusinessCalendar(self.pickup_closed_weekdays, closed=self.pickup_closed_days)

    def tracking_page(self, number: str) -> str:
        """The address at which a buyer sees where this parcel is (SHP-52); "" where the carrier has none."""
        return self.tracking_url.replace("{n}", number)


@dataclass(frozen=True, slots=True)
class Service:
    """A delivery service; what its own row leaves blank is its carrier's. Limits in yen and days."""

    id: int
    code: str
    name: str
    carrier: CarrierTerms
    label_type: str
    cod_label_type: str
    cool: str
    cod_ok: bool
    cod_limit: int | None
    date_ok: bool
    window_ok: bool
    max_days_ahead: int
    handover: str
    tracking_check: str
    address_layout: str
    is_active: bool
    sizes: tuple[Size, ...]

    @property
    def is_post_box(self) -> bool:
        return self.handover == Handover.POST_BOX


@dataclass(frozen=True, slots=True)
class IslandTerms:
    """What differs at a remote place (SHP-20). `surcharge` is yen, tax included."""

    postcode: str
    name: str
    extra_days: int
    surcharge: int
    no_cool: bool
    no_cod: bool
    no_date: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """What a carrier says of its roads (SHP-42): parcels sent from `begins` to `ends` (JST) take `days` more.

    Without `carrier` it holds for all of them, without `zones` everywhere. `text` is for buyers.
    """

    begins: dt.date
    ends: dt.date
    days: int
    text: str = ""
    carrier: str = ""
    zones: tuple[str, ...] = ()

    def holds_on(self, day: dt.date) -> bool:
        return self.begins <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Transit:
    """Calendar days from the shop to the door. `afternoon`: no morning window on the first day.

    `notices` are those that concern this way; which of them hold depends on the day of sending.
    """

    days: int
    island_days: int = 0
    afternoon: bool = False
    is_estimate: bool = False
    notices: tuple[Notice, ...] = ()

    @property
    def total(self) -> int:
        """Days on the way while no carrier says otherwise."""
        return self.days + self.island_days

    def arrives(self, shipped: dt.date) -> dt.date:
        """The day on which a parcel sent on this day is there; of several notices the longest delay counts (SHP-42)."""
        later = max((notice.days for notice in self.notices if notice.holds_on(shipped)), default=0)
        return shipped + dt.timedelta(days=self.total + later)


@dataclass(frozen=True)
class TermsSnapshot:
    """All terms of one edition: judges any number of orders without a query. Read-only."""

    methods: Mapping[str, Method]
    method_words: Mapping[str, str]
    fee_bands: Mapping[str, Sequence[FeeBand]]
    services: Mapping[str, Service]
    service_words: Mapping[str, str]
    default_service: str
    carriers: Mapping[str, CarrierTerms]
    leads: Mapping[tuple[str, str, str], Transit]
    islands: Mapping[tuple[str, str], IslandTerms]
    windows: Mapping[str, Mapping[str, str]]
    shipping_tables: Mapping[int | None, Sequence[ShippingFees]] = field(default_factory=dict)
    notices: Sequence[Notice] = ()

    def method(self, word: str) -> Method | None:
        """The method with this code, name or alias, as a store's file writes it; None if nobody knows the word."""
        code = self.method_words.get(fold(word))
        return self.methods[code] if code else None

    def service(self, word: str) -> Service | None:
        """The delivery service with this code, name or alias; None if nobody knows the word."""
        code = self.service_words.get(fold(word))
        return self.services[code] if code else None

    def default(self) -> Service | None:
        """The service for orders that name none."""
        return self.services.get(self.default_service)

    def bands(self, method: str, on: dt.date) -> list[FeeBand]:
        """The fee bands of a method valid on a day."""
        return valid_bands(self.fee_bands.get(method, ()), on)

    def island(self, postcode: str, carrier: str = "") -> IslandTerms | None:
        """What differs at this postcode: the longest match, the carrier's own list before the common one."""
        for end in range(len(postcode), 2, -1):
            for owner in (carrier, "") if carrier else ("",):
                found = self.islands.get((owner, postcode[:end]))
                if found is not None:
                    return found
        return None

    def shipping_table(self, store_id: int | None, on: dt.date) -> ShippingFees | None:
        """The table of shipping fees a store charges by on a day; None where the shop has set none."""
        own = self.shipping_tables.get(store_id, ()) if store_id is not None else ()
        return valid_table([*own, *self.shipping_tables.get(None, ())], store_id, on)

    def shipping_charge(
        self, *, store_id: int | None, on: dt.date, prefecture: str, postcode: str, service: str, goods: int
    ) -> ShippingCharge | None:
        """What shipping to a place costs the buyer (SHP-10); `goods` in yen after coupons, `postcode` 7 digits.

        None without a table for the store and day, or where the prefecture is unknown.
        """
        table = self.shipping_table(store_id, on)
        if table is None:
            return None
        known = self.services.get(service)
        island = self.island(postcode, known.carrier.code if known else "")
        return shipping_charge(
            table,
            prefecture=prefecture,
            goods=goods,
            is_cool=known is not None and known.cool != Cool.NORMAL,
            is_island=island is not None,
            island_surcharge=island.surcharge if island else 0,
        )

    def transit(
        self, *, origin: str, prefecture: str, service: str = "", postcode: str = "", flagged_island: bool = False
    ) -> Transit | None:
        """Days from the shop's prefecture to a place; None where the prefecture is unknown (SHP-12).

        `postcode` are 7 digits. `flagged_island` is the store's own island flag; it is believed, but tells no days.
        """
        pair = zones.zone_of(origin), zones.zone_of(prefecture)
        lead = self.leads.get((service, *pair)) or self.leads.get(("", *pair))
        if lead is None:
            return None
        known = self.services.get(service)
        carrier = known.carrier.code if known else ""
        island = self.island(postcode, carrier)
        notices = tuple(self.notices_of(prefecture, carrier))
        if island is None and not notices:
            return lead
        return replace(lead, island_days=island.extra_days if island else 0, notices=notices)

    def notices_of(self, prefecture: str, carrier: str) -> list[Notice]:
        """What carriers say of the way to a prefecture (SHP-42), whenever."""
        zone = zones.zone_of(prefecture)
        return [
            notice for notice in self.notices
            if notice.carrier in ("", carrier) and (not notice.zones or zone in notice.zones)
        ]  # fmt: skip
