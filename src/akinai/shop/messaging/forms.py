"""What people type about mails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import AkinaiError
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import SpokenForm

from .models import MailServer
from .models_inbox import MailAccount
from .ports import EnclosedFile
from .services import AccountSettings, ServerSettings, as_file
from .states import Security, TransportName

_IMAP = {
    Security.STARTTLS: _("STARTTLS (usually port 143)"),
    Security.TLS: _("TLS from the start (usually port 993)"),
    Security.NONE: _("None (only inside one's own network)"),
}
_WIDE = {"class": "ak-mailtext", "rows": 24}


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to what a mail carries."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": _Files, "label": _("Files"), **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[EnclosedFile]:
        """Each file read whole; the use case judges number and size."""
        files = [data] if data and not isinstance(data, list | tuple) else list(data or [])
        sound = [super(FilesField, self).clean(one, initial) for one in files]
        return [as_file(one.name, one.read()) for one in sound if one]


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
    enclosures = FilesField()


class ProbeForm(SpokenForm):
    """Where a test of a mail goes."""

    probe_to = forms.CharField(label=_("Test to"), max_length=254, required=False)


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


class AccountForm(SpokenForm):
    """A mailbox that is read. The kept password is never shown."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False, help_text=_("Such as 店舗の受信箱"))
    host = forms.CharField(label=_("Mail server"), max_length=200, help_text=_("Such as imap.example.jp"))
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(
        label=_("Protection"), choices=[(one.value, _IMAP[one]) for one in Security], initial=Security.TLS
    )
    user = forms.CharField(label=_("User name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(
        label=_("Password"), max_length=500, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept sealed and never shown. Leave it blank to keep the present one."),
    )  # fmt: skip
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX", required=False)
    store = forms.ChoiceField(label=_("Store"), required=False)
    is_on = forms.BooleanField(label=_("Fetch mails"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All stores")), *((str(one.pk), one.name) for one in stores.all_stores())]
        self.fields["store"] = forms.ChoiceField(label=_("Store"), required=False, choices=choices)

    @classmethod
    def of(cls, row: MailAccount) -> AccountForm:
        """Filled with what is kept."""
        names = ("name", "host", "port", "security", "user", "folder", "is_on")
        return cls(initial={name: getattr(row, name) for name in names} | {"store": row.store_id or ""})

    def settings(self) -> AccountSettings:
        """What was typed, as the service takes it."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        store, password = typed.pop("store"), typed.pop("password")
        return AccountSettings(**typed, store_id=int(store) if store else None, password=password or None)


class TestMailForm(SpokenForm):
    """Where the test mail goes."""

    to = forms.CharField(label=_("Send a test mail to"), max_length=254)
