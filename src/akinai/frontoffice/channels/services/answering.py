"""What a person says about a store at its first imports; asked once, kept with the store."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.frontoffice.channels.models import StoreAnswers, ValueMapping
from akinai.frontoffice.channels.states import Word
from akinai.frontoffice.channels.storing import storable
from akinai.shop.stores import services as stores
from akinai.shop.stores.models import Store
from akinai.shop.stores.states import MAIL_KINDS, MailSender
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.windows import parse

#: What may be answered to "who sends the mails of this store?" and what it means for each kind (MAIL-13).
MAIL_ANSWERS: dict[str, dict[str, str]] = {
    "we": dict.fromkeys(MAIL_KINDS, MailSender.US.value),
    "reply": {kind: (MailSender.STORE if kind == "M01" else MailSender.US).value for kind in MAIL_KINDS},
    "store": {
        kind: (MailSender.STORE if kind in {"M01", "M03", "M04", "M07", "M08"} else MailSender.US).value
        for kind in MAIL_KINDS
    },
}


@transaction.atomic
def map_words(actor: Actor, store: Store, *, field: str, words: Mapping[str, str]) -> None:
    """Say what a store means by words of a field (`Word`): the store's word → our code; "" forgets the word.

    Raises BadInput for a code or a delivery time that does not exist.
    """
    words = storable(dict(words))
    if field not in Word.values:
        raise BadInput(_("There is no such field."), field="field")
    for raw, code in words.items():
        if code and not _exists(field, code):
            raise BadInput(_("There is no %(code)s here.") % {"code": code}, field=raw)
        if code:
            ValueMapping.objects.update_or_create(store=store, field=field, raw=raw[:255], defaults={"code": code})
        else:
            ValueMapping.objects.filter(store=store, field=field, raw=raw[:255]).delete()
    if words:
        audit.record(actor, "channels.map_words", f"store:{store.pk}", detail={"field": field, "words": dict(words)})


def _exists(field: str, code: str) -> bool:
    known = terms.snapshot()
    if field == Word.PAYMENT:
        return code in known.methods
    if field == Word.DELIVERY:
        return code in known.services
    return bool(parse(code)) or code == NO_WINDOW


#: What a word for a delivery time may also mean: no wish at all.
NO_WINDOW = "指定なし"


@transaction.atomic
def answer_vouching(actor: Actor, store: Store, *, answers: Mapping[str, bool]) -> None:
    """Say for which payment methods this store vouches where its file does not tell whether an order is paid.

    An order of such a method counts as guaranteed (the card is authorised) instead of waiting for money.
    """
    unknown = [code for code in answers if code not in terms.snapshot().methods]
    if unknown:
        raise BadInput(_("There is no %(code)s here.") % {"code": unknown[0]}, field=unknown[0])
    row, _created = StoreAnswers.objects.select_for_update().get_or_create(store=store)
    row.vouched = {**row.vouched, **answers}
    row.save()
    audit.record(actor, "channels.answer_vouching", f"store:{store.pk}", detail=dict(answers))


def answer_who_mails(actor: Actor, store: Store, *, answer: str) -> Store:
    """Say who sends the mails of a store (MAIL-13): `we` all, `reply` the store only replies, `store` it does."""
    if answer not in MAIL_ANSWERS:
        raise BadInput(_("Choose who sends the mails."), field="mails")
    return stores.save_store(actor, store_id=store.pk, changes={"mail_senders": MAIL_ANSWERS[answer]})
