"""Pages of the kit itself."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public, signed_in

from . import registry
from .frame import THEMES
from .responses import page_or_partial, safe_next
from .search import find

YEAR = 365 * 24 * 60 * 60


@require_GET
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything. A single hit is opened at once, as a scanner expects; htmx gets the list."""
    text = request.GET.get("q", "")
    found = find(text, cast(AkinaiRequest, request).actor)
    hits = [hit for answer in found for hit in answer.hits]
    context = {"text": text, "found": found, "title": gettext("Search")}
    if len(hits) == 1 and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(hits[0].url)
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
        "language": ([c for c, _ in settings.LANGUAGES], settings.LANGUAGE_COOKIE_NAME),
    }
    for name, (allowed, cookie) in choices.items():
        value = request.POST.get(name, "")
        if value not in allowed:
            continue
        response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
        for save in registry.preference_savers:
            save(request, name, value)
    return response
