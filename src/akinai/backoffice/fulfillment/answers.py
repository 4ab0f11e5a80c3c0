"""The link by which a buyer answers: signed, so that nobody can guess another's, and good for one question only."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from akinai.shop.stores import settings
from akinai.shop.stores.declared import PUBLIC_URL

from .models import Bundle

SALT = "fulfillment.bundle"


def token_for(made: Bundle) -> str:
    """What stands in the link; it names the question and is signed with the shop's secret."""
    return _signer().sign(str(made.pk))


def bundle_id_of(token: str) -> int | None:
    """The question a link is about; None for one that was changed or made up."""
    try:
        return int(_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def link_for(made: Bundle) -> str:
    """The whole address for a mail."""
    base = str(settings.value(PUBLIC_URL)).strip().rstrip("/")
    return f"{base}{reverse('fulfillment:answer', args=[token_for(made)])}"
