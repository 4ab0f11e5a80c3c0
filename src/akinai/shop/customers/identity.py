"""Who is the same person (AN-10): keys for matching, made from what a store sent. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from akinai.foundation.core.fulltext import TextIndex, joined
from akinai.foundation.core.text import digits, fold, fold_hyphens, nfkc, phone_key

from .types import Buyer

INDEX = TextIndex("customers_customer", "customers_search")
#: Domains from which malls lend buyers an address for one purchase; such an address names no person.
RELAYS = ("fw.rakuten.ne.jp", "marketplace.amazon.co.jp", "marketplace.amazon.com")


@dataclass(frozen=True, slots=True)
class Keys:
    """The folded forms of one buyer. `identity` is the strongest of them, None where nothing names a person."""

    mail: str
    phone: str
    name: str
    address: str

    @property
    def identity(self) -> str | None:
        if self.mail:
            return f"mail:{self.mail}"
        if self.phone and self.name:
            return f"phone:{self.phone}:{self.name}"
        if self.address and self.name:
            return f"address:{self.address}:{self.name}"
        return None


def is_relay(mail: str) -> bool:
    """True for an address that a mall lent for one purchase."""
    domain = mail.rpartition("@")[2].lower()
    return any(domain == relay or domain.endswith("." + relay) for relay in RELAYS)


def keys_of(buyer: Buyer) -> Keys:
    """Mail (not a mall's), phone, name and address as matching compares them."""
    mail = nfkc(buyer.mail).lower()
    known = "@" in mail and not buyer.mail_is_masked and not is_relay(mail)
    return Keys(
        mail=mail[:254] if known else "",
        phone=phone_key(buyer.phone)[:40],
        name=fold(buyer.name or buyer.company)[:120],
        address=_address_key(buyer),
    )


def search_text(buyer: Buyer, note: str = "") -> str:
    """Everything a person may type to find the customer, folded, in the form the index takes."""
    parts = (buyer.name, buyer.kana, buyer.company, buyer.mail, buyer.prefecture + buyer.address1, buyer.address2, note)
    folded = [fold(part) for part in parts if part.strip()]
    numbers = [n for n in (phone_key(buyer.phone), digits(buyer.postcode)) if n]
    return joined([*folded, *numbers])


def _address_key(buyer: Buyer) -> str:
    place = fold(fold_hyphens(buyer.prefecture + buyer.address1 + buyer.address2)).replace("-", "")
    return f"{digits(buyer.postcode)}{place}"[:520] if place else ""
