"""What people type about mails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import AkinaiError
from akinai.shop.stores.fields import SpokenForm

from .models import MailServer
from .services import ServerSettings
from .states import Security, TransportName

_WIDE = {"class": "ak-mailtext", "rows": 24}


class InsistingForm(SpokenForm):
    """A mail that a warning may hold back: then, and only then, a box appears with which a person insists (N-13)."""

    insist = forms.BooleanField(label=_("Send it all the same"), required=False, widget=forms.HiddenInput)

    def say(self, error: AkinaiError) -> None:
        """Beside the sentence, remember whether insisting would help."""
        super().say(error)
        self.may_insist = error.code in ("already_written", "bounced_address")

    def offer_to_insist(self) -> None:
        """Show the box if the refusal was one a person may overrule."""
        if getattr(self, "may_insist", False):
            self.fields["insist"].widget = forms.CheckboxInput()


class DraftForm(InsistingForm):
    """A mail to be finished by hand."""

    to = forms.CharField(label=_("To"), max_length=254)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(label=_("Text"), max_length=100_000, strip=False, widget=forms.Textarea(attrs=_WIDE))


class ResendForm(SpokenForm):
    """Where a mail is sent again."""

    to = forms.CharField(label=_("To"), max_length=254)


class TemplateForm(SpokenForm):
    """A template; `version` is the one the person saw, `reference` the order it is previewed on."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=100_000, strip=False, widget=forms.Textarea(attrs=_WIDE))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reference = forms.CharField(
        label=_("Preview on order"), required=False, max_length=60, help_text=_("Blank: the latest order.")
    )


class ServerForm(SpokenForm):
    """The mail server. The kept password is never shown."""

    transport = forms.ChoiceField(
        label=_("Mail goes by"), choices=TransportName.choices, widget=forms.RadioSelect, initial=TransportName.SMTP
    )
    host = forms.CharField(
        label=_("Mail server"), max_length=200, required=False, help_text=_("Such as smtp.example.jp")
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(label=_("Protection"), choices=Security.choices, initial=Security.STARTTLS)
    user = forms.CharField(
        label=_("User name"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=500, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept sealed and never shown. Leave it blank to keep the present one."),
    )  # fmt: skip
    forget_password = forms.BooleanField(label=_("Forget the kept password"), required=False)
    from_address = forms.CharField(
        label=_("Sender's address"), max_length=254, required=False,
        help_text=_("Blank: the mail address of the shop."),
    )  # fmt: skip
    from_name = forms.CharField(
        label=_("Sender's name"), max_length=100, required=False, help_text=_("Blank: the name of the shop.")
    )

    @classmethod
    def of(cls, row: MailServer) -> ServerForm:
        """Filled with what is kept."""
        names = ("transport", "host", "port", "security", "user", "from_address", "from_name")
        return cls(initial={name: getattr(row, name) for name in names})

    def settings(self) -> ServerSettings:
        """What was typed, as the service takes it."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        forget, password = typed.pop("forget_password"), typed.pop("password")
        return ServerSettings(**typed, password="" if forget else (password or None))


class TestMailForm(SpokenForm):
    """Where the test mail goes."""

    to = forms.CharField(label=_("Send a test mail to"), max_length=254)
