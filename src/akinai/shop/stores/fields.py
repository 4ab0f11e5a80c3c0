"""Form parts shared by the settings pages: dates, weekdays, lists of words, and errors said at their field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akinai.foundation.core.errors import AkinaiError, BadInput

WEEKDAYS = [
    ("0", gettext_lazy("Monday")),
    ("1", gettext_lazy("Tuesday")),
    ("2", gettext_lazy("Wednesday")),
    ("3", gettext_lazy("Thursday")),
    ("4", gettext_lazy("Friday")),
    ("5", gettext_lazy("Saturday")),
    ("6", gettext_lazy("Sunday")),
]
MOST_WORDS = 100


def carried_out(form: forms.BaseForm, use_case: Callable[[], object]) -> bool:
    """True if the form is sound and the use case went through; else the form says what is wrong."""
    if not form.is_valid():
        return False
    try:
        use_case()
    except AkinaiError as error:
        cast(Spoken, form).say(error)
        return False
    return True


class Spoken:
    """Takes the errors of a use case to the field they are about."""

    fields: dict[str, forms.Field]

    def say(self, error: AkinaiError) -> None:
        """Show an error of ours at its field, or above the form."""
        field = error.field if isinstance(error, BadInput) and error.field in self.fields else None
        self.add_error(field, str(error))  # type: ignore[attr-defined]


class SpokenForm(Spoken, forms.Form):
    """A form for values that are no row."""


if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Model]
else:
    _ModelForm = forms.ModelForm


class SpokenModelForm(Spoken, _ModelForm):
    """A form that borrows labels and checks from a model; the service saves, never the form."""

    def _post_clean(self) -> None:
        """The service checks the row; a form that set fields on it would hide from it what changed."""

    def changes(self) -> dict[str, Any]:
        """What was typed, as services take it."""
        return dict(self.cleaned_data)


class DateField(forms.DateField):
    """A date with the browser's picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Weekdays as numbers, Monday 0."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=WEEKDAYS, coerce=int, empty_value=[], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [str(day) for day in value] if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(map(str, initial or [])) != sorted(map(str, data or []))


class WordsField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=gettext_lazy("One a line."), max_length=5000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        words = list(dict.fromkeys(word.strip() for word in text.splitlines() if word.strip()))
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(_("At most %(most)s words.") % {"most": MOST_WORDS})
        return words

    def validate(self, value: Any) -> None:
        """Blank is fine; the length was checked while reading."""

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class DateListField(WordsField):
    """Dates, one a line, kept as ISO text in order."""

    def to_python(self, value: Any) -> Any:
        days = []
        for word in super().to_python(value):
            try:
                days.append(dt.date.fromisoformat(word.replace("/", "-")).isoformat())
            except ValueError:
                raise forms.ValidationError(_("“%(word)s” is no date; write 2026-12-31.") % {"word": word}) from None
        return sorted(set(days))
