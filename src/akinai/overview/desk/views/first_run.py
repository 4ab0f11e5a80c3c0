"""The first run: name the shop, make its owner, then see what is left to do."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from akinai.foundation.accounts import selectors
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public, requires
from akinai.overview.desk import checklist, services
from akinai.overview.desk.forms import FirstRunForm
from akinai.shop.stores.permissions import EDIT
from akinai.shop.stores.selectors import shop


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def setup(request: AkinaiRequest) -> HttpResponse:
    """Open only while nobody works here; afterwards it leads to Today (or to the log-in)."""
    if not selectors.no_staff_yet():
        return redirect("desk:today")
    form = FirstRunForm(request.POST if request.method == "POST" else None, initial={"shop_name": shop().name})
    if request.method == "POST" and form.is_valid():
        try:
            language = "en" if (get_language() or "ja").startswith("en") else "ja"
            owner = services.found_shop(SYSTEM, language=language, **form.cleaned_data)
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            login(request, owner)
            return redirect("desk:checklist")
    return render(request, "desk/setup.html", {"form": form}, status=422 if request.method == "POST" else 200)


@requires(EDIT)
@require_GET
def to_do(request: AkinaiRequest) -> HttpResponse:
    """What is missing before the first order, and where it is put."""
    found = checklist.steps()
    needed = [step for step in found if not step.optional]
    done = sum(step.is_done for step in needed)
    upcoming = next((step for step in needed if not step.is_done), None)
    context = {"steps": found, "done": done, "needed": len(needed), "upcoming": upcoming}
    return render(request, "desk/checklist.html", context)
