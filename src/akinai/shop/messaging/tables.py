"""The lists of mails: the outbox and the built-in mailbox."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import nfkc
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column, Preset
from akinai.foundation.ui.filters import Choice, ChoiceFilter, RangeFilter, Rows, TextFilter
from akinai.foundation.ui.tables import Table
from akinai.shop.stores import selectors as stores

from . import permissions, selectors, subjects
from .kinds import kinds
from .models import Message
from .states import State

_STATES: dict[str, tuple[Any, Q]] = {
    "failed": (State.FAILED.label, selectors.STUCK),
    "draft": (State.DRAFT.label, Q(state=State.DRAFT)),
    "waiting": (State.WAITING.label, Q(state__in=[State.WAITING, State.SENDING])),
    "sent": (State.SENT.label, Q(state=State.SENT)),
    "back": (pgettext_lazy("mail", "Came back"), Q(state=State.FAILED, sent_at__isnull=False)),
    "stopped": (State.STOPPED.label, Q(state=State.STOPPED)),
}


def _kind_choices() -> list[Choice]:
    return [(kind.key, kind.label) for kind in kinds]


def _store_choices() -> list[Choice]:
    return [(str(store.pk), store.name) for store in stores.all_stores()]


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(_STATES[state][1])


def containing(rows: Rows, text: str) -> Rows:
    """Mails to an address, with words of the subject, or about what the text names (an order number)."""
    wanted = nfkc(text)
    found = Q(subject__icontains=wanted) | Q(to__icontains=wanted)
    return rows.filter(found | Q(subject_key__in=subjects.keys_for(wanted)))


def saying(rows: Rows, text: str) -> Rows:
    """Mails whose text has these words, as it was sent."""
    return rows.filter(body__icontains=text)


def _by(rows: Rows, who: str) -> Rows:
    people = Q(created_by__startswith="staff:")
    return rows.filter(people if who == "people" else ~people)


class MailTable(Table):
    """Base of both lists: what a mail is about is looked up for the whole page at once."""

    live = "akinai:order"
    css = "fixed"
    default_sort = "-time"
    csrf: str = ""

    @classmethod
    def for_request(cls, request: HttpRequest, rows: Rows) -> Table:
        """The list as asked for, with the token its row buttons need."""
        table = super().for_request(request, rows)
        assert isinstance(table, MailTable)
        table.csrf = get_token(request)
        return table

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Names of what the mails are about; one query."""
        names = subjects.named(row.subject_key for row in rows)
        for row in rows:
            row.about = names.get(row.subject_key)
        return rows

    def row_url(self, row: Message) -> str:
        return reverse("messaging:message", args=[row.pk])

    def row_name(self, row: Message) -> str:
        return row.subject

    def cell_subject(self, row: Any) -> SafeString:
        number = format_html('<span class="ak-mc-narrow">{} </span>', row.about.name) if row.about else ""
        return html.two_lines(html.link(self.row_url(row), row.subject), format_html("{}{}", number, row.to))

    def cell_kind(self, row: Message) -> str:
        return kinds.label(row.kind)

    def cell_about(self, row: Any) -> object:
        if row.about is None:
            return ""
        return html.link(row.about.url, row.about.name) if row.about.url else row.about.name


