"""A form field as one part: label, input, help, error; the message stands under the field with icon and word."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .html import icon

_WIDTHS = {"": "", "s": " ak-w-s", "m": " ak-w-m", "l": " ak-w-l"}


def _css(widget: forms.Widget, width: str) -> str:
    """The class an input gets by its kind."""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    base = "form-select" if isinstance(widget, forms.Select) else "form-control"
    own = str(widget.attrs.get("class", ""))
    return f"{base}{_WIDTHS[width]} {own}".strip()


def _attrs(bound: forms.BoundField, width: str, placeholder: str, more: dict[str, str]) -> dict[str, str | bool]:
    attrs: dict[str, str | bool] = {k.replace("_", "-"): v for k, v in more.items()}
    if css := _css(bound.field.widget, width):
        attrs["class"] = css
    if placeholder:
        attrs["placeholder"] = placeholder
    described = [
        f"{bound.id_for_label}_{part}"
        for part, is_there in (("err", bound.errors), ("help", bound.help_text))
        if is_there
    ]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _label(bound: forms.BoundField, words: object) -> SafeString:
    mark = format_html('<span class="req">{}</span>', gettext("required")) if bound.field.required else SafeString("")
    return format_html('<span class="lab">{} {}</span>', words or bound.label, mark)


def _below(bound: forms.BoundField) -> SafeString:
    """Error and help."""
    parts = []
    if bound.errors:
        words = format_html_join(" ", "{}", ((e,) for e in bound.errors))
        parts.append(
            format_html('<p class="ak-err" id="{}_err">{} {}</p>', bound.id_for_label, icon("alert-octagon"), words)
        )
    if bound.help_text:
        parts.append(format_html('<p class="help" id="{}_help">{}</p>', bound.id_for_label, bound.help_text))
    return SafeString("".join(parts))


def _choices(bound: forms.BoundField, label: object) -> SafeString:
    """Radio buttons or ticks: a group with its own legend."""
    one = format_html_join(
        "", "<label>{} {}</label>", ((SafeString(w.tag()), w.choice_label) for w in bound.subwidgets)
    )
    return format_html(
        '<fieldset class="ak-fld"><legend class="lab">{}</legend><div class="ak-choices">{}</div>{}</fieldset>',
        _label(bound, label), one, _below(bound),
    )  # fmt: skip


def draw(
    bound: forms.BoundField, *, width: str, suffix: object, label: object, placeholder: str, attrs: dict[str, str]
) -> SafeString:
    """The whole part. Hidden fields are drawn as they are."""
    widget = bound.field.widget
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, label)
    control = SafeString(bound.as_widget(attrs=_attrs(bound, width, placeholder, attrs)))
    if isinstance(widget, forms.CheckboxInput):
        return format_html(
            '<div class="ak-fld check">{}<label for="{}">{}</label>{}</div>',
            control, bound.id_for_label, label or bound.label, _below(bound),
        )  # fmt: skip
    if suffix:
        control = format_html('<span class="in">{}<span>{}</span></span>', control, suffix)
    return format_html(
        '<div class="ak-fld"><label for="{}">{}</label>{}{}</div>',
        bound.id_for_label, _label(bound, label), control, _below(bound),
    )  # fmt: skip
