"""Making and changing customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q, prefetch_related_objects

from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.db import reserve_ids
from akinai.foundation.core.fulltext import GAP
from akinai.shop.customers.identity import Keys, keys_of, search_text
from akinai.shop.customers.models import Customer
from akinai.shop.customers.types import Buyer

#: columns taken from a buyer as typed, with their widths
WIDTHS = {
    "name": 120,
    "kana": 120,
    "company": 120,
    "phone": 40,
    "mail": 254,
    "postcode": 10,
    "prefecture": 10,
    "address1": 255,
    "address2": 255,
}


@transaction.atomic(savepoint=False)
def match_or_create(buyers: Sequence[Buyer]) -> list[Customer]:
    """The customer of each buyer, in order; who is not known yet is made (AN-10).

    Matched by mail address (never by one lent by a mall), else phone and name, else name and whole address; a merged
    customer answers for those merged into it. A known customer whose real mail address was missing gets it; nothing
    else known is overwritten. As many statements for one buyer as for a hundred.
    """
    keyed = [(buyer, keys_of(buyer)) for buyer in buyers]
    known = _Known(_candidates([keys for _, keys in keyed]))
    fresh: dict[str, Customer] = {}
    found: list[Customer] = []
    nameless: list[Customer] = []
    for buyer, keys in keyed:
        customer = known.match(keys)
        if customer is None:
            customer = _build(buyer, keys)
            known.add(customer)
            if keys.identity is None:
                nameless.append(customer)
            else:
                fresh[keys.identity] = customer
        found.append(customer)
    _learn_mails(keyed, found)
    kept = _insert(fresh)
    Customer.objects.bulk_create(nameless)
    return [kept[c.identity] if c.identity in fresh and c is fresh[c.identity] else c for c in found]


class _Known:
    """Candidates by each of their keys; the oldest customer wins."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self.by_mail: dict[str, Customer] = {}
        self.by_phone: dict[tuple[str, str], Customer] = {}
        self.by_address: dict[tuple[str, str], Customer] = {}
        for customer in customers:
            self.add(customer)

    def add(self, customer: Customer) -> None:
        target = customer.merged_into or customer
        if customer.mail_key:
            self.by_mail.setdefault(customer.mail_key, target)
        if customer.phone_key and customer.name_key:
            self.by_phone.setdefault((customer.phone_key, customer.name_key), target)
        if customer.address_key and customer.name_key:
            self.by_address.setdefault((customer.address_key, customer.name_key), target)

    def match(self, keys: Keys) -> Customer | None:
        return (
            (self.by_mail.get(keys.mail) if keys.mail else None)
            or (self.by_phone.get((keys.phone, keys.name)) if keys.phone and keys.name else None)
            or (self.by_address.get((keys.address, keys.name)) if keys.address and keys.name else None)
        )


def _candidates(keys: Sequence[Keys]) -> list[Customer]:
    mails = {k.mail for k in keys if k.mail}
    phones = {k.phone for k in keys if k.phone and k.name}
    names = {k.name for k in keys if k.name and k.address}
    addresses = {k.address for k in keys if k.name and k.address}
    wanted = Q()
    if mails:
        wanted |= Q(mail_key__in=mails) & ~Q(mail_key="")
    if phones:
        wanted |= Q(phone_key__in=phones) & ~Q(phone_key="")
    if names:
        wanted |= Q(name_key__in=names, address_key__in=addresses)
    if not wanted:
        return []
    found = list(Customer.objects.filter(wanted).order_by("id"))
    if any(customer.merged_into_id for customer in found):
        prefetch_related_objects(found, "merged_into")
    return found


def _build(buyer: Buyer, keys: Keys) -> Customer:
    fields = {name: getattr(buyer, name)[:length] for name, length in WIDTHS.items()}
    return Customer(**fields, **_columns(keys), search_text=search_text(buyer))


def _columns(keys: Keys) -> dict[str, str | None]:
    return {
        "mail_key": keys.mail,
        "phone_key": keys.phone,
        "name_key": keys.name,
        "address_key": keys.address,
        "identity": keys.identity,
    }


def _insert(fresh: dict[str, Customer]) -> dict[str, Customer]:
    """Insert by identity in one order everywhere; where somebody came first elsewhere, all are read back."""
    if not fresh:
        return fresh
    rows = [fresh[key] for key in sorted(fresh)]
    for row, key in zip(rows, reserve_ids(Customer, len(rows)), strict=True):
        row.pk = key
    try:
        with transaction.atomic():
            insert_many(rows)
    except IntegrityError:
        return _insert_beside_others(fresh, rows)
    return fresh


def _insert_beside_others(fresh: dict[str, Customer], rows: Sequence[Customer]) -> dict[str, Customer]:
    Customer.objects.bulk_create(rows, ignore_conflicts=True)
    saved = Customer.objects.select_related("merged_into").filter(identity__in=list(fresh))
    return {c.identity: c.merged_into or c for c in saved if c.identity}


def _learn_mails(keyed: Sequence[tuple[Buyer, Keys]], found: Sequence[Customer]) -> None:
    learnt: dict[int, Customer] = {}
    for (buyer, keys), customer in zip(keyed, found, strict=True):
        if not keys.mail or customer.mail_key:
            continue
        customer.mail, customer.mail_key = buyer.mail[:254], keys.mail
        customer.search_text += GAP + keys.mail
        if customer.pk is not None:
            learnt[customer.pk] = customer
    if learnt:
        rows = [learnt[pk] for pk in sorted(learnt)]
        Customer.objects.bulk_update(rows, ["mail", "mail_key", "search_text"])
