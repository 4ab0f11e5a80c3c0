"""The first five minutes of a shop: its name and its owner, in one go."""

from __future__ import annotations

from django.db import transaction

from akinai.foundation.accounts.models import Staff
from akinai.foundation.accounts.services import create_first_owner
from akinai.foundation.core.actor import Actor
from akinai.shop.stores import services as stores


@transaction.atomic
def found_shop(actor: Actor, *, shop_name: str, login: str, display_name: str, password: str, language: str) -> Staff:
    """Name the shop and make its owner, both or neither. Raises Refused once anybody works here, BadInput by field."""
    owner = create_first_owner(actor, login=login, display_name=display_name, password=password, language=language)
    stores.update_shop(owner.actor, changes={"name": shop_name})
    return owner
