"""Forms of accounts. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import AkinaiError, BadInput
from akinai.foundation.core.permissions import Role, all_permissions

from . import passwords
from .models import Language, Staff, Theme
from .permissions import ROLE_LABELS
from .services import tidy_login


class PasswordField(forms.CharField):
    """A password as typed (blanks count), in its one form; 64 characters and far more are taken, pasting is allowed."""

    def __init__(self, *, new: bool, label: Any, help_text: Any = "") -> None:
        autocomplete = "new-password" if new else "current-password"
        widget = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": autocomplete})
        length = passwords.LONGEST
        super().__init__(label=label, help_text=help_text, strip=False, max_length=length, widget=widget)

    def clean(self, value: Any) -> str:
        """NFKC after Django's own checks."""
        return passwords.tidy(super().clean(value))


class SpokenForm(forms.Form):
    """A form that takes the errors of a use case to the field they are about."""

    def say(self, error: AkinaiError) -> None:
        """Show an error of ours at its field, or above the form."""
        field = error.field if isinstance(error, BadInput) and error.field in self.fields else None
        self.add_error(field, str(error))


class LoginForm(forms.Form):
    """Log-in name and password."""

    login = forms.CharField(
        label=_("Log-in name"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = PasswordField(new=False, label=_("Password"))

    def clean_login(self) -> str:
        """The one form of a log-in name."""
        return tidy_login(self.cleaned_data["login"])


class StaffForm(SpokenForm):
    """Who somebody is and what they may do."""

    display_name = forms.CharField(label=_("Display name"), max_length=60, help_text=_("As colleagues read it."))
    login = forms.CharField(
        label=_("Log-in name"),
        max_length=254,
        help_text=_("A mail address or a short name. Upper and lower case are the same."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[(r.value, ROLE_LABELS[r]) for r in Role])


class NewStaffForm(StaffForm):
    """A new account with its first password."""

    language = forms.ChoiceField(label=_("Language of the screen"), choices=Language.choices, initial=Language.JA)
    password = PasswordField(new=True, label=_("First password"), help_text=passwords.rule)


class FirstOwnerForm(SpokenForm):
    """The first account of a new shop, for the first-run wizard."""

    display_name = forms.CharField(label=_("Your name"), max_length=60)
    login = forms.CharField(
        label=_("Log-in name"),
        max_length=254,
        help_text=_("A mail address or a short name. Upper and lower case are the same."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = PasswordField(new=True, label=_("Password"), help_text=passwords.rule)


class NewPasswordForm(SpokenForm):
    """A new password for somebody else."""

    password = PasswordField(new=True, label=_("New password"), help_text=passwords.rule)


class OwnPasswordForm(NewPasswordForm):
    """A new password for oneself."""

    field_order = ("current", "password")
    current = PasswordField(new=False, label=_("Present password"))


class PreferencesForm(SpokenForm):
    """How somebody likes to read."""

    language = forms.ChoiceField(label=_("Language of the screen"), choices=Language.choices)
    theme = forms.ChoiceField(label=_("Brightness"), choices=Theme.choices)

    @classmethod
    def of(cls, staff: Staff) -> PreferencesForm:
        """Filled with what is kept."""
        return cls(initial={"language": staff.language, "theme": staff.theme})


class TokenForm(SpokenForm):
    """A new API token."""

    name = forms.CharField(label=_("What it is for"), max_length=60, help_text=_("Such as the program that uses it."))
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to_tokens = [p for p in all_permissions().values() if p.scope]
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(p.name, p.label) for p in sorted(open_to_tokens, key=lambda p: p.name)]
