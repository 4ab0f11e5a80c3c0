"""Saving ways of looking at lists, for oneself or for everybody. They change nothing else, so nothing is audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused

from .models import SavedView
from .permissions import SHARED_VIEWS

#: More than these nobody finds again.
MOST_VIEWS = 30


@transaction.atomic
def save_view(
    actor: Actor, *, list_key: str, name: str, query: Mapping[str, Sequence[str]], shared: bool = False
) -> SavedView:
    """Keep the parameters of a list under a name, for everybody if `shared`; one's own of the same name is overwritten.

    A blank or too long name and more than 30 views of one list raise BadInput(field="name").
    """
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= 60:
        raise BadInput(_("Give the view a name of 1 to 60 characters."), field="name")
    mine = SavedView.objects.filter(owner=actor.key, list_key=list_key).exclude(name__in=["", wanted])
    if mine.count() >= MOST_VIEWS:
        raise BadInput(_("There are already 30 saved views. Delete one first."), field="name")
    kept = {k: list(v) for k, v in query.items() if k not in ("page", "view")}
    last = _seen_by(actor, list_key).aggregate(last=Max("position"))["last"] or 0
    view, _made = SavedView.objects.update_or_create(
        owner=actor.key,
        list_key=list_key,
        name=wanted,
        defaults={"query": kept, "is_shared": shared, "owner_label": actor.label, "position": last + 1},
    )
    return view


def _seen_by(actor: Actor, list_key: str) -> Any:
    """The named views of a list that stand before this person."""
    return SavedView.objects.filter(Q(owner=actor.key) | Q(is_shared=True), list_key=list_key).exclude(name="")


def may_change(actor: Actor, view: SavedView) -> bool:
    """Whether somebody may delete, move or take back a view: their own, or as a manager any that is shared."""
    return view.owner == actor.key or (view.is_shared and actor.may(SHARED_VIEWS))


def _changeable(actor: Actor, view_id: int) -> SavedView:
    """The view, held until the end of the transaction. One that is not before this person's eyes is NotFound."""
    view = SavedView.objects.select_for_update().filter(pk=view_id).exclude(name="").first()
    if view is None or not (view.is_shared or view.owner == actor.key):
        raise NotFound(_("This view is not there any more."))
    if not may_change(actor, view):
        raise Refused(_("Only who made this view or a manager may change it."))
    return view


@transaction.atomic
def delete_view(actor: Actor, *, view_id: int) -> None:
    """Delete a view of one's own or, as a manager, a shared one. Raises NotFound, Refused for a colleague's."""
    _changeable(actor, view_id).delete()


@transaction.atomic
def share_view(actor: Actor, *, view_id: int, shared: bool) -> SavedView:
    """Show a view to everybody, or again only to who made it. Raises as `delete_view`."""
    view = _changeable(actor, view_id)
    view.is_shared = shared
    view.save(update_fields=["is_shared"])
    return view


@transaction.atomic
def move_view(actor: Actor, *, view_id: int, to_left: bool) -> None:
    """Change places with the neighbour among the shared views, or among one's own. Raises as `delete_view`."""
    view = _changeable(actor, view_id)
    row = list(_seen_by(actor, view.list_key).filter(is_shared=view.is_shared).order_by("position", "pk"))
    at = row.index(view)
    to = at + (-1 if to_left else 1)
    if not 0 <= to < len(row):
        return
    row[at], row[to] = row[to], row[at]
    for position, each in enumerate(row, 1):
        each.position = position
    SavedView.objects.bulk_update(row, ["position"])


@transaction.atomic
def choose_default(actor: Actor, *, list_key: str, view_id: int | None) -> None:
    """Open a list with this view from now on, for this person alone; None opens it as the house does."""
    if view_id is not None and not _seen_by(actor, list_key).filter(pk=view_id).exists():
        raise NotFound(_("This view is not there any more."))
    _choose(actor, list_key, {"default": view_id})


@transaction.atomic
def choose_columns(actor: Actor, *, list_key: str, columns: Sequence[str]) -> None:
    """Keep which columns of a list this person wants to see; none means those of the house."""
    _choose(actor, list_key, {"columns": list(columns)})


def _choose(actor: Actor, list_key: str, chosen: dict[str, Any]) -> None:
    row, made = SavedView.objects.get_or_create(owner=actor.key, list_key=list_key, name="", defaults={"query": chosen})
    if not made:
        row.query = {**row.query, **chosen}
        row.save(update_fields=["query"])
