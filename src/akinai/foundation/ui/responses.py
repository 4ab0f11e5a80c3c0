"""One way to answer: the whole page, or for htmx the part of it that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails


def wants_partial(request: HttpRequest) -> bool:
    """True if htmx asks for a fragment (and not for a whole page by boost or after a lost history entry)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_or_partial(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    partial: str = "content",
    status: int = 200,
) -> HttpResponse:
    """Render `template` as a page, or its `{% partialdef <partial> %}` for htmx.

    After the fragment come the toasts that are waiting, out of band, so that a fragment can say something too. Pass
    status=422 for a form that was refused: htmx swaps it in with what was typed.
    """
    part = wants_partial(request)
    response = render(request, f"{template}#{partial}" if part else template, dict(context), status=status)
    if part:
        response.write(render(request, "ui/parts/toasts_oob.html").content)
    patch_vary_headers(response, ("HX-Request", "HX-Boosted"))
    return response


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where to go back to: `next` of the form or query if it is a path or address of this host, else `fallback`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # a bare word would be taken for the name of a route
    if wanted.startswith(("/", "http")) and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return fallback


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url` after a POST: a redirect, or for htmx the header that makes it go there."""
    if wants_partial(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)
