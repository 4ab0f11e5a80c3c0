"""Dropping a file, and the history of what was dropped."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.frontoffice.channels import permissions, selectors, services
from akinai.frontoffice.channels.forms import DropForm
from akinai.frontoffice.channels.models import ImportRun
from akinai.frontoffice.channels.tables import RunTable
from akinai.shop.stores import permissions as store_permissions


@requires(permissions.IMPORT)
@require_http_methods(["GET", "POST"])
def start(request: AkinaiRequest) -> HttpResponse:
    """Drop a store's file; below it the imports so far."""
    form = DropForm(request.POST or None, request.FILES or None, initial={"store": request.GET.get("store", "")})
    if request.method == "POST" and form.is_valid():
        return redirect("channels:run", _kept(request, form).pk)
    table = RunTable.for_request(request, selectors.runs())
    context = {
        "form": form,
        "has_stores": bool(form.fields["store"].choices),  # type: ignore[attr-defined]
        "may_add_store": request.actor.may(store_permissions.EDIT),
    }
    return table.respond(request, "channels/start.html", context, status=422 if request.method == "POST" else 200)


def _kept(request: AkinaiRequest, form: DropForm) -> ImportRun:
    store, preset = form.cleaned_data["store"], form.cleaned_data["preset"]
    if preset == selectors.OWN:
        return services.keep_own_files(request.actor, store, form.uploads())
    return services.check_files(request.actor, store, preset, form.uploads())


@requires(permissions.IMPORT)
@require_GET
def file(request: AkinaiRequest, run_id: int, position: int) -> HttpResponse:
    """A file as it came, byte for byte."""
    found = selectors.run(run_id).files.filter(position=position).first()
    if found is None:
        raise NotFound(_("There is no such file."))
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="import-{run_id}-{position + 1}.csv"'
    return answer


@requires(permissions.IMPORT)
@require_GET
def settings(request: AkinaiRequest) -> HttpResponse:
    """What each store has said: mappings, words, payments it vouches for."""
    return render(request, "channels/settings.html", {"stores": selectors.said_by_stores()})