class Outbox(MailTable):
    """送信箱: every mail with where it stands and, while there is something to do, the button for it."""

    key = "outbox"
    label = _("Outbox")
    bulk: ClassVar[tuple[str, ...]] = ("messaging.stop", "messaging.hurry", "messaging.resend")
    columns = (
        Column("state", _("State"), css="ak-mc-state"),
        Column("subject", _("Subject"), css="ak-mc-subject", fixed=True, export=lambda r: r.subject),
        Column("to", _("To"), css="ak-cut", hidden=True),
        Column("about", _("About"), css="ak-cw-m", wide=True, export=lambda r: r.about.name if r.about else ""),
        Column("kind", _("Kind"), css="ak-cw-l", wide=True, export=lambda r: kinds.label(r.kind)),
        Column("who", _("Set off by"), css="ak-cw-m ak-cut", wide=True, export=lambda r: r.created_by_label),
        Column(
            "time", _("Time"), sort="id", css="ak-cw-m ak-num", wide=True, export=lambda r: r.sent_at or r.created_at
        ),
        Column("do", _("Action"), css="ak-cw-m", wide=True, exported=False),
    )
    filters = (
        ChoiceFilter("state", _("State"), lambda: [(k, v[0]) for k, v in _STATES.items()], _in_state),
        ChoiceFilter("kind", _("Kind"), _kind_choices, "kind"),
        ChoiceFilter("store", _("Store"), _store_choices, "store_id"),
        RangeFilter("written", _("Written"), "created_at"),
        TextFilter("q", _("Address, order number or subject"), containing),
        TextFilter("words", _("Words of the text"), saying),
        ChoiceFilter("who", _("Set off by"), lambda: [("people", _("People")), ("program", _("The program"))], _by),
    )
    presets = (
        Preset("failed", State.FAILED.label, {"state": "failed"}, "mail-x", lambda actor: selectors.counts().failed),
        Preset("draft", State.DRAFT.label, {"state": "draft"}, "pencil", lambda actor: selectors.counts().drafts),
        Preset("waiting", State.WAITING.label, {"state": "waiting"}, "clock", lambda actor: selectors.counts().waiting),
        Preset("sent", State.SENT.label, {"state": "sent"}, "check"),
    )

    def cell_state(self, row: Message) -> SafeString:
        badge = html.status(row.status, State(row.state).label)
        note: object = ""
        if row.state == State.WAITING:
            note = html.ago(row.send_after) if not row.attempts else self._again(row)
        elif row.is_open_failure:
            note = row.last_error[:80] or gettext("no value: %(names)s") % {"names": ", ".join(row.missing)}
        elif row.state == State.FAILED:
            note = gettext("settled")
        return html.two_lines(badge, note) if note else badge

    def _again(self, row: Message) -> str:
        return gettext("try %(n)d: %(when)s") % {"n": row.attempts + 1, "when": html.ago(row.send_after)}

    def cell_who(self, row: Message) -> str:
        return gettext("automatic") if not row.created_by.startswith("staff:") else row.created_by_label

    def cell_time(self, row: Message) -> SafeString:
        return html.relative_time(row.sent_at or row.created_at)

    def cell_do(self, row: Message) -> SafeString:
        if not self.actor.may(permissions.SEND):
            return SafeString("")
        if row.state == State.DRAFT:
            return html.link(reverse("messaging:edit", args=[row.pk]), gettext("Finish"), "btn btn-sm")
        if row.state == State.WAITING:
            return self._button("messaging:stop", row, pgettext("mail", "Stop"))
        if row.is_open_failure:
            return self._button("messaging:resend", row, gettext("Resend"))
        return SafeString("")

    def _button(self, name: str, row: Message, words: str) -> SafeString:
        return format_html(
            '<form class="ak-inline" method="post" action="{}" hx-disable>'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<input type="hidden" name="next" value="{}"><button class="btn btn-sm">{}</button></form>',
            reverse(name, args=[row.pk]), self.csrf, self.path + self.here, words,
        )  # fmt: skip

    def empty(self) -> SafeString | None:
        """Nothing failed is good news."""
        return None


class Mailbox(MailTable):
    """The built-in mailbox: what buyers would have received."""

    key = "mailbox"
    label = _("Mailbox")
    saves_views = False
    columns = (
        Column("subject", _("Subject"), css="ak-mc-subject", fixed=True, export=lambda r: r.subject),
        Column("to", _("To"), css="ak-cut", hidden=True),
        Column("about", _("About"), css="ak-cw-m", wide=True, export=lambda r: r.about.name if r.about else ""),
        Column("kind", _("Kind"), css="ak-cw-l", wide=True, export=lambda r: kinds.label(r.kind)),
        Column("time", pgettext_lazy("mail", "Received"), sort="id", css="ak-cw-m ak-num", export=lambda r: r.sent_at),
    )
    filters = (
        TextFilter("q", _("Address, order number or subject"), containing),
        ChoiceFilter("kind", _("Kind"), _kind_choices, "kind"),
        RangeFilter("sent", pgettext_lazy("mail", "Received"), "sent_at"),
    )

    def cell_time(self, row: Message) -> SafeString:
        return html.relative_time(row.sent_at)
