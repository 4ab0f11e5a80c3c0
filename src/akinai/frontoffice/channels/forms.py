"""Forms of imports. They say what a field looks like; the rules are in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import NotFound
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import SpokenForm
from akinai.shop.stores.models import Store

from . import selectors
from .adapters.base import STATUS_LABELS
from .adapters.presets import PRESETS
from .services.checking import MOST_FILES
from .uploads import Upload, likeness

#: More than this is not even looked at; `tabular` says where reading stops.
MOST_BYTES = 40_000_000
#: A file whose headings are known to this share is of that kind.
ALIKE = 0.6


class FilesInput(forms.ClearableFileInput):
    """Several files at once, as Yahoo!'s two are."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One or more files; gives a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: list[UploadedFile[Any]] = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files go together.") % {"most": MOST_FILES})
        if sum(file.size or 0 for file in files) > MOST_BYTES:
            raise forms.ValidationError(_("These files are too large. Export fewer orders at a time."))
        return files


def preset_choices() -> list[tuple[str, Any]]:
    """By the store's own settings, every preset with how far it can be trusted, and a file of one's own."""
    known = [(key, f"{preset.label}（{STATUS_LABELS[preset.status]}）") for key, preset in PRESETS.items()]
    return [
        ("", _("As the store's settings say")),
        *known,
        (selectors.OWN, _("My own file: I say which column is which")),
    ]


class DropForm(SpokenForm):
    """Which store's orders, and of which make the file is."""

    store = forms.ChoiceField(label=_("Store"), required=False)
    preset = forms.ChoiceField(label=_("Kind of file"), required=False)
    upload = FilesField(label=_("Order file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(s.code, s.name) for s in stores.active_stores()]
        by_file = [("", _("The file says it"))] if len(known) > 1 else []
        self.fields["store"].choices = [*by_file, *known]  # type: ignore[attr-defined]
        self.fields["preset"].choices = preset_choices()  # type: ignore[attr-defined]
        self.fields["upload"].widget.attrs["multiple"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("store"):
            data["store"] = stores.store(data["store"])
        elif "store" not in self.errors and data.get("upload"):
            data["store"] = store_of_files(self.uploads())
            if data["store"] is None:
                self.add_error("store", _("Choose the store: the file does not say it."))
        if isinstance(data.get("store"), Store):
            data["preset"] = data.get("preset") or preset_of_store(data["store"])
            if not data["preset"]:
                self.add_error("preset", _("Choose the kind of file; the store's settings do not say it yet."))
        return data

    def uploads(self) -> list[Upload]:
        """The files as they were dropped."""
        found = []
        for file in self.cleaned_data["upload"]:
            file.seek(0)
            found.append(Upload(file.name or "", file.read()))
        return found


def store_of_files(files: Sequence[Upload]) -> Store | None:
    """The one active store whose kind of file these are, by the headings; None if no store's or several stores' are."""
    alike = {key: max(likeness(preset, file) for file in files) for key, preset in PRESETS.items()}
    best = max(alike.values())
    fitting = [s for s in stores.active_stores() if alike.get(preset_of_store(s), 0) == best >= ALIKE]
    return fitting[0] if len(fitting) == 1 else None


def preset_of_store(store: Store) -> str:
    """The preset a store's row names, or "" for none that we know."""
    if store.preset in ("custom", selectors.OWN):
        return selectors.OWN
    try:
        return selectors.preset(store.preset).key
    except NotFound:
        return ""
