"""Reading accounts."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.permissions import all_permissions

from .models import ApiToken, Staff


def no_staff_yet() -> bool:
    """True until the first account exists: the first-run wizard is open only then."""
    return not Staff.objects.exists()


def all_staff() -> QuerySet[Staff]:
    """Everybody, people at work first."""
    return Staff.objects.order_by("-is_active", "display_name", "pk")


def staff_member(staff_id: int) -> Staff:
    """One account; `NotFound` if there is none."""
    found = Staff.objects.filter(pk=staff_id).first()
    if found is None:
        raise NotFound(_("There is no such staff account."))
    return found


def names_who_may(permission: str, limit: int = 5) -> list[str]:
    """Display names of people at work who hold a permission, at most `limit`."""
    roles = [r.value for r in all_permissions()[permission].roles]
    people = Staff.objects.filter(is_active=True, role__in=roles)
    return list(people.order_by("display_name").values_list("display_name", flat=True)[:limit])


def all_tokens() -> QuerySet[ApiToken]:
    """API tokens, newest first, revoked ones too: their deeds are still named by them."""
    return ApiToken.objects.order_by("-pk")


def token(token_id: int) -> ApiToken:
    """One API token; `NotFound` if there is none."""
    found = ApiToken.objects.filter(pk=token_id).first()
    if found is None:
        raise NotFound(_("There is no such API token."))
    return found
