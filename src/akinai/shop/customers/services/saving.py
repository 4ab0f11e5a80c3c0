"""Changing what is known of a customer by hand."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from akinai.foundation.accounts.models import Language
from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import mask_cards
from akinai.shop.customers.identity import keys_of, search_text
from akinai.shop.customers.models import Customer
from akinai.shop.customers.types import Buyer


@transaction.atomic
def save_customer(
    actor: Actor, *, facts: Buyer, note: str = "", language: str = "", customer: Customer | None = None
) -> Customer:
    """Add a customer, or change one; orders keep the names and addresses they were placed with.

    `language` is what their mails are written in, blank as at the store (MAIL-12). Raises BadInput without any name,
    and for a mail address (or phone and name) another customer is known by: those two are one person and are merged
    instead (AN-10).
    """
    if not (facts.name.strip() or facts.company.strip()):
        raise BadInput(_("Give a name or a company."), field="name")
    row = customer or Customer()
    told: dict[str, str | None] = {key: value for key, value in asdict(facts).items() if key != "mail_is_masked"}
    told |= {"note": mask_cards(note), "language": language or None}
    changes = {name: [getattr(row, name), value] for name, value in told.items() if getattr(row, name) != value}
    for name, value in told.items():
        setattr(row, name, value)
    _set_keys(row, facts)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise BadInput(_("Another customer has this mail address. Merge the two instead."), field="mail") from None
    if changes:
        audit.record(
            actor, "customers.changed" if customer else "customers.added", f"customer:{row.pk}", detail=changes
        )
    return row


@transaction.atomic
def set_language(actor: Actor, *, customer_id: int, language: str) -> None:
    """Keep what a buyer's mails are written in, as they said on the phone (MAIL-12). Raises BadInput for none."""
    if language not in Language.values:
        raise BadInput(_("Choose a language."), field="language")
    row = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if row.language != language:
        changes = {"language": [row.language, language]}
        row.language = language
        row.save(update_fields=["language"])
        audit.record(actor, "customers.changed", f"customer:{row.pk}", detail=changes)


def _set_keys(row: Customer, facts: Buyer) -> None:
    keys = keys_of(facts)
    row.mail_key, row.phone_key, row.name_key, row.address_key = keys.mail, keys.phone, keys.name, keys.address
    row.identity = keys.identity
    row.search_text = search_text(facts, row.note)
