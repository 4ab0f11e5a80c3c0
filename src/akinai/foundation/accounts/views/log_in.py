"""Coming in and going out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.accounts import selectors, throttle
from akinai.foundation.accounts.forms import LoginForm
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public
from akinai.foundation.ui.responses import safe_next


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: AkinaiRequest) -> HttpResponse:
    """The log-in page. Wrong tries are slowed; the answer never tells whether an account exists."""
    if request.user.is_authenticated:
        return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
    if request.method == "GET" and selectors.no_staff_yet() and (setup := _setup_url()):
        return redirect(setup)
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try_log_in(request, form)
    return _login_page(request, form, 200 if request.method == "GET" else 422)


def _try_log_in(request: AkinaiRequest, form: LoginForm) -> HttpResponse:
    name, address = form.cleaned_data["login"], throttle.client_address(request)
    wait = throttle.charge(name, address)
    if wait:
        form.add_error(None, _("Too many wrong tries. Please wait %(n)s seconds.") % {"n": wait})
        response = _login_page(request, form, 429)
        response.headers["Retry-After"] = str(wait)
        return response
    staff = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(staff, Staff):
        form.add_error(None, _("The log-in name or the password is wrong."))
        return _login_page(request, form, 422)
    throttle.forgive(name, address)
    login(request, staff)
    return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))


def _login_page(request: AkinaiRequest, form: LoginForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": safe_next(request, settings.LOGIN_REDIRECT_URL),
        "nobody": selectors.no_staff_yet(),
    }
    return render(request, "accounts/login.html", context, status=status)


@public
@require_POST
def log_out(request: AkinaiRequest) -> HttpResponseRedirect:
    """End this session."""
    logout(request)
    return redirect(settings.LOGIN_URL)


def _setup_url() -> str:
    try:
        return resolve_url(settings.AKINAI_SETUP_URL)
    except NoReverseMatch:
        return ""
