"""Forms of accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from . import passwords
from .services import tidy_login


class PasswordField(forms.CharField):
    """A password as typed (blanks count), in its one form; 64 characters and far more are taken, pasting is allowed."""

    def __init__(self, *, new: bool, label: object) -> None:
        autocomplete = "new-password" if new else "current-password"
        widget = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": autocomplete})
        super().__init__(label=label, strip=False, max_length=passwords.LONGEST, widget=widget)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        """NFKC after Django's own checks."""
        return passwords.tidy(super().clean(value))


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
