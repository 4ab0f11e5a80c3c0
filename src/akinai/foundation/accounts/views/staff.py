"""Who works here: list, add, change, stop; and what the roles may do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.accounts import permissions, selectors, services
from akinai.foundation.accounts.forms import NewPasswordForm, NewStaffForm, StaffForm
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.errors import AkinaiError, BadInput, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import Role, all_permissions, requires
from akinai.foundation.ui.toasts import toast


@requires(permissions.STAFF)
@require_GET
def staff_list(request: AkinaiRequest) -> HttpResponse:
    """Everybody, people at work first."""
    return render(request, "accounts/staff_list.html", {"people": selectors.all_staff()})


@requires(permissions.STAFF)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def staff_add(request: AkinaiRequest) -> HttpResponse:
    """A new account."""
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff = services.create_staff(request.actor, **form.cleaned_data)
        except BadInput as error:
            form.say(error)
        else:
            toast(request, _("%(name)s can sign in now.") % {"name": staff.display_name})
            return redirect("accounts:staff_list")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/staff_add.html", {"form": form}, status=status)


@requires(permissions.STAFF)
@require_http_methods(["GET", "POST"])
def staff_edit(request: AkinaiRequest, staff_id: int) -> HttpResponse:
    """Change an account."""
    staff = selectors.staff_member(staff_id)
    kept = {"display_name": staff.display_name, "login": staff.login, "role": staff.role}
    form = StaffForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_staff(request.actor, staff_id=staff_id, **form.cleaned_data)
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("accounts:staff_list")
    return _edit_page(request, staff, form=form, status=422 if request.method == "POST" else 200)


@requires(permissions.STAFF)
@sensitive_post_parameters("password")
@require_POST
def staff_password(request: AkinaiRequest, staff_id: int) -> HttpResponse:
    """Give somebody a new password."""
    staff = selectors.staff_member(staff_id)
    form = NewPasswordForm(request.POST)
    if form.is_valid():
        try:
            services.set_password(request.actor, staff_id=staff_id, password=form.cleaned_data["password"])
        except AkinaiError as error:
            form.say(error)
        else:
            toast(request, _("%(name)s has a new password and is signed out.") % {"name": staff.display_name})
            return redirect("accounts:staff_list")
    return _edit_page(request, staff, password=form, status=422)


@requires(permissions.STAFF)
@require_POST
def staff_stop(request: AkinaiRequest, staff_id: int) -> HttpResponse:
    """Close an account."""
    services.stop_staff(request.actor, staff_id=staff_id)
    toast(request, _("The account is stopped."))
    return redirect("accounts:staff_list")


@requires(permissions.STAFF)
@require_POST
def staff_start(request: AkinaiRequest, staff_id: int) -> HttpResponse:
    """Open a stopped account again."""
    services.start_staff(request.actor, staff_id=staff_id)
    toast(request, _("The account is open again."))
    return redirect("accounts:staff_list")


@requires(permissions.STAFF)
@require_GET
def roles(request: AkinaiRequest) -> HttpResponse:
    """Which role may do what, read from the registry."""
    known = sorted(all_permissions().values(), key=lambda p: p.name)
    rows = [(p.label, [role in p.roles for role in Role]) for p in known]
    heads = [(permissions.ROLE_LABELS[role], permissions.ROLE_NOTES[role]) for role in Role]
    return render(request, "accounts/roles.html", {"heads": heads, "rows": rows})


def _edit_page(
    request: AkinaiRequest,
    staff: Staff,
    *,
    form: StaffForm | None = None,
    password: NewPasswordForm | None = None,
    status: int,
) -> HttpResponse:
    kept = {"display_name": staff.display_name, "login": staff.login, "role": staff.role}
    context = {"staff": staff, "form": form or StaffForm(initial=kept), "password": password or NewPasswordForm()}
    return render(request, "accounts/staff_edit.html", context, status=status)
