"""Use cases of accounts: people come, change and leave; tokens are made and revoked."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.permissions import Role, all_permissions
from akinai.foundation.core.text import nfkc

from . import passwords, tokens
from .models import ApiToken, Language, Staff, Theme


def tidy_login(login: str) -> str:
    """The one form of a log-in name: NFKC, no blanks, lower case."""
    return "".join(nfkc(login).split()).lower()


@transaction.atomic
def create_staff(
    actor: Actor, *, login: str, display_name: str, role: Role | str, password: str, language: str = Language.JA
) -> Staff:
    """Add a member of staff who can sign in at once.

    Raises `BadInput` (field `login`, `display_name`, `role`, `language` or `password`). Audited without the password.
    """
    staff = _new(login, display_name, role, language)
    _set_password(staff, password)
    _save(staff)
    audit.record(actor, "accounts.create_staff", staff.key, detail={"login": staff.login, "role": staff.role})
    return staff


@transaction.atomic
def create_first_owner(
    actor: Actor, *, login: str, display_name: str, password: str, language: str = Language.JA
) -> Staff:
    """Make the first account of a new shop, an owner; for the first-run wizard.

    Raises `Refused` if anybody exists already (of two wizards at the same moment one wins) and `BadInput` as
    `create_staff` does.
    """
    if Staff.objects.exists():
        raise _already_set_up()
    staff = _new(login, display_name, Role.OWNER, language)
    staff.is_founder = True
    _set_password(staff, password)
    try:
        with transaction.atomic():
            staff.save()
    except IntegrityError:
        raise _already_set_up() from None
    audit.record(actor, "accounts.create_first_owner", staff.key, detail={"login": staff.login})
    return staff


@transaction.atomic
def change_staff(actor: Actor, *, staff_id: int, login: str, display_name: str, role: Role | str) -> Staff:
    """Change how somebody signs in, is called and what they may do; a new role counts from their next click.

    Raises `Refused` if it would leave the shop without an owner, `BadInput` and `NotFound`.
    """
    staff, others = _locked_beside_owners(staff_id)
    before = {"login": staff.login, "display_name": staff.display_name, "role": staff.role}
    staff.login, staff.display_name, staff.role = tidy_login(login), nfkc(display_name), checked_role(role)
    _check_fields(staff)
    if staff.is_active and before["role"] == Role.OWNER != staff.role and not others:
        raise _last_owner()
    _save(staff)
    after = {"login": staff.login, "display_name": staff.display_name, "role": staff.role}
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    audit.record(actor, "accounts.change_staff", staff.key, detail=changes)
    return staff


@transaction.atomic
def stop_staff(actor: Actor, *, staff_id: int) -> None:
    """Close an account: it can't sign in any more and all its sessions end. Stopping twice changes nothing.

    Raises `Refused` for the last owner, `NotFound`.
    """
    staff, others = _locked_beside_owners(staff_id)
    if not staff.is_active:
        return
    if staff.role == Role.OWNER and not others:
        raise _last_owner()
    Staff.objects.filter(pk=staff.pk).update(is_active=False, session_epoch=F("session_epoch") + 1)
    audit.record(actor, "accounts.stop_staff", staff.key)


@transaction.atomic
def start_staff(actor: Actor, *, staff_id: int) -> None:
    """Open a stopped account again, with the password it had; sessions from before stay ended. Raises `NotFound`."""
    staff = _locked(staff_id)
    if guarded_update(Staff.objects.filter(pk=staff.pk), Q(is_active=False), is_active=True):
        audit.record(actor, "accounts.start_staff", staff.key)


@transaction.atomic
def set_password(actor: Actor, *, staff_id: int, password: str) -> Staff:
    """Give somebody a new password; all their sessions end. Raises `BadInput` (field `password`) and `NotFound`."""
    staff = _locked(staff_id)
    _set_password(staff, password)
    staff.session_epoch += 1
    staff.save(update_fields=["password", "session_epoch"])
    audit.record(actor, "accounts.set_password", staff.key)
    return staff


@transaction.atomic
def change_own_password(actor: Actor, *, staff_id: int, current: str, new: str) -> Staff:
    """Change one's own password; all sessions but the one that asks end (the view keeps that one).

    Raises `BadInput` with field `current` if the present password is wrong, `password` if the new one can't be used.
    """
    staff = _locked(staff_id)
    if not staff.check_password(passwords.tidy(current)):
        raise BadInput(_("This is not your present password."), field="current", code="wrong_password")
    return set_password(actor, staff_id=staff_id, password=new)


@transaction.atomic
def set_preferences(actor: Actor, *, staff_id: int, language: str | None = None, theme: str | None = None) -> Staff:
    """Keep how somebody likes to read; what is None stays. Raises `BadInput` (field `language` or `theme`)."""
    staff = _locked(staff_id)
    staff.language = language if language is not None else staff.language
    staff.theme = theme if theme is not None else staff.theme
    _check_fields(staff)
    staff.save(update_fields=["language", "theme"])
    detail = {"language": staff.language, "theme": staff.theme}
    audit.record(actor, "accounts.set_preferences", staff.key, detail=detail)
    return staff


@transaction.atomic
def create_token(actor: Actor, *, name: str, scopes: Sequence[str]) -> tuple[ApiToken, str]:
    """Make an API token; returns it with its secret, which is shown once and not kept.

    Raises `BadInput` (field `name` or `scopes`): a token holds at least one permission that is open to tokens, and no
    two living ones share a name, so that a form sent twice makes one.
    """
    known, wanted = all_permissions(), sorted(set(scopes))
    title = nfkc(name)
    if not title or len(title) > 60:
        raise BadInput(_("Give a name of at most 60 characters."), field="name")
    if not wanted or any(s not in known or not known[s].scope for s in wanted):
        raise BadInput(_("Choose at least one thing the token may do."), field="scopes")
    if ApiToken.objects.filter(name=title, revoked_at__isnull=True).exists():
        raise BadInput(_("There is a token of this name already. Revoke it first, or give another name."), field="name")
    secret = tokens.new_secret()
    token = ApiToken.objects.create(
        name=title, secret_hash=tokens.hash_of(secret), hint=tokens.hint_of(secret), scopes=wanted, created_by=actor.key
    )
    audit.record(actor, "accounts.create_token", token.key, detail={"name": title, "scopes": wanted})
    return token, secret


@transaction.atomic
def revoke_token(actor: Actor, *, token_id: int) -> None:
    """End a token at once and for good; revoking twice changes nothing. Raises `NotFound`."""
    if not ApiToken.objects.filter(pk=token_id).exists():
        raise NotFound(_("There is no such API token."))
    living = Q(revoked_at__isnull=True)
    if guarded_update(ApiToken.objects.filter(pk=token_id), living, revoked_at=clock.now()):
        audit.record(actor, "accounts.revoke_token", f"token:{token_id}")


def checked_role(role: Role | str) -> str:
    """The role's word; raises `BadInput` for one that does not exist."""
    try:
        return Role(role).value
    except ValueError:
        raise BadInput(_("There is no such role."), field="role") from None


