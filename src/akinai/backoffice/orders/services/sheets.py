"""FAX sheets: kept with the form while it is typed, and with the order afterwards (R16)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import CallSheet, OrderCall
from akinai.backoffice.orders.phone.sheets import FOLDER, MOST_SHEETS, Sheet, judged
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused

from .phoning import forget_files, keep_call


def attach_sheet(actor: Actor, *, key: str, how: str, typed: Mapping[str, Any], name: str, data: bytes) -> CallSheet:
    """Keep a sheet with the form `key`, and the form as it stands. The same sheet again gives the one there is, also
    after the form has become an order (REL-5).

    Raises BadInput (field `sheet`) for what is no PDF or picture, too large or one too many; Conflict if the form has
    become an order without this sheet.
    """
    sheet, digest = judged(name, data), hashlib.sha256(data).hexdigest()
    there = CallSheet.objects.filter(call__key=key, digest=digest).first()
    if there is not None:
        return there
    stored = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{sheet.ending}", ContentFile(data))
    kept, name = None, stored.rpartition("/")[2]
    try:
        kept = _keep(actor, key, how, typed, sheet, (name, digest, len(data)))
        return kept
    finally:
        if kept is None or kept.stored != name:
            default_storage.delete(stored)


@transaction.atomic
def _keep(
    actor: Actor, key: str, how: str, typed: Mapping[str, Any], sheet: Sheet, file: tuple[str, str, int]
) -> CallSheet:
    stored, digest, size = file
    call = keep_call(actor, key=key, how=how, typed=typed)
    there = call.sheets.filter(digest=digest).first()
    if there is not None:  # sent twice in the same moment
        return there
    if call.sheets.count() >= MOST_SHEETS:
        raise BadInput(_("At most %(most)s sheets go with an order.") % {"most": MOST_SHEETS}, field="sheet")
    return CallSheet.objects.create(
        call=call, name=sheet.name, stored=stored, content_type=sheet.content_type, size=size, digest=digest,
        at=clock.now(), by=actor.key, by_label=actor.label,
    )  # fmt: skip


@transaction.atomic
def drop_sheet(actor: Actor, *, key: str, sheet_id: int) -> None:
    """Take a sheet off a form that is no order yet; one that is gone is left alone. Refused once it is an order: what
    the buyer sent stays proven.
    """
    call = OrderCall.objects.select_for_update().filter(key=key).first()
    sheet = CallSheet.objects.filter(pk=sheet_id, call=call).first() if call else None
    if sheet is None or call is None:
        return
    if call.order_id is not None:
        raise Refused(_("The sheet belongs to an order and stays with it."))
    forget_files([sheet])
    sheet.delete()
    audit.record(actor, "orders.drop_sheet", f"call:{key}", detail={"name": sheet.name})


def sheet(sheet_id: int) -> tuple[CallSheet, bytes]:
    """A sheet and its bytes. Raises NotFound, also where the file is gone."""
    found = CallSheet.objects.filter(pk=sheet_id).first()
    path = f"{FOLDER}/{found.stored}" if found else ""
    if found is None or not default_storage.exists(path):
        raise NotFound(_("There is no such file."))
    with default_storage.open(path) as file:
        return found, file.read()
