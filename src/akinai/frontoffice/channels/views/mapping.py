"""My own file: which column is which, with the first orders as they would be read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.core.errors import AkinaiError, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.tabular import Table, read_table
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.channels import columns, permissions, selectors, services
from akinai.frontoffice.channels.adapters.labels import TARGET_LABELS
from akinai.frontoffice.channels.adapters.own.mapping import missing_targets
from akinai.frontoffice.channels.adapters.own.suggest import suggest
from akinai.frontoffice.channels.models import ImportRun
from akinai.frontoffice.channels.states import Word
from akinai.frontoffice.channels.storing import storable
from akinai.frontoffice.channels.uploads import Upload


@requires(permissions.IMPORT)
@require_http_methods(["GET", "POST"])
def mapping(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """Say which column is which; `keep` saves it under a name and reads the file by it, otherwise only a preview."""
    run = selectors.run(run_id)
    if run.preset != selectors.OWN or run.store is None:
        raise Refused(_("The columns of this file cannot be changed any more."))
    upload = selectors.uploads(run)[0]
    table = read_table(upload.content, filename=upload.name)
    if request.method == "GET":
        chosen = SavedMapping.from_json(run.mapping) if run.mapping else suggest(table.headings)
        name = run.mapping_name or run.store.label
        return _page(request, run, table, upload, chosen, name=name)
    name = storable(request.POST.get("name", "")).strip()[:60]
    chosen = columns.from_form(request.POST, table, name)
    if "keep" not in request.POST:
        return _page(request, run, table, upload, chosen, name=name)
    try:
        services.save_mapping(request.actor, run.store, name=name, mapping=chosen)
        services.use_mapping(request.actor, run, chosen)
    except AkinaiError as error:
        return _page(request, run, table, upload, chosen, name=name, refused=error.sentence, status=422)
    return redirect("channels:run", run.pk)


def _page(
    request: AkinaiRequest, run: ImportRun, table: Table, upload: Upload, chosen: SavedMapping, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "run": run,
        "choices": columns.choices(table),
        "groups": columns.groups(chosen, table),
        "first_rows": [row.cells[: len(table.headings)] for row in table.rows[:3]],
        "headings": table.headings,
        "file_problems": [problem for problem in table.problems if not problem.row],
        **_preview(run, upload, chosen),
        **more,
    }
    template = "channels/columns.html#preview" if request.htmx else "channels/columns.html"
    return render(request, template, context, status=status)


def _preview(run: ImportRun, upload: Upload, chosen: SavedMapping) -> dict[str, Any]:
    """The first orders by this mapping, or what is still missing for that."""
    if missing_targets(chosen):
        return {"missing": [TARGET_LABELS[target] for target in missing_targets(chosen)]}
    report = services.dry_run(run.store, selectors.OWN, [upload], chosen)
    words = {str(Word(field).label): list(raws) for field, raws in report["words"].items()}
    return {"report": report, "preview": report["preview"][:3], "unknown_words": words}


@requires(permissions.IMPORT)
@require_POST
def delete(request: AkinaiRequest, mapping_id: int) -> HttpResponse:
    """Forget a saved mapping."""
    services.delete_mapping(request.actor, mapping_id=mapping_id)
    toast(request, _("The mapping is deleted."))
    return redirect("channels:settings")


@requires(permissions.IMPORT)
@require_POST
def forget_word(request: AkinaiRequest, store_id: int) -> HttpResponse:
    """Forget what a store meant by a word; the next file asks again."""
    store = selectors.store_of(store_id)
    field, raw = request.POST.get("field", ""), request.POST.get("raw", "")
    services.map_words(request.actor, store, field=field, words={raw: ""})
    return redirect("channels:settings")


@requires(permissions.IMPORT)
@require_POST
def vouch(request: AkinaiRequest, store_id: int) -> HttpResponse:
    """Change whether a store vouches for a payment method."""
    store = selectors.store_of(store_id)
    said = {request.POST.get("method", ""): request.POST.get("answer") == "yes"}
    services.answer_vouching(request.actor, store, answers=said)
    toast(request, _("Saved."))
    return redirect("channels:settings")
