"""Which text a mail is made from: the store's own, the shop's, or the house's; and what is unwise about one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from akinai.foundation.accounts.models import Language
from akinai.foundation.core.text import width
from akinai.shop.stores import settings

from .declared import SUBJECT_WIDTH
from .kinds import MailKind, kinds
from .models import Template

#: What mails are written in unless a buyer reads another language (MAIL-12).
LANGUAGE: str = Language.JA


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template in force. `version` 0 is the house's text; `store_id` says for whom, `language` in what."""

    kind: str
    subject: str
    body: str
    version: int = 0
    store_id: int | None = None
    language: str = LANGUAGE


def text_of(kind: str, store_id: int | None = None, language: str = LANGUAGE) -> TemplateText:
    """The text in force for a kind, a store and a reader; one query. Raises NotFound for an unknown kind (MAIL-12).

    In the reader's language: the store's own, else the shop's, else the house's. Only where the house has none in that
    language it is the Japanese one.
    """
    known = kinds.get(kind)
    language = known.language(language)
    rows = Template.objects.filter(Q(store__isnull=True) | Q(store_id=store_id), kind=kind, language=language)
    best = max(rows, key=lambda row: row.store_id is not None, default=None)
    if best is None:
        return house_text(known, language)
    return TemplateText(kind, best.subject, best.body, best.version, best.store_id, language)


def house_text(kind: MailKind, language: str = LANGUAGE) -> TemplateText:
    """The text the program comes with."""
    language = kind.language(language)
    subject, text = kind.others.get(language, (kind.subject, kind.text))
    return TemplateText(kind.key, subject, text, language=language)


def warnings_of(subject: str, *, finished: bool = True) -> list[str]:
    """What is unwise about a subject (MAIL-7): too long, or crying wolf."""
    limit = settings.value(SUBJECT_WIDTH)
    found = []
    if finished and width(subject) > 2 * limit:
        found.append(
            _("The subject has %(count)s full-width characters; more than %(limit)s are cut off on phones.")
            % {"count": (width(subject) + 1) // 2, "limit": limit}
        )
    if "【重要】" in subject:
        found.append(_("Keep 【重要】 for real danger such as a recall."))
    return found


def template_warnings(kind: MailKind, subject: str, body: str) -> list[str]:
    """What is unwise about a template: its subject lacks the number, its end lacks who writes (MAIL-7, MAIL-9)."""
    found = warnings_of(subject, finished=False)
    found += [
        _("The subject does not have {{%(name)s}}.") % {"name": name}
        for name in kind.wants
        if f"{{{{{name}}}}}" not in subject
    ]
    if not kind.to_shop and "{{signature}}" not in body:
        found.append(_("The text ends without {{signature}}: the law wants to know who writes."))
    return found
