"""Use cases of accounts: people come, change and leave; tokens are made and revoked."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.permissions import Role
from akinai.foundation.core.text import nfkc

from . import passwords
from .models import Language, Staff, Theme


def tidy_login(login: str) -> str:
    """The one form of a log-in name: NFKC, no blanks, lower case."""
    return "".join(nfkc(login).split()).lower()


@transaction.atomic
def create_staff(
    actor: Actor, *, login: str, display_name: str, role: Role | str, password: str, language: str = Language.JA
) -> Staff:
    """Add a member of staff who can sign in at once.

    Raises `BadInput` (field `login`, `display_name`, `role`, `language` or `password`).
    """
    return _create(login, display_name, role, password, language, founder=None)


@transaction.atomic
def create_first_owner(
    actor: Actor, *, login: str, display_name: str, password: str, language: str = Language.JA
) -> Staff:
    """Make the first account of a new shop, an owner; for the first-run wizard.

    Raises `Refused` if anybody exists already; of two wizards at the same moment one wins.
    """
    if Staff.objects.exists():
        raise Refused(_("This shop is already set up. Sign in instead."), code="already_set_up")
    return _create(login, display_name, Role.OWNER, password, language, founder=True)


def _create(
    login: str, display_name: str, role: Role | str, password: str, language: str, *, founder: bool | None
) -> Staff:
    staff = Staff(login=tidy_login(login), display_name=nfkc(display_name), language=language, is_founder=founder)
    staff.role = checked_role(role)
    _check_fields(staff)
    _set_password(staff, password)
    try:
        with transaction.atomic():
            staff.save()
    except IntegrityError:
        if founder and Staff.objects.filter(is_founder=True).exists():
            raise Refused(_("This shop is already set up. Sign in instead."), code="already_set_up") from None
        raise BadInput(_("This log-in name is taken."), field="login", code="login_taken") from None
    return staff


def checked_role(role: Role | str) -> str:
    """The role's word; raises `BadInput` for one that does not exist."""
    try:
        return Role(role).value
    except ValueError:
        raise BadInput(_("There is no such role."), field="role") from None


def _check_fields(staff: Staff) -> None:
    if not staff.login or len(staff.login) > 254:
        raise BadInput(_("Give a log-in name of at most 254 characters."), field="login")
    if not staff.display_name or len(staff.display_name) > 60:
        raise BadInput(_("Give a name of at most 60 characters."), field="display_name")
    if staff.language not in Language.values:
        raise BadInput(_("There is no such language."), field="language")
    if staff.theme not in Theme.values:
        raise BadInput(_("There is no such theme."), field="theme")


def _set_password(staff: Staff, password: str) -> None:
    plain = passwords.tidy(password)
    if len(plain) > passwords.LONGEST:
        raise BadInput(_("This password is too long."), field="password")
    try:
        validate_password(plain, staff)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="password", code="weak_password") from None
    staff.set_password(plain)
