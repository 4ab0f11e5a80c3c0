"""Reading terms: one kept snapshot of everything orders are judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.text import fold
from akinai.foundation.tabular import write_csv
from akinai.shop.stores.revisions import Kept

from . import models, zones
from .charges import ShippingFees
from .fees import FeeBand
from .initial import EXAMPLES
from .islands import HEADINGS, IslandRow
from .size import Size
from .types import CarrierTerms, IslandTerms, Method, Notice, Service, TermsSnapshot, Transit

Row = TypeVar("Row", bound=Model)


def snapshot() -> TermsSnapshot:
    """All terms (methods, bands, services, carriers, lead days, islands, windows); one query while nothing changes."""
    return _kept.get()


def all_methods() -> list[models.PaymentMethod]:
    """Every payment method, those in use first."""
    return list(models.PaymentMethod.objects.order_by("-is_active", "id"))


def method_by_id(method_id: int) -> models.PaymentMethod:
    """A payment method; raises NotFound."""
    return _one(models.PaymentMethod, method_id)


def service_by_id(service_id: int) -> models.DeliveryService:
    """A delivery service; raises NotFound."""
    return _one(models.DeliveryService, service_id)


def carrier_by_id(carrier_id: int) -> models.Carrier:
    """A carrier; raises NotFound."""
    return _one(models.Carrier, carrier_id)


def _one(table: type[Row], row_id: int) -> Row:
    row: Row | None = table._default_manager.filter(pk=row_id).first()
    if row is None:
        raise NotFound(_("There is no such row."))
    return row


def fee_tables(method: models.PaymentMethod) -> list[tuple[dt.date, list[models.PaymentFeeBand]]]:
    """All fee tables of a method, the newest first."""
    found: dict[dt.date, list[models.PaymentFeeBand]] = {}
    for band in method.fee_bands.order_by("-effective_from", "up_to"):
        found.setdefault(band.effective_from, []).append(band)
    return list(found.items())


def shipping_tables(store_id: int | None) -> list[models.ShippingFeeTable]:
    """All tables of shipping fees of a store (None: those for every store), the newest first."""
    rows = models.ShippingFeeTable.objects.order_by("-effective_from")
    return list(rows.filter(store__isnull=True) if store_id is None else rows.filter(store_id=store_id))


def carriers_with_services() -> list[models.Carrier]:
    """Every carrier with its services, those in use first. Two queries."""
    services = models.DeliveryService.objects.order_by("-is_active", "id")
    return list(models.Carrier.objects.prefetch_related(Prefetch("services", services)))


def origin_zone(prefecture: str) -> str:
    """The zone a shop ships from; 関東 until it has said where it is."""
    return zones.zone_of(prefecture) or "kanto"


def leads_from(origin: str) -> dict[str, Transit]:
    """Days from a zone to each other, for all services."""
    leads = snapshot().leads
    return {zone: leads["", origin, zone] for zone in zones.ZONES if ("", origin, zone) in leads}


def islands() -> QuerySet[models.Island]:
    """Every island with its carrier, by postcode."""
    return models.Island.objects.select_related("carrier")


def notices() -> list[models.CarrierNotice]:
    """What carriers say of their roads, the latest first (SHP-42)."""
    return list(models.CarrierNotice.objects.select_related("carrier")[:200])


def only_example_islands() -> bool:
    """True while nobody has loaded a carrier's own list (SHP-9)."""
    return not models.Island.objects.exclude(source=EXAMPLES).exists()


def islands_csv() -> bytes:
    """All islands as our own file, UTF-8 with a byte order mark."""
    fields = list(HEADINGS)
    rows = (IslandRow(*row).as_cells() for row in models.Island.objects.values_list(*fields))
    return write_csv(rows, [words[0] for words in HEADINGS.values()], encoding="utf-8-sig")


def _load() -> TermsSnapshot:
    methods = list(models.PaymentMethod.objects.all())
    services = list(models.DeliveryService.objects.select_related("carrier").prefetch_related("sizes"))
    carriers = {carrier.code: _carrier(carrier) for carrier in models.Carrier.objects.all()}
    return TermsSnapshot(
        methods={row.code: _method(row) for row in methods},
        method_words=_words((row.code, row.name, row.aliases) for row in methods),
        fee_bands=_bands(),
        services={row.code: _service(row, carriers[row.carrier.code]) for row in services},
        service_words=_words((row.code, row.name, row.aliases) for row in services),
        default_service=next((row.code for row in services if row.is_default), ""),
        carriers=carriers,
        leads=_leads(),
        islands=_islands(),
        windows=_windows(),
        shipping_tables=_shipping_tables(),
        notices=[
            Notice(n.begins, n.ends, n.extra_days, n.text, n.carrier.code if n.carrier else "", tuple(n.zones))
            for n in models.CarrierNotice.objects.select_related("carrier")
        ],
    )


