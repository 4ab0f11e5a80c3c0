"""Staff accounts, API tokens, and what slows down guessing."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.permissions import Role, all_permissions, permissions_of

from .permissions import ROLE_LABELS


class Language(models.TextChoices):
    """The language a member of staff reads."""

    JA = "ja", _("Japanese")
    EN = "en", _("English")


class Theme(models.TextChoices):
    """Light or dark; auto follows the machine."""

    AUTO = "auto", _("As this device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Staff(AbstractBaseUser):
    """One who works here. Never deleted, only stopped; others name them by text key (`staff:12`)."""

    last_login = None
    login = models.CharField(max_length=254, unique=True)
    display_name = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.JA)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    # Goes up when this person's sessions must end; it is part of what a session is checked against (ASVS 7.4.2)
    session_epoch = models.PositiveIntegerField(default=0)
    # True on the one account the first-run wizard made: unique, so two wizards at once cannot both win
    is_founder = models.BooleanField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    last_seen = models.DateTimeField(null=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["display_name", "role"]

    class Meta:
        ordering = ("display_name", "pk")
        constraints = [
            models.CheckConstraint(name="accounts_staff_role", condition=models.Q(role__in=[r.value for r in Role])),
            models.CheckConstraint(name="accounts_staff_language", condition=models.Q(language__in=Language.values)),
            models.CheckConstraint(name="accounts_staff_theme", condition=models.Q(theme__in=Theme.values)),
            models.CheckConstraint(name="accounts_staff_login", condition=~models.Q(login="")),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def key(self) -> str:
        """The text key others store, such as `staff:12`."""
        return f"staff:{self.pk}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session carries to prove that neither password nor epoch has changed since."""
        return salted_hmac(
            "akinai.accounts.session", f"{self.session_epoch}\n{self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def actor(self) -> Actor:
        """This person as an actor, with what the role may do now."""
        return Actor(self.key, self.display_name, permissions_of(self.role))

    @property
    def role_label(self) -> str:
        """The role in the reader's language."""
        return str(ROLE_LABELS[Role(self.role)])


class ApiToken(models.Model):
    """A key to the API. Only its SHA-256 is kept: the secret is 256 random bits, so a slow hash adds nothing."""

    name = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The text key others store, such as `token:3`."""
        return f"token:{self.pk}"

    @property
    def actor(self) -> Actor:
        """The token as an actor: its scopes, as far as they are still open to tokens."""
        known = all_permissions()
        held = frozenset(s for s in self.scopes if s in known and known[s].scope)
        return Actor(self.key, self.name, held)


class LoginThrottle(models.Model):
    """Wrong log-ins counted by account, by address and by both. Keys are keyed hashes, never what was typed."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    free_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="accounts_throttle_last")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.failures}"


class IdempotentCall(models.Model):
    """One API post under a caller's key: running, or done with the answer to give again (REL-5)."""

    actor_key = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    attempt = models.CharField(max_length=32)
    lease_until = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_key", "key"], name="accounts_call_once"),
            models.CheckConstraint(
                name="accounts_call_running_or_done",
                condition=models.Q(lease_until__isnull=True, status__isnull=False)
                | models.Q(lease_until__isnull=False, status__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="accounts_call_created")]

    def __str__(self) -> str:
        return f"{self.actor_key} {self.key[:20]}"