def _new(login: str, display_name: str, role: Role | str, language: str) -> Staff:
    staff = Staff(login=tidy_login(login), display_name=nfkc(display_name), language=language, role=checked_role(role))
    _check_fields(staff)
    return staff


def _save(staff: Staff) -> None:
    """Save; a log-in name somebody else has is the one thing only the database can tell for sure."""
    try:
        with transaction.atomic():
            staff.save()
    except IntegrityError:
        raise BadInput(_("This log-in name is taken."), field="login", code="login_taken") from None


def _locked(staff_id: int) -> Staff:
    found = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if found is None:
        raise NotFound(_("There is no such staff account."))
    return found


def _locked_beside_owners(staff_id: int) -> tuple[Staff, bool]:
    """The account, and whether the shop has an owner at work besides it.

    All rows are locked in one order, so of two owners who demote each other at the same moment one stays.
    """
    owners = Q(role=Role.OWNER, is_active=True)
    rows = list(Staff.objects.select_for_update().filter(owners | Q(pk=staff_id)).order_by("pk"))
    staff = next((row for row in rows if row.pk == staff_id), None)
    if staff is None:
        raise NotFound(_("There is no such staff account."))
    return staff, any(row.pk != staff_id for row in rows)


def _last_owner() -> Refused:
    return Refused(_("The shop needs at least one owner. Make somebody else owner first."), code="last_owner")


def _already_set_up() -> Refused:
    return Refused(_("This shop is already set up. Sign in instead."), code="already_set_up")


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
