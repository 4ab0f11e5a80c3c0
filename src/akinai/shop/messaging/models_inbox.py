"""Mails that came in: where they are fetched, each as it came, and the conversations they belong to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core import clock

from . import states


class MailAccount(models.Model):
    """A mailbox on a server that is read every few minutes; nothing there is changed. The password is kept sealed.

    `uidvalidity` and `last_uid` are how far it has been read; mails from before `since` are left alone.
    """

    name = models.CharField(_("Name"), max_length=100)
    host = models.CharField(_("Mail server"), max_length=200)
    port = models.PositiveIntegerField(_("Port"), default=993)
    security = models.CharField(
        _("Protection"), max_length=10, choices=states.Security.choices, default=states.Security.TLS
    )
    user = models.CharField(_("User name"), max_length=200)
    sealed_password = models.TextField(blank=True)
    folder = models.CharField(_("Folder"), max_length=200, default="INBOX")
    store = models.ForeignKey("stores.Store", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_on = models.BooleanField(_("Fetch mails"), default=True)
    since = models.DateField()
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Thread(models.Model):
    """A conversation with one correspondent about one thing. `waits_since`: their mail that nobody has answered.

    `subject_key` is what it is about (`order:12`), blank while nobody knows.
    """

    subject_key = models.CharField(max_length=100, blank=True)
    linked_by = models.CharField(max_length=8, choices=states.LinkedBy.choices, blank=True)
    address = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    store = models.ForeignKey("stores.Store", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    waits_since = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [
            models.Index(fields=["waits_since"], name="threads_waiting", condition=Q(waits_since__isnull=False)),
            models.Index(fields=["subject_key", "-id"], name="threads_about"),
            models.Index(fields=["address", "-id"], name="threads_with"),
            models.Index(fields=["-last_at", "-id"], name="threads_by_time"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """受付番号: what the buyer is told."""
        return f"Q-{self.pk}"

    @property
    def key(self) -> str:
        """The text by which audit and outbox name this conversation."""
        return f"thread:{self.pk}"


class Received(models.Model):
    """One mail as it came, exactly once: by its place on the server and by its own id.

    `identity` is its Message-ID, or a digest where it has none. `raw` are its bytes; `text` what people read of it;
    `files` what is attached (part, name, type, bytes). `is_cut`: it was too large and only its head was fetched.
    """

    account = models.ForeignKey(MailAccount, on_delete=models.PROTECT, related_name="+")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    identity = models.CharField(max_length=300, unique=True)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, blank=True, related_name="mails")
    kind = models.CharField(max_length=8, choices=states.ReceivedKind.choices, default=states.ReceivedKind.MAIL)
    answers = models.ForeignKey(
        "messaging.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    from_address = models.CharField(max_length=254, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    to = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    references = models.JSONField(default=list)
    written_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)
    files = models.JSONField(default=list)
    raw = models.BinaryField()
    is_cut = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "uidvalidity", "uid"], name="received_once_a_place"),
        ]
        indexes = [models.Index(fields=["from_address", "-id"], name="received_from")]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """Its Message-ID; "" where it came without."""
        return self.identity if self.identity.startswith("<") else ""
