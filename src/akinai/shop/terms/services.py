"""Changing how the shop is paid and how it sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models as db
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.foundation.audit import services as audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.changes import delete_row, save_row
from akinai.shop.stores.revisions import bump

from . import models, windows, zones
from .charges import ShippingFees
from .fees import FeeBand
from .islands import IslandRow

Row = TypeVar("Row", bound=db.Model)


def _found(table: type[Row], row_id: int) -> Row:
    row: Row | None = table._default_manager.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise NotFound(_("There is no such row."))
    return row


@transaction.atomic
def save_method(actor: Actor, *, method_id: int | None = None, changes: Mapping[str, Any]) -> models.PaymentMethod:
    """Add a payment method or change one. Raises NotFound, BadInput, Refused if a used code would change."""
    method = models.PaymentMethod() if method_id is None else _found(models.PaymentMethod, method_id)
    _keep_code(method, changes)
    save_row(actor, "terms.save_method", method, changes)
    return method


@transaction.atomic
def save_service(actor: Actor, *, service_id: int | None = None, changes: Mapping[str, Any]) -> models.DeliveryService:
    """Add a delivery service or change one; a new default takes over from the old one."""
    service = models.DeliveryService() if service_id is None else _found(models.DeliveryService, service_id)
    _keep_code(service, changes)
    if changes.get("is_default") and not changes.get("is_active", service.is_active):
        raise BadInput(_("A service that is not in use can't be the usual one."), field="is_default")
    if changes.get("is_default"):
        for other in models.DeliveryService.objects.filter(is_default=True).exclude(pk=service.pk):
            save_row(actor, "terms.save_service", other, {"is_default": False})
    save_row(actor, "terms.save_service", service, changes)
    return service


def _keep_code(row: models.PaymentMethod | models.DeliveryService, changes: Mapping[str, Any]) -> None:
    if row.pk is not None and changes.get("code", row.code) != row.code:
        raise Refused(_("The code stays, since orders and files name it."))


@transaction.atomic
def save_carrier(actor: Actor, *, carrier_id: int, changes: Mapping[str, Any]) -> models.Carrier:
    """Change a carrier's pickups, tracking page and label. Raises NotFound, BadInput."""
    carrier = _found(models.Carrier, carrier_id)
    url = changes.get("tracking_url", carrier.tracking_url)
    if url and ("{n}" not in url or not url.startswith("https://")):
        sentence = _("Begin with https:// and put {n} where the number goes.")
        raise BadInput(sentence, field="tracking_url")
    if len(set(changes.get("pickup_closed_weekdays", ()))) >= 7:
        raise BadInput(_("Leave at least one day with a pickup."), field="pickup_closed_weekdays")
    save_row(actor, "terms.save_carrier", carrier, changes)
    return carrier


@transaction.atomic
def set_windows(actor: Actor, *, carrier_id: int, codes: Mapping[str, str]) -> None:
    """Say which time windows a carrier has, and the code of each; "" as a window is "no wish"."""
    carrier = _found(models.Carrier, carrier_id)
    for window in codes:
        if window not in windows.CANONICAL:
            raise BadInput(_("Unknown time window: %(window)s") % {"window": window}, field="windows")
    before = dict(carrier.windows.values_list("window", "code"))
    if before == dict(codes):
        return
    carrier.windows.all().delete()
    models.WindowCode.objects.bulk_create(
        models.WindowCode(carrier=carrier, window=window, code=code) for window, code in codes.items()
    )
    bump("terms")
    audit.record(actor, "terms.set_windows", f"carrier:{carrier.pk}", detail={"before": before, "after": dict(codes)})


@transaction.atomic
def set_fee_bands(actor: Actor, *, method_id: int, bands: Sequence[FeeBand], effective_from: dt.date) -> None:
    """Give a method a new table of fees from today or later on; older tables stay for older days (PAY-10).

    Raises BadInput for an empty table, limits that do not rise, or a day in the past.
    """
    method = _found(models.PaymentMethod, method_id)
    if effective_from < clock.today():
        raise BadInput(_("New fees begin today or later."), field="effective_from")
    limits = [band.up_to for band in bands]
    if not bands or limits != sorted(set(limits)):
        raise BadInput(_("Enter at least one band, each limit higher than the one before."), field="bands")
    method.fee_bands.filter(effective_from=effective_from).delete()
    models.PaymentFeeBand.objects.bulk_create(
        models.PaymentFeeBand(
            method=method, up_to=band.up_to, fee=band.fee, inclusive=band.inclusive, effective_from=effective_from
        )
        for band in bands
    )
    bump("terms")
    detail = {"from": effective_from, "bands": [[band.up_to, band.inclusive, band.fee] for band in bands]}
    audit.record(actor, "terms.set_fee_bands", f"paymentmethod:{method.pk}", detail=detail)


