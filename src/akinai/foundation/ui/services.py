"""Saving ways of looking at lists. They belong to one person and change nothing else, so nothing is audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound

from .models import SavedView

#: More than these nobody finds again.
MOST_VIEWS = 30


@transaction.atomic
def save_view(actor: Actor, *, list_key: str, name: str, query: Mapping[str, Sequence[str]]) -> SavedView:
    """Keep the parameters of a list under a name; the same name is overwritten.

    A blank or too long name and more than 30 views of one list raise BadInput(field="name").
    """
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= 60:
        raise BadInput(_("Give the view a name of 1 to 60 characters."), field="name")
    mine = SavedView.objects.filter(owner=actor.key, list_key=list_key).exclude(name__in=["", wanted])
    if mine.count() >= MOST_VIEWS:
        raise BadInput(_("There are already 30 saved views. Delete one first."), field="name")
    kept = {k: list(v) for k, v in query.items() if k != "page"}
    view, _made = SavedView.objects.update_or_create(
        owner=actor.key, list_key=list_key, name=wanted, defaults={"query": kept}
    )
    return view


@transaction.atomic
def delete_view(actor: Actor, *, view_id: int) -> None:
    """Delete one of one's own views; anybody else's is NotFound."""
    gone, _by_model = SavedView.objects.filter(owner=actor.key, pk=view_id).exclude(name="").delete()
    if not gone:
        raise NotFound(_("This view is not there any more."))


@transaction.atomic
def choose_columns(actor: Actor, *, list_key: str, columns: Sequence[str]) -> None:
    """Keep which columns of a list this person wants to see; none means those of the house."""
    SavedView.objects.update_or_create(
        owner=actor.key, list_key=list_key, name="", defaults={"query": {"columns": list(columns)}}
    )
