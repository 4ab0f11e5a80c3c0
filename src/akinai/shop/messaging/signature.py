"""署名: who writes and how to reach them, from the shop's row (MAIL-9)."""

from __future__ import annotations

from akinai.foundation.ui import html
from akinai.shop.stores.models import Shop

RULE = "-" * 32


def signature(shop: Shop) -> str:
    """Shop, operator, responsible person, address, phone and hours, mail, web; what has no value is left out."""
    address = f"{shop.prefecture}{shop.address1} {shop.address2}".strip()
    if shop.postcode and address:
        address = f"〒{html.postcode(shop.postcode)} {address}"
    operator = " ".join(part for part in (shop.company, shop.responsible) if part)
    phone = f"TEL {shop.tel}" + (f"({shop.hours})" if shop.hours else "") if shop.tel else ""
    mail = f"Mail {shop.mail}" if shop.mail else ""
    lines = [shop.name, operator, address, phone, mail, shop.url]
    return "\n".join([RULE, *(line for line in lines if line), RULE])
