"""知らせ: what went wrong or waits beside the queues. Each names a number and leads to where it is solved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.fulfillment import bundles, closing
from akinai.backoffice.fulfillment import permissions as fulfillment
from akinai.backoffice.orders import permissions as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Promised
from akinai.backoffice.payments import expiring
from akinai.backoffice.payments import permissions as payments
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs import permissions as jobs
from akinai.foundation.jobs import selectors as job_selectors
from akinai.frontoffice.channels import permissions as channels
from akinai.frontoffice.channels import selectors as imports
from akinai.shop.messaging import conversations
from akinai.shop.messaging import permissions as messaging
from akinai.shop.messaging import selectors as mails

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
    return [*troubles(actor), *(notice for source in CALM for notice in source(actor))]


def troubles(actor: Actor) -> list[Notice]:
    """Only what every page counts at its bell: four short queries."""
    return [notice for source in TROUBLES for notice in source(actor)]


def _mails(actor: Actor) -> Iterable[Notice]:
    """R19: a mail that did not go out is seen here; the order shows it too."""
    number = mails.counts().failed if actor.may(messaging.VIEW) else 0
    if number:
        text = _("Mails that did not go out: %(n)s") % {"n": number}
        url = links.page("messaging:outbox", state="failed") or links.queue("open")
        word = pgettext("notice", "Mail failed")
        yield Notice("mails", "stop", "mail-x", word, text, url, _("See the outbox"), number)


def _letters(actor: Actor) -> Iterable[Notice]:
    """Buyers who wrote and wait for an answer."""
    found = conversations.waiting() if actor.may(messaging.VIEW) else None
    if found and found.number:
        text = _("Mails of buyers that wait for an answer: %(n)s") % {"n": found.number}
        url = links.page("notifications:inbox", state="waiting")
        word = pgettext("notice", "Buyer wrote")
        yield Notice("letters", "warn", "mail-opened", word, text, url, _("Read and answer"), found.number)


def _mailboxes(actor: Actor) -> Iterable[Notice]:
    """Mailboxes that cannot be read: answers and mails that come back would stay unseen."""
    number = conversations.troubled().count() if actor.may(messaging.SETUP) else 0
    if number:
        text = _("Mailboxes that cannot be read: %(n)s") % {"n": number}
        url = links.page("messaging:account_list")
        yield Notice("mailboxes", "stop", "mailbox", _("Mailbox"), text, url, pgettext("notice", "Look"), number)


def _imports(actor: Actor) -> Iterable[Notice]:
    """Orders of a store's file that could not come in."""
    number = imports.unfinished().count() if actor.may(channels.IMPORT) else 0
    if number:
        text = _("Imports that left orders outside: %(n)s") % {"n": number}
        url = links.page("channels:start")
        yield Notice("imports", "stop", "file-import", _("Import"), text, url, _("Look and correct"), number)


def _unmailed(actor: Actor) -> Iterable[Notice]:
    """SHP-73: parcels that left before today without the mail that should say so."""
    if not actor.may(fulfillment.VIEW):
        return
    number = len(closing.without_mail(clock.today() - dt.timedelta(days=1)))
    if number:
        text = _("Sent yesterday without a word to the buyer: %(n)s") % {"n": number}
        url = links.page("fulfillment:close")
        yield Notice("close", "stop", "truck", _("Close of day"), text, url, _("Open the close"), number)


def _bundles(actor: Actor) -> Iterable[Notice]:
    """ORD-55: orders that wait for another one of their parcel, and the day to decide has come."""
    number = bundles.overdue_bundles().count() if actor.may(orders.WORK) else 0
    if number:
        text = _("Orders that still wait for another one of their parcel: %(n)s") % {"n": number}
        url = links.page("fulfillment:bundle_list")
        yield Notice("bundles", "warn", "packages", _("Together"), text, url, _("Look and decide"), number)


def _authorisations(actor: Actor) -> Iterable[Notice]:
    """ORD-63: authorisations that have to be renewed now, or the goods cannot leave."""
    due = [row for row in expiring.tight_authorisations() if row.is_due] if actor.may(payments.RECORD) else []
    if due:
        text = _("Authorisations that have to be renewed: %(n)s") % {"n": len(due)}
        url = links.page("payments:authorisations")
        word = pgettext("notice", "Authorisation")
        yield Notice("authorisations", "warn", "credit-card", word, text, url, pgettext("notice", "Look"), len(due))


def _broken(actor: Actor) -> Iterable[Notice]:
    """N-2: promises to buyers that are past and still open; confirmations have their own place on top."""
    if not actor.may(orders.VIEW):
        return
    late = Order.objects.filter(promise_due_at__lt=clock.now()).exclude(promise_kind=Promised.CONFIRM)
    number = late.count()
    if number:
        text = _("Orders with a promise that is past and still open: %(n)s") % {"n": number}
        url = links.page("desk:promise_list", how="late", sort="-due")
        word = pgettext("notice", "Promise")
        yield Notice("promises", "stop", "clock-exclamation", word, text, url, pgettext("notice", "Look"), number)


def _dead_jobs(actor: Actor) -> Iterable[Notice]:
    number = job_selectors.dead_count() if actor.may(jobs.VIEW) else 0
    if number:
        text = _("Background work that failed for good: %(n)s") % {"n": number}
        url = links.page("desk:jobs") + "#dead"
        yield Notice("jobs", "stop", "alert-octagon", _("Work failed"), text, url, _("Look and repeat"), number)


def _silent_schedules(actor: Actor) -> Iterable[Notice]:
    """ORD-23: what should run by itself and does not."""
    if not actor.may(jobs.VIEW):
        return
    number = job_selectors.overdue_schedules(after=work.SILENT_AFTER).count()
    if number:
        text = _("Regular tasks that have not ended well lately: %(n)s") % {"n": number}
        url = links.page("desk:jobs") + "#schedules"
        yield Notice(
            "schedules", "warn", "clock-exclamation", _("Not running"), text, url, pgettext("notice", "Look"), number
        )


def _set_up(actor: Actor) -> Iterable[Notice]:
    """What a new shop still lacks."""
    left = checklist.left_to_do(actor)
    if left:
        text = _("Left to do before the shop can run: %(n)s") % {"n": left}
        url = links.page("desk:checklist")
        yield Notice("set_up", "act", "clipboard-list", _("Set-up"), text, url, _("Open the list"), left)


TROUBLES: tuple[Callable[[Actor], Iterable[Notice]], ...] = (_mails, _imports, _dead_jobs, _silent_schedules)
CALM: tuple[Callable[[Actor], Iterable[Notice]], ...] = (
    _broken,
    _letters,
    _mailboxes,
    _unmailed,
    _bundles,
    _authorisations,
    _set_up,
)