@transaction.atomic
def set_shipping_fees(actor: Actor, *, table: ShippingFees) -> models.ShippingFeeTable:
    """Give a store (or, without one, all of them) a new table of shipping fees from today or later on (SHP-10).

    Raises BadInput for a day in the past, an unknown or missing zone, a negative fee, an unknown store.
    """
    if table.effective_from < clock.today():
        raise BadInput(_("New fees begin today or later."), field="effective_from")
    if set(table.fees) != set(zones.ZONES):
        raise BadInput(_("Enter a fee for every zone."), field="fees")
    if min(table.fees.values()) < 0 or table.cool_surcharge < 0 or (table.free_from or 0) < 0:
        raise BadInput(_("A fee must not be negative."), field="fees")
    if table.store_id is not None and table.store_id not in stores.snapshot().stores:
        raise BadInput(_("There is no such store."), field="store")
    key: dict[str, Any] = {"store_id": table.store_id, "effective_from": table.effective_from}
    said = {
        "fees": dict(table.fees), "cool_surcharge": table.cool_surcharge, "free_from": table.free_from,
        "free_far": table.free_far,
    }  # fmt: skip
    row, _made = models.ShippingFeeTable.objects.update_or_create(**key, defaults=said)
    subject = f"store:{table.store_id}" if table.store_id else "shipping_fees:all"
    audit.record(actor, "terms.set_shipping_fees", subject, detail={"from": table.effective_from, **said})
    return row


@transaction.atomic
def drop_shipping_fees(actor: Actor, *, table_id: int) -> None:
    """Take back a table of shipping fees that has not begun yet; one that has stays for its days."""
    row = _found(models.ShippingFeeTable, table_id)
    if row.effective_from <= clock.today():
        raise Refused(_("This table is in force or was. Enter a new one instead."))
    subject = f"store:{row.store_id}" if row.store_id else "shipping_fees:all"
    audit.record(actor, "terms.drop_shipping_fees", subject, detail={"from": row.effective_from})
    row.delete()


@transaction.atomic
def set_lead_days(actor: Actor, *, origin_zone: str, days: Mapping[str, tuple[int, bool]]) -> int:
    """Set days and "arrives in the afternoon" from one zone to others, for all services (SHP-9).

    What a person sets is no estimate any more, also where the number stays. Returns how many rows changed.
    """
    if origin_zone not in zones.ZONES or not set(days) <= set(zones.ZONES):
        raise BadInput(_("Unknown zone."), field="zone")
    rows = {
        row.zone: row
        for row in models.LeadTime.objects.select_for_update().filter(service__isnull=True, origin_zone=origin_zone)
    }
    changed = 0
    for zone, (count, afternoon) in days.items():
        row = rows.get(zone) or models.LeadTime(origin_zone=origin_zone, zone=zone, days=count)
        wanted = {"days": count, "afternoon": afternoon, "is_estimate": False}
        changed += bool(save_row(actor, "terms.set_lead_days", row, wanted))
    return changed


@transaction.atomic
def add_notice(actor: Actor, *, changes: Mapping[str, Any]) -> models.CarrierNotice:
    """Note that parcels sent in certain days take longer (SHP-42): dates of open orders and mails follow.

    Raises BadInput for days that end before they begin, an unknown zone, or without a text for buyers.
    """
    if changes["ends"] < changes["begins"]:
        raise BadInput(pgettext("delay", "It cannot end before it begins."), field="ends")
    if not set(changes["zones"]) <= set(zones.ZONES):
        raise BadInput(_("Unknown zone."), field="zones")
    if not str(changes["text"]).strip():
        raise BadInput(_("Write what buyers should read."), field="text")
    notice = models.CarrierNotice()
    save_row(actor, "terms.add_notice", notice, {**changes, "zones": list(changes["zones"])})
    return notice


@transaction.atomic
def drop_notice(actor: Actor, *, notice_id: int) -> None:
    """The roads are free again, or it was a mistake. Raises NotFound."""
    delete_row(actor, "terms.drop_notice", _found(models.CarrierNotice, notice_id))


@transaction.atomic
def replace_islands(
    actor: Actor, *, carrier_id: int | None, rows: Sequence[IslandRow], source: str, source_date: dt.date
) -> int:
    """Replace the island list of a carrier (or the common one) by a newer one (SHP-20). Returns how many rows.

    `rows` come from `islands.read`, whose problems must have been shown and be none.
    """
    carrier = None if carrier_id is None else _found(models.Carrier, carrier_id)
    if not rows:
        raise BadInput(_("The list is empty."), field="file")
    before = models.Island.objects.filter(carrier=carrier)
    removed = before.count()
    before.delete()
    models.Island.objects.bulk_create(
        [models.Island(carrier=carrier, source=source, source_date=source_date, **row.as_fields()) for row in rows],
        batch_size=500,
    )
    bump("terms")
    subject = f"carrier:{carrier.pk}" if carrier else "islands:all"
    detail = {"rows": len(rows), "removed": removed, "source": source, "as_of": source_date}
    audit.record(actor, "terms.replace_islands", subject, detail=detail)
    return len(rows)
