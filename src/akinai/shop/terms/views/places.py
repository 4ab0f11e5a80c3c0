"""How long parcels take: lead days by zone, and the list of islands."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.tabular import Problem
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import carried_out
from akinai.shop.terms import islands, permissions, selectors, services, zones
from akinai.shop.terms.forms import IslandsForm, LeadDaysForm

ISLANDS_A_PAGE = 100
MOST_PROBLEMS = 50


@requires(permissions.VIEW)
@require_http_methods(["GET"])
def lead_days(request: AkinaiRequest) -> HttpResponse:
    """Days from the shop's zone to the others."""
    origin = selectors.origin_zone(stores.shop().prefecture)
    return _lead_page(request, LeadDaysForm(kept=selectors.leads_from(origin)))


@requires(permissions.EDIT)
@require_POST
def lead_days_save(request: AkinaiRequest) -> HttpResponse:
    """Keep the days; they are no estimates any more."""
    origin = selectors.origin_zone(stores.shop().prefecture)
    form = LeadDaysForm(request.POST, kept=selectors.leads_from(origin))
    if carried_out(form, lambda: services.set_lead_days(request.actor, origin_zone=origin, days=form.days())):
        toast(request, _("Saved."))
        return redirect("terms:lead_days")
    return _lead_page(request, form, status=422)


def _lead_page(request: AkinaiRequest, form: LeadDaysForm, status: int = 200) -> HttpResponse:
    prefecture = stores.shop().prefecture
    context = {
        "form": form,
        "origin": zones.ZONE_NAMES[selectors.origin_zone(prefecture)],
        "knows_origin": bool(zones.zone_of(prefecture)),
        "may_edit": request.actor.may(permissions.EDIT),
    }
    return render(request, "terms/lead_days.html", context, status=status)


@requires(permissions.VIEW)
@require_GET
def island_list(request: AkinaiRequest) -> HttpResponse:
    """The islands that are known."""
    return _islands_page(request, IslandsForm())


@requires(permissions.EDIT)
@require_POST
def island_load(request: AkinaiRequest) -> HttpResponse:
    """Replace a list by the one in a file; with any fault in it nothing changes."""
    form = IslandsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _islands_page(request, form, status=422)
    upload = form.cleaned_data["file"]
    found = islands.read(upload.read(), filename=upload.name)
    if not found.is_sound:
        return _islands_page(request, form, problems=found.problems, status=422)
    carrier = form.cleaned_data["carrier"]
    count = services.replace_islands(
        request.actor,
        carrier_id=carrier.pk if carrier else None,
        rows=found.rows,
        source=form.cleaned_data["source"],
        source_date=form.cleaned_data["source_date"],
    )
    toast(request, ngettext("%(count)s place loaded.", "%(count)s places loaded.", count) % {"count": count})
    return redirect("terms:island_list")


@requires(permissions.VIEW)
@require_GET
def island_download(request: AkinaiRequest) -> HttpResponse:
    """The list as a CSV file that can be loaded again."""
    response = HttpResponse(selectors.islands_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="islands.csv"'
    return response


def _islands_page(
    request: AkinaiRequest, form: IslandsForm, *, problems: list[Problem] | None = None, status: int = 200
) -> HttpResponse:
    pages = Paginator(selectors.islands(), ISLANDS_A_PAGE)
    context: dict[str, Any] = {
        "page": pages.get_page(request.GET.get("page")),
        "form": form,
        "problems": (problems or [])[:MOST_PROBLEMS],
        "headings": [words[0] for words in islands.HEADINGS.values()],
        "only_examples": selectors.only_example_islands(),
        "may_edit": request.actor.may(permissions.EDIT),
    }
    if problems is not None and not problems:
        context["nothing"] = True
    return render(request, "terms/island_list.html", context, status=status)
