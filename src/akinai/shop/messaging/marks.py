"""What is known about addresses, and the line with which a buyer stops advertising (LAW-12, LAW-13, MAIL-11)."""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.foundation.core.errors import NotFound
from akinai.shop.stores import settings
from akinai.shop.stores.declared import PUBLIC_URL

from .models import AddressMark
from .states import Mark

_SALT = "akinai.messaging.refuse"


def folded(address: str) -> str:
    """The address as marks keep it."""
    return address.strip().lower()


def mark_of(address: str, kind: Mark) -> AddressMark | None:
    """The mark that holds now; None where nothing is known."""
    return AddressMark.objects.filter(address=folded(address), kind=kind, lifted_at__isnull=True).first()


def marks_of(address: str) -> list[AddressMark]:
    """Everything that holds for an address now."""
    return list(AddressMark.objects.filter(address=folded(address), lifted_at__isnull=True))


def wants_no_ads(address: str) -> bool:
    """LAW-13: true from the moment somebody refused."""
    return mark_of(address, Mark.NO_ADS) is not None


def bounced(addresses: Iterable[str]) -> dict[str, AddressMark]:
    """The marks of those addresses to which mails come back; one query."""
    wanted = {folded(address) for address in addresses if address}
    rows = AddressMark.objects.filter(address__in=wanted, kind=Mark.BOUNCED, lifted_at__isnull=True)
    return {row.address: row for row in rows}


def refusal_token(address: str) -> str:
    """The signed name of an address in the link that stops advertising."""
    return signing.dumps(folded(address), salt=_SALT)


def address_of(token: str) -> str:
    """The address a link was made for; raises NotFound for one that nobody made. It never expires (LAW-12)."""
    try:
        return str(signing.loads(token, salt=_SALT))
    except signing.BadSignature:
        raise NotFound(_("This link is not complete. Answer the mail instead.")) from None


def way_to_stop(address: str, shop_mail: str) -> str:
    """What a mail that advertises says for {{unsubscribe_url}}: a link where buyers reach this program, else a word
    to answer with, which the mail fetcher understands.
    """
    base = str(settings.value(PUBLIC_URL)).strip().rstrip("/")
    if base:
        return base + reverse("messaging:refuse", args=[refusal_token(address)])
    return pgettext("mail", "please write “unsubscribe” as the subject of a mail to %(mail)s") % {"mail": shop_mail}


def stop_headers(address: str) -> dict[str, str]:
    """What lets mail programs show a button that stops advertising (RFC 8058); nothing without a public address."""
    base = str(settings.value(PUBLIC_URL)).strip().rstrip("/")
    if not base:
        return {}
    link = base + reverse("messaging:refuse_at_once", args=[refusal_token(address)])
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
