"""Pages of the kit itself."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public, signed_in

from . import kit, registry, services
from .frame import THEMES
from .models import SavedView
from .responses import go_to, page_or_partial, safe_next, wants_partial
from .search import find, is_short, the_one
from .toasts import toast

#: What the bar finds while one types, and what the page of results shows
SHORTEST_GUESS, FEW, MANY = 2, 6, 50
YEAR = 365 * 24 * 60 * 60


@require_GET
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything. A single hit, and one of exactly that number, is opened at once, as a scanner expects;
    htmx gets the list.
    """
    text = request.GET.get("q", "")
    typing = wants_partial(request)
    # one letter fits half of everything; while somebody types only the first few of each kind are of use
    asked = "" if typing and len(text.strip()) < SHORTEST_GUESS else text
    found = find(asked, cast(AkinaiRequest, request).actor, limit=FEW if typing else MANY)
    if typing and not asked:
        return HttpResponse()
    one = the_one(found)
    if one and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(one.url)
    context = {"text": text, "found": found, "title": _("Search"), "most": MANY, "is_short": is_short(text)}
    context["typing"] = typing
    return page_or_partial(request, "ui/search.html", context, partial="hits")


@require_GET
@signed_in
def settings_home(request: HttpRequest) -> HttpResponse:
    """All pages under Settings that the reader may open."""
    return page_or_partial(request, "ui/settings_home.html", {})


@require_POST
@public
def preferences(request: HttpRequest) -> HttpResponse:
    """Language and brightness: kept by the browser and the account of who is signed in. Unknown values are ignored."""
    response = HttpResponseRedirect(safe_next(request))
    choices = {
        "theme": (THEMES, "akinai_theme"),
        "language": ([code for code, _name in settings.LANGUAGES], settings.LANGUAGE_COOKIE_NAME),
    }
    for name, (allowed, cookie) in choices.items():
        value = request.POST.get(name, "")
        if value not in allowed:
            continue
        response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
        for save in registry.preference_savers:
            save(request, name, value)
    return response


@require_POST
@signed_in
def save_view(request: HttpRequest) -> HttpResponse:
    """Save the way a list looks now under a name, and go back to it."""
    actor = cast(AkinaiRequest, request).actor
    query = {name: values for name, values in QueryDict(request.POST.get("query", "")).lists() if name != "page"}
    try:
        view = services.save_view(
            actor,
            list_key=request.POST.get("list", "")[:60],
            name=request.POST.get("name", ""),
            query=query,
            shared=request.POST.get("shared") == "1",
        )
        toast(request, _("Saved as %(name)s.") % {"name": view.name})
    except BadInput as refused:
        toast(request, refused.sentence, tone="warn")
    return go_to(request, safe_next(request))


@require_POST
@signed_in
def delete_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete a saved view: one's own, or a shared one as a manager."""
    services.delete_view(cast(AkinaiRequest, request).actor, view_id=view_id)
    toast(request, _("The view was deleted."))
    return go_to(request, safe_next(request))


@require_POST
@signed_in
def share_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Show a view to everybody, or take it back for oneself."""
    shared = request.POST.get("shared") == "1"
    services.share_view(cast(AkinaiRequest, request).actor, view_id=view_id, shared=shared)
    toast(request, _("Everybody sees this view now.") if shared else _("Only who made it sees this view now."))
    return go_to(request, safe_next(request))


@require_POST
@signed_in
def move_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Move a view one place to the left, or with `to=right` to the right."""
    actor = cast(AkinaiRequest, request).actor
    services.move_view(actor, view_id=view_id, to_left=request.POST.get("to") != "right")
    return go_to(request, safe_next(request))


@require_POST
@signed_in
def first_view(request: HttpRequest) -> HttpResponse:
    """Say with which view a list opens for oneself; none means as the house has it."""
    text = request.POST.get("view", "")
    view_id = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    actor = cast(AkinaiRequest, request).actor
    services.choose_default(actor, list_key=request.POST.get("list", "")[:60], view_id=view_id)
    toast(request, _("The list opens with this view from now on.") if view_id else _("The list opens as it was made."))
    return go_to(request, safe_next(request))


@require_POST
@signed_in
def columns(request: HttpRequest) -> HttpResponse:
    """Choose the columns of a list; `reset` goes back to those of the house."""
    chosen = [] if "reset" in request.POST else [c[:60] for c in request.POST.getlist("column")][:60]
    actor = cast(AkinaiRequest, request).actor
    services.choose_columns(actor, list_key=request.POST.get("list", "")[:60], columns=chosen)
    return go_to(request, safe_next(request))


@signed_in
def kit_page(request: HttpRequest) -> HttpResponse:
    """Every part of the kit on one page; only where DEBUG is on. Its form is always refused, to show how that looks."""
    if not settings.DEBUG:
        raise Http404
    if wants_partial(request) and request.GET.get("job"):
        return render(request, "ui/parts/job.html", {"job": kit.sample_job()})
    form = kit.KitForm(request.POST or {"tracking": "1234-5678-9012"}, request.FILES or None)
    table = kit.KitTable.for_request(request, SavedView.objects.none())
    status = 422 if request.method == "POST" else 200
    return table.respond(request, "ui/kit.html", {**kit.context(request), "form": form}, status=status)
