"""Mail templates, the messages made from them, and every attempt to deliver one."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.models import Language
from akinai.foundation.core import clock

from . import states


class Template(models.Model):
    """The shop's own text for a kind of mail, for all stores or one; without a row the house's holds."""

    kind = models.CharField(max_length=20)
    store = models.ForeignKey("stores.Store", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, default="ja")
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"))
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.CharField(max_length=60)
    updated_by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["kind", "store_id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "store", "language"], name="templates_once_a_store"),
            models.UniqueConstraint(
                fields=["kind", "language"], condition=Q(store__isnull=True), name="templates_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"

    @property
    def variant(self) -> str:
        """For whom it is: the store, and the language where it is not Japanese."""
        said = [self.store.name if self.store else _("All stores")]
        if self.language != Language.JA:
            said.append(Language(self.language).label)
        return " · ".join(map(str, said))


class TemplateVersion(models.Model):
    """What a template said once. Numbers go on when the house's text is restored (`is_default`) and changed again."""

    kind = models.CharField(max_length=20)
    store = models.ForeignKey("stores.Store", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, default="ja")
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    is_default = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "store", "language", "version"], name="template_versions_once"),
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                condition=Q(store__isnull=True),
                name="template_versions_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class Message(models.Model):
    """One mail, kept as it was sent (MAIL-3). One occasion of a subject sends one mail of a kind (MAIL-4).

    `subject_key` names what it is about (`order:12`). `message_id` is fixed when the row is made, so that a repeat
    after a crash is known as one. `attempts` counts how often delivery was begun and is the fence of `sending`.
    `missing` are variables without a value in a draft (MAIL-2). `resolved_at`: a failure that was answered. `door` says
    who wanted a mail that no fact asks for, such as `staff:7`; blank where a fact does (N-13).
    """

    kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=100)
    occasion = models.CharField(max_length=100)
    door = models.CharField(max_length=60, blank=True)
    store = models.ForeignKey("stores.Store", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to = models.CharField(max_length=254)
    from_name = models.CharField(max_length=100, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=states.State.choices, default=states.State.WAITING)
    send_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    transport = models.CharField(max_length=10, blank=True)
    missing = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    created_by_label = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=60, blank=True)
    resend_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="resends")
    thread = models.ForeignKey(
        "messaging.Thread", on_delete=models.PROTECT, null=True, blank=True, related_name="our_mails"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["subject_key", "kind", "occasion"], name="messages_mail_4_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="messages_sent_has_time"
            ),
            models.CheckConstraint(
                condition=Q(missing=[]) | ~Q(state__in=["waiting", "sending", "sent"]), name="messages_mail_2_no_blanks"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "send_after"], name="messages_open", condition=Q(state__in=states.OPEN)),
            models.Index(fields=["subject_key", "-id"], name="messages_about"),
            models.Index(fields=["transport", "-id"], name="messages_by_transport"),
            models.Index(fields=["kind", "-id"], name="messages_by_kind"),
            models.Index(fields=["to"], name="messages_to"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def key(self) -> str:
        """The text by which the audit names this message."""
        return f"mail:{self.pk}"

    @property
    def status(self) -> str:
        """The entry of `ui.statuses` that draws its state."""
        return states.LOOK[self.state]

    @property
    def is_open_failure(self) -> bool:
        """True while somebody has to see to it."""
        stuck = self.state == states.State.FAILED or (self.state == states.State.DRAFT and bool(self.missing))
        return stuck and self.resolved_at is None


class Enclosure(models.Model):
    """A file that goes with a mail, kept as it was sent (MAIL-3)."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="enclosures")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class AddressMark(models.Model):
    """What is known about an address: it wants no advertising (LAW-13), or mail to it came back (MAIL-11).

    Rows are never deleted: one that no longer holds is lifted, so that who said what when stays proven (LAW-11).
    `address` is in lower case.
    """

    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=8, choices=states.Mark.choices)
    at = models.DateTimeField(default=clock.now)
    source = models.CharField(max_length=8, choices=states.MarkSource.choices)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=60, blank=True)
    lifted_by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "kind"], condition=Q(lifted_at__isnull=True), name="address_marks_one_holds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.kind}"


class AppendOnly(TypeError):
    """Somebody tried to change or delete what is only ever added to."""


class Attempt(models.Model):
    """One attempt to deliver a message and what the other side said; never changed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="log")
    at = models.DateTimeField(default=clock.now)
    number = models.PositiveIntegerField()
    transport = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=8, choices=states.Outcome.choices)
    code = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that exists is refused."""
        if self.pk is not None and not self._state.adding:
            raise AppendOnly("attempts are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("attempts are never deleted")


class MailServer(models.Model):
    """How this shop's mail leaves the house. There is one row, with key 1; the password is kept sealed."""

    transport = models.CharField(
        _("Mail goes by"), max_length=10, choices=states.TransportName.choices, default=states.TransportName.SMTP
    )
    host = models.CharField(_("Mail server"), max_length=200, blank=True)
    port = models.PositiveIntegerField(_("Port"), default=587)
    security = models.CharField(
        _("Protection"), max_length=10, choices=states.Security.choices, default=states.Security.STARTTLS
    )
    user = models.CharField(_("User name"), max_length=200, blank=True)
    sealed_password = models.TextField(blank=True)
    from_address = models.CharField(_("Sender's address"), max_length=254, blank=True)
    from_name = models.CharField(_("Sender's name"), max_length=100, blank=True)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="mail_server_is_one")]

    def __str__(self) -> str:
        return self.host or self.transport


from .models_inbox import MailAccount, Received, Thread  # noqa: E402, F401 - Django looks here for models
