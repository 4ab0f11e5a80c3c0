"""知らせ: what went wrong or waits beside the queues. Each names a number and leads to where it is solved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.orders import permissions as orders
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs import permissions as jobs
from akinai.foundation.jobs import selectors as job_selectors

from . import checklist, links, work


@dataclass(frozen=True, slots=True)
class Notice:
    """One line: tone, icon and word of the badge, the sentence, and where it is solved."""

    key: str
    tone: str
    icon: str
    word: str
    text: str
    url: str
    label: str
    number: int = 1


def for_actor(actor: Actor) -> list[Notice]:
    """What this reader should know, the loudest first."""
    return [*troubles(actor), *_set_up(actor)]


def troubles(actor: Actor) -> list[Notice]:
    """Only what went wrong: three short queries, since every page asks."""
    return [notice for source in TROUBLES for notice in source(actor)]


def _mails(actor: Actor) -> Iterable[Notice]:
    """R19: a mail that did not go out is seen here; the order shows it too."""
    if not actor.may(orders.VIEW):
        return
    number = Order.objects.still_open().filter(mail_failed=True).count()
    if number:
        text = _("Mails of %(n)s orders did not go out.") % {"n": number}
        yield Notice(
            "mails", "stop", "mail-x", pgettext("notice", "Mail failed"), text, _outbox(), _("See the outbox"), number
        )


def _outbox() -> str:
    return links.page("messaging:outbox", state="failed") or links.queue("open")


def _dead_jobs(actor: Actor) -> Iterable[Notice]:
    number = job_selectors.dead_count() if actor.may(jobs.VIEW) else 0
    if number:
        text = _("%(n)s pieces of background work failed for good.") % {"n": number}
        url = links.page("desk:jobs") + "#dead"
        yield Notice("jobs", "stop", "alert-octagon", _("Work failed"), text, url, _("Look and repeat"), number)


def _silent_schedules(actor: Actor) -> Iterable[Notice]:
    """ORD-23: what should run by itself and does not."""
    if not actor.may(jobs.VIEW):
        return
    number = job_selectors.overdue_schedules(after=work.SILENT_AFTER).count()
    if number:
        text = _("%(n)s regular tasks have not ended well lately.") % {"n": number}
        url = links.page("desk:jobs") + "#schedules"
        yield Notice(
            "schedules", "warn", "clock-exclamation", _("Not running"), text, url, pgettext("notice", "Look"), number
        )


def _set_up(actor: Actor) -> Iterable[Notice]:
    """What a new shop still lacks."""
    left = checklist.left_to_do(actor)
    if left:
        text = _("%(n)s things are left before the shop can run.") % {"n": left}
        url = links.page("desk:checklist")
        yield Notice("set_up", "act", "clipboard-list", _("Set-up"), text, url, _("Open the list"), left)


TROUBLES: tuple[Callable[[Actor], Iterable[Notice]], ...] = (_mails, _dead_jobs, _silent_schedules)
