"""A shop's own file: which column is which, said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.tabular import Table, read_table
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.foundation.tabular.table import heading_key
from akinai.frontoffice.channels import selectors
from akinai.frontoffice.channels.adapters.labels import TARGET_LABELS
from akinai.frontoffice.channels.adapters.own import mapping as own
from akinai.frontoffice.channels.models import ColumnMapping, ImportRun
from akinai.frontoffice.channels.states import RunState
from akinai.frontoffice.channels.uploads import Upload
from akinai.shop.stores.models import Store

from .checking import OPEN, examine_run, keep_run


def keep_own_files(actor: Actor, store: Store, files: Sequence[Upload]) -> ImportRun:
    """Keep files of one's own layout; a saved mapping of the store that fits reads them at once.

    Where none fits the import waits (state `checking`) for `use_mapping`.
    """
    with transaction.atomic():
        run = keep_run(actor, store, selectors.OWN, files, None)
    table = read_table(files[0].content, filename=files[0].name)
    fitting = next((m for m in selectors.mappings(store) if fits(m, table)), None)
    if fitting is None:
        return run
    return use_mapping(actor, run, SavedMapping.from_json(fitting.columns))


def fits(mapping: ColumnMapping, table: Table) -> bool:
    """True if the table has every column that the mapping names."""
    here = {heading_key(heading) for heading in table.headings}
    return all(heading_key(name) in here for name in SavedMapping.from_json(mapping.columns).headings())


def use_mapping(actor: Actor, run: ImportRun, mapping: SavedMapping) -> ImportRun:
    """Read the files of an import by this mapping. Raises BadInput if it cannot be used, Refused if it is too late."""
    if run.preset != selectors.OWN or run.state not in (*OPEN, RunState.CHECKING, RunState.REFUSED):
        raise Refused(_("The columns of this file cannot be changed any more."))
    check_mapping(mapping)
    run.mapping, run.mapping_name = mapping.as_json(), mapping.name[:60]
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(mapping=run.mapping, mapping_name=run.mapping_name)
        audit.record(actor, "channels.use_mapping", run.subject, detail={"name": run.mapping_name})
    return examine_run(run)


def check_mapping(mapping: SavedMapping) -> None:
    """Raise BadInput if a field is missing without which no order can be read, or one is not ours."""
    if missing := own.missing_targets(mapping):
        fields = "、".join(str(TARGET_LABELS[target]) for target in missing)
        raise BadInput(_("Choose a column for: %(fields)s") % {"fields": fields}, field=missing[0])
    if unknown := own.unknown_targets(mapping):
        raise BadInput(_("There is no such field."), field=unknown[0])


@transaction.atomic
def save_mapping(actor: Actor, store: Store, *, name: str, mapping: SavedMapping) -> ColumnMapping:
    """Keep a mapping under a name; the same name again replaces it.

    Raises BadInput if the name is blank or a field is missing without which no order can be read.
    """
    name = name.strip()[:60]
    if not name:
        raise BadInput(_("Give the mapping a name."), field="name")
    check_mapping(mapping)
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
