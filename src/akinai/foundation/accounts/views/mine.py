"""One's own settings: language, brightness, password."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.accounts import services
from akinai.foundation.accounts.forms import OwnPasswordForm, PreferencesForm
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import signed_in
from akinai.foundation.ui.toasts import toast


@signed_in
@require_GET
def me(request: AkinaiRequest) -> HttpResponse:
    """The page."""
    return _page(request)


@signed_in
@require_POST
def preferences(request: AkinaiRequest) -> HttpResponse:
    """Keep language and brightness."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return _page(request, preferences=form)
    services.set_preferences(request.actor, staff_id=_staff(request).pk, **form.cleaned_data)
    toast(request, _("Kept."))
    return redirect("accounts:me")


@signed_in
@sensitive_post_parameters("current", "password")
@require_POST
def password(request: AkinaiRequest) -> HttpResponse:
    """Change one's own password; this session goes on, all others end."""
    form = OwnPasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, password=form)
    data = form.cleaned_data
    try:
        staff = services.change_own_password(
            request.actor, staff_id=_staff(request).pk, current=data["current"], new=data["password"]
        )
    except AkinaiError as error:
        form.say(error)
        return _page(request, password=form)
    update_session_auth_hash(request, staff)
    toast(request, _("The password is changed. You are signed out everywhere else."))
    return redirect("accounts:me")


def save_preference(request: AkinaiRequest, name: str, value: str) -> None:
    """Keep what was chosen in the bar; `name` is language or theme. Visitors keep theirs in a cookie."""
    if isinstance(request.user, Staff):
        services.set_preferences(request.actor, staff_id=request.user.pk, **{name: value})


def _staff(request: AkinaiRequest) -> Staff:
    """Who is signed in; the route lets nobody else in."""
    assert isinstance(request.user, Staff)
    return request.user


def _page(
    request: AkinaiRequest, preferences: PreferencesForm | None = None, password: OwnPasswordForm | None = None
) -> HttpResponse:
    staff = _staff(request)
    context = {
        "staff": staff,
        "preferences": preferences or PreferencesForm.of(staff),
        "password": password or OwnPasswordForm(),
    }
    status = 422 if preferences or password else 200
    return render(request, "accounts/me.html", context, status=status)
