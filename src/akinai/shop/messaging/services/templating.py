"""Changing the shop's mail texts; every version is kept."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Conflict, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.messaging.kinds import MailKind, kinds
from akinai.shop.messaging.models import Template, TemplateVersion
from akinai.shop.messaging.rendering import problems_of
from akinai.shop.messaging.texts import LANGUAGE, house_text

from .queueing import tidy_body, tidy_subject

#: Without these a mail that advertises is against the law: how to stop it, and who writes (LAW-12)
PROMOTIONAL_NEEDS = ("unsubscribe_url", "signature")


class BadTemplate(Refused):
    """A template that cannot be used; `problems` are sentences by field, `subject` and `body`."""

    code = "bad_template"
    status = 422

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__([sentence for found in problems.values() for sentence in found])
        self.problems = problems


@transaction.atomic
def save_template(
    actor: Actor, *, kind: str, subject: str, body: str, store_id: int | None = None, language: str = LANGUAGE,
    seen_version: int | None = None,
) -> Template:  # fmt: skip
    """Keep the shop's own text for a kind of mail in a language, for all stores or one. It holds from the next mail on
    (R23, MAIL-12).

    Raises BadTemplate for an unknown variable or a broken tag (MAIL-2), BadInput for a blank or a language this kind is
    not written in, Conflict if somebody else has changed it since `seen_version` (0: there was no own text).
    """
    known = kinds.get(kind)
    if language not in known.languages:
        raise BadInput(_("Mails of this kind are not written in this language."), field="language")
    subject, body = mask_cards(tidy_subject(subject)), tidy_body(body)
    problems = {"subject": problems_of(subject, known.variables), "body": problems_of(body, known.variables)}
    problems["body"] += [_promotional_needs(name) for name in PROMOTIONAL_NEEDS if _lacks(known, body, name)]
    if any(problems.values()):
        raise BadTemplate(problems)
    row = _locked(kind, store_id, language)
    if seen_version is not None and seen_version != (row.version if row else 0):
        raise Conflict(_("Somebody else changed this text. Look at it again."))
    row = row or Template(kind=kind, store_id=store_id, language=language)
    row.subject, row.body, row.version = subject, body, _next_version(kind, store_id, language)
    row.updated_at, row.updated_by, row.updated_by_label = clock.now(), actor.key, actor.label
    row.save()
    _keep(actor, row, is_default=False)
    return row


@transaction.atomic
def restore_default(actor: Actor, *, kind: str, store_id: int | None = None, language: str = LANGUAGE) -> None:
    """Drop the shop's own text: the house's holds again (for a store: the shop's). Raises Refused if there is none."""
    known = kinds.get(kind)
    row = _locked(kind, store_id, language)
    if row is None:
        raise Refused(_("This text is the original already."))
    row.delete()
    house = house_text(known, language)
    gone = Template(
        kind=kind, store_id=store_id, language=language, subject=house.subject, body=house.body,
        version=_next_version(kind, store_id, language), updated_by=actor.key, updated_by_label=actor.label,
    )  # fmt: skip
    _keep(actor, gone, is_default=True)


def _lacks(kind: MailKind, body: str, name: str) -> bool:
    return kind.promotional and f"{{{{{name}}}}}" not in body


def _promotional_needs(name: str) -> str:
    """LAW-12: a mail that advertises says who sends it and how to stop it."""
    return _("A mail that advertises needs {{%(name)s}}: the law wants it.") % {"name": name}


def _locked(kind: str, store_id: int | None, language: str) -> Template | None:
    rows = Template.objects.select_for_update().filter(kind=kind, language=language)
    return (rows.filter(store_id=store_id) if store_id else rows.filter(store__isnull=True)).first()


def _next_version(kind: str, store_id: int | None, language: str) -> int:
    rows = TemplateVersion.objects.filter(kind=kind, language=language)
    rows = rows.filter(store_id=store_id) if store_id else rows.filter(store__isnull=True)
    last: int | None = rows.aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _keep(actor: Actor, row: Template, *, is_default: bool) -> None:
    """One more version in the history, and the trace of who did it."""
    TemplateVersion.objects.create(
        kind=row.kind, store_id=row.store_id, language=row.language, version=row.version, subject=row.subject,
        body=row.body, is_default=is_default, at=clock.now(), by=actor.key, by_label=actor.label,
    )  # fmt: skip
    action = "messaging.restore_template" if is_default else "messaging.save_template"
    detail = {"store": row.store_id, "language": row.language, "version": row.version}
    audit.record(actor, action, f"template:{row.kind}", detail=detail)
