"""Settings pages of the shop: who it is, where it sells, when it works, its numbers and its tax rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast

from . import months, numbers, permissions, selectors, services, settings, states
from .fields import carried_out
from .forms import ClosingForm, SettingForm, ShopForm, StoreForm, TaxRateForm, WeekForm
from .models import Store, TaxRate


@requires(permissions.VIEW)
@require_GET
def shop(request: AkinaiRequest) -> HttpResponse:
    """Who sells, by law and on paper."""
    return _shop_page(request, ShopForm(instance=selectors.shop()))


@requires(permissions.EDIT)
@require_POST
def shop_save(request: AkinaiRequest) -> HttpResponse:
    """Keep what was typed about the shop."""
    form = ShopForm(request.POST, instance=selectors.shop())
    if carried_out(form, lambda: services.update_shop(request.actor, changes=form.changes())):
        toast(request, _("Saved."))
        return redirect("stores:shop")
    return _shop_page(request, form, status=422)


def _shop_page(request: AkinaiRequest, form: ShopForm, status: int = 200) -> HttpResponse:
    blank = [_legal_name(name) for name in selectors.missing_legal_fields(selectors.shop())]
    context = {"form": form, "blank": blank, "may_edit": request.actor.may(permissions.EDIT)}
    return render(request, "stores/shop.html", context, status=status)


def _legal_name(name: str) -> str:
    if name in states.LEGAL_FIELDS:
        return str(states.LEGAL_FIELDS[name])
    return str(selectors.shop()._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@requires(permissions.VIEW)
@require_GET
def store_list(request: AkinaiRequest) -> HttpResponse:
    """Every selling place with its settings."""
    context = {"stores": selectors.all_stores(), "may_edit": request.actor.may(permissions.EDIT)}
    return render(request, "stores/store_list.html", context)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def store_edit(request: AkinaiRequest, store_id: int | None = None) -> HttpResponse:
    """Add a store or change one."""
    store = Store() if store_id is None else selectors.store_by_id(store_id)
    form = StoreForm(request.POST or None, instance=store)
    save = partial(services.save_store, request.actor, store_id=store_id)
    if request.method == "POST" and carried_out(form, lambda: save(changes=form.changes())):
        toast(request, _("Saved."))
        return redirect("stores:store_list")
    context = {"form": form, "store": store, "asks": selectors.must_ask_who_mails(store)}
    return render(request, "stores/store_edit.html", context, status=422 if request.method == "POST" else 200)


@requires(permissions.VIEW)
@require_GET
def calendar(request: AkinaiRequest) -> HttpResponse:
    """A month of open and closed days."""
    return _calendar_page(request)


def _calendar_page(
    request: AkinaiRequest, week: WeekForm | None = None, closing: ClosingForm | None = None
) -> HttpResponse:
    first = months.asked(request.GET.get("month", ""), clock.today())
    refused = week is not None or closing is not None
    shop = selectors.shop()
    kept = {"closed_weekdays": shop.closed_weekdays, "closed_on_holidays": shop.closed_on_holidays}
    before, after = months.neighbours(first)
    context = {
        "first": first,
        "before": before,
        "after": after,
        "weeks": months.weeks(
            first, calendar=selectors.business_calendar(), notes=selectors.day_notes(first), today=clock.today()
        ),
        "week": week or WeekForm(initial=kept),
        "closing": closing or ClosingForm(),
        "may_edit": request.actor.may(permissions.EDIT),
    }
    return render(request, "stores/calendar.html", context, status=422 if refused else 200)


@requires(permissions.EDIT)
@require_POST
def calendar_week(request: AkinaiRequest) -> HttpResponse:
    """Keep the weekly rule."""
    form = WeekForm(request.POST)
    if carried_out(form, lambda: services.update_shop(request.actor, changes=form.cleaned_data)):
        toast(request, _("Saved."))
        return redirect("stores:calendar")
    return _calendar_page(request, week=form)


@requires(permissions.EDIT)
@require_POST
def calendar_closing(request: AkinaiRequest) -> HttpResponse:
    """Close a run of days."""
    form = ClosingForm(request.POST)
    if carried_out(form, lambda: services.close_days(request.actor, **form.cleaned_data)):
        toast(request, _("Saved."))
        return redirect(_month_url(form.cleaned_data["first"]))
    return _calendar_page(request, closing=form)


@requires(permissions.EDIT)
@require_POST
def calendar_day(request: AkinaiRequest) -> HttpResponse:
    """Close a day, open it, or let it follow the rule again."""
    try:
        day = dt.date.fromisoformat(request.POST.get("date", ""))
    except ValueError:
        raise Http404 from None
    deeds: dict[str, Callable[..., object]] = {
        "close": services.close_day,
        "open": services.open_day,
        "clear": services.clear_day,
    }
    deed = deeds.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    deed(request.actor, date=day)
    toast(request, _("Saved."))
    return redirect(_month_url(day))


def _month_url(day: dt.date) -> str:
    return f"{reverse('stores:calendar')}?month={day:%Y-%m}"


@requires(permissions.VIEW)
@require_GET
def number_list(request: AkinaiRequest) -> HttpResponse:
    """Every declared setting with its present value and what is planned."""
    context = {"groups": numbers.groups(clock.today()), "may_edit": request.actor.may(permissions.EDIT)}
    return render(request, "stores/number_list.html", context)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def number_edit(request: AkinaiRequest, key: str) -> HttpResponse:
    """Set one setting from a day on."""
    declaration = settings.declarations().get(key)
    if declaration is None:
        raise Http404
    initial = {"value": settings.value(key), "effective_from": clock.today()}
    form = SettingForm(request.POST or None, declaration=declaration, initial=initial)
    save = partial(services.set_setting, request.actor, key=key)
    if request.method == "POST" and carried_out(form, lambda: save(**form.cleaned_data)):
        toast(request, _("Saved."))
        return redirect("stores:number_list")
    context = {"form": form, "declaration": declaration, "line": numbers.line(declaration, clock.today())}
    return render(request, "stores/number_edit.html", context, status=422 if request.method == "POST" else 200)


@requires(permissions.EDIT)
@require_POST
def number_remove(request: AkinaiRequest, setting_id: int) -> HttpResponse:
    """Take back a planned value."""
    services.remove_setting(request.actor, setting_id=setting_id)
    toast(request, _("Taken back."))
    return redirect("stores:number_list")


@requires(permissions.VIEW)
@require_GET
def tax(request: AkinaiRequest) -> HttpResponse:
    """Tax rates, and the form for a new one."""
    return _tax_page(request, TaxRateForm())


@requires(permissions.EDIT)
@require_POST
def tax_add(request: AkinaiRequest) -> HttpResponse:
    """A new rate from a day on."""
    form = TaxRateForm(request.POST)
    if carried_out(form, lambda: services.add_tax_rate(request.actor, **form.cleaned_data)):
        toast(request, _("Saved."))
        return redirect("stores:tax")
    return _tax_page(request, form, status=422)


@requires(permissions.EDIT)
@require_POST
def tax_remove(request: AkinaiRequest, rate_id: int) -> HttpResponse:
    """Take back a rate that has not begun."""
    services.remove_tax_rate(request.actor, rate_id=rate_id)
    toast(request, _("Taken back."))
    return redirect("stores:tax")


def _tax_page(request: AkinaiRequest, form: TaxRateForm, status: int = 200) -> HttpResponse:
    context = {
        "rates": list(TaxRate.objects.order_by("code", "-effective_from")),
        "form": form,
        "today": clock.today(),
        "may_edit": request.actor.may(permissions.EDIT),
    }
    return render(request, "stores/tax.html", context, status=status)