_kept: Kept[TermsSnapshot] = Kept("terms", _load)


def _words(rows: Iterable[tuple[str, str, list[str]]]) -> dict[str, str]:
    """Folded word → code. Codes and names win over aliases, earlier rows over later ones."""
    rows = list(rows)
    words: dict[str, str] = {}
    for code, _name, _aliases in rows:
        words.setdefault(fold(code), code)
    for code, name, _aliases in rows:
        words.setdefault(fold(name), code)
    for code, _name, aliases in rows:
        for alias in aliases:
            words.setdefault(fold(alias), code)
    words.pop("", None)
    return words


def _method(row: models.PaymentMethod) -> Method:
    return Method(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        timing=row.timing,
        needs_credit_check=row.needs_credit_check,
        due_days=row.due_days,
        tolerance=row.tolerance,
        is_active=row.is_active,
        auth_days=row.auth_days,
    )


def _carrier(row: models.Carrier) -> CarrierTerms:
    return CarrierTerms(
        id=row.pk,
        code=row.code,
        name=row.name,
        pickup_closed_weekdays=frozenset(row.pickup_closed_weekdays),
        pickup_closed_days=frozenset(dt.date.fromisoformat(day) for day in row.pickup_closed_days),
        pickup_time=row.pickup_time,
        tracking_url=row.tracking_url,
        tracking_check=row.tracking_check,
        address_layout=row.address_layout,
        takes_po_box=row.takes_po_box,
    )


def _service(row: models.DeliveryService, carrier: CarrierTerms) -> Service:
    return Service(
        id=row.pk,
        code=row.code,
        name=row.name,
        carrier=carrier,
        label_type=row.label_type,
        cod_label_type=row.cod_label_type,
        cool=row.cool,
        cod_ok=row.cod_ok,
        cod_limit=row.cod_limit,
        date_ok=row.date_ok,
        window_ok=row.window_ok,
        max_days_ahead=row.max_days_ahead,
        handover=row.handover,
        tracking_check=row.tracking_check or carrier.tracking_check,
        address_layout=row.address_layout or carrier.address_layout,
        is_active=row.is_active,
        sizes=tuple(Size(s.name, s.edge_sum_cm, s.max_weight_g, s.longest_edge_cm) for s in row.sizes.all()),
    )


def _bands() -> dict[str, list[FeeBand]]:
    found: dict[str, list[FeeBand]] = {}
    for band in models.PaymentFeeBand.objects.select_related("method"):
        found.setdefault(band.method.code, []).append(
            FeeBand(band.up_to, band.fee, band.inclusive, band.effective_from)
        )
    return found


def _leads() -> dict[tuple[str, str, str], Transit]:
    rows = models.LeadTime.objects.values_list(
        "service__code", "origin_zone", "zone", "days", "afternoon", "is_estimate"
    )
    return {
        (service or "", origin, zone): Transit(days, 0, afternoon, is_estimate)
        for service, origin, zone, days, afternoon, is_estimate in rows
    }


def _islands() -> dict[tuple[str, str], IslandTerms]:
    return {
        (row.carrier.code if row.carrier else "", row.postcode): IslandTerms(
            postcode=row.postcode,
            name=row.name,
            extra_days=row.extra_days,
            surcharge=row.surcharge,
            no_cool=row.no_cool,
            no_cod=row.no_cod,
            no_date=row.no_date,
        )
        for row in models.Island.objects.select_related("carrier")
    }


def _windows() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for carrier, window, code in models.WindowCode.objects.values_list("carrier__code", "window", "code"):
        found.setdefault(carrier, {})[window] = code
    return found


def _shipping_tables() -> dict[int | None, list[ShippingFees]]:
    found: dict[int | None, list[ShippingFees]] = {}
    for row in models.ShippingFeeTable.objects.all():
        found.setdefault(row.store_id, []).append(
            ShippingFees(
                row.effective_from, dict(row.fees), row.store_id, row.cool_surcharge, row.free_from, row.free_far
            )
        )
    return found
