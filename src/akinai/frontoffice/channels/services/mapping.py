"""A shop's own file: which column is which, said once."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.frontoffice.channels.adapters.labels import TARGET_LABELS
from akinai.frontoffice.channels.adapters.own import mapping as own
from akinai.frontoffice.channels.models import ColumnMapping
from akinai.shop.stores.models import Store


@transaction.atomic
def save_mapping(actor: Actor, store: Store, *, name: str, mapping: SavedMapping) -> ColumnMapping:
    """Keep a mapping under a name; the same name again replaces it.

    Raises BadInput if the name is blank or a field is missing without which no order can be read.
    """
    name = name.strip()[:60]
    if not name:
        raise BadInput(_("Give the mapping a name."), field="name")
    if missing := own.missing_targets(mapping):
        fields = ", ".join(str(TARGET_LABELS[target]) for target in missing)
        raise BadInput(_("Choose a column for: %(fields)s") % {"fields": fields}, field=missing[0])
    if unknown := own.unknown_targets(mapping):
        raise BadInput(_("There is no such field."), field=unknown[0])
    kept = replace(mapping, name=name).as_json()
    row, created = ColumnMapping.objects.update_or_create(store=store, name=name, defaults={"columns": kept})
    audit.record(actor, "channels.save_mapping", f"store:{store.pk}", detail={"name": name, "new": created})
    return row


@transaction.atomic
def delete_mapping(actor: Actor, *, mapping_id: int) -> None:
    """Forget a mapping; imports that used it keep their copy."""
    row = ColumnMapping.objects.filter(pk=mapping_id).first()
    if row is not None:
        row.delete()
        audit.record(actor, "channels.delete_mapping", f"store:{row.store_id}", detail={"name": row.name})
